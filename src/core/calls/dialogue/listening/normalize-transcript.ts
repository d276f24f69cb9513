import { wordsOf } from '../../../directory/matching/fold-text.js';
import { greetingPhrases } from './caller-phrases.js';

/** The most words inspected for phrases that are no names. */
const mostWords = 40;

/** Return the words of a transcript, folded: `C’est ça !` → `cest`, `ca`. */
export const transcriptWords = (transcript: string): readonly string[] =>
  transcript
    .slice(0, 400)
    .split(/\s+/)
    .flatMap((word) => wordsOf(word))
    .slice(0, mostWords);

/**
 * Return a transcript without greetings, and without the recogniser's commas, because in writing a comma reverses a
 * name.
 */
export function withoutGreeting(transcript: string): string {
  let words = transcriptWords(transcript);
  for (;;) {
    const greeting = greetingPhrases.find((phrase) => phrase.every((word, at) => words[at] === word));
    // “Er Li” may be a name, and “Hi” alone.
    if (!greeting || words.length - greeting.length < 2) return words.join(' ');
    words = words.slice(greeting.length);
  }
}
