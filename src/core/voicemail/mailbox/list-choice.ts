import { z } from 'zod';
import type { CarriedData } from '../../chat/view.js';
import { isUuid, type VoicemailId } from '../../ids.js';
import { oneLine } from '../../text.js';
import { type MessagesFilter, type MessagesQuery, messagesSorts } from './message-list.types.js';

/** The lists of messages that a person can choose by name. */
export const messagesShows = ['all', 'unheard', 'heard', 'open', 'handled', 'forwarded', 'deleted'] as const;
export type MessagesShow = (typeof messagesShows)[number];

/** The longest text in the search. */
export const longestSearch = 200;

const anchor = z
  .custom<VoicemailId>((value) => typeof value === 'string' && isUuid(value))
  .optional()
  .catch(undefined);

/** A list as an address or a button names it; an invalid part becomes the default. */
export const ListChoice = z.object({
  show: z.enum(messagesShows).catch('all'),
  sort: z.enum(messagesSorts).catch('received'),
  way: z.enum(['down', 'up']).catch('down'),
  search: z
    .string()
    .transform((typed) => oneLine(typed, longestSearch).trim())
    .catch(''),
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

/** Return the query that reads this list. */
export const queryOf = ({ show, sort, way, search, after, before }: ListChoice): MessagesQuery => ({
  ...filters[show],
  sort,
  direction: way === 'up' ? 'ascending' : 'descending',
  ...(search === '' ? {} : { search }),
  ...(after === undefined ? {} : { after }),
  ...(before === undefined ? {} : { before }),
});

/** Return the parts that differ from the default, for an address or a button; without its place in the list. */
export function carriedChoice({ show, sort, way, search }: ListChoice): CarriedData {
  return {
    ...(show === 'all' ? {} : { show }),
    ...(sort === 'received' ? {} : { sort }),
    ...(way === 'down' ? {} : { way }),
    ...(search === '' ? {} : { search }),
  };
}
