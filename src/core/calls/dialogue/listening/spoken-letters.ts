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
/** So many are enough if nothing was said before them: “W, U” and “bee oh” are all of a name. */
const fewestAlone = 2;

/** Return the letters at the end of a transcript; undefined if it does not end with a spelling. */
export function spokenLetters(transcript: string): SpokenLetters | undefined {
  const words = transcriptWords(transcript);
  const { certain, all } = lettersAtEnd(words);
  // “Jay, S M I T H” is a name and its letters, and “see aitch E N” are letters alone.
  const start = certain.count >= fewestLetters && all.names < fewestAlone ? certain.start : all.start;
  const name = nameBefore(words, start);
  // “Paul Robert” are two words of the spelling alphabet, and a name.
  const isSpelled = all.count >= fewestLetters || (all.count - all.codes >= fewestAlone && name.length === 0);
  if (!isSpelled) return undefined;
  const spelling = words.slice(start).join(' ');
  return { name: name.join(' '), spelling, letters: lettersOf(spelling).toLowerCase() };
}

/** The letters at the end of a transcript, and the place of the first. */
interface LettersAtEnd {
  /** Single letters, those with an example, and words of the spelling alphabets. */
  readonly certain: { readonly start: number; readonly count: number };
  /** With the names of letters, which are words elsewhere (“see”, “are”). `names`: those before the certain letters. */
  readonly all: { readonly start: number; readonly count: number; readonly codes: number; readonly names: number };
}

function lettersAtEnd(words: readonly string[]): LettersAtEnd {
  const certain = { start: words.length, count: 0 };
  const all = { start: words.length, count: 0, codes: 0, names: 0 };
  for (let end = words.length; end > 0; ) {
    const example = exampleBefore(words, end);
    const word = words[end - 1] ?? '';
    end -= Math.max(1, example);
    const kind = example > 0 ? 'letter' : kindOf(word);
    if (kind === 'noise') continue;
    if (kind === 'other') break;
    all.start = end;
    if (kind === 'multiple') certain.start = end;
    else all.count += 1;
    if (kind === 'name') all.names += 1;
    if (kind === 'code') all.codes += 1;
    if (kind === 'letter' || kind === 'code') {
      certain.start = end;
      certain.count += 1;
      all.names = 0;
    }
  }
  return { certain, all };
}

/** `code`: of a spelling alphabet; `name`: of a letter; `multiple`: “double”; `noise`: said between letters. */
function kindOf(word: string): 'letter' | 'code' | 'name' | 'multiple' | 'noise' | 'other' {
  if (word.length === 1 && /\p{L}/u.test(word)) return 'letter';
  const letter = letterOf(word);
  if (/^[A-Z]$/.test(letter)) return 'code';
  if (spellingWords.double.has(word) || spellingWords.triple.has(word)) return 'multiple';
  if (letter !== '') return 'name';
  return spellingWords.noise.has(word) ? 'noise' : 'other';
}

/** The words before the letters, without those that only lead to them. */
function nameBefore(words: readonly string[], start: number): readonly string[] {
  const name = words.slice(0, start);
  while (wordsBeforeSpelling.has(name.at(-1) ?? '')) name.pop();
  return name;
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
