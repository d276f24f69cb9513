import { wordsOf } from '../../../directory/matching/fold-text.js';
import { greetings } from './caller-phrases.js';

/** As many words as are looked at for what is no name. */
const mostWords = 40;

/** The words of a transcript, folded: `C’est ça !` → `cest`, `ca`. */
export const transcriptWords = (transcript: string): readonly string[] =>
  transcript
    .slice(0, 400)
    .split(/\s+/)
    .flatMap((word) => wordsOf(word))
    .slice(0, mostWords);

/**
 * A transcript as a name is looked for in it: without greetings, and without the commas of a recogniser, for in writing
 * a comma turns a name round.
 */
export function withoutRequest(transcript: string): string {
  let words = transcriptWords(transcript);
  for (;;) {
    const greeting = greetings.find((phrase) => phrase.every((word, at) => words[at] === word));
    // “Er Li” may be a name, and “Hi” alone.
    if (!greeting || words.length - greeting.length < 2) return words.join(' ');
    words = words.slice(greeting.length);
  }
}
