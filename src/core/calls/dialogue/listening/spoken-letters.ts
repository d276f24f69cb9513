import { lettersOf } from '../../../directory/matching/find-spelled.js';
import { letterOf, spellingWords } from '../../../directory/matching/spelling-words.js';
import { transcriptWords } from './normalize-transcript.js';

/** A name that was spelled aloud, perhaps after it was said: “Smith, S M I T H”. */
export interface SpokenLetters {
  /** The words before the letters; empty: none. */
  readonly name: string;
  /** The part of the transcript that spells. */
  readonly spelling: string;
  /** As they were heard. */
  readonly letters: string;
}

/** Said between a name and its spelling. */
const wordsBeforeSpelling = new Set(
  'thats that is its it spelled spelt spelling i spell qui secrit ca sepelle cela je lepelle comme epelle cest last name lettre'.split(
    ' ',
  ),
);
const fewestLetters = 3;

/** Return the letters at the end of a transcript; undefined if it does not end with a spelling. */
export function spokenLetters(transcript: string): SpokenLetters | undefined {
  const words = transcriptWords(transcript);
  let start = words.length;
  let singles = 0;
  let codes = 0;
  for (let end = words.length; end > 0; ) {
    const example = exampleBefore(words, end);
    const word = words[end - 1] ?? '';
    end -= Math.max(1, example);
    if (example > 0 || (word.length === 1 && /\p{L}/u.test(word))) singles += 1;
    else if (/^[A-Z]$/.test(letterOf(word))) codes += 1;
    else if (!spellingWords.double.has(word) && !spellingWords.triple.has(word)) {
      // “eye” and “are” are letters among letters, and words elsewhere.
      if (letterOf(word) === '' && !spellingWords.noise.has(word)) break;
      continue;
    }
    start = end;
  }
  const named = words.slice(0, start);
  while (wordsBeforeSpelling.has(named.at(-1) ?? '')) named.pop();

  // “Paul Robert” are two words of the spelling alphabet, and a name; “W, U” is all of a name.
  const isSpelled = singles + codes >= fewestLetters || (singles >= 2 && named.length === 0);
  if (!isSpelled) return undefined;
  const spelling = words.slice(start).join(' ');
  return { name: named.join(' '), spelling, letters: lettersOf(spelling).toLowerCase() };
}

/** The number of words before `end` that are a letter with its example, “s as in sam”; 0: none. */
function exampleBefore(words: readonly string[], end: number): number {
  for (const phrase of spellingWords.likes) {
    const start = end - 1 - phrase.length;
    const letter = words[start - 1];
    if (letter === undefined || letterOf(letter) === '') continue;
    if (phrase.every((word, at) => words[start + at] === word)) return phrase.length + 2;
  }
  return 0;
}
