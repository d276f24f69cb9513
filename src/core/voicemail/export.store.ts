import type { Change } from '../change.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import { abandonedBefore } from '../claim.js';
import type { Db } from '../deps.js';

/** An export on its way, or made within the last minute: the same press twice. */
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

/** How many mails this person has asked for since `since`. */
export const countExportsSince = ({ db }: Change, userId: string, since: Date): Promise<number> =>
  db.export.count({ where: { userId, createdAt: { gt: since } } });

export async function insertExport(
  { db, tenantId, now }: Change,
  wish: { readonly id: string; readonly voicemailId: string; readonly userId: string; readonly email: string },
): Promise<void> {
  await db.export.create({ data: { ...wish, tenantId, createdAt: now } });
}

/** An export that is ours for a while, with all that the mail says. */
export interface ClaimedExport {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly email: string;
  readonly attempts: number;
  readonly claimedAt: Date;
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
  language: string | null;
  timeZone: string | null;
  tenantLanguage: string;
  tenantTimeZone: string;
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

/** Claims an export that nobody is at work on. */
export async function claimExport(db: Db, id: string, now: Date): Promise<ClaimedExport | undefined> {
  const [row] = await db.$queryRaw<ExportRow[]>`
    WITH claimed AS (
      UPDATE "Export" SET "claimedAt" = ${now}, attempts = attempts + 1
      WHERE id = ${id}::uuid AND status = 'waiting'
        AND ("claimedAt" IS NULL OR "claimedAt" < ${abandonedBefore(now)})
      RETURNING *
    )
    SELECT e.id, e."tenantId", e."userId", e.email, e.attempts, u.language, u."timeZone",
      t.language AS "tenantLanguage", t."timeZone" AS "tenantTimeZone",
      v.id AS "voicemailId", v."callerName", v.ani, v."receivedAt", v."durationSeconds", v.transcript,
      r."storageKey", r."mimeType",
      u.access <> 'none' AND t.enabled AND t.edition = 'attendant_plus' AS allowed
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
    claimedAt: now,
    reader: {
      locale: localeOf(row.language, localeOf(row.tenantLanguage)),
      timeZone: row.timeZone ?? row.tenantTimeZone,
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

/** Ends the claim. False: it was lost meanwhile, and what became of the export is somebody else's to say. */
export async function settleExport(
  { db, now }: Change,
  claimed: ClaimedExport,
  status: 'done' | 'failed' | 'waiting',
): Promise<boolean> {
  const { count } = await db.export.updateMany({
    where: { id: claimed.id, status: 'waiting', claimedAt: claimed.claimedAt },
    data: { status, claimedAt: null, doneAt: status === 'waiting' ? null : now },
  });
  return count > 0;
}
