import type { Change } from '../change.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { circleThrough, graphOf } from './backup-circle.js';
import { closedDaysAround } from './holidays.js';
import { findCompany, findLivePeriods, findPeople, findSentToNumbersOf, lockGraph } from './routing.store.js';
import type { RoutingCompany, RoutingRows } from './routing-rows.js';

/** The front door to routing, for the features that ask it or change its graph. */
export { findCompany, findLivePeriods, lockGraph };

/** The rows of a call to this person at one instant, as `decide` takes them. Undefined: no such user here. */
export async function findRows(
  { db }: Pick<Deps, 'db'>,
  company: RoutingCompany,
  asked: UserId,
  at: Date,
): Promise<RoutingRows | undefined> {
  const found = await findPeople(db, tenantOf(company), [asked], { since: at, until: at }, 'hops of a call');
  const holidays = closedDaysAround(company.holidays, at);
  return found.people.has(asked) ? { company, asked, ...found, holidays } : undefined;
}

/**
 * The rows of calls to this person from `since` until `until`, for a look at their days: what is known of presence is of
 * now, so every agent counts as signed in. Undefined: no such user here.
 */
export async function findRowsDuring(
  { db }: Pick<Deps, 'db'>,
  company: RoutingCompany,
  asked: UserId,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<RoutingRows | undefined> {
  const found = await findPeople(db, tenantOf(company), [asked], { since, until }, 'hops of a call');
  const holidays = closedDaysAround(company.holidays, since);
  if (!found.people.has(asked)) return undefined;
  return { company, asked, ...found, holidays, presence: 'everybody-available' };
}

/**
 * The rows of calls to this person in the time from `since` on, with everybody whom their chains or those of `others` may
 * reach: for `gaps` and `circleThrough`. Takes every agent as signed in, as nobody knows it of the future; that the company
 * is closed today is no hole in somebody’s cover.
 */
export async function findPlanRows(
  db: Db | Transaction,
  tenantId: TenantId,
  asked: UserId,
  others: readonly UserId[],
  since: Date,
): Promise<RoutingRows> {
  const [company, { people, periods }] = await Promise.all([
    findCompany(db, tenantId),
    findPeople(db, tenantId, [asked, ...others], { since, until: null }, 'all'),
  ]);
  return { company, asked, people, periods, presence: 'everybody-available', holidays: new Set() };
}

/**
 * The names of the circle of backups that this person is in, from them back to them; undefined: they are in none. Asked
 * under the lock of the graph, after the write that may have closed one: then nothing that is refused is stored.
 */
export const findCircle = (change: Change, person: UserId): Promise<readonly string[] | undefined> =>
  findCircleAmong(change, [person]);

/** The same of the first of these people who is in a circle. */
export async function findCircleAmong(
  { db, tenantId, now }: Change,
  people: readonly UserId[],
): Promise<readonly string[] | undefined> {
  // A number that became somebody's own makes a backup of its person, and the default backup of whoever named it count.
  const concerned = [...new Set([...people, ...(await findSentToNumbersOf({ db, tenantId, now }, people))])];
  const rows = await findPeople(db, tenantId, concerned, { since: now, until: null }, 'all');
  const graph = graphOf(rows);
  for (const person of concerned) {
    const circle = circleThrough(graph, person, now);
    if (circle) return circle.map((id) => rows.people.get(id)?.name ?? '?');
  }
  return undefined;
}

/** The company’s id, as stores take it. */
export const tenantOf = (company: RoutingCompany): TenantId => asId<TenantId>(company.id);
