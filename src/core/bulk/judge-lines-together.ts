import type { Deps } from '../deps.js';
import { freeExtensions } from '../people/extensions.js';
import { pinWeakness } from '../people/pin.js';
import { findLivePeriods } from '../routing/load-rows.js';
import { findAutoExtensions, usernamesOf } from './bulk.store.js';
import { findConflictUsers, findEntangled, markEntangled, peopleOf } from './entangled-lines.store.js';
import { type KnownAbsence, usernameKey } from './import-line.js';
import {
  findAskedExtensions,
  findRepeated,
  findWantingExtension,
  giveExtensions,
  orderLines,
  refuseLines,
} from './import-lines.store.js';
import type { ImportRun } from './import-run.types.js';
import { saidWhy, weakPin } from './judge-single-line.js';
import { resolveConflicts } from './refuse-conflicts.js';
import { unsealCell } from './seal-cell.js';

/**
 * Judges the lines of a file beside each other, after each was judged by itself: refuses those that cannot stand beside
 * the others, gives those that ask for one a free extension, and says in which order the rest is applied. Idempotent.
 */
export async function resolveRun(deps: Deps, run: ImportRun): Promise<void> {
  const repeated = await findRepeated(deps.db, run.id);
  await refuseLines(
    deps.db,
    run.id,
    repeated.map(({ line, first }) => ({ line, why: saidWhy((words) => words.usernameTwice(first)) })),
  );
  await pickExtensions(deps, run);
  await refuseConflicts(deps, run);
}

/** `AUTO`: the lowest number in the company's range (setting `extensionRange`) that nobody has. */
async function pickExtensions(deps: Deps, { id, tenantId }: ImportRun): Promise<void> {
  const { db, secret } = deps;
  const wanting = await findWantingExtension(db, id);
  if (wanting.length === 0) return;
  const { range, taken } = await findAutoExtensions(deps, tenantId);
  const free = freeExtensions(range, new Set([...taken, ...(await findAskedExtensions(db, id))]));
  const given: { line: number; extension: string }[] = [];
  const refused: Parameters<typeof refuseLines>[2][number][] = [];
  for (const { line, pin, pinChange } of wanting) {
    const extension = free.next().value;
    const weakness =
      extension !== undefined && pinChange === 'set' && pin
        ? pinWeakness(unsealCell(secret, pin), extension)
        : undefined;
    if (extension === undefined) refused.push({ line, why: saidWhy((words) => words.noFreeExtension(range)) });
    else if (weakness) refused.push({ line, why: saidWhy(weakPin(weakness)) });
    else given.push({ line, extension });
  }
  await giveExtensions(db, id, given);
  await refuseLines(db, id, refused);
}

async function refuseConflicts({ db, clock }: Deps, { id, tenantId }: ImportRun): Promise<void> {
  const of = { runId: id, tenantId };
  const now = clock.now();
  const periods = await findLivePeriods(db, tenantId, now);
  await markEntangled(
    db,
    of,
    periods.flatMap(({ number }) => number ?? []),
  );
  const out = peopleOf(periods);
  const users = await findConflictUsers(db, of, out);
  const lines = await findEntangled(db, of, users);
  if (lines.length === 0) return;

  const standing = new Set(lines.filter(({ stopped }) => !stopped));
  const absences = absencesByKey(periods, await usernamesOf(db, tenantId, out));
  const ordered = resolveConflicts(lines, { users, absences, now });
  await refuseLines(
    db,
    id,
    [...standing].flatMap(({ line, stopped }) => (stopped ? { line, why: saidWhy(stopped.why) } : [])),
  );
  await orderLines(
    db,
    id,
    ordered.map(({ draft, step }, place) => ({ line: draft.line, step, place: place + 1 })),
  );
}

function absencesByKey(
  periods: Awaited<ReturnType<typeof findLivePeriods>>,
  usernameOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly KnownAbsence[]> {
  const keyed = (id: string | null): string | null => {
    const username = id === null ? undefined : usernameOf.get(id);
    return username === undefined ? null : usernameKey(username);
  };
  const absences = new Map<string, KnownAbsence[]>();
  for (const { userId, backupId, ...period } of periods) {
    const key = keyed(userId) ?? '';
    absences.set(key, [...(absences.get(key) ?? []), { ...period, backupId: keyed(backupId) }]);
  }
  return absences;
}
