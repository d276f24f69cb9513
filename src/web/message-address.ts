import { DateTime } from 'luxon';
import { z } from 'zod';
import { oneLine } from '../core/text.js';
import { carriedChoice, ListChoice, longestSearch, queryOf } from '../core/voicemail/mailbox/list-choice.js';
import type { MessagesQuery } from '../core/voicemail/mailbox/message-list.types.js';

/** The lengths that can be chosen, in seconds. */
export const lengths = {
  short: { maxSeconds: 30 },
  medium: { minSeconds: 30, maxSeconds: 120 },
  long: { minSeconds: 120 },
} as const;

const day = z.union([z.literal(''), z.iso.date()]).catch('');

const Filters = z.object({
  caller: z
    .string()
    .transform((typed) => oneLine(typed, longestSearch).trim())
    .catch(''),
  since: day,
  until: day,
  length: z.enum(['short', 'medium', 'long', '']).catch(''),
});

/** The list of messages that an address of the page names. */
export type MessagesAddress = ListChoice & z.infer<typeof Filters>;

/** Parse the parameters of the address; an invalid one becomes the default. */
export const readMessagesAddress = (query: Readonly<Record<string, unknown>>): MessagesAddress => ({
  ...ListChoice.parse({ ...query, search: query.q }),
  ...Filters.parse(query),
});

/** Return the query that reads this list; days are days of the reader's zone, the last included. */
export function queryOfAddress(wanted: MessagesAddress, timeZone: string): MessagesQuery {
  const midnight = (iso: string) => DateTime.fromISO(iso, { zone: timeZone });
  return {
    ...queryOf(wanted),
    ...(wanted.length === '' ? {} : lengths[wanted.length]),
    ...(wanted.caller === '' ? {} : { caller: wanted.caller }),
    ...(wanted.since === '' ? {} : { since: midnight(wanted.since).toJSDate() }),
    ...(wanted.until === '' ? {} : { until: midnight(wanted.until).plus({ days: 1 }).toJSDate() }),
  };
}

/** Return the address of this list, from its beginning or from a message; defaults are omitted. */
export function addressOfMessages(
  wanted: MessagesAddress,
  place: { readonly after?: string; readonly before?: string } = {},
): string {
  const { search, ...choice } = carriedChoice(wanted);
  const { caller, since, until, length } = wanted;
  const query = new URLSearchParams(
    Object.entries({ q: search, ...choice, caller, since, until, length, ...place }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
  return query.size === 0 ? '/messages' : `/messages?${query}`;
}
