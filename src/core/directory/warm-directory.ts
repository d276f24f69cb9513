import { setTimeout } from 'node:timers/promises';
import type { Deps } from '../deps.js';
import { findTenants } from '../tenants/tenants.js';

/** A start waits so long for the directory; what is left is read meanwhile. */
const mostMilliseconds = 10_000;

/** The first to look for somebody, on the phone above all, should not wait for a large company to be read. */
export async function warmDirectory(
  { db, directory }: Pick<Deps, 'db' | 'directory'>,
  milliseconds = mostMilliseconds,
): Promise<void> {
  const warming = findTenants(db)
    .catch(() => [])
    .then((companies) => directory.warm(companies.map(({ id }) => id)));
  await Promise.race([warming, setTimeout(milliseconds, undefined, { ref: false })]);
}
