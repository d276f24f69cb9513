import type { Words } from '../../../chat/words.js';
import { truncate } from '../../../text.js';
import type { Callee } from './callee-candidates.js';

const longestHeard = 80;

/** Return how a caller was understood, in plain steps: what they said or keyed, and whom it fits, and how. */
export function becauseLines(heard: string, callees: readonly Callee[], words: Words['calls']): readonly string[] {
  const text = truncate(heard, longestHeard);
  const [first, second] = callees;
  if (!first) return [words.nobodyMatches(text)];
  if (second) return [...howOf(first, words), words.severalMatch(text, callees.length)];
  if (first.how.by === 'extension') return [words.saidExtension(first.how.digits, first.person.displayName)];
  if (first.how.by === 'did') return [words.dialledDid(first.how.number, first.person.displayName)];
  return [...howOf(first, words), words.oneMatch(text, first.person.displayName)];
}

function howOf({ how }: Callee, words: Words['calls']): readonly string[] {
  switch (how.by) {
    case 'name':
      return how.reason in words.understood ? [words.understood[how.reason as keyof typeof words.understood]] : [];
    case 'spelling':
      return [words.spelled([...how.letters].join(' ').toUpperCase())];
    case 'keys':
      return [words.keyedLetters(how.keys)];
    case 'extension':
    case 'did':
      return [];
    default:
      return how satisfies never;
  }
}
