import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import { asId, type E164, type TenantId, type UserId } from '../ids.js';
import { findUsers } from '../people/index.js';
import type { Person } from '../people/person.js';
import { isListedIn } from '../people/sql.js';

/** Return these people, in the order of the ids; people who are gone are left out. */
export async function findInOrder(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly Person[]> {
  const people = new Map((await findUsers(db, tenantId, ids)).map((person) => [person.id, person]));
  return ids.flatMap((id) => people.get(id) ?? []);
}

/** Matches the index of migration 0007, so that PostgreSQL uses it. */
const order = Prisma.sql`"directoryOrder" COLLATE "C"`;

/** Where a section of the directory begins: `a` to `z`, empty for the one before, `{` for the one after. */
const edges = ['', ...'abcdefghijklmnopqrstuvwxyz', '{'];

/** Return a stretch of the directory from A to Z by last name. */
export async function findStretch(
  db: Db,
  tenantId: TenantId,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<readonly { readonly id: UserId; readonly edge: string }[]> {
  const rows = await db.$queryRaw<{ id: string; first: string }[]>`
    SELECT id, left("directoryOrder", 1) AS first FROM "User" WHERE ${isListedIn(tenantId)}
    ORDER BY ${order}, id OFFSET ${skip} LIMIT ${take}`;
  return rows.map(({ id, first }) => ({ id: asId<UserId>(id), edge: edges.findLast((edge) => edge <= first) ?? '' }));
}

/** Return the number of people in each section, in order; empty sections are left out. */
export async function countSections(
  db: Db,
  tenantId: TenantId,
): Promise<readonly { readonly edge: string; readonly people: number }[]> {
  const rows = await db.$queryRaw<{ edge: string; people: number }[]>`
    SELECT edge, people::int FROM unnest(${edges}::text[], ${edges.slice(1)}::text[]) AS section(edge, next)
    CROSS JOIN LATERAL (
      SELECT count(*) AS people FROM "User" WHERE ${isListedIn(tenantId)}
        AND ${order} >= edge AND ${order} < COALESCE(next, U&'\\+10FFFF')
    ) counted WHERE people > 0 ORDER BY edge COLLATE "C"`;
  return rows;
}

/**
 * Return the people whom a person field offers before anything is typed: the user's team, then the directory from A on.
 */
export async function findNearest(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  limit: number,
): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    (SELECT id FROM "User" WHERE ${isListedIn(tenantId)} AND team <> '' AND id <> ${userId}::uuid
      AND team = (SELECT team FROM "User" WHERE id = ${userId}::uuid)
      ORDER BY ${order}, id LIMIT ${limit})
    UNION ALL
    (SELECT id FROM "User" WHERE ${isListedIn(tenantId)} ORDER BY ${order}, id LIMIT ${limit})`;
  return [...new Set(rows.map(({ id }) => asId<UserId>(id)))].slice(0, limit);
}

/** Return the company's own number, which answers with the menu; undefined: it has none. */
export async function findMainNumber(db: Db, tenantId: TenantId): Promise<E164 | undefined> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId }, select: { mainNumbers: true } });
  const [first] = tenant?.mainNumbers ?? [];
  return first === undefined ? undefined : asId<E164>(first);
}
