import { z } from 'zod';
import { isUuid } from '../ids.js';
import { oneLine } from '../text.js';
import { accessKinds, conditions, type PeopleFilter, userTypes } from './people-list.types.js';

/** A filter as an address, a button or a form holds it; anything odd in it is left out. */
export const readFilter = (typed: Readonly<Record<string, unknown>>): PeopleFilter => Filter.parse(typed);

const Filter = z.object({
  search: z
    .string()
    .transform((search) => oneLine(search, 200) || undefined)
    .optional()
    .catch(undefined),
  type: z.enum(userTypes).optional().catch(undefined),
  access: z.enum(accessKinds).optional().catch(undefined),
  condition: z.enum(conditions).optional().catch(undefined),
  team: z
    .string()
    .transform((team) => oneLine(team, 200) || undefined)
    .optional()
    .catch(undefined),
  ids: z
    .string()
    .transform((ids) => ids.split(' ').filter(isUuid).slice(0, mostIds).join(' '))
    .optional()
    .catch(''),
});

/** More than a page of the list holds, and as much as a form carries. */
const mostIds = 100;
