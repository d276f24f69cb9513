import {
  around,
  asking,
  fillers,
  forAgain,
  forNo,
  forYes,
  hesitations,
  negations,
  refusing,
  yesOrName,
} from './caller-phrases.js';

/** A stretch of what a caller answered. `word`: none of these, so perhaps a name; `name`: of whoever was offered. */
export interface Part {
  readonly kind: Kind;
  readonly words: readonly string[];
}
type Kind = 'yes' | 'yes or name' | 'no' | 'again' | 'wait' | 'filler' | 'around' | 'name' | 'word';

/** Who was offered, as they were said. */
export interface Named {
  /** Of whoever alone was offered; empty where several were. */
  readonly name: readonly string[];
  /** The names, and what else was told of them. */
  readonly label: readonly string[];
}

/** Of a phrase in several lists, the last one counts. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  (
    [
      ['wait', hesitations],
      ['again', forAgain],
      ['filler', fillers],
      ['around', [...around, ...asking]],
      ['yes', forYes],
      ['yes or name', yesOrName],
      ['no', forNo],
    ] as const
  ).flatMap(([kind, phrases]) => phrases.map((phrase) => [phrase.join(' '), kind] as const)),
);
const longestPhrase = Math.max(...[...kinds.keys()].map((phrase) => phrase.split(' ').length));

/** What an answer is made of, in order: of the phrases that fit, the longest. */
export function partsOf(words: readonly string[], offered: Named): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < words.length; at += parts.at(-1)?.words.length ?? 1) parts.push(partAt(words, at, offered));
  return parts;
}

function partAt(words: readonly string[], at: number, offered: Named): Part {
  const { name, label } = offered;
  const isOffered = (phrase: readonly string[]) => label.includes(phrase[0] ?? '') && phrase.length === 1;
  const isNamed = name.length > 1 && name.every((word, next) => words[at + next] === word);
  for (let length = longestPhrase; length > 0; length -= 1) {
    // “Kim No” has a no for a name.
    if (isNamed && length <= name.length) return { kind: 'name', words: name };
    const phrase = words.slice(at, at + length);
    const kind = phrase.length === length ? kinds.get(phrase.join(' ')) : undefined;
    // Somebody may be called So.
    if (kind && !(kind === 'filler' && isOffered(phrase))) return { kind, words: phrase };
  }
  const word = words.slice(at, at + 1);
  return { kind: isOffered(word) ? 'name' : 'word', words: word };
}

/** Is there a no in it: at its beginning, or one that is a no anywhere? */
export const saysNo = (parts: readonly Part[]): boolean => parts.some((_, at) => isNo(parts, at));

function isNo(parts: readonly Part[], at: number): boolean {
  const part = parts[at];
  if (part?.kind !== 'no') return false;
  return part.words.some((word) => negations.has(word)) || parts.slice(0, at).every(({ kind }) => kind !== 'word');
}

/** Is it told who or what is not meant, rather than a mere no? “not the first one” */
export const refuses = (parts: readonly Part[]): boolean =>
  parts.some((part, at) => isNo(parts, at) && refusing.has(part.words.at(-1) ?? ''));

/** “yes, but I want Bo Chen” → `bo chen`; “not Robert, Bo Chen” → `bo chen`. */
export function restOf(parts: readonly Part[]): readonly string[] {
  const stretches: Part[][] = [[]];
  let isRefused = false;
  for (const [at, part] of parts.entries()) {
    if (isNo(parts, at)) {
      isRefused = refusing.has(part.words.at(-1) ?? '');
      stretches.push([]);
    } else if (!isRefused || (part.kind !== 'name' && part.kind !== 'around')) {
      isRefused = false;
      stretches.at(-1)?.push(part);
    }
  }
  return stretches.flatMap(trimmed).flatMap(({ words }) => words);
}

/** Without what is said around a name; a filler next to the name may be a part of it. */
function trimmed(parts: readonly Part[]): readonly Part[] {
  const tells = ({ kind }: Part) => kind === 'word' || kind === 'name' || kind === 'no';
  const isAround = (part: Part) => !tells(part) && part.kind !== 'filler' && part.kind !== 'yes or name';
  const first = parts.findIndex(tells);
  if (first === -1) return [];
  const last = parts.findLastIndex(tells);
  const end = parts.findIndex((part, at) => at > last && isAround(part));
  return parts.slice(parts.slice(0, first).findLastIndex(isAround) + 1, end === -1 ? parts.length : end);
}
