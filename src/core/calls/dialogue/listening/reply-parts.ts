import {
  fillerPhrases,
  hesitationPhrases,
  negationWords,
  noPhrases,
  politePhrases,
  refusalWords,
  repeatPhrases,
  requestPhrases,
  yesOrNamePhrases,
  yesPhrases,
} from './caller-phrases.js';

/** A stretch of a caller's answer. `word`: none of these, so perhaps a name; `name`: of the only person offered. */
export interface ReplyPart {
  readonly kind: Kind;
  readonly words: readonly string[];
}
type Kind = 'yes' | 'yes or name' | 'no' | 'again' | 'wait' | 'filler' | 'around' | 'name' | 'word';

/** The names of the people offered, as they were said. */
export interface OfferedNames {
  /** Of the only person offered; empty if several were. */
  readonly name: readonly string[];
  /** The names and everything else in their labels. */
  readonly label: readonly string[];
}

/** A phrase in several lists belongs to the last one. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ['wait', hesitationPhrases],
      ['again', repeatPhrases],
      ['filler', fillerPhrases],
      ['around', [...politePhrases, ...requestPhrases]],
      ['yes', yesPhrases],
      ['yes or name', yesOrNamePhrases],
      ['no', noPhrases],
    ] as const
  ).flatMap(([kind, phrases]) => phrases.map((phrase) => [phrase.join(' '), kind] as const)),
);
const longestPhrase = Math.max(...[...kinds.keys()].map((phrase) => phrase.split(' ').length));

/** Return the parts of an answer, in order; each is the longest phrase that fits. */
export function replyParts(words: readonly string[], offered: OfferedNames): readonly ReplyPart[] {
  const parts: ReplyPart[] = [];
  for (let at = 0; at < words.length; at += parts.at(-1)?.words.length ?? 1) parts.push(partAt(words, at, offered));
  return parts;
}

function partAt(words: readonly string[], at: number, offered: OfferedNames): ReplyPart {
  const { name, label } = offered;
  const isOffered = (phrase: readonly string[]) => label.includes(phrase[0] ?? '') && phrase.length === 1;
  const isNamed = name.length > 1 && name.every((word, next) => words[at + next] === word);
  for (let length = longestPhrase; length > 0; length -= 1) {
    // “Kim No” has a no for a name.
    if (isNamed && length <= name.length) return { kind: 'name', words: name };
    const phrase = words.slice(at, at + length);
    const kind = phrase.length === length ? kinds.get(phrase.join(' ')) : undefined;
    // A person may have the name So.
    if (kind && !(kind === 'filler' && isOffered(phrase))) return { kind, words: phrase };
  }
  const word = words.slice(at, at + 1);
  return { kind: isOffered(word) ? 'name' : 'word', words: word };
}

/** Return whether the answer contains a no: at its beginning, or one that is a no anywhere. */
export const containsNo = (parts: readonly ReplyPart[]): boolean => parts.some((_, at) => isNo(parts, at));

function isNo(parts: readonly ReplyPart[], at: number): boolean {
  const part = parts[at];
  if (part?.kind !== 'no') return false;
  return part.words.some((word) => negationWords.has(word)) || parts.slice(0, at).every(({ kind }) => kind !== 'word');
}

/** Return whether the answer says who or what is not meant, rather than a plain no: “not the first one”. */
export const containsRefusal = (parts: readonly ReplyPart[]): boolean =>
  parts.some((part, at) => isNo(parts, at) && refusalWords.has(part.words.at(-1) ?? ''));

/**
 * Return the words of the answer without yes, no and refused names: “yes, but I want Bo Chen” → `bo chen`; “not Robert,
 * Bo Chen” → `bo chen`.
 */
export function wordsBesideAnswer(parts: readonly ReplyPart[]): readonly string[] {
  const stretches: ReplyPart[][] = [[]];
  let isRefused = false;
  for (const [at, part] of parts.entries()) {
    if (isNo(parts, at)) {
      isRefused = refusalWords.has(part.words.at(-1) ?? '');
      stretches.push([]);
    } else if (!isRefused || (part.kind !== 'name' && part.kind !== 'around')) {
      isRefused = false;
      stretches.at(-1)?.push(part);
    }
  }
  return stretches.flatMap(trimParts).flatMap(({ words }) => words);
}

/** Without the phrases around a name; a filler next to the name may be a part of it. */
function trimParts(parts: readonly ReplyPart[]): readonly ReplyPart[] {
  const tells = ({ kind }: ReplyPart) => kind === 'word' || kind === 'name' || kind === 'no';
  const isAround = (part: ReplyPart) => !tells(part) && part.kind !== 'filler' && part.kind !== 'yes or name';
  const first = parts.findIndex(tells);
  if (first === -1) return [];
  const last = parts.findLastIndex(tells);
  const end = parts.findIndex((part, at) => at > last && isAround(part));
  return parts.slice(parts.slice(0, first).findLastIndex(isAround) + 1, end === -1 ? parts.length : end);
}
