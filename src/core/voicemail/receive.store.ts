import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { as, type UserId, type VoicemailId } from '../ids.js';
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
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(mailbox.userId)
    ? Prisma.sql`u.id = ${mailbox.userId}::uuid`
    : Prisma.sql`false`;
}

/** ISO 3166 code with which the company's national numbers are read. */
export async function countryOf(db: Db, tenantId: string): Promise<string> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  return tenant.country;
}

/** The colleague whose DID, personal number or extension this is. */
export async function findColleagueName(db: Db, tenantId: string, number: string): Promise<string | undefined> {
  if (number === '') return undefined;
  const [row] = await db.$queryRaw<{ name: string }[]>`
    SELECT trim("firstName" || ' ' || "lastName") AS name FROM "User"
    WHERE "tenantId" = ${tenantId}::uuid AND access <> 'none'
      AND (did = ${number} OR "personalNumber" = ${number} OR extension = ${number})
    ORDER BY did = ${number} DESC NULLS LAST LIMIT 1`;
  return row?.name || undefined;
}

export interface NewVoicemail {
  readonly id: string;
  readonly userId: string;
  readonly sourceId: string;
  readonly callId: string | null;
  readonly ani: string;
  readonly callerName: string;
  readonly receivedAt: Date;
}

export interface NewRecording {
  readonly id: string;
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationSeconds: number;
}

/** Recording and voicemail in one round trip. False, and nothing written: this source id is here already. */
export async function insertReceived(
  { db, tenantId, now }: Change,
  voicemail: NewVoicemail,
  recording: NewRecording,
): Promise<boolean> {
  const inserted = await db.$executeRaw`
    WITH voicemail AS (
      INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
        "durationSeconds", "recordingId", "createdAt")
      VALUES (${voicemail.id}::uuid, ${tenantId}::uuid, ${voicemail.userId}::uuid, ${voicemail.sourceId},
        ${voicemail.callId}, ${voicemail.ani}, ${voicemail.callerName}, ${voicemail.receivedAt},
        ${recording.durationSeconds}, ${recording.id}::uuid, ${now})
      ON CONFLICT ("tenantId", "sourceId") DO NOTHING
      RETURNING id
    )
    INSERT INTO "Recording" (id, "tenantId", "storageKey", "mimeType", bytes, "durationSeconds", "createdAt")
    SELECT ${recording.id}::uuid, ${tenantId}::uuid, ${recording.storageKey}, ${recording.mimeType},
      ${recording.bytes}, ${recording.durationSeconds}, ${now}
    FROM voicemail`;
  return inserted > 0;
}
