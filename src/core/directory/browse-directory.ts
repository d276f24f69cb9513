import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { Person } from '../people/person.js';
import { countSections, findInOrder, findStretch } from './directory.store.js';

/** People under one letter: `A` to `Z`, `#` before them, `…` after them. */
interface Section {
  readonly letter: string;
  readonly people: readonly Person[];
}

/** One page of the directory. */
export interface DirectoryPage {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** The place of the first person of the page among all, counted from 1. */
  readonly first: number;
  readonly sections: readonly Section[];
  /** The letters with at least one person, and the page on which each begins. */
  readonly letters: readonly { readonly letter: string; readonly page: number }[];
}

/**
 * Return a page of the directory from A to Z by last name; pages count from 1, and a number beyond the last is the last
 * page.
 */
export async function browseDirectory(
  { db }: Deps,
  tenantId: TenantId,
  wanted: { readonly page: number; readonly size: number },
): Promise<DirectoryPage> {
  const { size } = wanted;
  const counted = await countSections(db, tenantId);
  const total = counted.reduce((sum, { people }) => sum + people, 0);
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, wanted.page), pages);
  const stretch = await findStretch(db, tenantId, { skip: (page - 1) * size, take: size });

  const ids = stretch.map(({ id }) => id);
  const people = new Map((await findInOrder(db, tenantId, ids)).map((person) => [person.id, person]));
  const edges = [...new Set(stretch.map(({ edge }) => edge))];
  const sections = edges.map((edge) => ({
    letter: letterOf(edge),
    people: stretch.flatMap((one) => (one.edge === edge ? (people.get(one.id) ?? []) : [])),
  }));

  let before = 0;
  const letters = counted.map(({ edge, people }) => {
    const at = Math.floor(before / size) + 1;
    before += people;
    return { letter: letterOf(edge), page: at };
  });
  return { page, pages, total, first: (page - 1) * size + 1, sections, letters };
}

const letterOf = (edge: string): string => (edge === '' ? '#' : edge === '{' ? '…' : edge.toUpperCase());
