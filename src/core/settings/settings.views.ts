import { lineCard } from '../chat/chat.views.js';
import { formatLabelled, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card, CarriedData, Fact, Field, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { type SettingGroup, settingGroups } from './groups.js';
import { companyValueLine, settingLine, sourceLine, valueLine, whoLine } from './setting-lines.js';
import { companyActions, settingsActions } from './settings.action-ids.js';
import type { SettingKey } from './settings.js';
import type { SettingWhy } from './why.js';

/** The owner of the settings: the reader, or the company. */
export type SettingsScope = 'own' | 'company';

/** The settings of a scope that stand together. */
export interface ShownGroup {
  readonly group: SettingGroup;
  readonly title: string;
  readonly settings: readonly SettingWhy[];
}

/** The settings that an admin may change while Attendant is off. */
export const groupWhileOff = 'off' satisfies SettingGroup;

/** In the order of the groups; a group without settings is left out. */
export const groupsOf = ({ locale }: Reader, settings: readonly SettingWhy[]): readonly ShownGroup[] =>
  (Object.keys(settingGroups) as SettingGroup[]).flatMap((group) => {
    const inside = settings.filter(({ setting }) => setting.group === group);
    return inside.length > 0 ? [{ group, title: settingGroups[group].title[locale], settings: inside }] : [];
  });

/** Every value with its source, a group after the other, each with the button of its form. `saved`: what has just changed. */
export function settingsCard(
  reader: Reader,
  scope: SettingsScope,
  settings: readonly SettingWhy[],
  saved: readonly SettingKey[] = [],
): Card {
  const { settings: words } = wordsIn(reader.locale);
  const title = scope === 'own' ? words.title : words.titleCompany;
  const changed = settings.filter(({ key }) => saved.includes(key)).map((why) => settingLine(reader, why));
  const line = changed.length > 0 ? words.saved(changed.join(' · ')) : undefined;
  const isOff = settings.some(({ key, company }) => key === 'enabled' && company === false);
  if (isOff && scope === 'company') return companyOffCard(reader, settings, line);
  return {
    title,
    summary: line ?? title,
    blocks: [
      ...(line === undefined ? [] : [{ kind: 'text', text: line } as const]),
      ...groupsOf(reader, settings).flatMap((group) => groupBlocks(reader, scope, group)),
    ],
  };
}

const groupBlocks = (reader: Reader, scope: SettingsScope, { group, title, settings }: ShownGroup): Block[] => [
  { kind: 'divider' },
  { kind: 'text', text: title },
  // What counts only while Attendant is off stands in its form: a message of Slack's has no room for more.
  ...(group === groupWhileOff ? [] : [{ kind: 'facts', facts: factsOf(reader, scope, settings) } as const]),
  { kind: 'buttons', buttons: [groupButton(reader, scope, group)] },
];

function factsOf(reader: Reader, scope: SettingsScope, settings: readonly SettingWhy[]): readonly Fact[] {
  // Among the company's own settings it goes without saying that the company chose.
  const from = (why: SettingWhy) =>
    scope === 'company' && why.origin ? whoLine(reader, why.origin) : sourceLine(reader, why);
  return settings.map((why) => ({
    label: why.setting.words[reader.locale].label,
    value: `${valueLine(reader, why)}  (${from(why)})`,
  }));
}

/** Opens the form of a group. */
export const groupButton = ({ locale }: Reader, scope: SettingsScope, group: SettingGroup): Button => ({
  kind: 'form',
  action: formOf(scope),
  carries: { group },
  label: wordsIn(locale).settings.change(settingGroups[group].title[locale]),
});

/** Opens the form of one setting. */
export const settingButton = (
  scope: SettingsScope,
  { key, setting }: SettingWhy,
  label: string,
): Button & { readonly kind: 'form' } => ({
  kind: 'form',
  action: formOf(scope),
  carries: { group: setting.group, key },
  label,
});

const formOf = (scope: SettingsScope) => (scope === 'own' ? settingsActions : companyActions).save;

/** Longer is no title of a form. */
const longestTitle = 24;

/** A field for each setting. `carries`: which they are, and what was shown. */
export function settingsForm(
  reader: Reader,
  scope: SettingsScope,
  settings: readonly SettingWhy[],
  carries: CarriedData,
): Form {
  const words = wordsIn(reader.locale);
  const groups = groupsOf(reader, settings);
  const whole = scope === 'own' ? words.settings.title : words.settings.titleCompany;
  const one = groups.length === 1 ? groups[0]?.title : undefined;
  const isTitle = one !== undefined && one.length <= longestTitle;
  return {
    id: formOf(scope),
    title: isTitle ? one : whole,
    submit: words.chat.save,
    cancel: words.chat.cancel,
    ...(isTitle || one === undefined ? {} : { intro: one }),
    fields: settings.map((why) => fieldOf(reader, scope, why)),
    carries,
  };
}

function fieldOf(reader: Reader, scope: SettingsScope, why: SettingWhy): Field {
  const { locale } = reader;
  const { settings: words } = wordsIn(locale);
  const { key: name, setting, lockedBy } = why;
  const { label, hint } = setting.words[locale];
  const { control, empty, show } = setting.type;
  const common = { name, label, hint: withSource([hint]), required: false };
  if (lockedBy) return { ...common, kind: 'fixed', value: valueLine(reader, why) };

  // An override that nobody chose is empty, or says so.
  const isOverride = scope === 'own' && setting.kind === 'override';
  const side = scope === 'own' ? (why.own ?? null) : why.company;
  const value = side === null ? undefined : show(side, (id) => id);
  switch (control.kind) {
    case 'switch':
    case 'choice': {
      const options =
        control.kind === 'choice'
          ? control.options.map((option) => ({ value: option.value, label: option.label[locale] }))
          : [
              { value: 'yes', label: words.yes },
              { value: 'no', label: words.no },
            ];
      const unchosen = { value: '-', label: words.companyValue(companyValueLine(reader, why)) };
      return {
        ...common,
        kind: 'choice',
        required: true,
        value: value ?? '-',
        options: isOverride ? [unchosen, ...options] : options,
      };
    }
    case 'number':
      return {
        ...withEmpty(common),
        kind: 'number',
        required: !isOverride,
        minimum: control.from,
        maximum: control.to,
        ...(value === undefined ? {} : { value: Number(value) }),
      };
    case 'text': {
      const shown = isOverride && value === '' ? empty?.[locale].word : value;
      return {
        ...withEmpty(common),
        kind: 'text',
        maxLength: control.longest ?? 2000,
        ...(control.longest === undefined ? {} : { multiline: true }),
        required: !isOverride && isNeverEmpty(why),
        ...(shown ? { value: shown } : {}),
      };
    }
    case 'person':
      return {
        ...common,
        kind: 'person',
        ...(value === undefined ? {} : { value: { value, label: why.userName ?? '' } }),
      };
    default:
      return control satisfies never;
  }

  function withEmpty(field: typeof common): typeof common {
    const lines = [hint];
    if (control.kind === 'text') lines.push(words.example(control.example));
    if (isOverride) lines.push(words.emptyIsCompanys(companyValueLine(reader, why)));
    if (empty) {
      const { word, means } = empty[locale];
      lines.push(words.emptyMeans(isOverride ? word : words.empty, means));
    }
    return { ...field, hint: withSource(lines) };
  }

  function withSource(lines: readonly string[]): string {
    return `${lines.join(' ')}\n${formatLabelled(locale, words.sourceLabel, sourceLine(reader, why))}`;
  }
}

/** A text that its setting never has empty: the default is none of the empty ones. */
function isNeverEmpty({ setting }: SettingWhy): boolean {
  const { default: value, type } = setting;
  return value !== null && type.show(value, (id) => id) !== '';
}

/** What closed the company, and what an admin can do about it. */
export type CompanyClosedBy = 'enabled' | 'appAccess';

/** The app is closed to everybody: for an admin the button that opens it again. */
export const appClosedCard = (reader: Reader): Card => closedCard(reader, 'appAccess', []);

/** Attendant is off: for an admin what callers meet meanwhile, and the button that switches it on again. */
export function companyOffCard(reader: Reader, settings: readonly SettingWhy[], saved?: string): Card {
  const meanwhile = groupsOf(reader, settings).filter(({ group }) => group === groupWhileOff);
  return closedCard(reader, 'enabled', meanwhile, saved);
}

function closedCard(reader: Reader, closedBy: CompanyClosedBy, groups: readonly ShownGroup[], saved?: string): Card {
  const { locale } = reader;
  const { settings: words } = wordsIn(locale);
  const line = closedBy === 'enabled' ? words.companyOff : words.appClosed;
  const change = groups.map(({ group }) => groupButton(reader, 'company', group));
  return {
    ...lineCard(saved ?? line),
    blocks: [
      ...(saved === undefined ? [] : [{ kind: 'text', text: saved } as const]),
      { kind: 'text', text: line },
      ...groups.flatMap(({ title, settings }): Block[] => [
        { kind: 'divider' },
        { kind: 'text', text: title },
        { kind: 'facts', facts: factsOf(reader, 'company', settings) },
      ]),
      { kind: 'buttons', buttons: [switchOnButton(locale, closedBy), ...change] },
    ],
  };
}

/** Opens the company again. */
const switchOnButton = (locale: Reader['locale'], closedBy: CompanyClosedBy): Button => ({
  kind: 'action',
  action: companyActions.switchOn,
  carries: { key: closedBy },
  label: closedBy === 'enabled' ? wordsIn(locale).settings.switchOn : wordsIn(locale).settings.openApp,
  tone: 'main',
});
