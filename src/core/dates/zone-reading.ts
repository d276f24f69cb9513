import { offsetOfName, zoneName } from '../time/zone-names.js';
import type { Zone } from './phrase.types.js';
import type { Token } from './tokens.js';
import { foldedWord } from './tokens.js';

/**
 * Read the name of a zone after a time: `UTC`, `EST`, `HNE`, `GMT+5:30`, `UTC-3`, or a name of the reader's own zones.
 */
export function zoneAt(
  tokens: readonly Token[],
  at: number,
  { zones, now }: { readonly zones: readonly string[]; readonly now: Date },
): { readonly value: Zone; readonly next: number } | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  if (token.word === 'utc' || token.word === 'gmt') {
    const sign = tokens[at + 1]?.raw;
    const amount = tokens[at + 2];
    if ((sign === '+' || sign === '-') && amount && tokens[at + 1]?.start === token.end) {
      const [hours = 0, minutes = 0] = amount.raw.split(':').map(Number);
      if (/^\d{1,2}(:\d{2})?$/.test(amount.raw) && hours <= 14)
        return { value: { offset: (sign === '-' ? -1 : 1) * (hours * 60 + minutes) }, next: at + 3 };
    }
    return { value: { offset: 0 }, next: at + 1 };
  }
  if (token.word === 'z' && token.start === tokens[at - 1]?.end) return { value: { offset: 0 }, next: at + 1 };
  if (ownNames(zones, now).has(token.word)) return { value: { name: token.word }, next: at + 1 };
  const offset = offsetOfName(token.word);
  return offset === undefined ? undefined : { value: { offset }, next: at + 1 };
}

/** The names of zones in winter and in summer, in both languages. */
const ownNames = (zones: readonly string[], now: Date): ReadonlySet<string> =>
  new Set(
    zones.flatMap((zone) => [0, 182].flatMap((days) => namesAt(new Date(now.getTime() + days * 86_400_000), zone))),
  );

/** Return the names of a zone at an instant, in both languages, folded. */
export const namesAt = (instant: Date, zone: string): string[] =>
  (['en', 'fr'] as const).map((locale) => foldedWord(zoneName(instant, zone, locale)));
