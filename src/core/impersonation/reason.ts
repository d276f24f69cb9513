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
  const letters = (reason.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? []).join('');
  return new Set(letters).size >= 4 && !/^(.{1,8}?)\1+.{0,7}$/u.test(letters);
}
