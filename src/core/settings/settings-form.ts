import { z } from 'zod';
import { hasPermission } from '../chat/actor.js';
import { type FormHandler, type FormProblems, formProblems } from '../chat/define-handler.js';
import type { Reply, TypedValues } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import { type CarriedData, type Form, formWithProblems } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { labelsOf, readPersonField } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import { hasAccess } from '../people/person.js';
import { changeSettings, type EditOutcome } from './change-setting.js';
import { readSeen, seenText } from './seen-values.js';
import type { Setting } from './setting.js';
import { valueLine, whoLine } from './setting-lines.js';
import { type SettingKey, settingNamed, settingOf } from './settings.js';
import { type SettingsScope, settingsCard, settingsForm } from './settings.views.js';
import { type SettingWhy, whyAll } from './why.js';

/*
 * The forms of settings. Each carries its group (or one key), and the fingerprints of the values that it shows; a value
 * that was not sent is left as it is.
 */

/**
 * The settings of a scope that this requester can see: without those of another edition. Refuses (UserError) the
 * company’s to anybody but its admins.
 */
export async function settingsIn(
  deps: Deps,
  { actor, tenant, user }: Requester,
  scope: SettingsScope,
): Promise<readonly SettingWhy[]> {
  if (scope === 'company' && !hasPermission(actor, 'tenant.edit'))
    throw new UserError((words) => words.chat.notAllowed, 403);
  const all = await whyAll(deps, { tenantId: tenant.id, userId: scope === 'own' ? user.id : undefined });
  const hasPlus = all.some(({ key, value }) => key === 'edition' && value === 'attendant_plus');
  const isShown = ({ plus, kind, chosenBy }: Setting) =>
    (hasPlus || !plus) && (scope === 'company' || (kind !== 'tenant' && chosenBy !== 'admins'));
  return all.filter(({ setting }) => isShown(setting));
}

/** The card of a scope. `saved`: what has just changed. */
export const showSettings = async (
  deps: Deps,
  requester: Requester,
  scope: SettingsScope,
  saved: readonly SettingKey[] = [],
): Promise<Reply> => ({
  kind: saved.length > 0 ? 'replace' : 'say',
  card: settingsCard(requester.reader, scope, await settingsIn(deps, requester, scope), saved),
});

/** What a form of settings does, but for its id and its permission. */
export const settingsFormOf = (scope: SettingsScope): Pick<FormHandler<TypedValues>, 'open' | 'values' | 'submit'> => ({
  open: (deps, requester, carries) => openForm(deps, requester, scope, carries),
  // Each setting reads its own value.
  values: () => z.record(z.string(), z.union([z.string(), z.boolean()]).optional()),
  submit: (deps, requester, values, carries) => submit(deps, requester, scope, values, carries),
});

async function openForm(deps: Deps, requester: Requester, scope: SettingsScope, carries: CarriedData): Promise<Form> {
  const shown = fieldsFor(await settingsIn(deps, requester, scope), carries);
  return formWith(requester, scope, shown, { ...carries, seen: carries.seen ?? seenIn(scope, shown) });
}

const formWith = (
  requester: Requester,
  scope: SettingsScope,
  shown: readonly SettingWhy[],
  carries: CarriedData,
): Form => settingsForm(requester.reader, scope, shown, carries);

/** Of one key, of one group, or all. What is not there any more (a group of the other edition) leaves all. */
function fieldsFor(all: readonly SettingWhy[], { key, group }: CarriedData): readonly SettingWhy[] {
  const chosen = all.filter((one) => (key === undefined ? one.setting.group === group : one.key === key));
  return chosen.length > 0 ? chosen : all;
}

const seenIn = (scope: SettingsScope, shown: readonly SettingWhy[]): string =>
  seenText(shown.map(({ key, company, own }) => [key, scope === 'own' ? (own ?? null) : company]));

async function submit(
  deps: Deps,
  requester: Requester,
  scope: SettingsScope,
  values: TypedValues,
  carries: CarriedData,
): Promise<Reply | FormProblems> {
  const { texts, found } = await readTyped(deps, requester, scope, values);
  if (Object.keys(found).length > 0) return formProblems(found);
  const outcome = await changeSettings(deps, requester.actor, {
    userId: scope === 'own' ? requester.user.id : undefined,
    texts,
    seen: readSeen(carries.seen),
  });
  switch (outcome.kind) {
    case 'saved':
      return outcome.keys.length > 0
        ? showSettings(deps, requester, scope, outcome.keys)
        : { kind: 'done', line: wordsIn(requester.reader.locale).settings.unchanged };
    case 'refused':
      return formProblems(
        Object.fromEntries(
          [...outcome.problems].map(([key, { why }]) => [key, why(wordsIn(requester.reader.locale).settings)]),
        ),
      );
    case 'stale':
      return staleForm(deps, requester, scope, { values, carries, stale: outcome.keys });
    default:
      return outcome satisfies never;
  }
}

/** The values that were sent, as `changeSettings` takes them; and who could not be found. */
async function readTyped(deps: Deps, requester: Requester, scope: SettingsScope, values: TypedValues) {
  const texts = new Map<SettingKey, string>();
  const found: Record<string, string> = {};
  for (const [name, typed] of Object.entries(values)) {
    const known = settingOf(name);
    if (!known) continue;
    const setting = settingNamed(known.key);
    const text = typeof typed === 'boolean' ? (typed ? 'yes' : 'no') : typed;
    if (typeof text === 'string' && setting.type.control.kind === 'person') {
      const chosen = await readPersonField(deps, requester, text);
      if (chosen.kind === 'problem') found[name] = chosen.line;
      else if (hasAccess(chosen.person)) texts.set(known.key, chosen.person.id);
      else found[name] = wordsIn(requester.reader.locale).settings.mustHaveAccess(chosen.person.displayName);
    } else {
      const read = typeof text === 'string' ? text : emptied(setting, scope);
      if (read !== undefined) texts.set(known.key, read);
    }
  }
  return { texts, found };
}

/** What an empty field says; undefined: nothing, as there was nothing to choose. */
function emptied({ kind, type, default: value }: Setting, scope: SettingsScope): string | undefined {
  if (type.control.kind === 'switch' || type.control.kind === 'choice') return undefined;
  return (scope === 'own' && kind === 'override') || value === null ? '-' : '';
}

/** The form with what others changed since it was opened; what the person typed is kept, and is not saved yet. */
async function staleForm(
  deps: Deps,
  requester: Requester,
  scope: SettingsScope,
  sent: {
    readonly values: TypedValues;
    readonly carries: CarriedData;
    readonly stale: (EditOutcome & { readonly kind: 'stale' })['keys'];
  },
): Promise<Reply> {
  const { reader, tenant } = requester;
  const { settings: words } = wordsIn(reader.locale);
  const { stale, carries } = sent;
  const shown = fieldsFor(await settingsIn(deps, requester, scope), carries);
  const found: Record<string, string> = { '': words.stale };
  for (const why of shown) {
    const how = stale.get(why.key);
    if (how === undefined) continue;
    const by = why.origin ? whoLine(reader, why.origin) : words.byInstallation;
    const line = words.changedMeanwhile(valueLine(reader, why), by);
    found[why.key] = how === 'edited' ? `${line} ${words.keepYours}` : line;
  }
  const kept = Object.fromEntries(
    Object.entries(sent.values).filter(([name]) => stale.get(name as SettingKey) !== 'untouched'),
  );
  const people = shown
    .filter(({ setting }) => setting.type.control.kind === 'person')
    .map(({ key }) => String(kept[key] ?? ''));
  const fresh = formWith(requester, scope, shown, { ...carries, seen: seenIn(scope, shown) });
  const labels = await labelsOf(deps.db, tenant.id, people);
  return { kind: 'invalid', form: formWithProblems(fresh, kept, found, labels) };
}
