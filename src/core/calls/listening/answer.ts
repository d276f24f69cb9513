import {
  aroundChoice,
  aroundNo,
  cardinals,
  forAgain,
  forNo,
  forOperator,
  forYes,
  hesitations,
  lastOne,
  ordinals,
} from './caller-words.js';
import { saidWords } from './said.js';

/** What a caller says beside names. `other`: none of these. */
export type Answer =
  | { readonly kind: 'operator' | 'again' | 'hesitation' | 'yes' | 'other' }
  /** `instead`: who is meant, by transcript; empty for a mere no. */
  | { readonly kind: 'no'; readonly instead: readonly string[] }
  /** One of the choices, counted from 1; -1 for the last. */
  | { readonly kind: 'choice'; readonly number: number };

/** Of a recogniser's further guesses, so many may be what was said, where it was one short word. */
const mostTranscripts = 3;

/**
 * Reads what was said; best first. `choices`: how many were just offered, since nobody says yes to nothing, and a number
 * is then rather a choice.
 */
export function readAnswer(said: readonly string[], choices: number): Answer {
  const [first, ...others] = said.slice(0, mostTranscripts).map(saidWords);
  if (!first) return { kind: 'other' };
  const answer = readWords(first, choices);
  if (answer.kind === 'no') return { kind: 'no', instead: said.map(withoutNo).filter((text) => text !== '') };
  if (answer.kind !== 'other' || first.length > 1) return answer;
  for (const words of others) {
    const other = words.length === 1 ? readWords(words, choices) : answer;
    if (other.kind !== 'other') return other;
  }
  return answer;
}

function readWords(words: readonly string[], choices: number): Answer {
  if (isOnly(words, forOperator)) return { kind: 'operator' };
  if (choices > 0) {
    const number = numberOf(words);
    if (number !== undefined) return { kind: 'choice', number };
    if (beginning(words, forNo) > 0) return { kind: 'no', instead: [] };
    if (beginning(words, forYes) > 0) return { kind: 'yes' };
  }
  if (isOnly(words, forAgain)) return { kind: 'again' };
  // A yes to nothing tells nothing: it is not somebody called Hui.
  const tellsNothing = words.length === 0 || [hesitations, forYes, forNo].some((phrases) => isOnly(words, phrases));
  return { kind: tellsNothing ? 'hesitation' : 'other' };
}

const politeness = new Set(['please', 'svp', 'sil', 'vous', 'plait', 'merci', 'thanks', 'um', 'uh', 'euh']);
const asking = [
  ['can', 'i', 'have'],
  ['can', 'i', 'speak', 'to'],
  ['could', 'i', 'speak', 'to'],
  ['i', 'want'],
  ['i', 'need'],
  ['give', 'me'],
  ['get', 'me'],
  ['speak', 'to'],
  ['talk', 'to'],
  ['i', 'want', 'to', 'speak', 'to'],
  ['i', 'want', 'to', 'talk', 'to'],
  ['id', 'like', 'to', 'speak', 'to'],
  ['connect', 'me', 'to'],
  ['je', 'veux'],
  ['je', 'voudrais'],
  ['je', 'veux', 'parler', 'a'],
  ['je', 'voudrais', 'parler', 'a'],
  ['passez', 'moi'],
  ['parler', 'a'],
].sort((a, b) => b.length - a.length);

/** Is it one of the phrases and nothing else? */
function isOnly(words: readonly string[], phrases: readonly (readonly string[])[]): boolean {
  const polite = words.filter((word) => !politeness.has(word));
  const core = polite.slice(beginning(polite, asking));
  return [words, polite, core].some(
    (some) => some.length > 0 && phrases.some((phrase) => phrase.join(' ') === some.join(' ')),
  );
}

/** How many words at the beginning are one of the phrases: the longest that fits. */
const beginning = (words: readonly string[], phrases: readonly (readonly string[])[]): number =>
  phrases.find((phrase) => phrase.every((word, at) => words[at] === word))?.length ?? 0;

/** “two”, “number three”, “the second one”, “le deuxième”; undefined where anything else is said too. */
function numberOf(words: readonly string[]): number | undefined {
  const telling = words.filter((word) => !aroundChoice.has(word) || cardinals.has(word));
  const places = telling.filter((word) => ordinals.has(word) || lastOne.has(word));
  const rest = telling.filter((word) => !places.includes(word));
  const [place, otherPlace] = places;
  const [digit, otherDigit] = rest;
  if (otherPlace !== undefined || otherDigit !== undefined) return undefined;
  if (place !== undefined && (digit === undefined || cardinals.get(digit) === 1)) return ordinals.get(place) ?? -1;
  return place === undefined && digit !== undefined ? cardinals.get(digit) : undefined;
}

/** “no, I said Bob Smith” → `bob smith`. */
function withoutNo(transcript: string): string {
  let words = saidWords(transcript);
  if (beginning(words, forNo) === 0) return '';
  for (let fewer = beginning(words, forNo) || beginning(words, aroundNo); fewer > 0; ) {
    words = words.slice(fewer);
    fewer = beginning(words, forNo) || beginning(words, aroundNo);
  }
  return words.join(' ');
}
