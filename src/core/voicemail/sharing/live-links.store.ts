import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { displayName, mayActAs, mayUseAttendant } from '../../people/sql.js';
import { reachOf } from '../mailbox/message-access.sql.js';
import { isLive, linkEnd } from './link-life.sql.js';
import type { LinkHolder } from './live-links.types.js';

/** The messages whose links are asked for: all of a mailbox, or one. */
export interface LinkedMessages {
  readonly tenantId: TenantId;
  readonly ownerId: UserId;
  readonly voicemailId?: string;
}

/** What to return of the people who have links. */
interface Wanted {
  readonly now: Date;
  readonly most: number;
  /** Somebody who is left out. */
  readonly except?: UserId;
}

/**
 * Return the people whose links to these messages open now, as `findLink` decides; those who played last first. Access
 * is looked up once for each person, since all these messages lie in one mailbox: a mailbox can hold 10,000 of them.
 */
export async function findLinkHolders(
  db: Db,
  asked: LinkedMessages,
  { now, most, except }: Wanted,
): Promise<readonly LinkHolder[]> {
  const others = except === undefined ? Prisma.empty : Prisma.sql`AND l."userId" <> ${except}::uuid`;
  const rows = await db.$queryRaw<(Omit<LinkHolder, 'userId'> & { userId: string })[]>`
    WITH box AS (
      SELECT ${asked.ownerId}::uuid AS "userId", ${asked.tenantId}::uuid AS "tenantId"
    ), live AS (
      SELECT l."userId", count(*)::int AS links, max(${linkEnd('l', 't')}) AS "expiresAt"
      FROM "Voicemail" v JOIN "Tenant" t ON t.id = v."tenantId"
      JOIN "PlayerLink" l ON l."voicemailId" = v.id AND l."tenantId" = v."tenantId"
      WHERE ${toMessages(asked)} AND ${isLive('l', 't', now)} AND v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL
        ${others}
      GROUP BY l."userId"
    ), played AS (
      SELECT player."userId", max(n.at) AS at
      FROM "Voicemail" v JOIN "Listen" n ON n."tenantId" = v."tenantId" AND n."voicemailId" = v.id
      CROSS JOIN LATERAL (VALUES (n."userId"), (n."linkOfId"), (n."impersonatorId")) AS player ("userId")
      WHERE ${toMessages(asked)} AND v."deletedAt" IS NULL AND player."userId" IN (SELECT "userId" FROM live)
      GROUP BY player."userId"
    )
    SELECT person.id AS "userId", ${displayName('person')} AS name, access.reach IS NULL AS "isActing", live.links,
      live."expiresAt", played.at AS "playedAt"
    FROM live
    JOIN "User" person ON person.id = live."userId" JOIN "Tenant" t ON t.id = person."tenantId"
    CROSS JOIN box CROSS JOIN LATERAL (SELECT ${reachOf('box', Prisma.sql`person.id`, now)} AS reach) access
    LEFT JOIN played ON played."userId" = person.id
    WHERE ${mayUseAttendant('person', 't')} AND (access.reach IS NOT NULL OR EXISTS (
      SELECT 1 FROM "ImpersonationSession" s JOIN "User" acted ON acted.id = s."userId"
      WHERE s."impersonatorId" = person.id AND s."endedAt" IS NULL AND s."expiresAt" > ${now}
        AND ${mayActAs('person', 'acted', 't')}
        AND (${reachOf('box', Prisma.sql`s."userId"`, now)}) IS NOT NULL))
    ORDER BY played.at DESC NULLS LAST, name LIMIT ${most}`;
  return rows.map((row) => ({ ...row, userId: asId<UserId>(row.userId) }));
}

/** Revoke a person's links to these messages, and return how many there were. */
export const revokeLinksOf = (
  { db, now }: Change,
  asked: LinkedMessages & { readonly personId: string },
): Promise<number> => db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now} FROM "Voicemail" v, "Tenant" t
    WHERE v.id = l."voicemailId" AND v."tenantId" = l."tenantId" AND t.id = l."tenantId" AND ${toMessages(asked)}
      AND l."userId" = ${asked.personId}::uuid AND ${isLive('l', 't', now)}`;

const toMessages = ({ tenantId, ownerId, voicemailId }: LinkedMessages): Prisma.Sql =>
  Prisma.sql`v."tenantId" = ${tenantId}::uuid AND v."userId" = ${ownerId}::uuid
    ${voicemailId === undefined ? Prisma.empty : Prisma.sql`AND v.id = ${voicemailId}::uuid`}`;
