import { Prisma } from '../../../generated/prisma/client.js';
import { linkedLines } from '../../audit-chain/append-audit.store.js';
import type { AuditEvent } from '../../audit-chain/audit-event.js';
import type { AuditKey } from '../../audit-chain/audit-key.js';
import { isCallerBlocked } from '../../blocking/blocked-callers.sql.js';
import type { Actor } from '../../chat/actor.js';
import { batched } from '../../coalesce-calls.js';
import type { Db } from '../../deps.js';
import { asId, isUuid, type UserId, type VoicemailId } from '../../ids.js';
import { newNotices } from '../../notices/notice.js';
import { displayName, hasAccess, personKeyed } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { membersIn } from '../mailbox/mailbox-members.store.js';
import { linkLife } from '../sharing/link-life.sql.js';
import { newTranscriptions } from '../transcripts/transcription.store.js';
import type { IncomingVoicemail } from './incoming-voicemail.js';

/** The mailbox for a message, and the voicemail that this message already became, if any. */
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

/** The mailbox, the company and the message of a lookup. */
interface MailboxQuestion {
  readonly tenantId: string;
  readonly mailbox: IncomingVoicemail['mailbox'];
  readonly sourceId: string;
}

/**
 * Look up everything on which receiving a message depends, in one round trip, because a caller's phone system waits for
 * it; concurrent lookups share one. Undefined: there is no such company.
 */
export const findMailbox = batched(async (db: Db, questions: readonly MailboxQuestion[]) => {
  const asked = questions.map(({ tenantId, mailbox, sourceId }, n) => ({
    n,
    tenantId,
    sourceId,
    ...addressIn(mailbox),
  }));
  // One list as JSON, because PostgreSQL plans a statement with array parameters again for every length. The voicemail
  // is looked up by both columns of its index, so that the index is used even without statistics.
  const rows = await db.$queryRaw<(MailboxRow & { n: number })[]>`
    SELECT asked.n, t.enabled, t.edition, t.country, u.id AS "userId", u.access,
      v.id AS "voicemailId", v."durationSeconds"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked (
      n int, "tenantId" uuid, "sourceId" text, extension text, did text, email text, "userId" uuid)
    JOIN "Tenant" t ON t.id = asked."tenantId"
    LEFT JOIN LATERAL (
      ${personKeyed('t', 'asked')}
    ) u ON true
    LEFT JOIN LATERAL (
      SELECT id, "durationSeconds" FROM "Voicemail"
      WHERE "tenantId" = asked."tenantId" AND "sourceId" = asked."sourceId" LIMIT 1
    ) v ON true`;
  const found = new Map(rows.map((row) => [row.n, mailboxOf(row)]));
  return questions.map((_, n) => found.get(n));
});

const mailboxOf = (row: MailboxRow): Mailbox => ({
  tenantEnabled: row.enabled,
  edition: row.edition,
  country: row.country,
  owner: row.userId === null ? undefined : { id: asId<UserId>(row.userId), access: row.access ?? 'none' },
  already:
    row.voicemailId === null
      ? undefined
      : { id: asId<VoicemailId>(row.voicemailId), durationSeconds: row.durationSeconds ?? 0 },
});

/** The one key by which the mailbox is named. */
function addressIn(mailbox: IncomingVoicemail['mailbox']) {
  if ('email' in mailbox) return { email: mailbox.email.toLowerCase() };
  // A malformed id matches no user, and must not become a database error.
  if ('userId' in mailbox) return { userId: isUuid(mailbox.userId) ? mailbox.userId : null };
  return mailbox;
}

/** Return the country (ISO 3166) by which the company's national numbers are read. */
export async function countryOf(db: Db, tenantId: string): Promise<string> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  return tenant.country;
}

interface NewVoicemail {
  readonly id: VoicemailId;
  readonly userId: UserId;
  readonly sourceId: string;
  readonly callId: string | null;
  readonly ani: string;
  /** As the source reported it; a colleague's own name precedes it. */
  readonly callerName: string;
  readonly receivedAt: Date;
  /** Counts where the mailbox takes urgent messages. */
  readonly urgent: boolean;
  /** Nothing is to be heard in it. */
  readonly isSilent: boolean;
  /** The caller was led to the mailbox and hung up after the tone. */
  readonly isHangUp: boolean;
}

interface NewRecording {
  readonly id: string;
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationSeconds: number;
}

/** A notice that announces a voicemail, and its recipient. */
export interface ToldNotice {
  readonly id: string;
  readonly userId: UserId;
}

/** A voicemail with its recording and the notice that announces it to the owner. */
export interface Received {
  readonly voicemail: NewVoicemail;
  readonly recording: NewRecording;
  readonly noticeId: string;
  /** Null: no machine writes messages down. */
  readonly transcriptionId: string | null;
}

/**
 * Insert recordings, voicemails, the owners' links, the notices and the audit lines: all or nothing, in one statement,
 * since the callers' phone systems wait, and the rest of the company for the audit chain. The owner and the members who
 * are in get a notice each, unless the message is muted: its caller is blocked, or the company mutes silence and
 * hang-ups. A caller whose DID, personal number or extension is a colleague's gets the colleague's name.
 * Returns the notices by the id of each voicemail that was inserted: the source ids of the others exist already.
 */
export async function insertReceived(
  db: Db,
  { actor, now, auditKey }: { readonly actor: Actor; readonly now: Date; readonly auditKey: AuditKey },
  received: readonly Received[],
): Promise<ReadonlyMap<string, readonly ToldNotice[]>> {
  const { tenantId } = actor;
  const rows = received.map(
    ({ voicemail, recording: { id: recordingId, ...recording }, noticeId, transcriptionId }) => ({
      ...voicemail,
      ...recording,
      recordingId,
      noticeId,
      transcriptionId,
    }),
  );
  const tenant = Prisma.sql`${tenantId}::uuid`;
  const told = Prisma.sql`(
    SELECT "noticeId", "userId", id AS "subjectId" FROM message JOIN voicemail USING (id) WHERE "mutedWhy" IS NULL
    UNION ALL
    SELECT gen_random_uuid(), member."userId", id FROM message JOIN voicemail USING (id)
    CROSS JOIN LATERAL (${membersIn(tenant, Prisma.sql`message."userId"`, now)}) AS member
    WHERE "mutedWhy" IS NULL) AS told`;
  // A machine makes up sentences for silence, announced or not, and for the noise of a hang-up.
  const spoken = Prisma.sql`message JOIN voicemail USING (id)
    WHERE NOT "isSilent" AND "mutedWhy" IS DISTINCT FROM 'hang-up'`;
  const transcriptions = rows.some(({ transcriptionId }) => transcriptionId !== null)
    ? Prisma.sql`transcription AS (${newTranscriptions(tenantId, now, spoken)}),`
    : Prisma.empty;
  const inserted = await db.$queryRaw<{ id: string; told: ToldNotice[] }[]>`
    WITH RECURSIVE message AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS message (
        id uuid, "userId" uuid, "sourceId" text, "callId" text, ani text, "callerName" text, "receivedAt" timestamptz,
        urgent boolean, "isSilent" boolean, "isHangUp" boolean, "recordingId" uuid, "storageKey" text,
        "mimeType" text, bytes int, "durationSeconds" float8, "noticeId" uuid, "transcriptionId" uuid)
    ), voicemail AS (
      INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
        urgent, "mutedWhy", "durationSeconds", "recordingId", "createdAt")
      SELECT message.id, ${tenantId}::uuid, "userId", "sourceId", "callId", ani, COALESCE((
          SELECT ${displayName('"User"')} FROM "User"
          WHERE ani <> '' AND "tenantId" = ${tenantId}::uuid AND ${hasAccess('"User"')}
            AND (did = ani OR "personalNumber" = ani OR extension = ani)
          ORDER BY did = ani DESC NULLS LAST LIMIT 1
        ), "callerName"), "receivedAt", urgent AND (
          SELECT ${sql('urgentAllowed', { user: 'owner', tenant: 't' })}
          FROM "User" owner JOIN "Tenant" t ON t.id = owner."tenantId" WHERE owner.id = message."userId"
        ), CASE
          WHEN ${isCallerBlocked({ tenant: 'company', number: 'message.ani', person: 'message."userId"' })} THEN 'blocked'
          WHEN NOT ${sql('muteSilentMessages', { tenant: 'company' })} THEN NULL
          -- Before silence: who hangs up after the tone mostly leaves a second of it, and such a call was missed.
          WHEN "isHangUp" THEN 'hang-up'
          WHEN "isSilent" THEN 'silence'
        END, "durationSeconds", "recordingId", ${now}
      FROM message CROSS JOIN (SELECT * FROM "Tenant" WHERE id = ${tenantId}::uuid) AS company
      -- In one order everywhere: two that wait for each other's source ids would end with one thrown out.
      ORDER BY "sourceId"
      ON CONFLICT ("tenantId", "sourceId") DO NOTHING
      RETURNING id, "mutedWhy"
    ), link AS (
      INSERT INTO "PlayerLink" (id, "tenantId", "voicemailId", "userId", "renewedAt", "expiresAt")
      SELECT gen_random_uuid(), company.id, message.id, "userId", ${now}, ${now}::timestamptz + ${linkLife('company')}
      FROM message JOIN voicemail USING (id) CROSS JOIN (SELECT * FROM "Tenant" WHERE id = ${tenantId}::uuid) AS company
    ), recording AS (
      INSERT INTO "Recording" (id, "tenantId", "storageKey", "mimeType", bytes, "durationSeconds", "createdAt")
      SELECT "recordingId", ${tenantId}::uuid, "storageKey", "mimeType", bytes, "durationSeconds", ${now}
      FROM message JOIN voicemail USING (id)
    ), ${transcriptions} notice AS (${newNotices(tenantId, now, 'voicemail.arrived', told)}
      RETURNING id, "userId", "subjectId"
    ), ${linkedLines(auditKey, actor, now, received.map(eventOf), Prisma.sql`voicemail`)}
    SELECT id, COALESCE((
      SELECT json_agg(json_build_object('id', notice.id, 'userId', notice."userId")) FROM notice
      WHERE notice."subjectId" = voicemail.id), '[]') AS told
    FROM voicemail`;
  return new Map(inserted.map(({ id, told }) => [id, told]));
}

const eventOf = ({ voicemail, recording }: Received): AuditEvent => ({
  event: 'voicemail.received',
  subjectId: voicemail.id,
  after: { mailbox: voicemail.userId, sourceId: voicemail.sourceId, durationSeconds: recording.durationSeconds },
});
