import { isSupportedCountry } from 'libphonenumber-js/max';
import { IANAZone } from 'luxon';
import { countryNames, formatNumber, readDestinationNumber, readNumber } from '../phone-number.js';
import { agentNumber, canMakeNumber, numberByTemplate, readAgentTemplate } from '../routing/agent-number.js';
import { hasPublicHolidays } from '../routing/holidays.js';
import { isCalendarDay, readOpeningHours, readTimeSpan } from '../routing/opening-hours.js';
import { truncate } from '../text.js';
import type { InBoth, Read, ReadContext, SettingType, SettingValue } from './setting.js';

/*
 * The types of settings: how each value is read and written. A text is at most `longestValue` characters here
 * (change-setting.ts), and everything it means is checked.
 */

/** As much of a wrong value as a refusal repeats. */
const mostEchoed = 60;

const asText = (value: SettingValue): string => (value === null ? '' : String(value));
const asList = (value: readonly string[]): string => value.join(',');
const withText = (example: string) => ({ kind: 'text', example }) as const;

export const yesNo: SettingType<boolean> = {
  control: { kind: 'switch' },
  read(text) {
    const word = text.toLowerCase();
    if (word !== 'yes' && word !== 'no') return { why: (words) => words.oneOf(['yes', 'no']) };
    return { value: word === 'yes' };
  },
  show: (value) => (value ? 'yes' : 'no'),
};

/** One of these values; each with what a form calls it. */
export function choice<const Options extends Readonly<Record<string, InBoth>>>(
  options: Options,
): SettingType<keyof Options & string> {
  const values = Object.keys(options) as (keyof Options & string)[];
  return {
    control: { kind: 'choice', options: Object.entries(options).map(([value, label]) => ({ value, label })) },
    read(text) {
      const value = values.find((option) => option === text.toLowerCase());
      return value === undefined ? { why: (words) => words.oneOf(values) } : { value };
    },
    show: asText,
  };
}

export const wholeNumber = (from: number, to: number): SettingType<number> => ({
  control: { kind: 'number', from, to },
  read(text) {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to ? { value } : { why: (words) => words.between(from, to) };
  },
  show: asText,
});

export const timeZone: SettingType<string> = {
  control: withText('America/Toronto'),
  read: (text) => (IANAZone.isValidZone(text) ? { value: text } : { why: (words) => words.timeZone }),
  show: asText,
};

/** A week, as OpenStreetMap writes it; empty: always open. */
export const openingHours: SettingType<string> = {
  control: withText('Mo-Fr 09:00-17:00; Sa 10:00-14:00'),
  empty: { en: { word: '24/7', means: 'always' }, fr: { word: '24/7', means: 'toujours' } },
  read(text) {
    const read = text === '' || text === '24/7' ? { text: '' } : readOpeningHours(text);
    return read ? { value: read.text } : { why: (words) => words.openingHours };
  },
  show: asText,
};

/** From one time of day to another, over midnight too; empty: never. */
export const timeSpan: SettingType<string> = {
  control: withText('22:00-07:00'),
  empty: { en: { word: 'none', means: 'none' }, fr: { word: 'aucune', means: 'aucune' } },
  read(text) {
    if (/^(none|aucune?)?$/i.test(text)) return { value: '' };
    return readTimeSpan(text) ? { value: text } : { why: (words) => words.timeSpan };
  },
  show: asText,
};

/** ISO days, and the codes of countries, provinces and states whose public holidays count. */
export const holidays: SettingType<readonly string[]> = {
  control: withText('CA-QC, 2026-12-24'),
  read(text) {
    const typed = partsOf(text.toUpperCase());
    const wrong = typed.find((part) => !isCalendarDay(part) && !hasPublicHolidays(part));
    return wrong === undefined
      ? { value: [...new Set(typed)].sort() }
      : { why: (words) => words.holidays(truncate(wrong, mostEchoed)) };
  },
  show: asList,
};

export const country: SettingType<string> = {
  control: withText('CA'),
  read(text) {
    const code = text.toUpperCase();
    return isSupportedCountry(code) ? { value: code } : { why: (words) => words.country };
  },
  show: asText,
};

/** ISO 3166 codes, with commas between. */
export const countries: SettingType<readonly string[]> = {
  control: withText('CA, FR'),
  empty: { en: { word: '', means: 'the own country' }, fr: { word: '', means: 'le pays de l’entreprise' } },
  read(text) {
    const codes = partsOf(text.toUpperCase());
    return codes.every((code) => isSupportedCountry(code))
      ? { value: [...new Set(codes)].sort() }
      : { why: (words) => words.country };
  },
  show: asList,
};

/** Numbers of the company's own, with commas between. */
export const numbers: SettingType<readonly string[]> = {
  control: withText('+14165550100, +15145550100'),
  read: (text, context) =>
    readNumbers(
      text.split(/[,;]/).flatMap((part) => part.trim() || []),
      context,
    ),
  show: asList,
};

/** A number of the company's own; null: none. */
export const number: SettingType<string | null> = {
  control: withText('+14165550100'),
  async read(text, context) {
    const read = await readNumbers([text], context);
    return 'value' in read ? { value: read.value[0] ?? null } : read;
  },
  show: asText,
};

/** A number to which calls go (PRODUCT.md §2, Numbers), and that brings none of them back; null: none. */
export const destinationNumber: SettingType<string | null> = {
  control: withText('+14165550199'),
  async read(text, context) {
    const read = readDestinationNumber(text, context);
    if (read.kind === 'abroad')
      return {
        why: ({ ofBoth, destination }) =>
          destination.abroad(ofBoth({ en: countryNames('en', read.allowed), fr: countryNames('fr', read.allowed) })),
      };
    if (read.kind !== 'number') return { why: ({ destination }) => destination[read.kind] };
    const taken = await context.takenNumbers([read.e164]);
    return taken.length === 0 ? { value: read.e164 } : { why: ({ destination }) => destination.ours };
  },
  show: asText,
};

/** Words that callers hear; empty: those that `means` says. */
export const spokenText = (
  longest: number,
  example: string,
  empty: InBoth<{ readonly word: string; readonly means: string }>,
): SettingType<string> => ({
  control: { kind: 'text', example, longest },
  empty,
  read: (text) => (text.length <= longest ? { value: text } : { why: (words) => words.tooLong(longest) }),
  show: asText,
});

async function readNumbers(typed: readonly string[], context: ReadContext): Promise<Read<readonly string[]>> {
  const read = typed.map((part) => ({ part, number: readNumber(part, context.country) }));
  const wrong = read.find(({ number }) => number.kind !== 'number');
  if (wrong) return { why: (words) => words.number(truncate(wrong.part, mostEchoed)) };
  const value = [...new Set(read.flatMap(({ number }) => (number.kind === 'number' ? number.e164 : [])))];
  const [taken] = await context.takenNumbers(value);
  return taken === undefined ? { value } : { why: (words) => words.numberTaken(formatNumber(taken, context.country)) };
}

/** The extensions from one to another, of one length. */
export const extensionRange: SettingType<string> = {
  control: withText('200-899'),
  read(text) {
    const [, from = '', to = ''] = /^(\d{2,10})-(\d{2,10})$/.exec(text) ?? [];
    return from !== '' && from.length === to.length && from <= to
      ? { value: text }
      : { why: (words) => words.extensionRange };
  },
  show: asText,
};

/** Somebody of the company, named by their e-mail address, extension or direct number; null: nobody. */
export const user: SettingType<string | null> = {
  control: { kind: 'person' },
  async read(text, context) {
    const value = await context.findUser(text);
    return value === undefined ? { why: (words) => words.nobody(truncate(text, mostEchoed)) } : { value };
  },
  show: (value, emailOf) => (value === null ? '' : emailOf(value)),
};

/** A SIP address or a phone number in which `{agentId}` is replaced. */
export const agentTemplate: SettingType<string> = {
  control: withText('sip:{agentId}@contact-centre.example'),
  async read(text, context) {
    const template = readAgentTemplate(text);
    if (!template) return { why: (words) => words.agentTemplate };
    if (template.kind === 'sip') return { value: template.text };
    const agents = await context.agentIds();
    const wrong = agents.find((id) => agentNumber(template.text, id, context) === undefined);
    if (wrong !== undefined) {
      const number = truncate(numberByTemplate(template.text, wrong), mostEchoed);
      return { why: (words) => words.agentNumber(truncate(wrong, mostEchoed), number) };
    }
    const isPossible = agents.length > 0 || canMakeNumber(template.text, context);
    return isPossible ? { value: template.text } : { why: (words) => words.agentTemplate };
  },
  show: asText,
};

const partsOf = (text: string): string[] => text.split(/[,;\s]/).filter(Boolean);
