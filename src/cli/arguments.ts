import { InvalidArgumentError } from 'commander';
import { withoutTrailing } from '../core/text.js';
import { isUsableInstant } from '../core/time/usable-instant.js';

/** A command was called in a way that cannot be meant: the process ends with 2. */
export class WrongUsage extends Error {}

/** An instant as typed: ISO 8601; without a zone, this machine's. */
export function instant(text: string): Date {
  const read = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || !isUsableInstant(read))
    throw new InvalidArgumentError('Write it as 2026-11-23T17:00:00-05:00, in a year from 1970 to 2199.');
  return read;
}

/** The address at which platforms reach an installation, without a slash at the end. */
export function publicAddress(text: string): string {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('Write it as https://…');
  return withoutTrailing(new URL(text).href, '/');
}
