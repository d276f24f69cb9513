import type { AuditEvent } from '../audit-chain/audit-event.js';
import { type Change, change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { findPersonByKey } from '../directory/find-person.js';
import { UserError } from '../errors.js';
import type { UserId } from '../ids.js';
import { countMadeDead, DeadMailbox } from '../people/dead-mailbox.js';
import { endLostAccessOfCompany } from '../people/end-access.js';
import { findAgentIds, findTakenNumbers } from '../people/index.js';
import type { CompanyWays } from '../people/mailbox-ways.types.js';
import { hasAccess } from '../people/person.js';
import { lockPerson, updatePerson } from '../people/update-person.js';
import { oneLine } from '../text.js';
import { fingerprintOf, type SeenValues } from './seen-values.js';
import { isSame, type ReadContext, type Setting, type SettingValue, type Why } from './setting.js';
import { type SettingKey, settingNamed, settings } from './settings.js';
import {
  type FoundSettings,
  findSettings,
  lockTenant,
  type NewValue,
  type Values,
  writeOrigins,
  writeTenantValues,
} from './settings.store.js';

/** Longer than any value; what is longer is not looked at. */
const longestValue = 2000;

/** Values as somebody typed them. */
export interface SettingsEdit {
  /** Undefined: the company's. */
  readonly userId: UserId | undefined;
  /** `-` clears a person's own value, and gives the company the default back. */
  readonly texts: ReadonlyMap<SettingKey, string>;
  /** What the editor saw when they began; undefined: nothing, so that nothing can have changed since. */
  readonly seen?: SeenValues;
}

export type EditOutcome =
  /** `keys`: what changed; none: everything was so already, and nothing was written. */
  | { readonly kind: 'saved'; readonly keys: readonly SettingKey[] }
  /** Nothing was written: these are no values of their settings. */
  | { readonly kind: 'refused'; readonly problems: ReadonlyMap<SettingKey, Refusal> }
  /**
   * Nothing was written: others changed these since the editor looked. `edited`: the editor wants yet another value;
   * `untouched`: the editor left the value as it was then.
   */
  | { readonly kind: 'stale'; readonly keys: ReadonlyMap<SettingKey, 'edited' | 'untouched'> };

/** Why a value is refused. */
interface Refusal {
  readonly why: Why;
  readonly status: UserError['status'];
}

/** One setting, as `changeSettings`. True: it changed. Refuses (UserError) what `changeSettings` does. */
export async function changeSetting(
  deps: Deps,
  actor: Actor,
  { userId, key }: { readonly userId: UserId | undefined; readonly key: SettingKey },
  text: string,
): Promise<boolean> {
  const outcome = await changeSettings(deps, actor, { userId, texts: new Map([[key, text]]) });
  if (outcome.kind === 'saved') return outcome.keys.length > 0;
  const refusal = outcome.kind === 'refused' ? outcome.problems.get(key) : undefined;
  if (!refusal) throw new Error('an edit without `seen` cannot be stale');
  // Names the setting as the reader knows it, and by its key.
  const { words: own } = settingNamed(key);
  throw new UserError(
    ({ settings }) => settings.refused(settings.ofBoth(own).label, key, refusal.why(settings)),
    refusal.status,
  );
}

/**
 * Sets several values of the company, or of one person, in one transaction: all or none, each change on record with
 * what it was before. Values that are there already write nothing. Refuses (UserError, 404) nobody of this company.
 */
export async function changeSettings(deps: Deps, actor: Actor, edit: SettingsEdit): Promise<EditOutcome> {
  try {
    return await change(deps, actor, (change) => editIn(change, edit));
  } catch (error) {
    if (!(error instanceof DeadMailbox)) throw error;
    const key = decisive.find((key) => edit.texts.has(key)) ?? 'appAccess';
    return {
      kind: 'refused',
      problems: new Map([[key, { why: (words) => words.deadMailbox(error.person), status: 422 }]]),
    };
  }
}

/** The settings that decide how people hear their messages. */
const decisive = ['appAccess', 'notificationType', 'accessNumber', 'edition'] as const satisfies readonly SettingKey[];

async function editIn(change: Change, edit: SettingsEdit): Promise<EditOutcome> {
  const { userId, seen } = edit;
  const person = userId === undefined ? undefined : await lockPerson(change, userId);
  if (userId === undefined) await lockTenant(change);
  const found = await findSettings(change.db, change.tenantId, userId);
  if (!found) throw new UserError((words) => words.chat.noSuchPerson, 404);

  const { values, problems } = await readEdit(change, edit, found);
  if (problems.size > 0) return { kind: 'refused', problems };
  const before = (key: SettingKey) => valueIn(userId === undefined ? found.tenant : found.own, key);
  const wanted = values.filter(
    ({ setting: { key }, value }) => !isSame(before(key), value) && seen?.get(key) !== fingerprintOf(value),
  );
  if (wanted.length === 0) return { kind: 'saved', keys: [] };
  const stale = staleKeys(values, before, seen);
  if (stale.size > 0) return { kind: 'stale', keys: stale };
  const dead = userId === undefined ? await deadMailboxes(change, found.tenant, wanted) : undefined;
  if (dead) return { kind: 'refused', problems: dead };

  const subjectId = userId ?? change.tenantId;
  const keys = wanted.map(({ setting }) => setting.key);
  await writeOrigins(
    change,
    keys.map((key) => ({ subjectId, key })),
  );
  const events = wanted.map(({ setting, value }): AuditEvent => {
    const { key } = setting;
    return {
      event: 'setting.changed',
      subjectId,
      before: { [key]: factOf(setting, before(key)) },
      after: { [key]: factOf(setting, value) },
    };
  });
  const columns = Object.fromEntries(wanted.map(({ setting, value }) => [setting.column, value]));
  if (person) await updatePerson(change, person, columns, events);
  else await setForCompany(change, wanted, events);
  return { kind: 'saved', keys };
}

/** Refuses what would leave people a mailbox that nobody can hear, at the setting that does. */
async function deadMailboxes(change: Change, tenant: Values, wanted: readonly NewValue[]) {
  const key = decisive.find((key) => wanted.some(({ setting }) => setting.key === key));
  if (key === undefined) return undefined;
  const after = Object.fromEntries(wanted.map(({ setting, value }) => [setting.column, value]));
  const before = tenant as unknown as CompanyWays;
  const { people, example } = await countMadeDead(change, before, { ...before, ...after });
  if (people === 0) return undefined;
  const why: Why = (words) => words.deadMailboxes(people, example);
  return new Map<SettingKey, Refusal>([[key, { why, status: 422 }]]);
}

/** What others changed since the editor looked, and the editor's own value does not say too. */
function staleKeys(
  values: readonly NewValue[],
  before: (key: SettingKey) => SettingValue,
  seen: SeenValues | undefined,
): ReadonlyMap<SettingKey, 'edited' | 'untouched'> {
  const stale = new Map<SettingKey, 'edited' | 'untouched'>();
  for (const [key, fingerprint] of seen ?? []) {
    const typed = values.find(({ setting }) => setting.key === key);
    if (fingerprintOf(before(key)) === fingerprint || (typed && isSame(before(key), typed.value))) continue;
    stale.set(key, typed && fingerprintOf(typed.value) !== fingerprint ? 'edited' : 'untouched');
  }
  return stale;
}

/** In the order of their declarations: the country comes before the numbers that are read in it. */
async function readEdit(change: Change, { userId, texts }: SettingsEdit, found: FoundSettings) {
  const values: NewValue[] = [];
  const problems = new Map<SettingKey, Refusal>();
  let tenant = found.tenant;
  for (const { key } of settings) {
    const text = texts.get(key);
    if (text === undefined) continue;
    const setting = settingNamed(key);
    const refusal = refusalOf(change.actor, setting, userId, text, found);
    const read = refusal ?? (await readValue(setting, userId, text, contextOf(change, key, tenant)));
    if ('why' in read) problems.set(key, { status: 422, ...read });
    else {
      values.push({ setting, value: read.value });
      if (userId === undefined) tenant = { ...tenant, [setting.column]: read.value };
    }
  }
  return { values, problems };
}

/** Why nobody may set this, whatever the value; undefined: it may be set. */
function refusalOf(
  actor: Actor,
  { kind, plus, column, chosenBy }: Setting,
  userId: UserId | undefined,
  text: string,
  { tenant }: FoundSettings,
): Refusal | undefined {
  if (text.length > longestValue) return { why: (words) => words.tooLong(longestValue), status: 422 };
  if (userId !== undefined && kind === 'tenant') return { why: (words) => words.companyOnly, status: 422 };
  if (plus && tenant.edition !== 'attendant_plus') return { why: (words) => words.notThisEdition, status: 403 };
  if (userId === undefined || !('userId' in actor)) return undefined;
  // An admin who acts as the person has the person's rights.
  if (chosenBy === 'admins' && actor.userId === userId) return { why: (words) => words.adminsOnly, status: 403 };
  const isLocked = kind === 'gate' && tenant[column] === false;
  return isLocked ? { why: (words) => words.lockedByCompany, status: 403 } : undefined;
}

function readValue(
  setting: Setting,
  userId: UserId | undefined,
  typed: string,
  context: ReadContext,
): ReturnType<Setting['type']['read']> {
  const text = oneLine(typed, longestValue);
  if (text === '-') return { value: userId !== undefined && setting.kind === 'override' ? null : setting.default };
  return setting.type.read(text, context);
}

/** The agents that are tried before a template of numbers is saved; each is checked again when it is dialled. */
const sampledAgents = 200;

function contextOf({ db, tenantId }: Change, key: SettingKey, tenant: Values): ReadContext {
  const country = String(tenant.country);
  const ownOthers = otherNumbersOf(tenant, key);
  return {
    country,
    allowedCountries: allowedCountriesOf(tenant),
    agentIds: () => findAgentIds(db, tenantId, sampledAgents),
    async findUser(typed) {
      const person = await findPersonByKey(db, { id: tenantId, country }, typed);
      return person && hasAccess(person) ? person.id : undefined;
    },
    async takenNumbers(numbers) {
      const taken = await findTakenNumbers(db, tenantId, numbers);
      return [...taken.map(({ number }) => number), ...numbers.filter((number) => ownOthers.includes(number))];
    },
  };
}

const allowedCountriesOf = ({ allowedCountries }: Values): readonly string[] =>
  Array.isArray(allowedCountries) ? allowedCountries : [];

/**
 * The company's numbers that the number of this setting may not be: each leads to its greeting, to its mailboxes, or away
 * from them while Attendant is off. Numbers in the other language are main numbers.
 */
function otherNumbersOf({ mainNumbers, accessNumber, offNumber }: Values, key: SettingKey): readonly unknown[] {
  if (key === 'mainNumbers' || key === 'otherLanguageNumbers') return [accessNumber, offNumber];
  return [mainNumbers, key === 'accessNumber' ? offNumber : accessNumber].flat();
}

const valueIn = (row: Values | undefined, key: SettingKey): SettingValue => row?.[settingNamed(key).column] ?? null;

/** Words as in forms and exports; of a user the id, since addresses change. */
const factOf = ({ type }: Setting, value: SettingValue): string | null =>
  value === null ? null : type.show(value, (id) => id);

/** The switch and the gate end what they no longer allow, everywhere at once. */
async function setForCompany(change: Change, values: readonly NewValue[], events: readonly AuditEvent[]) {
  await writeTenantValues(change, values);
  for (const event of events) change.record(event);
  const closes = ({ setting: { key }, value }: NewValue) =>
    (key === 'enabled' || key === 'appAccess') && value === false;
  if (values.some(closes)) await endLostAccessOfCompany(change);
}
