import { readingsOf } from '../../../directory/matching/spoken-digits.js';
import { numberScore } from './confidence-thresholds.js';
import { transcriptWords } from './normalize-transcript.js';

/** A number that was said: its readings, likeliest first, and how likely it is a number at all. */
export interface SpokenNumber {
  readonly readings: readonly string[];
  readonly score: number;
}

/** Said around a number, and equally around a name. */
const wordsAroundNumber = new Set(
  `extension ext poste post number numero no line ligne dial composez composer the le la l a at please sil vous plait svp connect me
  call put through could can may you i would like want id its it is cest au du de je voudrais parler avec appeler passez moi speak
  talk with get give my office bonjour hello hi merci thanks thank joindre calling im looking need trying reach desk bureau
  transfer transferez mettez communication en direct um uh euh`
    .trim()
    .split(/\s+/),
);
const naming = new Set(['extension', 'ext', 'poste', 'number', 'numero']);
const between = new Set(['double', 'triple', 'and', 'et']);
const soundalikes = new Set(['to', 'too', 'for', 'fore', 'won', 'ate', 'tree', 'oh', 'o', 'six', 'dix', 'un', 'une']);

/**
 * Return the number in a transcript; undefined if it is no number. “to oh four” is one, “Seven Hills” is not: half of
 * its words, besides “extension” and the like, are no digits.
 */
export function spokenNumber(transcript: string): SpokenNumber | undefined {
  const words = transcriptWords(transcript);
  const isNumber = (word: string) => /\d/.test(word) || between.has(word) || readingsOf(word).length > 0;
  const telling = words.filter((word) => isNumber(word) || !wordsAroundNumber.has(word));
  const numbers = telling.filter(isNumber);
  const isNamed = words.some((word) => naming.has(word));
  const certain = numbers.filter((word) => !soundalikes.has(word) && !between.has(word));
  if (numbers.length === 0 || (certain.length === 0 && numbers.length < 2 && !isNamed)) return undefined;

  const score = scoreOf();
  return score === undefined ? undefined : { readings: readingsOf(transcript), score };

  function scoreOf(): number | undefined {
    const isAlone = numbers.length === telling.length;
    if (isNamed && (isAlone || numbers.length * 2 >= telling.length)) return numberScore.named;
    if (isAlone) return numberScore.alone;
    return telling.join('').replace(/\D/g, '').length >= 3 ? numberScore.among : undefined;
  }
}
