import { z } from 'zod';
import type { CarriedData } from '../../chat/view.js';
import { isUuid, type VoicemailId } from '../../ids.js';
import { oneLine } from '../../text.js';
import { dayNamed, instantsOfDays } from '../../time/named-day.js';
import { type MessagesFilter, type MessagesQuery, type MessagesSort, messagesSorts } from './message-list.types.js';

/** The lists of messages that a person can choose by name. */
export const messagesShows = ['all', 'unheard', 'heard', 'open', 'handled', 'forwarded', 'deleted'] as const;
export type MessagesShow = (typeof messagesShows)[number];

/** The longest text in the search, and of a caller. */
export const longestSearch = 200;

/** The lengths that can be chosen. */
export const messageLengths = ['short', 'medium', 'long'] as const;
export type MessageLength = (typeof messageLengths)[number];

/** Where each chosen length begins and ends. */
export const lengthLimits = { short: 30, long: 120 } as const;

const anchor = z
  .custom<VoicemailId>((value) => typeof value === 'string' && isUuid(value))
  .optional()
  .catch(undefined);
const typedText = z
  .string()
  .transform((typed) => oneLine(typed, longestSearch).trim())
  .catch('');
const day = z
  .string()
  .max(10)
  .refine((text) => dayNamed(text) !== undefined)
  .catch('');

/** A list as an address, a form or a button names it; an invalid part becomes the default. */
export const ListChoice = z.object({
  show: z.enum(messagesShows).catch('all'),
  sort: z.enum(messagesSorts).catch('received'),
  way: z.enum(['down', 'up']).catch('down'),
  search: typedText,
  /** Part of the caller's name or number. */
  caller: typedText,
  /** The first and the last day, in the reader's zone. */
  since: day,
  until: day,
  length: z.enum([...messageLengths, '']).catch(''),
  after: anchor,
  before: anchor,
});
export type ListChoice = z.infer<typeof ListChoice>;

const filters: Readonly<Record<MessagesShow, MessagesFilter>> = {
  all: {},
  unheard: { heard: false },
  heard: { heard: true },
  open: { handled: false },
  handled: { handled: true },
  forwarded: { forwarded: true },
  deleted: { deleted: true },
};

const lengths: Readonly<Record<MessageLength, MessagesFilter>> = {
  short: { maxSeconds: lengthLimits.short },
  medium: { minSeconds: lengthLimits.short, maxSeconds: lengthLimits.long },
  long: { minSeconds: lengthLimits.long },
};

/** Return the query that reads this list. */
export function queryOf(choice: ListChoice, timeZone: string): MessagesQuery {
  const { show, sort, way, search, caller, length, after, before } = choice;
  const { from: since, until } = instantsOfDays({ from: choice.since, until: choice.until }, timeZone);
  return {
    ...filters[show],
    ...(length === '' ? {} : lengths[length]),
    sort,
    direction: way === 'up' ? 'ascending' : 'descending',
    ...(search === '' ? {} : { search }),
    ...(caller === '' ? {} : { caller }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}

/** Whether the list leaves messages out. */
export const isFiltered = ({ show, search, caller, since, until, length }: ListChoice): boolean =>
  show !== 'all' || [search, caller, since, until, length].some((part) => part !== '');

/** The direction in which a column is usually read: names from A, times and lengths from the greatest. */
export const usualWay = (sort: MessagesSort): ListChoice['way'] =>
  sort === 'caller' || sort === 'forwarded' ? 'up' : 'down';

/** Return the parts that differ from the default, for an address or a button; without its place in the list. */
export function carriedChoice(choice: ListChoice): CarriedData {
  const { show, sort, way, search, caller, since, until, length } = choice;
  const texts = Object.entries({ search, caller, since, until, length }).filter(([, value]) => value !== '');
  return {
    ...(show === 'all' ? {} : { show }),
    ...(sort === 'received' ? {} : { sort }),
    ...(way === 'down' ? {} : { way }),
    ...Object.fromEntries(texts),
  };
}

/** Return the same with its place in the list. */
export function carriedPlace(choice: ListChoice): CarriedData {
  const { after, before } = choice;
  return { ...carriedChoice(choice), ...(after ? { after } : {}), ...(before ? { before } : {}) };
}
