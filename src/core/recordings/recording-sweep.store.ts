import type { Db } from '../deps.js';

/**
 * Return those of these storage keys that no row names, though their company is known here. Files of other companies
 * belong to another installation that shares the folder.
 */
export async function findUnnamed(db: Db, storageKeys: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ storageKey: string }[]>`
    SELECT file."storageKey"
    FROM jsonb_array_elements_text(${JSON.stringify(storageKeys)}::jsonb) AS file ("storageKey")
    JOIN "Tenant" t ON t.id::text = split_part(file."storageKey", '/', 1)
    WHERE NOT EXISTS (SELECT 1 FROM "Recording" r WHERE r."storageKey" = file."storageKey")`;
  return rows.map(({ storageKey }) => storageKey);
}

/** The row of a recording, as the sweep reads it. */
export interface StoredRecording {
  readonly id: string;
  readonly storageKey: string;
  readonly missingSince: Date | null;
}

/** Return a page of rows, by id. */
export function findRecordings(
  db: Db,
  { after, most }: { after: string | undefined; most: number },
): Promise<StoredRecording[]> {
  return db.recording.findMany({
    where: after === undefined ? {} : { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: most,
    select: { id: true, storageKey: true, missingSince: true },
  });
}

/** Mark recordings as missing; null: they are there again. */
export async function setMissing(db: Db, ids: readonly string[], missingSince: Date | null): Promise<void> {
  await db.recording.updateMany({ where: { id: { in: [...ids] } }, data: { missingSince } });
}

/** Claim a sweep that is due, and make the next one due at `nextAt`. False: it is not due. */
export async function claimSweep(db: Db, now: Date, nextAt: Date): Promise<boolean> {
  const { count } = await db.recordingSweep.updateMany({ where: { dueAt: { lte: now } }, data: { dueAt: nextAt } });
  return count > 0;
}

/** Save the result of a sweep. */
export async function saveSweep(
  db: Db,
  { removed, ...found }: { endedAt: Date; removed: number; setAside: number; held: number },
): Promise<void> {
  await db.recordingSweep.updateMany({ data: { ...found, removed: { increment: removed } } });
}

/**
 * For the metrics: recordings whose file is missing now, orphans that were removed in all, and orphans that were set
 * aside, or held back, at the last sweep.
 */
export interface RecordingCounts {
  readonly missing: number;
  readonly removed: number;
  readonly setAside: number;
  readonly held: number;
}

/** Return the counts of recordings for the metrics. */
export async function countRecordings(db: Db): Promise<RecordingCounts> {
  const [missing, sweep] = await Promise.all([
    db.recording.count({ where: { missingSince: { not: null } } }),
    db.recordingSweep.findFirst({ select: { removed: true, setAside: true, held: true } }),
  ]);
  return { missing, removed: sweep?.removed ?? 0, setAside: sweep?.setAside ?? 0, held: sweep?.held ?? 0 };
}
