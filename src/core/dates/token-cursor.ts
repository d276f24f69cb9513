import type { Token } from './tokens.js';
import { type Meaning, phrasesFrom } from './vocabulary.js';

type Is = Meaning['is'];
/** The meanings of a kind. */
export type MeaningOf<K extends Is> = Meaning extends infer M
  ? M extends { readonly is: infer I }
    ? K extends I
      ? Omit<M, 'is'> & { readonly is: K }
      : never
    : never
  : never;

/** A value that was read, and the place of the token after it. */
export interface Read<Value> {
  readonly value: Value;
  readonly next: number;
}

/** How the pieces of a date are read from their tokens, by place. Stateless: each result says where to continue. */
export type Cursor = ReturnType<typeof cursorOn>;

/** Create a cursor over tokens. */
export function cursorOn(tokens: readonly Token[]) {
  return { tokens, match, number, count, which };

  /** The longest phrase of a kind that begins at a token. */
  function match<K extends Is>(at: number, is: K): Read<MeaningOf<K>> | undefined {
    const token = tokens[at];
    if (!token || (token.kind !== 'word' && token.kind !== 'mark')) return undefined;
    for (const { words, meaning } of phrasesFrom(token.word)) {
      if (meaning.is !== is) continue;
      const next = phraseEnds(at, words);
      if (next !== undefined) return { value: meaning as unknown as MeaningOf<K>, next };
    }
    return undefined;
  }

  /** The place after a phrase's words; a hyphen may stand between them, and a full stop after each. */
  function phraseEnds(at: number, words: readonly string[]): number | undefined {
    let place = at;
    for (const [index, word] of words.entries()) {
      if (index > 0 && (tokens[place]?.raw === '-' || tokens[place]?.raw === '.')) place++;
      if (tokens[place]?.word !== word) return undefined;
      place++;
    }
    return tokens[place]?.raw === '.' && tokens[place]?.start === tokens[place - 1]?.end ? place + 1 : place;
  }

  function number(at: number): number | undefined {
    const token = tokens[at];
    return token?.kind === 'number' && /^\d{1,4}$/.test(token.raw) ? Number(token.raw) : undefined;
  }

  /** `3`, `1.5`, `two`, `une`. */
  function count(at: number): Read<number> | undefined {
    const token = tokens[at];
    if (token?.kind === 'number' && token.raw.length <= 5)
      return { value: Number(token.raw.replace(',', '.')), next: at + 1 };
    const word = match(at, 'count');
    return word && { value: word.value.value, next: word.next };
  }

  function which(at: number): Read<MeaningOf<'which'>> | undefined {
    return match(at, 'which');
  }
}
