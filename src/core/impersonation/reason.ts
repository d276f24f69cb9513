/** Why a reason for impersonation will not do (PRODUCT.md §6: 10 to 500 characters that say something). */
export type ReasonFault = 'reasonTooShort' | 'reasonTooLong' | 'reasonSaysNothing';

/** Undefined: the reason will do. */
export function reasonFault(reason: string): ReasonFault | undefined {
  const characters = [...reason.trim()];
  if (characters.length < 10) return 'reasonTooShort';
  if (characters.length > 500) return 'reasonTooLong';
  return saysSomething(reason) ? undefined : 'reasonSaysNothing';
}

/** Neither one thing over and over, nor a few letters: whoever reads it later learns something. */
function saysSomething(reason: string): boolean {
  const letters = reason.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [];
  return new Set(letters).size >= 4 && !repeats(letters);
}

/** A unit of at most 8 letters twice or more, and at most 7 letters after it. */
const repeats = (letters: readonly string[]): boolean =>
  [1, 2, 3, 4, 5, 6, 7, 8].some((size) => {
    const end = letters.findIndex((letter, at) => at >= size && letter !== letters[at - size]);
    const times = Math.floor((end === -1 ? letters.length : end) / size);
    return times >= 2 && letters.length - times * size <= 7;
  });
