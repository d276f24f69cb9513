import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { PersonActor, Role } from '../../chat/actor.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import type { Db } from '../../deps.js';
import { asId, type SessionId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { mayActAs, mayUseAttendant } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { mayRead, reachOf } from '../mailbox/message-access.sql.js';
import { linkEnd, linkLife } from './link-life.sql.js';

/** A link with everything that decides whether its page opens. */
export interface FoundLink {
  readonly id: string;
  readonly personId: UserId;
  /** The owner of the message's mailbox. */
  readonly ownerId: UserId;
  /** The actor when the link's person is signed in: themselves, or a user with access to the message whom they act as. */
  readonly actor: PersonActor;
  /** Expired, revoked, of an impersonation that has ended, or of a former member of the mailbox. */
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
  endsAt: Date;
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

/** Aliases in the query for a link: the person of the link is the reader. */
const reader = { user: 'person', tenant: 't' };

/** Return the link with its message, person and company in one round trip. */
export async function findLink(db: Db, linkId: string, now: Date): Promise<FoundLink | undefined> {
  const [row] = await db.$queryRaw<LinkRow[]>`
    SELECT l.id AS "linkId", l."tenantId", l."userId" AS "personId", ${linkEnd('l', 't')} AS "endsAt",
      l."revokedAt",
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
  const common = { tenantId: asId<TenantId>(row.tenantId), via: 'web' };
  return {
    id: row.linkId,
    personId: asId<UserId>(row.personId),
    ownerId: asId<UserId>(row.ownerId),
    actor: own
      ? { kind: 'self', ...common, userId: asId<UserId>(row.personId), role: row.role }
      : {
          kind: 'impersonating',
          ...common,
          userId: asId<UserId>(row.actsAsId ?? row.ownerId),
          role: row.actsAsRole ?? 'member',
          impersonatorId: asId<UserId>(row.personId),
          sessionId: asId<SessionId>(row.sessionId ?? ''),
          reason: row.reason ?? '',
        },
    over: row.revokedAt !== null || row.endsAt <= now || (!own && row.sessionId === null),
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
  link: { id: string; personId: string },
): Promise<boolean> {
  const revoked = await db.$executeRaw`
    UPDATE "PlayerLink" SET "revokedAt" = ${now}
    WHERE "voicemailId" = ${link.id}::uuid AND "tenantId" = ${tenantId}::uuid AND "userId" = ${link.personId}::uuid
      AND "revokedAt" IS NULL`;
  return revoked > 0;
}

/**
 * A part of a statement that creates or renews each `personId`'s link to the message, for the common table expression
 * `voicemail`, and returns the changed ones. A link that is valid for another week, or for a quarter of a shorter life,
 * stays, so that most cards write nothing.
 */
export function ensureLinksSql(now: Date): Prisma.Sql {
  const soon = Prisma.sql`${now}::timestamptz + LEAST(make_interval(days => 7), ${linkLife('company')} / 4)`;
  return Prisma.sql`
    INSERT INTO "PlayerLink" AS l (id, "tenantId", "voicemailId", "userId", "renewedAt", "expiresAt")
    SELECT gen_random_uuid(), v."tenantId", v.id, v."personId", ${now}, ${now}::timestamptz + ${linkLife('company')}
    FROM voicemail v JOIN "Tenant" company ON company.id = v."tenantId"
    WHERE v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "PlayerLink" good
      WHERE good."voicemailId" = v.id AND good."userId" = v."personId"
        AND good."revokedAt" IS NULL AND ${linkEnd('good', 'company')} >= ${soon})
    ON CONFLICT ("voicemailId", "userId") DO UPDATE
    -- A revoked link stays revoked: its successor has another id, hence another address.
    SET id = CASE WHEN l."revokedAt" IS NULL THEN l.id ELSE EXCLUDED.id END,
      "renewedAt" = EXCLUDED."renewedAt", "expiresAt" = EXCLUDED."expiresAt", "revokedAt" = NULL
    RETURNING l.id, l."voicemailId", l."userId"`;
}

/** Return a valid link of `personId` to each of these messages that can be played and to which `userId` has access. */
export function ensureLinks(
  db: Db,
  { ids, userId, personId }: { ids: readonly string[]; userId: string; personId: string },
  now: Date,
): Promise<{ voicemailId: string; linkId: string }[]> {
  return db.$queryRaw`
    WITH voicemail AS (
      SELECT *, ${personId}::uuid AS "personId" FROM "Voicemail" v
      WHERE id = ANY(${ids}::uuid[]) AND ${mayRead('v', Prisma.sql`${userId}::uuid`, now)}
    ), link AS (${ensureLinksSql(now)})
    SELECT v.id AS "voicemailId", COALESCE(link.id, old.id) AS "linkId"
    FROM voicemail v
    LEFT JOIN link ON link."voicemailId" = v.id
    LEFT JOIN "PlayerLink" old ON old."voicemailId" = v.id AND old."userId" = v."personId"
    WHERE v."deletedAt" IS NULL AND v."recordingId" IS NOT NULL`;
}
