import type { Locale } from './phrasing.js';

/**
 * Every text that the product shows, by feature. Each `x.words.ts` adds its own by declaration merging, so that
 * features need not import one another for a phrase; `core/app/words.ts` lists the texts of all features, and a missing
 * one does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: merged by each x.words.ts.
export interface Words {}

let catalog: Readonly<Record<Locale, Words>> | undefined;

/** Set the texts of all features; call it once, before the first `wordsIn`. */
export function setWords(words: Readonly<Record<Locale, Words>>): void {
  catalog = words;
}

/** Return the texts in a language. Throws before `setWords`. */
export function wordsIn(locale: Locale): Words {
  if (!catalog) throw new Error('words not set: import core/app/words.ts');
  return catalog[locale];
}
