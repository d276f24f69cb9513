import { soundOf } from './phonetic-code.js';
import { entryOf, insertWord, newTrie, type Trie } from './trie.js';

/**
 * The distinct words of all names, each with the people who have it: a hundred thousand people have some forty thousand
 * words, so that letters are compared with the words only.
 */
export interface Vocabulary {
  readonly texts: string[];
  /** By word: the people (slots of the roster) who have it; empty once all of them were removed. */
  readonly people: number[][];
  /** By word: the number of people with it as a last name, a part of one, or an alias. */
  readonly lastNames: number[];
  /** By word: its phonetic code, read as English and as French (phonetic-code.ts). */
  readonly english: string[];
  readonly french: string[];
  readonly spellings: Trie;
  /** Codes of phonetic-code.ts; an entry is an index into `soundingAs`. */
  readonly sounds: Trie;
  readonly soundingAs: number[][];
}

/** Create an empty vocabulary. */
export const newVocabulary = (): Vocabulary => ({
  texts: [],
  people: [],
  lastNames: [],
  english: [],
  french: [],
  spellings: newTrie(),
  sounds: newTrie(),
  soundingAs: [],
});

/** Return the word's number, or -1. */
export const wordOf = (vocabulary: Vocabulary, text: string): number => entryOf(vocabulary.spellings, text);

/** Return the word's number; a new word gets one. */
export function wordOrNew(vocabulary: Vocabulary, text: string): number {
  const { texts, people, lastNames, english, french, spellings, sounds, soundingAs } = vocabulary;
  const word = insertWord(spellings, text, texts.length);
  if (word < texts.length) return word;
  texts.push(text);
  people.push([]);
  lastNames.push(0);
  const asEnglish = soundOf(text, 'en');
  const asFrench = soundOf(text, 'fr');
  english.push(asEnglish);
  french.push(asFrench === asEnglish ? asEnglish : asFrench);
  for (const key of asFrench === asEnglish ? [asEnglish] : [asEnglish, asFrench]) {
    const sound = insertWord(sounds, key, soundingAs.length);
    const words = soundingAs[sound];
    if (words) words.push(word);
    else soundingAs.push([word]);
  }
  return word;
}
