import { createHash, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Why a PIN is too easy to guess (PRODUCT.md §5). */
export type PinWeakness = 'shape' | 'repeats' | 'run' | 'keypad' | 'extension';

/** Why a PIN is refused: too easy to guess, or one of the last five. */
export type PinRefusal = PinWeakness | 'used';

/** Return why the PIN is too easy to guess; undefined: it may be used. */
export function pinWeakness(pin: string, extension: string | null): PinWeakness | undefined {
  if (!/^\d{4,10}$/.test(pin)) return 'shape';
  if (/^(\d{1,5})\1+$/.test(pin)) return 'repeats';
  if (isRun(pin, 1) || isRun(pin, 9)) return 'run';
  if (keypadLines.test(pin)) return 'keypad';
  if (extension !== null && (pin === extension || pin === [...extension].reverse().join(''))) return 'extension';
  return undefined;
}

/**
 * Rows, columns and diagonals of a telephone's keys, in either direction, one after the other. Exponential on long
 * text, so the input must have at most ten digits.
 */
const keypadLines = /^(123|321|456|654|789|987|2580|0852|147|741|258|852|369|963|159|951|357|753)+$/;

/** Each digit is one more than the one before, wrapping from 9 to 0. */
const isRun = (pin: string, step: 1 | 9): boolean =>
  [...pin].every((digit, at) => at === 0 || (Number(pin[at - 1]) + step) % 10 === Number(digit));

/** Return six random digits that nobody sees: the person resets the PIN before its first use. */
export function randomPin(extension: string | null): string {
  for (;;) {
    const pin = String(randomInt(1_000_000)).padStart(6, '0');
    if (pinWeakness(pin, extension) === undefined) return pin;
  }
}

/** Return the Argon2id hash with its salt; only this is stored of a PIN. */
export const hashPin = (pin: string): Promise<string> => hash(pin);

/** Return whether this PIN has this hash. */
export const isPin = (pinHash: string, pin: string): Promise<boolean> => verify(pinHash, pin);

/** Return what tells two PINs of a person apart, by their hashes, and says nothing of either. */
export const pinMarkOf = (pinHash: string): string => createHash('sha256').update(pinHash).digest('hex').slice(0, 16);
