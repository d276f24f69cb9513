import { InvalidArgumentError } from 'commander';
import { withoutTrailing } from '../core/text.js';
import { isUsableInstant } from '../core/time/usable-instant.js';

/** A command was called with invalid arguments: the process ends with 2. */
export class InvalidUsage extends Error {}

/** Parse a typed instant: ISO 8601; without a zone, in this machine's. */
export function parseInstant(text: string): Date {
  const read = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || !isUsableInstant(read))
    throw new InvalidArgumentError('Write it as 2026-11-23T17:00:00-05:00, in a year from 1970 to 2199.');
  return read;
}

/** Parse the address at which platforms reach an installation; the result has no slash at the end. */
export function parsePublicAddress(text: string): string {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('Write it as https://…');
  return withoutTrailing(new URL(text).href, '/');
}
