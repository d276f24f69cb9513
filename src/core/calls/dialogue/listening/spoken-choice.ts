import { cardinals, choiceFillerWords, lastChoiceWords, ordinals } from './caller-phrases.js';

/**
 * Return the number of a choice, -1 for the last: “two”, “number three”, “the second one”, “le deuxième”; undefined if
 * anything else is said too.
 */
export function spokenChoice(words: readonly string[]): number | undefined {
  const telling = words.filter((word) => !choiceFillerWords.has(word) || cardinals.has(word));
  const places = telling.filter((word) => ordinals.has(word) || lastChoiceWords.has(word));
  const rest = telling.filter((word) => !places.includes(word));
  const [place, otherPlace] = places;
  const [digit, otherDigit] = rest;
  if (otherPlace !== undefined || otherDigit !== undefined) return undefined;
  if (place !== undefined && (digit === undefined || cardinals.get(digit) === 1)) return ordinals.get(place) ?? -1;
  return place === undefined && digit !== undefined ? cardinals.get(digit) : undefined;
}
