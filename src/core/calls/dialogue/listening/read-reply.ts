import type { Choice } from '../../decision.js';
import {
  hesitationPhrases,
  noPhrases,
  operatorPhrases,
  repeatPhrases,
  requestPhrases,
  yesPhrases,
} from './caller-phrases.js';
import { transcriptWords } from './normalize-transcript.js';
import {
  containsNo,
  containsRefusal,
  type OfferedNames,
  type ReplyPart,
  replyParts,
  wordsBesideAnswer,
} from './reply-parts.js';
import { spokenChoice } from './spoken-choice.js';

/** What a caller answers besides a name. */
export type CallerReply =
  | { readonly kind: 'operator' | 'again' | 'hesitation' | 'yes' }
  /** `instead`: the person meant, by transcript; empty for a plain no. */
  | { readonly kind: 'no'; readonly instead: readonly string[] }
  /** One of the choices, counted from 1; -1 for the last. */
  | { readonly kind: 'choice'; readonly number: number }
  /** None of these; `said`: perhaps a name, by transcript, without the yes before it. */
  | { readonly kind: 'other'; readonly said: readonly string[] };

/** The most transcripts that are considered, for an answer of one short word. */
const mostTranscripts = 3;

/**
 * Read a caller's answer; best transcript first. `offered`: the people just offered, since a yes needs an offer, and a
 * number is then rather a choice.
 */
export function readReply(said: readonly string[], offered: readonly Pick<Choice, 'label'>[]): CallerReply {
  const [first, ...others] = said.slice(0, mostTranscripts).map(transcriptWords);
  if (!first) return { kind: 'other', said };
  const read = (words: readonly string[]) =>
    offered.length > 0 ? readReplyToOffer(words, said, offered) : readOpening(words, said);
  const answer = read(first);
  if (answer.kind !== 'other' || first.length > 1) return answer;
  for (const words of others) {
    const other = words.length === 1 ? read(words) : answer;
    if (other.kind !== 'other') return other;
  }
  return answer;
}

/** Nobody was offered yet. */
function readOpening(words: readonly string[], said: readonly string[]): CallerReply {
  if (isOnly(words, operatorPhrases)) return { kind: 'operator' };
  if (isOnly(words, repeatPhrases)) return { kind: 'again' };
  // A yes without an offer says nothing: it does not name a person called Hui.
  const tellsNothing =
    words.length === 0 || [hesitationPhrases, yesPhrases, noPhrases].some((phrases) => isOnly(words, phrases));
  return tellsNothing ? { kind: 'hesitation' } : { kind: 'other', said };
}

/**
 * The reply to an offer. It is a yes only if nothing else is said: “of course not” begins like one, and “okay, Bo Chen”
 * as well, and either would ring the wrong person.
 */
function readReplyToOffer(
  words: readonly string[],
  said: readonly string[],
  offered: readonly Pick<Choice, 'label'>[],
): CallerReply {
  const [, second] = offered;
  const named = namedBy(offered);
  const parts = replyParts(words, named);
  const has = (...kinds: ReplyPart['kind'][]) => parts.some(({ kind }) => kinds.includes(kind));
  const rest = wordsBesideAnswer(parts);
  if (isOnly(words, operatorPhrases) || isOnly(rest, operatorPhrases)) return { kind: 'operator' };
  if (isOnly(words, repeatPhrases)) return { kind: 'again' };

  // “one second” is not the second one.
  const waits = has('wait') && rest.length === 0;
  const number = waits ? undefined : (spokenChoice(words) ?? (second ? spokenChoice(wordsOfReply(parts)) : undefined));
  // “not the first one” leaves the choice open.
  const isOneRefused = number !== undefined || (second !== undefined && has('name') && rest.length === 0);
  if (isOneRefused && containsRefusal(parts)) return { kind: 'hesitation' };
  // Nor does “not the one in sales” mean the one in sales.
  if (second !== undefined && containsRefusal(parts) && rest.some((word) => named.label.includes(word)))
    return { kind: 'hesitation' };
  if (number !== undefined) return { kind: 'choice', number };
  if (containsNo(parts)) return { kind: 'no', instead: rest.length > 0 ? insteadOf(said, named) : [] };
  // “Si Wong” is another person than Ann Wong, and “yes, Maria” one of two.
  const isNamed = has('name') && (second !== undefined || !has('yes'));
  if (has('word') || isNamed) return { kind: 'other', said: withoutYes(said, named) };
  if (has('again')) return { kind: 'again' };
  if (has('wait')) return { kind: 'hesitation' };
  return { kind: has('yes', 'yes or name') ? 'yes' : 'hesitation' };
}

/** “Maria Silva, Analyst, Sales”: a caller may name an offered person by any of it. */
function namedBy(offered: readonly Pick<Choice, 'label'>[]): OfferedNames {
  const [only, second] = offered;
  return {
    name: only && !second ? transcriptWords(only.label.split(',')[0] ?? '') : [],
    label: offered.flatMap(({ label }) => transcriptWords(label)),
  };
}

/** “um, the second one, please” */
const wordsOfReply = (parts: readonly ReplyPart[]): readonly string[] =>
  parts.flatMap(({ kind, words }) => (kind === 'word' || kind === 'name' || kind === 'around' ? words : []));

/** “no, I said Bob Smith” → `bob smith`. */
const insteadOf = (said: readonly string[], named: OfferedNames): readonly string[] =>
  said
    .map((transcript) => replyParts(transcriptWords(transcript), named))
    .filter(containsNo)
    .map((parts) => wordsBesideAnswer(parts).join(' '))
    .filter((text) => text !== '');

/** “sure, but I want Bo Chen” → `bo chen`. */
function withoutYes(said: readonly string[], named: OfferedNames): readonly string[] {
  return said.map((transcript) => {
    const rest = wordsBesideAnswer(replyParts(transcriptWords(transcript), named)).join(' ');
    // Commas and full stops separate letters and numbers: a transcript from which nothing is removed stays as it was
    // heard.
    return rest === '' || rest === transcriptWords(transcript).join(' ') ? transcript : rest;
  });
}

const politeness = new Set(['please', 'svp', 'sil', 'vous', 'plait', 'merci', 'thanks', 'um', 'uh', 'euh']);

/** Whether the words are one of the phrases and nothing else. */
function isOnly(words: readonly string[], phrases: readonly (readonly string[])[]): boolean {
  const polite = words.filter((word) => !politeness.has(word));
  const core = polite.slice(phraseLength(polite, requestPhrases));
  return [words, polite, core].some(
    (some) => some.length > 0 && phrases.some((phrase) => phrase.join(' ') === some.join(' ')),
  );
}

/** The number of words at the beginning that are one of the phrases: the longest that fits. */
const phraseLength = (words: readonly string[], phrases: readonly (readonly string[])[]): number =>
  phrases.find((phrase) => phrase.every((word, at) => words[at] === word))?.length ?? 0;
