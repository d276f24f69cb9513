import type { Locale } from '../chat/phrasing.js';
import type { UserId } from '../ids.js';
import { type SettingGroup, settingGroups } from './groups.js';
import type { SettingWords } from './settings.words.js';

/**
 * How a company's value and a person's own become the one that counts (PRODUCT.md §1): `override` is `own ?? company`,
 * `gate` is `company && own`, `tenant` is the company's alone.
 */
export type Kind = 'override' | 'gate' | 'tenant';

/** A setting's value as its row holds it. */
export type SettingValue = string | number | boolean | readonly string[] | null;

export const isSame = (a: SettingValue, b: SettingValue): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What people read, in both languages. */
export type InBoth<Text = string> = Readonly<Record<Locale, Text>>;

/** Why a text is no value of a setting: a sentence that says what to write instead. */
export type Why = (words: SettingWords) => string;
export type Read<Value> = { readonly value: Value } | { readonly why: Why };

/** What reading a value may have to know of the company. */
export interface ReadContext {
  /** ISO 3166: in which national numbers are read. */
  readonly country: string;
  /** ISO 3166: the countries that calls may go to; empty: the company's own one. */
  readonly allowedCountries: readonly string[];
  /** Somebody with access, by their e-mail address, extension, DID or id. */
  findUser(typed: string): Promise<UserId | undefined>;
  /** Ids that agents of the company have in the contact centre: a sample of at most 200. */
  agentIds(): Promise<readonly string[]>;
  /** Of these numbers, those that lead somewhere else: to another company, to a person, or here in another way. */
  takenNumbers(numbers: readonly string[]): Promise<readonly string[]>;
}

/** With what a form asks for a value. */
type Control =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: InBoth }[] }
  | { readonly kind: 'number'; readonly from: number; readonly to: number }
  | { readonly kind: 'text'; readonly example: string; readonly longest?: number }
  | { readonly kind: 'person' };

/** How a value is asked for, read from text, and written as text, as CONTRACT.md §8 has it. */
export interface SettingType<Value extends SettingValue = SettingValue> {
  readonly control: Control;
  /** Where an empty text is a value: what it means, and the word for it where a form’s empty field means another; `read` knows it. */
  readonly empty?: InBoth<{ readonly word: string; readonly means: string }>;
  read(text: string, context: ReadContext): Read<Value> | Promise<Read<Value>>;
  /** `emailOf`: of a user that is a value. */
  show(value: Value, emailOf: (userId: string) => string): string;
}

/** One setting: how it is called, decided, written and kept. */
export interface Setting<
  Key extends string = string,
  HowDecided extends Kind = Kind,
  Value extends SettingValue = SettingValue,
> {
  readonly key: Key;
  readonly kind: HowDecided;
  readonly group: SettingGroup;
  readonly type: SettingType<Value>;
  /** What a new company has. */
  readonly default: Value;
  /** A person’s own side is for the admins to decide, not for the person. */
  readonly chosenBy?: 'admins';
  /** Only in the edition with voicemail, like its group. */
  readonly plus: boolean;
  /** In `Tenant`; of an override and a gate the person's own is in `User` under the same name. */
  readonly column: string;
  /** `hint`: what the setting does, in one sentence. */
  readonly words: InBoth<{ readonly label: string; readonly hint: string }>;
}

/** Declares a setting; `column` is where it differs from the key. */
export const defineSetting = <const Key extends string, const HowDecided extends Kind, Value extends SettingValue>(
  setting: Omit<Setting<Key, HowDecided, Value>, 'default' | 'plus' | 'column'> & {
    readonly default: NoInfer<Value>;
    readonly column?: string;
  },
): Setting<Key, HowDecided, Value> => ({
  ...setting,
  plus: settingGroups[setting.group].plus,
  column: setting.column ?? setting.key,
});
