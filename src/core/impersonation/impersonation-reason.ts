/** Why a reason for impersonation is refused (PRODUCT.md §6: 10 to 500 characters with a meaning). */
export type ReasonFault = 'reasonTooShort' | 'reasonTooLong' | 'reasonSaysNothing';

/** Return why the reason is refused; undefined: it is accepted. */
export function reasonFault(reason: string): ReasonFault | undefined {
  const characters = [...reason.trim()];
  if (characters.length < 10) return 'reasonTooShort';
  if (characters.length > 500) return 'reasonTooLong';
  return saysSomething(reason) ? undefined : 'reasonSaysNothing';
}

/** Refuses repetitions and reasons of few different letters, since the person reads the reason later. */
function saysSomething(reason: string): boolean {
  const letters = reason.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? [];
  return new Set(letters).size >= 4 && !repeats(letters);
}

/** A unit of at most 8 letters repeated at least twice, and at most 7 letters after it. */
const repeats = (letters: readonly string[]): boolean =>
  [1, 2, 3, 4, 5, 6, 7, 8].some((size) => {
    const end = letters.findIndex((letter, at) => at >= size && letter !== letters[at - size]);
    const times = Math.floor((end === -1 ? letters.length : end) / size);
    return times >= 2 && letters.length - times * size <= 7;
  });
