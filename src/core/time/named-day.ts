import { isUsableInstant } from './usable-instant.js';
import { instantOf, type WallTime, wallDay } from './wall-time.js';

/** Return the day of `2026-11-23`; undefined: the text names none that the product can work with. */
export function dayNamed(text: string): WallTime | undefined {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const found = wallDay(Number(year), Number(month), Number(date));
  return found && isUsableInstant(found.toJSDate()) ? found : undefined;
}

/** Return the instants from the first day on and before the day after the last, in a zone; a day that is none is left out. */
export function instantsOfDays(
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
  timeZone: string,
): { readonly from: Date | undefined; readonly until: Date | undefined } {
  const first = from === undefined ? undefined : dayNamed(from);
  const last = until === undefined ? undefined : dayNamed(until);
  return {
    from: first && instantOf(first, timeZone),
    until: last && instantOf(last.plus({ days: 1 }) as WallTime, timeZone),
  };
}
