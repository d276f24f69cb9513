import type { Db } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { findUsers } from '../users/people.js';
import type { Person } from '../users/person.js';
import { listed } from './live-directory.store.js';

/** These people, in the order asked for; who is gone is left out. */
export async function findInOrder(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly Person[]> {
  const people = new Map((await findUsers(db, tenantId, ids)).map((person) => [person.id, person]));
  return ids.flatMap((id) => people.get(id) ?? []);
}

/** The directory from A to Z by last name: one page of it, and how many stand in it. */
export async function findPage(
  db: Db,
  tenantId: TenantId,
  { skip, take }: { skip: number; take: number },
): Promise<{ readonly ids: readonly UserId[]; readonly total: number }> {
  const [rows, total] = await Promise.all([
    db.user.findMany({
      where: listed(tenantId),
      select: { id: true },
      orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
      skip,
      take,
    }),
    db.user.count({ where: listed(tenantId) }),
  ]);
  return { ids: rows.map(({ id }) => as<UserId>(id)), total };
}

/** The first people of the directory, for a field in which nothing is typed yet. */
export async function findFirst(db: Db, tenantId: TenantId, limit: number): Promise<readonly UserId[]> {
  const rows = await db.user.findMany({
    where: listed(tenantId),
    select: { id: true },
    orderBy: [{ lastName: 'asc' }, { firstName: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(({ id }) => as<UserId>(id));
}
