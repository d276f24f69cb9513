import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { PersonActor, Role } from '../../chat/actor.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import type { Db } from '../../deps.js';
import { as, type SessionId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { mayActAs, mayUseAttendant } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { mayRead, reachOf } from '../mailbox/message-access.sql.js';

/** A link with all that decides whether its page opens. */
export interface FoundLink {
  readonly id: string;
  readonly personId: UserId;
  /** Whose mailbox the message is in. */
  readonly ownerId: UserId;
  /** As whom the person listens when signed in; themselves, or somebody who reaches the message while they may act as them. */
  readonly actor: PersonActor;
  /** Expired, revoked, an admin's whose impersonation is over, or a member's whose time is. */
  readonly over: boolean;
  /** What closed voicemail to the person or to the message's owner; undefined: it is open. */
  readonly closed: 'company-off' | 'edition' | 'no-access' | undefined;
  /** Does it play for somebody who is not signed in? */
  readonly open: boolean;
  readonly downloadsAllowed: boolean;
  readonly reader: { readonly locale: Locale; readonly timeZone: string };
  readonly voicemail: {
    readonly id: VoicemailId;
    readonly callerName: string;
    readonly ani: string;
    readonly receivedAt: Date;
    readonly durationSeconds: number;
    readonly transcript: string | undefined;
    readonly heardAt: Date | undefined;
    readonly handledAt: Date | undefined;
    /** Undefined: deleted. */
    readonly recording: { readonly storageKey: string; readonly mimeType: string; readonly bytes: number } | undefined;
  };
}

interface LinkRow {
  linkId: string;
  tenantId: string;
  personId: string;
  expiresAt: Date;
  revokedAt: Date | null;
  ownerId: string;
  role: Role;
  reach: string | null;
  actsAsId: string | null;
  actsAsRole: Role | null;
  language: string;
  timeZone: string;
  closed: 'company-off' | 'edition' | 'no-access' | null;
  openLinks: boolean;
  downloadsAllowed: boolean;
  sessionId: string | null;
  reason: string | null;
  voicemailId: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  transcript: string | null;
  heardAt: Date | null;
  handledAt: Date | null;
  deletedAt: Date | null;
  storageKey: string | null;
  mimeType: string | null;
  bytes: number | null;
}

/** Rows of the query for a link: the person who opens it reads. */
const reader = { user: 'person', tenant: 't' };

/** The link with its message, person and company in one round trip. */
export async function findLink(db: Db, linkId: string, now: Date): Promise<FoundLink | undefined> {
  const [row] = await db.$queryRaw<LinkRow[]>`
    SELECT l.id AS "linkId", l."tenantId", l."userId" AS "personId", l."expiresAt", l."revokedAt",
      v."userId" AS "ownerId", person.role, ${reachOf('v', Prisma.sql`l."userId"`, now)} AS reach,
      s."userId" AS "actsAsId", s.role AS "actsAsRole",
      ${sql('language', reader)} AS language, ${sql('timeZone', reader)} AS "timeZone",
      CASE WHEN NOT t.enabled THEN 'company-off' WHEN t.edition <> 'attendant_plus' THEN 'edition'
        WHEN NOT (${mayUseAttendant('owner', 't')} AND ${mayUseAttendant('person', 't')}) THEN 'no-access'
      END AS closed, t."openLinks", t."downloadsAllowed",
      s.id AS "sessionId", s.reason,
      v.id AS "voicemailId", v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.transcript,
      v."heardAt", v."handledAt", v."deletedAt", r."storageKey", r."mimeType", r.bytes
    FROM "PlayerLink" l
    JOIN "Voicemail" v ON v.id = l."voicemailId"
    JOIN "Tenant" t ON t.id = l."tenantId"
    JOIN "User" owner ON owner.id = v."userId"
    JOIN "User" person ON person.id = l."userId"
    LEFT JOIN "Recording" r ON r.id = v."recordingId"
    LEFT JOIN LATERAL (
      SELECT s.id, s.reason, s."userId", acted.role
      FROM "ImpersonationSession" s JOIN "User" acted ON acted.id = s."userId"
      WHERE s."impersonatorId" = l."userId" AND s."endedAt" IS NULL AND s."expiresAt" > ${now}
        AND ${mayRead('v', Prisma.sql`s."userId"`, now)} AND ${mayActAs('person', 'acted', 't')}
      LIMIT 1
    ) s ON true
    WHERE l.id = ${linkId}::uuid`;
  return row && linkOf(row, now);
}

function linkOf(row: LinkRow, now: Date): FoundLink {
  const own = row.reach !== null;
  const common = { tenantId: as<TenantId>(row.tenantId), via: 'web' };
  return {
    id: row.linkId,
    personId: as<UserId>(row.personId),
    ownerId: as<UserId>(row.ownerId),
    actor: own
      ? { kind: 'self', ...common, userId: as<UserId>(row.personId), role: row.role }
      : {
          kind: 'impersonating',
          ...common,
          userId: as<UserId>(row.actsAsId ?? row.ownerId),
          role: row.actsAsRole ?? 'member',
          impersonatorId: as<UserId>(row.personId),
          sessionId: as<SessionId>(row.sessionId ?? ''),
          reason: row.reason ?? '',
        },
    over: row.revokedAt !== null || row.expiresAt <= now || (!own && row.sessionId === null),
    closed: row.closed ?? undefined,
    open: row.openLinks,
    downloadsAllowed: row.downloadsAllowed,
    reader: {
      locale: localeOf(row.language),
      timeZone: row.timeZone,
    },
    voicemail: {
      id: as<VoicemailId>(row.voicemailId),
      callerName: row.callerName,
      ani: row.ani,
      receivedAt: row.receivedAt,
      durationSeconds: row.durationSeconds,
      transcript: row.transcript ?? undefined,
      heardAt: row.heardAt ?? undefined,
      handledAt: row.handledAt ?? undefined,
      recording: row.deletedAt === null ? recordingOf(row) : undefined,
    },
  };
}

const recordingOf = ({ storageKey, mimeType, bytes }: LinkRow) =>
  storageKey === null || mimeType === null || bytes === null ? undefined : { storageKey, mimeType, bytes };

/** True where there was a link to revoke. */
export async function revokeLinks(
  { db, tenantId, now }: Change,
  link: { id: string; personId: string },
): Promise<boolean> {
  const revoked = await db.$executeRaw`
    UPDATE "PlayerLink" SET "revokedAt" = ${now}
    WHERE "voicemailId" = ${link.id}::uuid AND "tenantId" = ${tenantId}::uuid AND "userId" = ${link.personId}::uuid
      AND "revokedAt" IS NULL`;
  return revoked > 0;
}

/**
 * Makes or renews, in the common table expression `voicemail`, each `personId`'s link to the message, and returns those it
 * touched. A link that opens for another week is left alone, so that most cards write nothing.
 */
export function freshLinksOf(link: { now: Date; expiresAt: Date }): Prisma.Sql {
  const soon = new Date(link.now.getTime() + 7 * 24 * 3_600_000);
  return Prisma.sql`
    INSERT INTO "PlayerLink" AS l (id, "tenantId", "voicemailId", "userId", "expiresAt")
    SELECT gen_random_uuid(), v."tenantId", v.id, v."personId", ${link.expiresAt}
    FROM voicemail v
    WHERE v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "PlayerLink" good
      WHERE good."voicemailId" = v.id AND good."userId" = v."personId"
        AND good."revokedAt" IS NULL AND good."expiresAt" >= ${soon})
    ON CONFLICT ("voicemailId", "userId") DO UPDATE
    -- A revoked link stays revoked: its successor has another id, hence another address.
    SET id = CASE WHEN l."revokedAt" IS NULL THEN l.id ELSE EXCLUDED.id END,
      "expiresAt" = EXCLUDED."expiresAt", "revokedAt" = NULL
    RETURNING l.id, l."voicemailId", l."userId"`;
}

/** `personId`'s link that opens, to each of these messages that `userId` reaches and that can be played. */
export function freshLinks(
  db: Db,
  { ids, userId, personId }: { ids: readonly string[]; userId: string; personId: string },
  link: { now: Date; expiresAt: Date },
): Promise<{ voicemailId: string; linkId: string }[]> {
  return db.$queryRaw`
    WITH voicemail AS (
      SELECT *, ${personId}::uuid AS "personId" FROM "Voicemail" v
      WHERE id = ANY(${ids}::uuid[]) AND ${mayRead('v', Prisma.sql`${userId}::uuid`, link.now)}
    ), link AS (${freshLinksOf(link)})
    SELECT v.id AS "voicemailId", COALESCE(link.id, old.id) AS "linkId"
    FROM voicemail v
    LEFT JOIN link ON link."voicemailId" = v.id
    LEFT JOIN "PlayerLink" old ON old."voicemailId" = v.id AND old."userId" = v."personId"
    WHERE v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL`;
}
