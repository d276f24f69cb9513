import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { formWithProblems } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { settingGroups } from './groups.js';
import { seenText } from './seen-values.js';
import type { Setting, SettingValue } from './setting.js';
import { settings } from './settings.js';
import {
  appClosedCard,
  companyOffCard,
  groupsOf,
  type SettingsScope,
  settingsCard,
  settingsForm,
} from './settings.views.js';
import type { SettingWhy } from './why.js';

const now = new Date('2026-11-23T14:45:00Z');
const reader = (locale: Reader['locale']): Reader => ({ locale, timeZone: 'America/Toronto', now });
const name = 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻';

/** Every setting at its longest, set by somebody with the longest name. */
function longest(scope: SettingsScope): readonly SettingWhy[] {
  const declared: readonly (Setting & Pick<SettingWhy, 'key'>)[] = settings;
  return declared
    .filter(({ kind, chosenBy }) => scope === 'company' || (kind !== 'tenant' && chosenBy !== 'admins'))
    .map((setting) => {
      const { key, kind, type } = setting;
      const value = longestValue(setting);
      const isLocked = scope === 'own' && key === 'forwarding';
      return {
        ...{ key, setting, value, company: isLocked ? false : value },
        text: value === null ? '' : type.show(value, (id) => id),
        source: scope === 'own' && !isLocked ? 'own' : 'company',
        origin: { changedBy: name, impersonator: name, via: 'slack', changedAt: new Date('2026-01-21T14:45:00Z') },
        lockedBy: isLocked ? 'company' : undefined,
        own: scope === 'company' || kind === 'tenant' ? undefined : value,
        userName: type.control.kind === 'person' ? name : undefined,
      };
    });
}

function longestValue({ type, default: value }: Setting): SettingValue {
  switch (type.control.kind) {
    case 'text':
      if (type.control.longest !== undefined) return 'Closed. '.repeat(type.control.longest / 8).trim();
      return Array.isArray(value)
        ? Array.from({ length: 40 }, (_, day) => `+1416555${1000 + day}`)
        : 'Mo-Fr '.repeat(300);
    case 'person':
      return '0198c0de-0000-7000-8000-000000000001';
    case 'switch':
    case 'choice':
    case 'number':
      return value;
    default:
      return type.control satisfies never;
  }
}

const formsOf = (scope: SettingsScope): readonly ViewExample[] =>
  groupsOf(reader('en'), longest(scope)).map(({ group, settings }) => ({
    name: `${scope === 'own' ? 'settings.save' : 'admin.tenant'}, ${settingGroups[group].title.en}`,
    view: (locale) => {
      const words = wordsIn(locale).settings;
      const seen = seenText(settings.map(({ key, value }) => [key, value]));
      const form = settingsForm(reader(locale), scope, settings, { group, seen });
      const line = `${words.changedMeanwhile('Mo-Fr '.repeat(13), `${words.actedAs(name, name)}, Jan 21`)} ${words.keepYours}`;
      return formWithProblems(
        form,
        {},
        { '': words.stale, ...Object.fromEntries(form.fields.map((field) => [field.name, line])) },
      );
    },
  }));

/** Every view of the settings, for the contract tests. */
export const settingsExamples: readonly ViewExample[] = [
  ...(['own', 'company'] as const).flatMap((scope) => [
    {
      name: `settings, ${scope}`,
      view: (locale: Reader['locale']) => settingsCard(reader(locale), scope, longest(scope)),
    },
    ...formsOf(scope),
  ]),
  {
    name: 'settings, saved',
    view: (locale) => settingsCard(reader(locale), 'own', longest('own'), ['language', 'hours']),
  },
  { name: 'company switched off', view: (locale) => companyOffCard(reader(locale), longest('company')) },
  { name: 'app closed by the company', view: (locale) => appClosedCard(reader(locale)) },
];
