import type { Deps } from '../deps.js';
import {
  claimSweep,
  countRecordings,
  findRecordings,
  findUnnamed,
  noteSweep,
  type RecordingCounts,
  type StoredRecording,
  setMissing,
} from './recording-sweep.store.js';

/** A file comes before its row; within this time it may be a message that is being taken. */
const youngestMinutes = 60;
const everyMinutes = 60;
const pageSize = 500;
/** The rest is for the next sweep, so that the list of them stays small. */
const mostRemovals = 10_000;
/**
 * So many files without a row, and more than half of all, are no remains of failures: the database is older than the
 * files, or another one. Removing them would lose what callers said.
 */
const mostRemains = 100;

export type { RecordingCounts };

/** How the stored files and the rows that name them differ. */
export interface RecordingFaults {
  readonly files: number;
  /** Files without a row: nobody can hear them. */
  readonly remains: number;
  /** At most `mostRemovals` of them. */
  readonly remainKeys: readonly string[];
  /** There are too many to remove them unasked. */
  readonly tooMany: boolean;
  /** Rows without a file: their messages cannot be played. */
  readonly rows: number;
  readonly missing: number;
  /** A few of them. */
  readonly missingKeys: readonly string[];
}

/** Compares files and rows, page by page, and changes nothing. */
export async function findRecordingFaults(deps: Deps): Promise<RecordingFaults> {
  return { ...(await findRemains(deps)), ...(await findMissing(deps, async () => {})) };
}

/**
 * Removes files that no row names (what a killed process or a refused message left), and notes rows whose file is missing.
 * Called by the task `recordings.sweep`; does nothing before it is due, so that several workers do it once. Idempotent.
 */
export async function sweepRecordings(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  if (!(await claimSweep(deps.db, now, new Date(now.getTime() + everyMinutes * 60_000)))) return;

  const { remains, remainKeys, tooMany } = await findRemains(deps);
  const removed = tooMany ? 0 : await removeRemains(deps, remainKeys);
  const held = tooMany ? remains : 0;
  const { missing, missingKeys } = await findMissing(deps, (page) => noteMissing(deps, page));
  await noteSweep(deps.db, { endedAt: deps.clock.now(), removed, held });

  if (held > 0) deps.log.error({ held }, 'recordings without a row are too many to be removed');
  if (missing > 0) deps.log.error({ missing, storageKeys: missingKeys }, 'recordings missing');
  if (removed > 0) deps.log.info({ removed }, 'recordings without a row removed');
}

/** Removes a file that no row names, whatever its age: that of a message which was refused after it had been stored. */
export const removeUnnamed = async (deps: Deps, storageKey: string): Promise<void> =>
  void (await removeRemains(deps, [storageKey]));

/** For the metrics. */
export const recordingCounts = ({ db }: Pick<Deps, 'db'>): Promise<RecordingCounts> => countRecordings(db);

async function findRemains(deps: Deps): Promise<Pick<RecordingFaults, 'files' | 'remains' | 'remainKeys' | 'tooMany'>> {
  const remainKeys: string[] = [];
  let [files, remains] = [0, 0];
  for await (const page of pagesOf(deps.recordings.list())) {
    files += page.length;
    for (const storageKey of await findUnnamed(deps.db, page)) {
      const storedAt = await deps.recordings.storedAt(storageKey);
      if (!storedAt || storedAt >= tooYoung(deps)) continue;
      remains += 1;
      if (remains <= mostRemovals) remainKeys.push(storageKey);
    }
  }
  return { files, remains, remainKeys, tooMany: remains > mostRemains && remains * 2 > files };
}

/** Asks once more which have no row: since they were found, minutes may have passed. */
async function removeRemains(deps: Deps, storageKeys: readonly string[]): Promise<number> {
  let removed = 0;
  for await (const page of pagesOf(storageKeys)) {
    for (const storageKey of await findUnnamed(deps.db, page)) {
      await deps.recordings.remove(storageKey);
      removed += 1;
    }
  }
  return removed;
}

interface LookedFor extends StoredRecording {
  readonly isMissing: boolean;
}

async function findMissing(
  deps: Deps,
  note: (page: readonly LookedFor[]) => Promise<void>,
): Promise<Pick<RecordingFaults, 'rows' | 'missing' | 'missingKeys'>> {
  const missingKeys: string[] = [];
  let [rows, missing] = [0, 0];
  let after: string | undefined;
  do {
    const page = await findRecordings(deps.db, { after, most: pageSize });
    const found: LookedFor[] = [];
    for (const row of page)
      found.push({ ...row, isMissing: (await deps.recordings.storedAt(row.storageKey)) === undefined });
    await note(found);
    const gone = found.filter(({ isMissing }) => isMissing);
    missingKeys.push(...gone.slice(0, 5 - missingKeys.length).map(({ storageKey }) => storageKey));
    rows += page.length;
    missing += gone.length;
    after = page.length < pageSize ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
  return { rows, missing, missingKeys };
}

async function noteMissing({ db, clock }: Deps, page: readonly LookedFor[]): Promise<void> {
  const gone = page.filter(({ isMissing, missingSince }) => isMissing && missingSince === null);
  const back = page.filter(({ isMissing, missingSince }) => !isMissing && missingSince !== null);
  if (gone.length > 0)
    await setMissing(
      db,
      gone.map(({ id }) => id),
      clock.now(),
    );
  if (back.length > 0)
    await setMissing(
      db,
      back.map(({ id }) => id),
      null,
    );
}

const tooYoung = ({ clock }: Deps): Date => new Date(clock.now().getTime() - youngestMinutes * 60_000);

async function* pagesOf(keys: Iterable<string> | AsyncIterable<string>): AsyncIterable<string[]> {
  let page: string[] = [];
  for await (const key of keys) {
    page.push(key);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
