import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db, Transaction } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { displayName, hasAccess } from '../../people/sql.js';
import { isOut } from '../../routing/absence.sql.js';
import type { MailboxMember, MemberLevel } from './mailbox-member.js';
import { isCurrent } from './message-access.sql.js';

/** Return the current members of a mailbox, by name. */
export function findMembers(db: Db, tenantId: TenantId, ownerId: string, now: Date): Promise<MailboxMember[]> {
  return db.$queryRaw`
    SELECT mm."userId", ${displayName('u')} AS name, mm.level, mm."endsAt"
    FROM "MailboxMember" mm JOIN "User" u ON u.id = mm."userId"
    WHERE mm."tenantId" = ${tenantId}::uuid AND mm."ownerId" = ${ownerId}::uuid AND ${isCurrent(now)}
    ORDER BY name, mm."userId"`;
}

/** Return the mailboxes of others of which this user is a member now, by name, at most so many. */
export function findSharedMailboxes(
  db: Db,
  { tenantId, userId, now, most }: { tenantId: TenantId; userId: string; now: Date; most: number },
): Promise<{ readonly id: UserId; readonly name: string }[]> {
  return db.$queryRaw`
    SELECT u.id, ${displayName('u')} AS name
    FROM "MailboxMember" mm JOIN "User" u ON u.id = mm."ownerId" AND ${hasAccess('u')}
    WHERE mm."tenantId" = ${tenantId}::uuid AND mm."userId" = ${userId}::uuid AND ${isCurrent(now)}
    ORDER BY name, u.id LIMIT ${most}`;
}

/** Return this user's level in the mailbox; undefined: they are not a member now. */
export async function findLevel(
  db: Db,
  { tenantId, ownerId, userId, now }: { tenantId: TenantId; ownerId: string; userId: string; now: Date },
): Promise<MemberLevel | undefined> {
  const [row] = await db.$queryRaw<{ level: MemberLevel }[]>`
    SELECT mm.level FROM "MailboxMember" mm
    WHERE mm."tenantId" = ${tenantId}::uuid AND mm."ownerId" = ${ownerId}::uuid AND mm."userId" = ${userId}::uuid
      AND ${isCurrent(now)}`;
  return row?.level;
}

/** Return when a member's level ends. Undefined: it does not, or they are no member. */
export async function findLevelEnd(
  db: Db | Transaction,
  { tenantId, ownerId, userId, now }: { tenantId: TenantId; ownerId: string; userId: string; now: Date },
): Promise<Date | undefined> {
  const row = await db.mailboxMember.findFirst({
    where: { tenantId, ownerId, userId, endsAt: { gt: now } },
    select: { endsAt: true },
  });
  return row?.endsAt ?? undefined;
}

/** Return the members of a mailbox who are not out of office, or all members if all are out. */
export async function findMembersIn({ db, tenantId, now }: Change, ownerId: UserId): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ userId: UserId }[]>`
    SELECT told."userId" FROM (${membersIn(Prisma.sql`${tenantId}::uuid`, Prisma.sql`${ownerId}::uuid`, now)}) AS told`;
  return rows.map(({ userId }) => userId);
}

/** The same as a part of a query: rows of "userId". */
export const membersIn = (tenant: Prisma.Sql, owner: Prisma.Sql, now: Date): Prisma.Sql => Prisma.sql`
  SELECT member."userId" FROM (
    SELECT mm."userId", NOT ${isOut(Prisma.sql`mm."tenantId"`, Prisma.sql`mm."userId"`, now)} AS "isIn",
      bool_and(${isOut(Prisma.sql`mm."tenantId"`, Prisma.sql`mm."userId"`, now)}) OVER () AS "nobodyIsIn"
    FROM "MailboxMember" mm JOIN "User" u ON u.id = mm."userId" AND ${hasAccess('u')}
    WHERE mm."tenantId" = ${tenant} AND mm."ownerId" = ${owner} AND ${isCurrent(now)}
  ) AS member
  WHERE member."isIn" OR member."nobodyIsIn"`;

interface SetMember {
  readonly ownerId: UserId;
  readonly userId: UserId;
  readonly level: MemberLevel;
  readonly endsAt: Date | null;
}

/** Insert a member, or update their level and end. */
export async function upsertMember({ db, tenantId, now }: Change, member: SetMember): Promise<void> {
  const { ownerId, userId, level, endsAt } = member;
  await db.mailboxMember.upsert({
    where: { tenantId_ownerId_userId: { tenantId, ownerId, userId } },
    create: { tenantId, ...member, createdAt: now },
    update: { level, endsAt },
  });
}

/** Delete a member. False: they were not a member. */
export async function deleteMember({ db, tenantId }: Change, ownerId: UserId, userId: UserId): Promise<boolean> {
  const { count } = await db.mailboxMember.deleteMany({ where: { tenantId, ownerId, userId } });
  return count > 0;
}
