import { formatLabelled, formatMoment, type Reader } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import type { Setting, SettingValue } from './setting.js';
import type { SettingWhy } from './why.js';

/** As much of a value, and of a name, as a line shows; the form has all of the value. */
const longestShown = 60;
const longestName = 40;

/** The value that counts, as a person reads it: `Yes`, `By e-mail`, `Ada Roy`. */
export const valueLine = ({ locale }: Reader, { setting, value, userName }: SettingWhy): string =>
  lineOf(locale, setting, value, userName);

/** The company's value, as a person reads it. */
export const companyValueLine = ({ locale }: Reader, { setting, company, userName }: SettingWhy): string =>
  lineOf(locale, setting, company, userName);

function lineOf(
  locale: Reader['locale'],
  { type }: Setting,
  value: SettingValue,
  userName: string | undefined,
): string {
  const { settings: words } = wordsIn(locale);
  const { control } = type;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (control.kind === 'choice')
    return control.options.find((option) => option.value === value)?.label[locale] ?? String(value);
  if (value === null) return words.nothing;
  if (control.kind === 'person') return truncate(userName ?? '', longestShown);
  const text = type.show(value, (id) => id).replaceAll(',', ', ');
  if (text !== '') return truncate(text, longestShown);
  const means = type.empty?.[locale].means;
  return means === undefined ? words.nothing : means.charAt(0).toUpperCase() + means.slice(1);
}

/** Where the value comes from, who set it and when: `Company’s choice · Ada Roy, Fri, Nov 27, 2:05 pm`. */
export function sourceLine(reader: Reader, why: SettingWhy): string {
  const { source } = wordsIn(reader.locale).settings;
  const from = why.lockedBy ? source.locked : source[why.source];
  return why.origin ? `${from} · ${whoLine(reader, why.origin)}` : from;
}

/** Who set a value and when: `Ada Roy, Fri, Nov 27, 2:05 pm`. */
export function whoLine(reader: Reader, origin: NonNullable<SettingWhy['origin']>): string {
  const { settings: words } = wordsIn(reader.locale);
  const { changedBy, impersonator, via, changedAt } = origin;
  const who =
    changedBy === undefined
      ? via === 'cli'
        ? words.onCommandLine
        : words.byInstallation
      : impersonator === undefined
        ? changedBy
        : words.actedAs(impersonator, changedBy);
  return `${truncate(who, longestName)}, ${formatMoment(reader, changedAt)}`;
}

/** A setting and its value: `Ringing, in seconds: 25`. */
export const settingLine = (reader: Reader, why: SettingWhy): string =>
  formatLabelled(reader.locale, why.setting.words[reader.locale].label, valueLine(reader, why));
