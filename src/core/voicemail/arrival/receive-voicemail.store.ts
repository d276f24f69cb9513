import { Prisma } from '../../../generated/prisma/client.js';
import { linkedLines } from '../../audit-chain/append-audit.store.js';
import type { AuditEvent } from '../../audit-chain/audit-event.js';
import type { AuditKey } from '../../audit-chain/audit-key.js';
import { batched } from '../../batch.js';
import type { Actor } from '../../chat/actor.js';
import type { Db } from '../../deps.js';
import { as, isUuid, type UserId, type VoicemailId } from '../../ids.js';
import { newNotices } from '../../notices/notice.js';
import { displayName, hasAccess, personKeyed } from '../../people/sql.js';
import { membersIn } from '../mailbox/mailbox-members.store.js';
import type { IncomingVoicemail } from './incoming-voicemail.js';

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

/** Which mailbox is meant, by whom, and for which message. */
interface MailboxQuestion {
  readonly tenantId: string;
  readonly mailbox: IncomingVoicemail['mailbox'];
  readonly sourceId: string;
}

/**
 * Everything that taking a message depends on, in one round trip, because a caller's phone system waits for it; when
 * many messages come at once, in one for all of them. Undefined: there is no such company.
 */
export const findMailbox = batched(async (db: Db, questions: readonly MailboxQuestion[]) => {
  const asked = questions.map(({ tenantId, mailbox, sourceId }, n) => ({
    n,
    tenantId,
    sourceId,
    ...addressIn(mailbox),
  }));
  // One list as JSON, whose length PostgreSQL does not plan by: lists as arrays would be planned anew every time. And
  // the voicemail is looked up by both columns of its index, even while no statistics tell that this is the best.
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
  owner: row.userId === null ? undefined : { id: as<UserId>(row.userId), access: row.access ?? 'none' },
  already:
    row.voicemailId === null
      ? undefined
      : { id: as<VoicemailId>(row.voicemailId), durationSeconds: row.durationSeconds ?? 0 },
});

/** The one way in which a mailbox is named. */
function addressIn(mailbox: IncomingVoicemail['mailbox']) {
  if ('email' in mailbox) return { email: mailbox.email.toLowerCase() };
  // What is no id is nobody's, and must not become a database error.
  if ('userId' in mailbox) return { userId: isUuid(mailbox.userId) ? mailbox.userId : null };
  return mailbox;
}

/** ISO 3166 code with which the company's national numbers are read. */
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
  /** As the source has it; a colleague's own name goes before it. */
  readonly callerName: string;
  readonly receivedAt: Date;
  /** Until when the owner's link to it opens. */
  readonly linkExpiresAt: Date;
}

interface NewRecording {
  readonly id: string;
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationSeconds: number;
}

/** The notice by which somebody is told of a message. */
export interface ToldNotice {
  readonly id: string;
  readonly userId: UserId;
}

/** A message with the recording that it is, and the notice that will tell of it. */
export interface Received {
  readonly voicemail: NewVoicemail;
  readonly recording: NewRecording;
  readonly noticeId: string;
}

/**
 * Recordings, voicemails, the owners' links, the notices by which they are told and the audit lines: all or nothing, and
 * in one statement, since the callers' phone systems wait, and the rest of the company for the chain. Told are the owners and
 * the members of their mailboxes who are in. A caller whose DID,
 * personal number or extension is a colleague's has the colleague's name. Gives, by the ids of what was
 * written, who is told by which notice: the others' source ids are here already.
 */
export async function insertReceived(
  db: Db,
  { actor, now, auditKey }: { readonly actor: Actor; readonly now: Date; readonly auditKey: AuditKey },
  received: readonly Received[],
): Promise<ReadonlyMap<string, readonly ToldNotice[]>> {
  const { tenantId } = actor;
  const rows = received.map(({ voicemail, recording: { id: recordingId, ...recording }, noticeId }) => ({
    ...voicemail,
    ...recording,
    recordingId,
    noticeId,
  }));
  const tenant = Prisma.sql`${tenantId}::uuid`;
  const told = Prisma.sql`(
    SELECT "noticeId", "userId", id AS "subjectId" FROM message JOIN voicemail USING (id)
    UNION ALL
    SELECT gen_random_uuid(), member."userId", id FROM message JOIN voicemail USING (id)
    CROSS JOIN LATERAL (${membersIn(tenant, Prisma.sql`message."userId"`, now)}) AS member) AS told`;
  const inserted = await db.$queryRaw<{ id: string; told: ToldNotice[] }[]>`
    WITH RECURSIVE message AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS message (
        id uuid, "userId" uuid, "sourceId" text, "callId" text, ani text, "callerName" text, "receivedAt" timestamptz,
        "linkExpiresAt" timestamptz, "recordingId" uuid, "storageKey" text, "mimeType" text, bytes int,
        "durationSeconds" float8, "noticeId" uuid)
    ), voicemail AS (
      INSERT INTO "Voicemail" (id, "tenantId", "userId", "sourceId", "callId", ani, "callerName", "receivedAt",
        "durationSeconds", "recordingId", "createdAt")
      SELECT id, ${tenantId}::uuid, "userId", "sourceId", "callId", ani, COALESCE((
          SELECT ${displayName('"User"')} FROM "User"
          WHERE ani <> '' AND "tenantId" = ${tenantId}::uuid AND ${hasAccess('"User"')}
            AND (did = ani OR "personalNumber" = ani OR extension = ani)
          ORDER BY did = ani DESC NULLS LAST LIMIT 1
        ), "callerName"), "receivedAt", "durationSeconds", "recordingId", ${now}
      FROM message
      -- In one order everywhere: two that wait for each other's source ids would end with one thrown out.
      ORDER BY "sourceId"
      ON CONFLICT ("tenantId", "sourceId") DO NOTHING
      RETURNING id
    ), link AS (
      INSERT INTO "PlayerLink" (id, "tenantId", "voicemailId", "userId", "expiresAt")
      SELECT gen_random_uuid(), ${tenantId}::uuid, id, "userId", "linkExpiresAt" FROM message JOIN voicemail USING (id)
    ), recording AS (
      INSERT INTO "Recording" (id, "tenantId", "storageKey", "mimeType", bytes, "durationSeconds", "createdAt")
      SELECT "recordingId", ${tenantId}::uuid, "storageKey", "mimeType", bytes, "durationSeconds", ${now}
      FROM message JOIN voicemail USING (id)
    ), notice AS (${newNotices(tenantId, now, 'voicemail.arrived', told)}
      RETURNING id, "userId", "subjectId"
    ), ${linkedLines(auditKey, actor, now, received.map(eventOf), Prisma.sql`voicemail`)}
    SELECT id, (
      SELECT json_agg(json_build_object('id', notice.id, 'userId', notice."userId")) FROM notice
      WHERE notice."subjectId" = voicemail.id) AS told
    FROM voicemail`;
  return new Map(inserted.map(({ id, told }) => [id, told]));
}

const eventOf = ({ voicemail, recording }: Received): AuditEvent => ({
  event: 'voicemail.received',
  subjectId: voicemail.id,
  after: { mailbox: voicemail.userId, sourceId: voicemail.sourceId, durationSeconds: recording.durationSeconds },
});
