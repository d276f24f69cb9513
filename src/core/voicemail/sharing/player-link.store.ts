import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { PersonActor, Role } from '../../chat/actor.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import type { Db } from '../../deps.js';
import { asId, type SessionId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { mayActAs, mayUseAttendant } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';

/** A link with everything that decides whether its page opens. */
export interface FoundLink {
  readonly id: string;
  readonly personId: UserId;
  /**
   * The actor when the link's person is signed in: themselves, or the message's owner while they may act as the owner.
   */
  readonly actor: PersonActor;
  /** Expired, revoked, or of an impersonation that has ended. */
  readonly over: boolean;
  /** What disables voicemail for the person or the message's owner; undefined: it is enabled. */
  readonly closed: 'company-off' | 'edition' | 'no-access' | undefined;
  /** The link plays without signing in. */
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

/** Aliases in the query for a link: the person of the link is the reader. */
const reader = { user: 'person', tenant: 't' };

/** Return the link with its message, person and company in one round trip. */
export async function findLink(db: Db, linkId: string, now: Date): Promise<FoundLink | undefined> {
  const [row] = await db.$queryRaw<LinkRow[]>`
    SELECT l.id AS "linkId", l."tenantId", l."userId" AS "personId", l."expiresAt", l."revokedAt",
      v."userId" AS "ownerId", owner.role,
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
    LEFT JOIN "ImpersonationSession" s ON s."impersonatorId" = l."userId" AND s."userId" = v."userId"
      AND s."endedAt" IS NULL AND s."expiresAt" > ${now} AND ${mayActAs('person', 'owner', 't')}
    WHERE l.id = ${linkId}::uuid`;
  return row && linkOf(row, now);
}

function linkOf(row: LinkRow, now: Date): FoundLink {
  const own = row.personId === row.ownerId;
  const common = {
    tenantId: asId<TenantId>(row.tenantId),
    userId: asId<UserId>(row.ownerId),
    role: row.role,
    via: 'web',
  };
  return {
    id: row.linkId,
    personId: asId<UserId>(row.personId),
    actor: own
      ? { kind: 'self', ...common }
      : {
          kind: 'impersonating',
          ...common,
          impersonatorId: asId<UserId>(row.personId),
          sessionId: asId<SessionId>(row.sessionId ?? ''),
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
      id: asId<VoicemailId>(row.voicemailId),
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

/** Revoke this person's links to a message; true: there was one to revoke. */
export async function revokeLinks(
  { db, tenantId, now }: Change,
  link: { id: string; userId: string; personId: string },
): Promise<boolean> {
  const revoked = await db.$executeRaw`
    UPDATE "PlayerLink" l SET "revokedAt" = ${now}
    FROM "Voicemail" v
    WHERE v.id = l."voicemailId" AND v.id = ${link.id}::uuid AND v."userId" = ${link.userId}::uuid
      AND l."tenantId" = ${tenantId}::uuid AND l."userId" = ${link.personId}::uuid AND l."revokedAt" IS NULL`;
  return revoked > 0;
}

/**
 * A part of a statement that creates or renews each `personId`'s link to the message, for the common table expression
 * `voicemail`, and returns the changed ones. A link that is valid for another week stays, so that most cards write
 * nothing.
 */
export function ensureLinksSql(link: { now: Date; expiresAt: Date }): Prisma.Sql {
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

/** Return a valid link to each of these messages of `ownerId` that can be played. */
export function ensureLinks(
  db: Db,
  { ids, ownerId, personId }: { ids: readonly string[]; ownerId: string; personId: string },
  link: { now: Date; expiresAt: Date },
): Promise<{ voicemailId: string; linkId: string }[]> {
  return db.$queryRaw`
    WITH voicemail AS (
      SELECT *, ${personId}::uuid AS "personId" FROM "Voicemail"
      WHERE id = ANY(${ids}::uuid[]) AND "userId" = ${ownerId}::uuid
    ), link AS (${ensureLinksSql(link)})
    SELECT v.id AS "voicemailId", COALESCE(link.id, old.id) AS "linkId"
    FROM voicemail v
    LEFT JOIN link ON link."voicemailId" = v.id
    LEFT JOIN "PlayerLink" old ON old."voicemailId" = v.id AND old."userId" = v."personId"
    WHERE v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL`;
}
