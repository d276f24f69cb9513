import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { joinWithAnd, type Locale } from './chat/phrasing.js';
import { asId, type E164 } from './ids.js';
import { withoutTrailing } from './text.js';

/** A typed phone number, read with the company's country; or why it is refused. */
export type ReadNumber =
  | { readonly kind: 'number'; readonly e164: E164 }
  /** No such number, or an emergency or short number: calls cannot be forwarded to those. */
  | { readonly kind: 'invalid' }
  /** An outside number with an extension, which no forwarding could dial: the call would reach the wrong person. */
  | { readonly kind: 'extension' }
  /** Dialling it is expensive: premium, shared cost, satellite, personal numbers (PRODUCT.md §2, Numbers). */
  | { readonly kind: 'premium' };

/** The numbers to which calls may be forwarded: the company's columns of the same names. */
export interface DialingRules {
  /** ISO 3166. */
  readonly country: string;
  /** ISO 3166; empty: the company's own country. */
  readonly allowedCountries: readonly string[];
}

/** The numbers (E.164) of a company: of its greeting, and of its phone menu. */
export interface CompanyNumbers {
  readonly mainNumbers: readonly string[];
  readonly accessNumber: string | null;
}

/** Return whether a call to this number comes back to the company. */
export const leadsBack = (e164: string, { mainNumbers, accessNumber }: CompanyNumbers): boolean =>
  e164 === accessNumber || mainNumbers.includes(e164);

/** A number to which calls are to be forwarded. `abroad`: in a country that the company does not allow. */
export type ReadDestination = ReadNumber | { readonly kind: 'abroad'; readonly allowed: readonly string[] };

/** More than any number with its punctuation and extension. */
const longestNumber = 60;

/** Parse `(416) 555-0101` or `+14165550101`, the whole text or nothing; `country` is an ISO 3166 code. */
export function readNumber(text: string, country: string): ReadNumber {
  const typed = text.trim();
  if (typed.length > longestNumber) return { kind: 'invalid' };
  const { number: alone, extension } = withoutExtension(typed);
  const number = parsed(alone, country);
  if (!number?.isValid()) return { kind: 'invalid' };
  if (extension !== undefined || number.ext) return { kind: 'extension' };
  return isCostly(number) ? { kind: 'premium' } : { kind: 'number', e164: asId<E164>(number.number) };
}

/** Parse a number to which calls are to be forwarded: as `readNumber`, and in a country that the company allows. */
export function readDestinationNumber(text: string, rules: DialingRules): ReadDestination {
  const read = readNumber(text, rules.country);
  if (read.kind !== 'number' || isInAllowedCountry(read.e164, rules)) return read;
  return { kind: 'abroad', allowed: allowedCountriesOf(rules) };
}

/**
 * Return whether this number (E.164, or an extension) may be dialled by the company's present rules. Checked again at
 * dialling, because rules and number ranges change.
 */
export function mayBeDialled(e164: string, rules: DialingRules): boolean {
  if (isDeskExtension(e164)) return !emergencyNumbers.has(e164);
  const key = `${rules.country} ${rules.allowedCountries.join()} ${e164}`;
  const known = lastJudged.get(key);
  if (known !== undefined) return known;
  const verdict = readDestinationNumber(e164, rules).kind === 'number';
  lastJudged.set(key, verdict);
  return verdict;
}

/** Return whether this is an extension of the company's own switch rather than a public number (E.164). */
export const isDeskExtension = (number: string): boolean => /^\d{1,10}$/.test(number);

/** Never dialled as extensions: a switch may take them for the emergency number. */
const emergencyNumbers = new Set(['000', '110', '112', '118', '119', '911', '933', '988', '999']);

/** Routing checks the same numbers repeatedly, and parsing one is slow. */
const lastJudged = new LRUCache<string, boolean>({ max: 5000 });

/** Return the countries (ISO 3166) to which calls may be forwarded; the company's own one if the list is empty. */
export function allowedCountriesOf({ country, allowedCountries }: DialingRules): readonly string[] {
  const named = allowedCountries.length > 0 ? allowedCountries : [country];
  const codes = new Set(named.map((code) => code.trim().toUpperCase()));
  // One numbering plan with one price: people there do not regard the other country as abroad.
  if (codes.has('CA') || codes.has('US')) for (const code of ['CA', 'US']) codes.add(code);
  return [...codes];
}

/** Return the names of countries in the reader's language: `Canada and the United States`. */
export const countryNames = (locale: Locale, codes: readonly string[]): string =>
  joinWithAnd(
    locale,
    codes.map((code) => {
      try {
        return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
      } catch {
        return code;
      }
    }),
  );

function isInAllowedCountry(e164: string, rules: DialingRules): boolean {
  const { country } = parsePhoneNumberFromString(e164) ?? {};
  return country !== undefined && allowedCountriesOf(rules).includes(country);
}

/**
 * By type: a pager or a foreign mailbox cannot take a call either. UANs are ordinary company numbers in many countries
 * and remain allowed. Numbers of no country are satellites and networks at sea (+870, +881 to +883) or worldwide
 * services.
 */
function isCostly(number: PhoneNumber): boolean {
  return number.isNonGeographic() || costlyTypes.includes(number.getType() ?? '') || costlyRanges.test(number.number);
}

const costlyTypes: readonly string[] = ['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER', 'VOICEMAIL'];

/**
 * Costly numbers that the tables list under harmless types: Canada's satellite code 600, and pay-per-call under 976 in
 * North America.
 */
const costlyRanges = /^\+1(600\d{7}|[2-9]\d{2}976\d{4})$/;

/** An extension at the end, in English or French: `ext. 5`, `x5`, `#5`, `poste 5`, `;ext=5`, or after a pause `,5`. */
function withoutExtension(typed: string): { number: string; extension?: string } {
  const mark = /(?:;ext=|ext(?:ension)?|poste|post|x|#|,)[.:\s,]{0,4}(\d{1,10})#?$/i.exec(typed);
  if (!mark || !/\d/.test(typed.slice(0, mark.index))) return { number: typed };
  return { number: withoutTrailing(typed.slice(0, mark.index), ' \t,;'), extension: mark[1] ?? '' };
}

/** Parse the whole text as a number; finding a number within it would silently drop the rest. */
const parsed = (text: string, country: string): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });

/**
 * Format a number as people write it: in national form within `country`, otherwise with its prefix. Text that is no
 * number is returned unchanged.
 */
export function formatNumber(e164: string, country?: string): string {
  const key = `${country ?? ''} ${e164}`;
  const known = lastShown.get(key);
  if (known !== undefined) return known;
  const shown = formOf(e164, country);
  lastShown.set(key, shown);
  return shown;
}

/** A card names a number several times and is rendered again at each change; parsing a number is slow. */
const lastShown = new LRUCache<string, string>({ max: 1000 });

function formOf(e164: string, country: string | undefined): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  // A number that is not valid has no country, and without its prefix it would look like a national number.
  return country !== undefined && number.country === country ? number.formatNational() : number.formatInternational();
}

/**
 * Return whether this is an outside number (E.164) that a phone can dial. False for an extension or an invalid number.
 */
export const isDialable = (number: string): boolean =>
  number.startsWith('+') && parsePhoneNumberFromString(number)?.isValid() === true;

/** Return the `tel:` link of a number; undefined if it cannot be dialled. */
export const telLink = (number: string): string | undefined => (isDialable(number) ? `tel:${number}` : undefined);
