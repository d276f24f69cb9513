import { setTimeout } from 'node:timers/promises';
import type { Deps } from '../deps.js';
import { findTenants } from '../tenants/tenants.js';

/** How long a start waits for the directory; the rest is read in the background. */
const mostMilliseconds = 10_000;

/**
 * Read the directory at the start, because the first search, above all by phone, should not wait for a large company.
 */
export async function warmDirectory(
  { db, directory }: Pick<Deps, 'db' | 'directory'>,
  milliseconds = mostMilliseconds,
): Promise<void> {
  const warming = findTenants(db)
    .catch(() => [])
    .then((companies) => directory.warm(companies.map(({ id }) => id)));
  await Promise.race([warming, setTimeout(milliseconds, undefined, { ref: false })]);
}
