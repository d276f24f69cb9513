import { soundOf } from './phonetic-code.js';
import { entryOf, insert, newTrie, type Trie } from './trie.js';

/**
 * The distinct words of all names, each with the people who have it: a hundred thousand people have some forty thousand
 * words, so letters are compared with those, and people are only counted.
 */
export interface Vocabulary {
  readonly texts: string[];
  /** By word: the people (slots of the roster) who have it; empty once they have all left. */
  readonly people: number[][];
  /** By word: how many have it as a last name, a part of one, or an alias. */
  readonly lastNames: number[];
  /** By word: how it sounds, read as English and as French (sound.ts). */
  readonly english: string[];
  readonly french: string[];
  readonly spellings: Trie;
  /** Keys of sound.ts; an entry is a place in `soundingAs`. */
  readonly sounds: Trie;
  readonly soundingAs: number[][];
}

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

/** The word's number, or -1. */
export const wordOf = (vocabulary: Vocabulary, text: string): number => entryOf(vocabulary.spellings, text);

/** The word's number; a word that is new gets one. */
export function learn(vocabulary: Vocabulary, text: string): number {
  const { texts, people, lastNames, english, french, spellings, sounds, soundingAs } = vocabulary;
  const word = insert(spellings, text, texts.length);
  if (word < texts.length) return word;
  texts.push(text);
  people.push([]);
  lastNames.push(0);
  const asEnglish = soundOf(text, 'en');
  const asFrench = soundOf(text, 'fr');
  english.push(asEnglish);
  french.push(asFrench === asEnglish ? asEnglish : asFrench);
  for (const key of asFrench === asEnglish ? [asEnglish] : [asEnglish, asFrench]) {
    const sound = insert(sounds, key, soundingAs.length);
    const words = soundingAs[sound];
    if (words) words.push(word);
    else soundingAs.push([word]);
  }
  return word;
}
