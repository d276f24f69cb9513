import { isUuid } from '../ids.js';
import { readNumber } from '../phone-number.js';
import type { PersonKey } from './people.store.js';

/**
 * Return the keys that this text may be, in the order in which to try them: an id, an e-mail address, an extension
 * (“ext.
 * 2001” too), a DID in any format of the country (ISO 3166). Empty: none of these, so at most a name.
 */
export function personKeysIn(text: string, country: string): readonly PersonKey[] {
  const typed = text.trim();
  if (isUuid(typed)) return [{ id: typed }];
  if (typed.includes('@')) return [{ email: typed }];
  if (!isNumber(typed)) return [];
  const number = readNumber(typed, country);
  return [
    { extension: typed.replace(/\D/g, '').slice(0, 20) },
    ...(number.kind === 'number' ? [{ did: number.e164 }] : []),
  ];
}

/** Return whether the text is an extension or a DID: digits, with or without “ext.”, “poste” and phone punctuation. */
export const isNumber = (query: string): boolean =>
  /^\s*((ext(ension)?|poste|post|x|#)\.?\s*)?[+(]?\d[\d\s().+-]*$/i.test(query);
