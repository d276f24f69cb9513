import type { Change } from '../../change.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import type { Clock, Db } from '../../deps.js';
import { hasAccess } from '../../people/sql.js';
import { sql } from '../../settings/sql.js';
import { endLease, finishLease, heldBy, isFree, type Lease, takeLease } from '../../tasks/lease.store.js';
import type { WorkStatus } from '../../tasks/work-status.js';

/** Return whether an export is queued, or was made within the last minute: a double click. */
export async function findRecentExport({ db, now }: Change, voicemailId: string): Promise<boolean> {
  const found = await db.export.findFirst({
    where: {
      voicemailId,
      OR: [{ status: 'waiting' }, { status: 'done', createdAt: { gt: new Date(now.getTime() - 60_000) } }],
    },
    select: { id: true },
  });
  return found !== null;
}

/** Return how many e-mails this person has requested since `since`. */
export const countExportsSince = ({ db }: Change, userId: string, since: Date): Promise<number> =>
  db.export.count({ where: { userId, createdAt: { gt: since } } });

/** Insert a queued export, with its audit line. */
export async function insertExport(
  { db, tenantId, now }: Change,
  wish: { readonly id: string; readonly voicemailId: string; readonly userId: string; readonly email: string },
): Promise<void> {
  await db.export.create({ data: { ...wish, tenantId, createdAt: now, dueAt: now } });
}

/** A leased export, with everything that the e-mail says. */
export interface ClaimedExport extends Lease {
  readonly tenantId: string;
  readonly userId: string;
  readonly email: string;
  readonly attempts: number;
  /** The mail server's answer was lost, or the process that waited for it ended: the e-mail may have arrived. */
  readonly unsure: boolean;
  readonly reader: { readonly locale: Locale; readonly timeZone: string };
  readonly voicemail: {
    readonly id: string;
    readonly callerName: string;
    readonly ani: string;
    readonly receivedAt: Date;
    readonly durationSeconds: number;
    readonly transcript: string | undefined;
  };
  /** Undefined: the audio is gone, or the person lost access since. */
  readonly recording: { readonly storageKey: string; readonly mimeType: string } | undefined;
}

interface ExportRow {
  id: string;
  tenantId: string;
  userId: string;
  email: string;
  attempts: number;
  unsure: boolean;
  claimedAt: Date;
  language: string;
  timeZone: string;
  voicemailId: string;
  callerName: string;
  ani: string;
  receivedAt: Date;
  durationSeconds: number;
  transcript: string | null;
  storageKey: string | null;
  mimeType: string | null;
  allowed: boolean;
}

/** Aliases of the rows in the claiming query. */
const reader = { user: 'u', tenant: 't' };

/** Claim an export that no worker holds. If its last holder ended, the e-mail may have been sent. */
export async function claimExport(db: Db, clock: Clock, id: string): Promise<ClaimedExport | undefined> {
  const [row] = await db.$queryRaw<ExportRow[]>`
    WITH claimed AS (
      UPDATE "Export" SET ${takeLease(clock, 'Export')}, unsure = unsure OR "claimedAt" IS NOT NULL
      WHERE id = ${id}::uuid AND status = 'waiting' AND ${isFree(clock)}
      RETURNING *
    )
    SELECT e.id, e."tenantId", e."userId", e.email, e.attempts, e.unsure, e."claimedAt", 
      ${sql('language', reader)} AS language, ${sql('timeZone', reader)} AS "timeZone",
      v.id AS "voicemailId", v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.transcript,
      r."storageKey", r."mimeType",
      ${hasAccess('u')} AND t.enabled AND t.edition = 'attendant_plus' AS allowed
    FROM claimed e
    JOIN "User" u ON u.id = e."userId"
    JOIN "Tenant" t ON t.id = e."tenantId"
    JOIN "Voicemail" v ON v.id = e."voicemailId"
    LEFT JOIN "Recording" r ON r.id = v."recordingId"`;
  if (!row) return undefined;
  return {
    id: row.id,
    tenantId: row.tenantId,
    userId: row.userId,
    email: row.email,
    attempts: row.attempts,
    unsure: row.unsure,
    claimedAt: row.claimedAt,
    reader: {
      locale: localeOf(row.language),
      timeZone: row.timeZone,
    },
    voicemail: {
      id: row.voicemailId,
      callerName: row.callerName,
      ani: row.ani,
      receivedAt: row.receivedAt,
      durationSeconds: row.durationSeconds,
      transcript: row.transcript ?? undefined,
    },
    recording:
      row.storageKey === null || row.mimeType === null || !row.allowed
        ? undefined
        : { storageKey: row.storageKey, mimeType: row.mimeType },
  };
}

/** Finish the export. False: the lease was lost, and its new holder decides the export's status. */
export const settleExport = (
  { db, now }: Change,
  claimed: ClaimedExport,
  status: Exclude<WorkStatus, 'waiting'>,
): Promise<boolean> => finishLease(db, 'Export', claimed, { status, doneAt: now });

/** Release the export for a retry; the sweep's attempts come a minute later each time. */
export async function releaseExport(db: Db, clock: Clock, claimed: ClaimedExport, unsure: boolean): Promise<void> {
  if (unsure) await db.$executeRaw`UPDATE "Export" SET unsure = true WHERE ${heldBy(claimed)}`;
  await endLease(db, clock, 'Export', claimed, Math.min(claimed.attempts, 60) * 60);
}
