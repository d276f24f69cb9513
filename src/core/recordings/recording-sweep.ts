import type { Deps } from '../deps.js';
import {
  claimSweep,
  countRecordings,
  findRecordings,
  findUnnamed,
  type RecordingCounts,
  type StoredRecording,
  saveSweep,
  setMissing,
} from './recording-sweep.store.js';

/** A file is written before its row; a file younger than this may belong to a message that is being received. */
const youngestMinutes = 60;
const everyMinutes = 60;
const pageSize = 500;
/** The rest is for the next sweep, so that its list stays small. */
const mostRemovals = 10_000;
/** Long enough to notice that the database is older than the files, and to restore the newer one. */
const asideDays = 30;
/**
 * More orphans than this, if they are also more than half of all files, are not the result of failures: the database is
 * older than the files, or another one. They stay where they are, and nothing is removed.
 */
const mostOrphans = 100;

export type { RecordingCounts };

/** How the stored files and the rows that name them differ. */
export interface RecordingFaults {
  readonly files: number;
  /** Files without a row: nothing plays them. */
  readonly orphans: number;
  /** At most `mostRemovals` of them. */
  readonly orphanKeys: readonly string[];
  /** There are too many to set them aside automatically. */
  readonly tooMany: boolean;
  /** Files that are set aside and will be removed. */
  readonly setAside: number;
  /** Rows without a file: their messages cannot be played. */
  readonly rows: number;
  readonly missing: number;
  /** At most a few of them. */
  readonly missingKeys: readonly string[];
}

/** Compare files and rows, page by page, without changing anything. */
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
 * Set aside orphans (left by a killed process or a refused message), remove them a month later, put back files that a
 * row names again, and mark rows whose file is missing. Called by the task `recordings.sweep`; no-op before it is due,
 * so that only one of several workers does it. Idempotent.
 */
export async function sweepRecordings(deps: Deps): Promise<void> {
  // An unreachable or wrong store would look like one that lost everything.
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
  await saveSweep(deps.db, { endedAt: deps.clock.now(), removed, setAside: setAside - removed, held });

  if (held > 0) deps.log.error({ held }, 'too many orphaned recordings, none set aside');
  if (missing > 0) deps.log.error({ missing, storageKeys: missingKeys }, 'recordings missing');
  if (moved > 0) deps.log.warn({ moved, setAside, days: asideDays }, 'orphaned recordings set aside');
  if (removed > 0) deps.log.info({ removed }, 'orphaned recordings removed');
}

/** Remove a file that no row names, whatever its age: that of a message which was refused after it had been stored. */
export const removeUnnamed = async (deps: Deps, storageKey: string): Promise<void> =>
  void (await forUnnamed(deps, [storageKey], () => deps.recordings.remove(storageKey)));

/** Return the counts of recordings for the metrics. */
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

/** Files that are set aside, and those of them that may be removed. */
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

/**
 * Apply `work` to those of the keys that still have no row, since minutes may have passed. Returns how many those were.
 */
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
