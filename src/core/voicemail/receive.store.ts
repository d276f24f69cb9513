import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { as, isUuid, type UserId, type VoicemailId } from '../ids.js';
import type { IncomingVoicemail } from './receive.js';

/** Where a message is to go, and the voicemail it became if it came before. */
export interface Mailbox {
  readonly tenantEnabled: boolean;
  readonly edition: string;
  readonly country: string;
  readonly owner: { readonly id: UserId; readonly access: string } | undefined;
  readonly already: { readonly id: VoicemailId; readonly durationSeconds: number } | undefined;
}

interface MailboxRow {
  enabled: boolean;
  edition: string;
  country: string;
  userId: string | null;
  access: string | null;
  voicemailId: string | null;
  durationSeconds: number | null;
}

/** Everything that taking a message depends on, in one round trip, because a caller's phone system waits for it. */
export async function findMailbox(
  db: Db,
  tenantId: string,
  mailbox: IncomingVoicemail['mailbox'],
  sourceId: string,
): Promise<Mailbox | undefined> {
  const [row] = await db.$queryRaw<MailboxRow[]>`
    SELECT t.enabled, t.edition, t.country, u.id AS "userId", u.access,
      v.id AS "voicemailId", v."durationSeconds"
    FROM "Tenant" t
    LEFT JOIN "User" u ON u."tenantId" = t.id AND ${isMailbox(mailbox)}
    LEFT JOIN "Voicemail" v ON v."tenantId" = t.id AND v."sourceId" = ${sourceId}
    WHERE t.id = ${tenantId}::uuid`;
  if (!row) return undefined;
  return {
    tenantEnabled: row.enabled,
    edition: row.edition,
    country: row.country,
    owner: row.userId === null ? undefined : { id: as<UserId>(row.userId), access: row.access ?? 'none' },
    already:
      row.voicemailId === null
        ? undefined
        : { id: as<VoicemailId>(row.voicemailId), durationSeconds: row.durationSeconds ?? 0 },
  };
}

function isMailbox(mailbox: IncomingVoicemail['mailbox']): Prisma.Sql {
  if ('extension' in mailbox) return Prisma.sql`u.extension = ${mailbox.extension}`;
  if ('did' in mailbox) return Prisma.sql`u.did = ${mailbox.did}`;
  if ('email' in mailbox) return Prisma.sql`lower(u.email) = ${mailbox.email.toLowerCase()}`;
  // What is no id is nobody's, and must not become a database error.
  return isUuid(mailbox.userId) ? Prisma.sql`u.id = ${mailbox.userId}::uuid` : Prisma.sql`false`;
}

/** ISO 3166 code with which the company's national numbers are read. */
export async function countryOf(db: Db, tenantId: string): Promise<string> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  return tenant.country;
}

export interface NewVoicemail {
  readonly id: string;
  readonly userId: string;
  readonly sourceId: string;
  readonly callId: string | null;
  readonly ani: string;
  /** As the source has it; a colleague's own name goes before it. */
  readonly callerName: string;
  readonly receivedAt: Date;
  /** Until when the owner's link to it opens. */
  readonly linkExpiresAt: Date;
}

export interface NewRecording {
  readonly id: string;
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationSeconds: number;
}

/**
 * Recording, voicemail and the owner's link in one round trip. A caller whose DID, personal number or extension is a
 * colleague's has the colleague's name. False, and nothing written: this source id is here already.
 */
export async function insertReceived(
  { db, tenantId, now }: Change,
  voicemail: NewVoicemail,
  recording: NewRecording,
): Promise<boolean> {
  const { id, userId, ani } = voicemail;
  const inserted = await db.$executeRaw`
    WITH colleague AS (
      SELECT trim("firstName" || ' ' || "lastName") AS name FROM "User"
      WHERE ${ani} <> '' AND "tenantId" = ${tenantId}::uuid AND access <> 'none'
        AND (did = ${ani} OR "personalNumber" = ${ani} OR extension = ${ani})
      ORDER BY did = ${ani} DESC NULLS LAST LIMIT 1
    ), voicemail AS (
      INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
        "durationSeconds", "recordingId", "createdAt")
      VALUES (${id}::uuid, ${tenantId}::uuid, ${userId}::uuid, ${voicemail.sourceId}, ${voicemail.callId}, ${ani},
        COALESCE((SELECT name FROM colleague), ${voicemail.callerName}), ${voicemail.receivedAt},
        ${recording.durationSeconds}, ${recording.id}::uuid, ${now})
      ON CONFLICT ("tenantId", "sourceId") DO NOTHING
      RETURNING id
    ), link AS (
      INSERT INTO "PlayerLink" (id, "tenantId", "voicemailId", "userId", "expiresAt")
      SELECT gen_random_uuid(), ${tenantId}::uuid, id, ${userId}::uuid, ${voicemail.linkExpiresAt} FROM voicemail
    )
    INSERT INTO "Recording" (id, "tenantId", "storageKey", "mimeType", bytes, "durationSeconds", "createdAt")
    SELECT ${recording.id}::uuid, ${tenantId}::uuid, ${recording.storageKey}, ${recording.mimeType},
      ${recording.bytes}, ${recording.durationSeconds}, ${now}
    FROM voicemail`;
  return inserted > 0;
}
