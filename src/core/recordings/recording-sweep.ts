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
/** Long enough to notice that the database is older than the files, and to bring back the newer one. */
const asideDays = 30;
/**
 * So many files without a row, and more than half of all, are no orphans of failures: the database is older than the
 * files, or another one. They stay where they are, and nothing is removed.
 */
const mostOrphans = 100;

export type { RecordingCounts };

/** How the stored files and the rows that name them differ. */
export interface RecordingFaults {
  readonly files: number;
  /** Files without a row: nobody can hear them. */
  readonly orphans: number;
  /** At most `mostRemovals` of them. */
  readonly orphanKeys: readonly string[];
  /** There are too many to set them aside unasked. */
  readonly tooMany: boolean;
  /** Files that wait aside to be removed. */
  readonly setAside: number;
  /** Rows without a file: their messages cannot be played. */
  readonly rows: number;
  readonly missing: number;
  /** A few of them. */
  readonly missingKeys: readonly string[];
}

/** Compares files and rows, page by page, and changes nothing. */
export async function findRecordingFaults(deps: Deps): Promise<RecordingFaults> {
  const isThere = async (storageKey: string) =>
    ((await deps.recordings.storedAt(storageKey)) ?? (await deps.recordings.setAsideAt(storageKey))) !== undefined;
  return {
    ...(await findOrphans(deps)),
    ...(await findMissing(deps, { isThere, note: async () => {} })),
    setAside: (await findSetAside(deps)).setAside,
  };
}

/**
 * Sets aside files that no row names (what a killed process or a refused message left), removes them a month later, puts
 * back those that a row names again, and notes rows whose file is missing.
 * Called by the task `recordings.sweep`; does nothing before it is due, so that several workers do it once. Idempotent.
 */
export async function sweepRecordings(deps: Deps): Promise<void> {
  // A store that is away, or another one, would look like one that lost everything.
  await deps.recordings.check();
  const now = deps.clock.now();
  if (!(await claimSweep(deps.db, now, new Date(now.getTime() + everyMinutes * 60_000)))) return;

  const { recordings } = deps;
  const isThere = async (storageKey: string) =>
    (await recordings.storedAt(storageKey)) !== undefined || (await recordings.putBack(storageKey));
  const { missing, missingKeys } = await findMissing(deps, { isThere, note: (page) => noteMissing(deps, page) });
  const { orphans, orphanKeys, tooMany } = await findOrphans(deps);
  const held = tooMany ? orphans : 0;
  const moved = tooMany
    ? 0
    : await forUnnamed(deps, orphanKeys, (storageKey) => recordings.setAside(storageKey, deps.clock.now()));
  const { setAside, oldKeys } = await findSetAside(deps);
  const removed = tooMany ? 0 : await forUnnamed(deps, oldKeys, (storageKey) => recordings.remove(storageKey));
  await noteSweep(deps.db, { endedAt: deps.clock.now(), removed, setAside: setAside - removed, held });

  if (held > 0) deps.log.error({ held }, 'recordings without a row are too many to be set aside');
  if (missing > 0) deps.log.error({ missing, storageKeys: missingKeys }, 'recordings missing');
  if (moved > 0) deps.log.warn({ moved, setAside, days: asideDays }, 'recordings without a row set aside');
  if (removed > 0) deps.log.info({ removed }, 'recordings without a row removed');
}

/** Removes a file that no row names, whatever its age: that of a message which was refused after it had been stored. */
export const removeUnnamed = async (deps: Deps, storageKey: string): Promise<void> =>
  void (await forUnnamed(deps, [storageKey], () => deps.recordings.remove(storageKey)));

/** For the metrics. */
export const recordingCounts = ({ db }: Pick<Deps, 'db'>): Promise<RecordingCounts> => countRecordings(db);

async function findOrphans(deps: Deps): Promise<Pick<RecordingFaults, 'files' | 'orphans' | 'orphanKeys' | 'tooMany'>> {
  const orphanKeys: string[] = [];
  let [files, orphans] = [0, 0];
  for await (const page of pagesOf(deps.recordings.list())) {
    files += page.length;
    for (const storageKey of await findUnnamed(deps.db, page)) {
      const storedAt = await deps.recordings.storedAt(storageKey);
      if (!storedAt || storedAt >= tooYoung(deps)) continue;
      orphans += 1;
      if (orphans <= mostRemovals) orphanKeys.push(storageKey);
    }
  }
  return { files, orphans, orphanKeys, tooMany: orphans > mostOrphans && orphans * 2 > files };
}

/** Files that are set aside, and those of them whose time is over. */
async function findSetAside(deps: Deps): Promise<{ setAside: number; oldKeys: readonly string[] }> {
  const tooOld = new Date(deps.clock.now().getTime() - asideDays * 24 * 60 * 60_000);
  const oldKeys: string[] = [];
  let setAside = 0;
  for await (const page of pagesOf(deps.recordings.listSetAside())) {
    for (const storageKey of await findUnnamed(deps.db, page)) {
      const at = await deps.recordings.setAsideAt(storageKey);
      if (!at) continue;
      setAside += 1;
      if (at < tooOld && oldKeys.length < mostRemovals) oldKeys.push(storageKey);
    }
  }
  return { setAside, oldKeys };
}

/** Asks once more which have no row: since they were found, minutes may have passed. Gives how many it was done for. */
async function forUnnamed(
  deps: Deps,
  storageKeys: readonly string[],
  work: (storageKey: string) => Promise<void>,
): Promise<number> {
  let done = 0;
  for await (const page of pagesOf(storageKeys)) {
    for (const storageKey of await findUnnamed(deps.db, page)) {
      await work(storageKey);
      done += 1;
    }
  }
  return done;
}

interface LookedFor extends StoredRecording {
  readonly isMissing: boolean;
}

async function findMissing(
  deps: Deps,
  {
    isThere,
    note,
  }: {
    readonly isThere: (storageKey: string) => Promise<boolean>;
    readonly note: (page: readonly LookedFor[]) => Promise<void>;
  },
): Promise<Pick<RecordingFaults, 'rows' | 'missing' | 'missingKeys'>> {
  const missingKeys: string[] = [];
  let [rows, missing] = [0, 0];
  let after: string | undefined;
  do {
    const page = await findRecordings(deps.db, { after, most: pageSize });
    const found: LookedFor[] = [];
    for (const row of page) found.push({ ...row, isMissing: !(await isThere(row.storageKey)) });
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
