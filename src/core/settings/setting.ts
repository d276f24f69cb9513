import { isSupportedCountry } from 'libphonenumber-js/max';
import { IANAZone } from 'luxon';
import type { Words } from '../chat/words.js';
import type { UserId } from '../ids.js';
import { readNumber } from '../phone-number.js';

/**
 * How a company's value and a person's own become the one that counts (PRODUCT.md §1): `override` is `own ?? company`,
 * `gate` is `company && own`, `tenant` is the company's alone.
 */
type Kind = 'override' | 'gate' | 'tenant';

/** A setting's value as its row holds it. */
export type SettingValue = string | number | boolean | readonly string[] | null;

/** Why a text is no value of a setting. */
type Why = (words: Words['settings']) => string;
type Read = { readonly value: SettingValue } | { readonly why: Why };

/** What reading a value may have to know of the company. */
interface Context {
  readonly country: string;
  /** Somebody with access, by their e-mail address. */
  findUser(email: string): Promise<UserId | undefined>;
  /** Of these numbers, those that are another company's or a person's. */
  takenNumbers(numbers: readonly string[]): Promise<readonly string[]>;
}

/** How a value is read from text and written as text, as CONTRACT.md §8 has it. */
export interface SettingType {
  read(text: string, context: Context): Read | Promise<Read>;
  /** `emailOf`: of a user that is a value. */
  show(value: SettingValue, emailOf: (userId: string) => string): string;
}

/** One setting: what it is called, how it is decided, and where it is kept. */
export interface Setting {
  readonly key: string;
  readonly kind: Kind;
  readonly type: SettingType;
  /** What a new company has. */
  readonly default: SettingValue;
  /** Part of the edition with voicemail alone. */
  readonly plus: boolean;
  /** In `Tenant`; of an override and a gate the person's own is in `User` under the same name. */
  readonly column: string;
}

/** Declares a setting; `column` is where it differs from the key. */
export const defineSetting = <const Key extends string>(
  setting: Omit<Setting, 'key' | 'plus' | 'column'> & {
    readonly key: Key;
    readonly plus?: true;
    readonly column?: string;
  },
): Setting & { readonly key: Key } => ({
  ...setting,
  plus: setting.plus ?? false,
  column: setting.column ?? setting.key,
});

const asText = (value: SettingValue): string => (value === null ? '' : String(value));

export const yesNo: SettingType = {
  read(text) {
    const word = text.toLowerCase();
    if (word !== 'yes' && word !== 'no') return { why: (words) => words.oneOf(['yes', 'no']) };
    return { value: word === 'yes' };
  },
  show: (value) => (value ? 'yes' : 'no'),
};

export const oneOf = (options: readonly string[]): SettingType => ({
  read(text) {
    const value = options.find((option) => option === text.toLowerCase());
    return value === undefined ? { why: (words) => words.oneOf(options) } : { value };
  },
  show: asText,
});

export const wholeNumber = (from: number, to: number): SettingType => ({
  read(text) {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to ? { value } : { why: (words) => words.between(from, to) };
  },
  show: asText,
});

export const timeZone: SettingType = {
  read: (text) => (IANAZone.isValidZone(text) ? { value: text } : { why: (words) => words.timeZone }),
  show: asText,
};

export const country: SettingType = {
  read(text) {
    const code = text.toUpperCase();
    return isSupportedCountry(code) ? { value: code } : { why: (words) => words.country };
  },
  show: asText,
};

/** ISO 3166 codes, with commas between. */
export const countries: SettingType = {
  read(text) {
    const codes = text
      .toUpperCase()
      .split(/[,;\s]/)
      .filter(Boolean);
    return codes.every((code) => isSupportedCountry(code))
      ? { value: [...new Set(codes)].sort() }
      : { why: (words) => words.country };
  },
  show: (value) => (Array.isArray(value) ? value.join(',') : ''),
};

/** Numbers of the company's own, with commas between. */
export const numbers: SettingType = {
  async read(text, context) {
    const typed = text.split(/[,;]/).flatMap((part) => part.trim() || []);
    const read = typed.map((part) => ({ part, number: readNumber(part, context.country) }));
    const wrong = read.find(({ number }) => number.kind !== 'number');
    if (wrong) return { why: (words) => words.number(wrong.part) };
    const value = [...new Set(read.flatMap(({ number }) => (number.kind === 'number' ? number.e164 : [])))];
    const [taken] = await context.takenNumbers(value);
    return taken === undefined ? { value } : { why: (words) => words.numberTaken(taken) };
  },
  show: (value) => (Array.isArray(value) ? value.join(',') : ''),
};

/** Somebody of the company, named by their e-mail address. */
export const user: SettingType = {
  async read(text, context) {
    const value = await context.findUser(text);
    return value === undefined ? { why: (words) => words.nobody(text) } : { value };
  },
  show: (value, emailOf) => (typeof value === 'string' ? emailOf(value) : ''),
};

/** A SIP address in which `{agentId}` is replaced. */
export const sipTemplate: SettingType = {
  read: (text) =>
    text.length <= 255 && text.includes('{agentId}') && /^sips?:[^\s<>"]+$/.test(text)
      ? { value: text }
      : { why: (words) => words.sipTemplate },
  show: asText,
};
