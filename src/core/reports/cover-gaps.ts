import type { Deps } from '../deps.js';
import { isUuid, type TenantId } from '../ids.js';
import { type Gap, gaps } from '../routing/gaps.js';
import { findCompany, findRowsDuring } from '../routing/load-rows.js';
import { periodAt } from '../routing/routing-rows.js';
import { type AwayPerson, findAwayAfter } from './lists.store.js';

/** How far the list of gaps looks ahead. */
const gapDays = 14;

/** Hours in which a call to somebody who is away rings nowhere. */
export interface CoverGap extends Omit<Gap, 'userId'> {
  readonly person: AwayPerson;
  /** Where the chain breaks off. */
  readonly at: string;
}

/**
 * Hours of the next days in which somebody is away and their calls ring nowhere: `decide` itself, asked for each of them
 * (PRODUCT.md §2, One graph). People by id, `most` at a time; `next`: the last of them, where others follow.
 */
export async function findCoverGaps(
  deps: Deps,
  tenantId: TenantId,
  lastId: string | undefined,
  most: number,
): Promise<{ readonly gaps: readonly CoverGap[]; readonly next: string | undefined }> {
  const since = deps.clock.now();
  const until = new Date(since.getTime() + gapDays * 86_400_000);
  const after = isUuid(lastId ?? '') ? lastId : undefined;
  const [company, found] = await Promise.all([
    findCompany(deps.db, tenantId),
    findAwayAfter(deps.db, tenantId, { since, until }, after, most + 1),
  ]);
  if (!company.outOfOfficeEnabled) return { gaps: [], next: undefined };
  const people = found.slice(0, most);
  const lists: CoverGap[][] = [];
  for (const person of people) {
    const loaded = await findRowsDuring(deps, company, person.id, { since, until });
    if (!loaded) continue;
    // That the company is closed for a while is no gap in anybody's cover.
    const rows = { ...loaded, closure: undefined };
    const found = gaps(rows, { startsAt: since, endsAt: until })
      .filter(({ startsAt }) => periodAt(rows, person.id, startsAt) !== undefined)
      .map(({ userId, ...gap }) => ({ ...gap, person, at: rows.people.get(userId)?.name ?? '' }));
    lists.push(found);
  }
  return { gaps: lists.flat(), next: found.length > most ? people.at(-1)?.id : undefined };
}
