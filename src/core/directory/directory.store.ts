import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import { as, type E164, type TenantId, type UserId } from '../ids.js';
import { findUsers } from '../people/people.js';
import type { Person } from '../people/person.js';
import { listedIn } from '../people/sql.js';

/** These people, in the order asked for; who is gone is left out. */
export async function findInOrder(db: Db, tenantId: TenantId, ids: readonly UserId[]): Promise<readonly Person[]> {
  const people = new Map((await findUsers(db, tenantId, ids)).map((person) => [person.id, person]));
  return ids.flatMap((id) => people.get(id) ?? []);
}

/** Written as the index of migration 0007 has it, so that PostgreSQL takes that. */
const order = Prisma.sql`"directoryOrder" COLLATE "C"`;

/** Where a section of the directory begins: `a` to `z`, empty for what comes before, `{` for what comes after. */
const edges = ['', ...'abcdefghijklmnopqrstuvwxyz', '{'];

/** The directory from A to Z by last name: a stretch of it. */
export async function findStretch(
  db: Db,
  tenantId: TenantId,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<readonly { readonly id: UserId; readonly edge: string }[]> {
  const rows = await db.$queryRaw<{ id: string; first: string }[]>`
    SELECT id, left("directoryOrder", 1) AS first FROM "User" WHERE ${listedIn(tenantId)}
    ORDER BY ${order}, id OFFSET ${skip} LIMIT ${take}`;
  return rows.map(({ id, first }) => ({ id: as<UserId>(id), edge: edges.findLast((edge) => edge <= first) ?? '' }));
}

/** How many people stand in each section, in order; sections without anybody are left out. */
export async function countSections(
  db: Db,
  tenantId: TenantId,
): Promise<readonly { readonly edge: string; readonly people: number }[]> {
  const rows = await db.$queryRaw<{ edge: string; people: number }[]>`
    SELECT edge, people::int FROM unnest(${edges}::text[], ${edges.slice(1)}::text[]) AS section(edge, next)
    CROSS JOIN LATERAL (
      SELECT count(*) AS people FROM "User" WHERE ${listedIn(tenantId)}
        AND ${order} >= edge AND ${order} < COALESCE(next, U&'\\+10FFFF')
    ) counted WHERE people > 0 ORDER BY edge COLLATE "C"`;
  return rows;
}

/** Whom a person field offers before anything is typed: the colleagues of one's team, then the directory from A on. */
export async function findNearest(
  db: Db,
  tenantId: TenantId,
  userId: UserId,
  limit: number,
): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    (SELECT id FROM "User" WHERE ${listedIn(tenantId)} AND team <> '' AND id <> ${userId}::uuid
      AND team = (SELECT team FROM "User" WHERE id = ${userId}::uuid)
      ORDER BY ${order}, id LIMIT ${limit})
    UNION ALL
    (SELECT id FROM "User" WHERE ${listedIn(tenantId)} ORDER BY ${order}, id LIMIT ${limit})`;
  return [...new Set(rows.map(({ id }) => as<UserId>(id)))].slice(0, limit);
}

/** The company's own number, which answers with the menu; undefined where it has none. */
export async function findMainNumber(db: Db, tenantId: TenantId): Promise<E164 | undefined> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId }, select: { mainNumbers: true } });
  const [first] = tenant?.mainNumbers ?? [];
  return first === undefined ? undefined : as<E164>(first);
}
