import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { as, type E164 } from './ids.js';

/** A phone number as typed, read with the company's country; or why it is none we may dial. */
export type ReadNumber =
  | { readonly kind: 'number'; readonly e164: E164 }
  /** No such number, an emergency or short number included: those cannot be forwarded to. */
  | { readonly kind: 'invalid' }
  /** Costs whoever dials it: refused as a destination (PRODUCT.md §2, Numbers). */
  | { readonly kind: 'premium' };

/** Reads `(416) 555-0101` or `+14165550101`; `country` is an ISO 3166 code. */
export function readNumber(text: string, country: string): ReadNumber {
  const number = parsePhoneNumberFromString(text, country as CountryCode);
  if (!number?.isValid()) return { kind: 'invalid' };
  const type = number.getType();
  if (type === 'PREMIUM_RATE' || type === 'SHARED_COST') return { kind: 'premium' };
  return { kind: 'number', e164: as<E164>(number.number) };
}

/** A number as people write it: in national form within `country`, else with its prefix. What is none stays as it came. */
export function showNumber(e164: string, country?: string): string {
  const key = `${country ?? ''} ${e164}`;
  const known = lastShown.get(key);
  if (known !== undefined) return known;
  const shown = formOf(e164, country);
  lastShown.set(key, shown);
  return shown;
}

/** A card says a number several times, and is shown again whenever something becomes of it; reading one is slow. */
const lastShown = new LRUCache<string, string>({ max: 1000 });

function formOf(e164: string, country: string | undefined): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  return number.country === country ? number.formatNational() : number.formatInternational();
}
