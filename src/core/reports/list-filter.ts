import { z } from 'zod';
import { asId, isUuid, type UserId } from '../ids.js';
import { dayNamed, instantsOfDays } from '../time/named-day.js';

/** By what a list can be narrowed: to a person, to days. */
export type FilterField = 'person' | 'days';

/** Which rows of a list somebody wants, as an address holds it: a user’s id, the first and the last day (`2026-11-23`). */
export interface TypedListFilter {
  readonly person?: UserId | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** The same as a query takes it. */
export interface ListFilter {
  readonly person?: UserId | undefined;
  /** From this instant on. */
  readonly from?: Date | undefined;
  /** Before this instant. */
  readonly until?: Date | undefined;
  /** The days themselves, both included, for rows that have a day and no instant. */
  readonly firstDay?: string | undefined;
  readonly lastDay?: string | undefined;
}

const day = z
  .string()
  .max(10)
  .refine((text) => dayNamed(text) !== undefined)
  .optional()
  .catch(undefined);
const Filter = z.object({
  person: z
    .string()
    .max(36)
    .refine(isUuid)
    .transform((id) => asId<UserId>(id))
    .optional()
    .catch(undefined),
  from: day,
  until: day,
});

/** Read a filter from outside; anything odd in it, or by which the list cannot be narrowed, is left out. */
export function readListFilter(
  typed: Readonly<Record<string, unknown>>,
  fields: readonly FilterField[],
): TypedListFilter {
  const { person, from, until } = Filter.parse(typed);
  return {
    ...(fields.includes('person') ? { person } : {}),
    ...(fields.includes('days') ? { from, until } : {}),
  };
}

/** Return the condition of a filter, with its days in a zone. */
export const listFilterOf = ({ person, from, until }: TypedListFilter, timeZone: string): ListFilter => ({
  person,
  ...instantsOfDays({ from, until }, timeZone),
  firstDay: from,
  lastDay: until,
});
