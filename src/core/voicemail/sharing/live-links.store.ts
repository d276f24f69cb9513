import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayName, mayActAs, mayUseAttendant } from '../../people/sql.js';
import { reachOf } from '../mailbox/message-access.sql.js';
import type { LinkHolder } from './live-links.types.js';

/** The messages whose links are asked for: all of a mailbox, or one. */
export interface LinkedMessages {
  readonly tenantId: TenantId;
  readonly ownerId: UserId;
  readonly voicemailId?: string;
}

/** Return the people whose links to these messages open now, as `findLink` decides; those who played last first. */
export async function findLinkHolders(
  db: Db,
  asked: LinkedMessages,
  { now, most }: { readonly now: Date; readonly most: number },
): Promise<readonly LinkHolder[]> {
  const rows = await db.$queryRaw<(Omit<LinkHolder, 'userId'> & { userId: string })[]>`
    SELECT person.id AS "userId", ${displayName('person')} AS name, live."isActing", live.links, live."expiresAt",
      live."playedAt"
    FROM (
      SELECT l."userId", bool_and(access.reach IS NULL) AS "isActing", count(*)::int AS links,
        max(l."expiresAt") AS "expiresAt", max(played.at) AS "playedAt"
      FROM "PlayerLink" l JOIN "Voicemail" v ON v.id = l."voicemailId" AND v."tenantId" = l."tenantId"
      CROSS JOIN LATERAL (SELECT ${reachOf('v', Prisma.sql`l."userId"`, now)} AS reach) access
      LEFT JOIN LATERAL (
        SELECT max(n.at) AS at FROM "Listen" n
        WHERE n."tenantId" = v."tenantId" AND n."voicemailId" = v.id
          AND l."userId" IN (n."userId", n."linkOfId", n."impersonatorId")
      ) played ON true
      WHERE ${toMessages(asked)} AND ${isUnexpired(now)} AND v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL
        AND (access.reach IS NOT NULL OR EXISTS (
          SELECT 1 FROM "ImpersonationSession" s JOIN "User" acted ON acted.id = s."userId"
          JOIN "User" admin ON admin.id = s."impersonatorId" JOIN "Tenant" t ON t.id = s."tenantId"
          WHERE s."impersonatorId" = l."userId" AND s."endedAt" IS NULL AND s."expiresAt" > ${now}
            AND ${mayActAs('admin', 'acted', 't')}
            AND (${reachOf('v', Prisma.sql`s."userId"`, now)}) IS NOT NULL))
      GROUP BY l."userId"
    ) live
    JOIN "User" person ON person.id = live."userId" JOIN "Tenant" t ON t.id = person."tenantId"
    WHERE ${mayUseAttendant('person', 't')}
    ORDER BY live."playedAt" DESC NULLS LAST, name LIMIT ${most}`;
  return rows.map((row) => ({ ...row, userId: asId<UserId>(row.userId) }));
}

/** Revoke a person's links to these messages, and return how many there were. */
export const revokeLinksOf = (
  { db, now }: Change,
  asked: LinkedMessages & { readonly personId: string },
): Promise<number> => db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now} FROM "Voicemail" v
    WHERE v.id = l."voicemailId" AND v."tenantId" = l."tenantId" AND ${toMessages(asked)}
      AND l."userId" = ${asked.personId}::uuid AND ${isUnexpired(now)}`;

const toMessages = ({ tenantId, ownerId, voicemailId }: LinkedMessages): Prisma.Sql =>
  Prisma.sql`v."tenantId" = ${tenantId}::uuid AND v."userId" = ${ownerId}::uuid
    ${voicemailId === undefined ? Prisma.empty : Prisma.sql`AND v.id = ${voicemailId}::uuid`}`;

const isUnexpired = (now: Date): Prisma.Sql => Prisma.sql`(l."revokedAt" IS NULL AND l."expiresAt" > ${now})`;
