import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import { displayNameOf } from '../people/person.js';
import { takesCalls } from '../people/sql.js';
import { ownSql, sql } from '../settings/sql.js';

/** How a notice could reach a person. */
interface NoticeWays {
  readonly username: string;
  readonly displayName: string;
  readonly wantsMail: boolean;
  /** `refused`: the platform's words when it refused the last card. */
  readonly accounts: readonly { readonly platform: string; readonly refused: string | undefined }[];
}

/** A page of those whom no notice reaches, by username: how a notice could have. */
export async function findUnreachedAfter(
  db: Db,
  tenantId: TenantId,
  channels: NoticeChannels,
  { after, most }: { readonly after: string; readonly most: number },
): Promise<readonly NoticeWays[]> {
  const rows = await db.$queryRaw<{ id: string; wantsMail: boolean }[]>`
    SELECT u.id, ${wantsMail('u', 't')} AS "wantsMail" FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND u.username > ${after}
      AND ${isUnreachable({ user: 'u', tenant: 't' }, tenantId, channels)}
    ORDER BY u.username LIMIT ${most}`;
  const wanting = new Map(rows.map(({ id, wantsMail }) => [id, wantsMail]));
  const ids = [...wanting.keys()];
  const users = await db.user.findMany({
    where: { tenantId, id: { in: ids } },
    orderBy: { username: 'asc' },
    select: { id: true, username: true, firstName: true, lastName: true, accounts: { select: { platform: true } } },
  });
  const refusals = await findLastRefusals(db, tenantId, ids);
  return users.map((user) => ({
    username: user.username,
    displayName: displayNameOf(user),
    wantsMail: wanting.get(user.id) ?? false,
    accounts: user.accounts.map(({ platform }) => ({ platform, refused: refusals.get(`${user.id} ${platform}`) })),
  }));
}

/** How many people no notice reaches. */
export async function countUnreached(db: Db, tenantId: TenantId, channels: NoticeChannels): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND ${isUnreachable({ user: 'u', tenant: 't' }, tenantId, channels)}`;
  return row?.total ?? 0;
}

/** Return each platform's refusal of the newest card for each person, if it was refused. */
async function findLastRefusals(
  db: Db,
  tenantId: TenantId,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ userId: string; platform: string; status: string; why: string }[]>`
    SELECT DISTINCT ON (n."userId", p.platform) n."userId", p.platform, p.status, p.why
    FROM "Posting" p JOIN "Notice" n ON n.id = p."noticeId"
    WHERE p."tenantId" = ${tenantId}::uuid AND n."userId" = ANY (${[...userIds]}::uuid[])
    ORDER BY n."userId", p.platform, p.at DESC`;
  return new Map(
    rows.filter(({ status }) => status === 'unreachable').map((row) => [`${row.userId} ${row.platform}`, row.why]),
  );
}

/** The platforms on which people of this company have accounts. */
export async function findPlatforms(db: Db, tenantId: TenantId): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ platform: string }[]>`
    SELECT DISTINCT platform FROM "Account" WHERE "tenantId" = ${tenantId}::uuid`;
  return rows.map(({ platform }) => platform);
}

/** What of this installation can bring a notice to somebody. */
export interface NoticeChannels {
  readonly platforms: readonly string[];
  readonly mail: boolean;
}

/**
 * Can no notice reach this person (`findUnreachable`), as a condition of a query over "User" and "Tenant"? Whom platforms
 * refuse is computed once for the company, from the refusals.
 */
export const isUnreachable = (
  { user, tenant }: { readonly user: string; readonly tenant: string },
  tenantId: TenantId,
  { platforms, mail }: NoticeChannels,
): Prisma.Sql => Prisma.sql`(${takesCalls(user)} AND NOT (${mail} AND ${wantsMail(user, tenant)})
  AND ${Prisma.raw(user)}.id NOT IN (
    SELECT a."userId" FROM "Account" a
    WHERE a."tenantId" = ${tenantId}::uuid AND a.platform = ANY(${[...platforms]}::text[])
      AND (a."userId", a.platform) NOT IN (
        SELECT last."userId", last.platform FROM (
          SELECT DISTINCT ON (n."userId", p.platform) n."userId", p.platform, p.status
          FROM "Notice" n JOIN "Posting" p ON p."noticeId" = n.id
          WHERE n."userId" IN (
            SELECT refused."userId" FROM "Posting" q JOIN "Notice" refused ON refused.id = q."noticeId"
            WHERE q."tenantId" = ${tenantId}::uuid AND q.status = 'unreachable')
          ORDER BY n."userId", p.platform, p.at DESC
        ) last WHERE last.status = 'unreachable')))`;

/** Mail by their notification type, or because nothing else was ever linked. */
const wantsMail = (user: string, tenant: string): Prisma.Sql =>
  Prisma.sql`(${sql('notificationType', { user, tenant })} <> 'app_only'
    OR (${ownSql('notificationType', user)} IS NULL AND NOT EXISTS (
      SELECT 1 FROM "Account" a WHERE a."userId" = ${Prisma.raw(user)}.id AND a."linkedBy" <> a.platform)))`;
