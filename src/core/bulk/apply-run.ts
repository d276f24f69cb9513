import { randomUUID } from 'node:crypto';
import { type Change, change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import { concurrencyLimit } from '../concurrency-limit.js';
import type { Deps } from '../deps.js';
import { asId, type UserId } from '../ids.js';
import { addPeople } from '../people/add-people.js';
import { DeadMailbox } from '../people/dead-mailbox.js';
import { LastAdmin } from '../people/last-admin.js';
import type { PersonValues } from '../people/person.js';
import { hashPin, randomPin } from '../people/pin.js';
import { ValueTaken } from '../people/taken-values.js';
import { updatePeople } from '../people/update-people.js';
import { PersonChanged } from '../people/update-person.js';
import { findCircleAmong, lockGraph } from '../routing/load-rows.js';
import { noteSettings } from '../settings/record-setting-origins.js';
import { LeaseLost } from '../tasks/lease.js';
import { findKnownUsers, findTakenColumn, idsByKey, settingsAmong, valuesOf } from './bulk.store.js';
import type { RefusalText } from './columns.js';
import { factColumns } from './columns.js';
import { endsOwnRights, type KnownUser, usernameKey } from './import-line.js';
import {
  type ApplicableLine,
  type AppliedLine,
  findApplicable,
  refuseLines,
  writeApplied,
} from './import-lines.store.js';
import { advanceRun, type ClaimedRun } from './import-runs.store.js';
import { saidWhy } from './judge-single-line.js';
import { unsealCell } from './seal-cell.js';

/** Lines applied in one change. Its audit lines hold the end of the company's chain until it commits. */
const appliedAtOnce = 200;
/** PINs hashed at once: a processor each. */
const hashedAtOnce = 4;

/**
 * Applies the lines of a run that are not applied yet, set by set, each set in one change. Where a set is refused, because
 * somebody changed something since the lines were judged, its lines are applied one by one: one bad line blocks no good
 * one. Rejects with `LeaseLost` where the run is somebody else's by now. Idempotent.
 */
export async function applyRun(
  deps: Deps,
  actor: Actor,
  run: ClaimedRun,
  gotOn: (lines: number) => Promise<void>,
): Promise<void> {
  for (;;) {
    const lines = await findApplicable(deps.db, run.id, appliedAtOnce);
    if (lines.length === 0) return;
    const refusal = await applySet(deps, actor, run, lines).then(
      () => undefined,
      (error: unknown) => whyRefused(error) ?? Promise.reject(error),
    );
    if (refusal) await applyOneByOne(deps, actor, run, lines, refusal);
    // The set itself told the run how far it is.
    await gotOn(0);
  }
}

async function applyOneByOne(
  deps: Deps,
  actor: Actor,
  run: ClaimedRun,
  lines: readonly ApplicableLine[],
  known: RefusalText,
): Promise<void> {
  for (const line of lines) {
    try {
      if (lines.length === 1) throw new KnownRefusal(known);
      await applySet(deps, actor, run, [line]);
    } catch (error) {
      const why = error instanceof KnownRefusal ? error.why : whyRefused(error);
      if (!why) throw error;
      const taken = [LastAdmin, CircleOfBackups, DeadMailbox, OwnRights].some((kind) => error instanceof kind)
        ? undefined
        : await takenIn(deps, line, run);
      await refuseLines(deps.db, run.id, [{ line: line.line, why: saidWhy(taken ?? why) }]);
      if (!(await advanceRun(deps.db, deps.clock, run, 1))) throw new LeaseLost();
    }
  }
}

class KnownRefusal extends Error {
  constructor(readonly why: RefusalText) {
    super('refused as the only line of its set');
  }
}

/** Why people could not be written; undefined: for a reason that is none of theirs. */
function whyRefused(error: unknown): RefusalText | undefined {
  if (error instanceof OwnRights) return (words) => words.ownRights;
  if (error instanceof LastAdmin) return (words) => words.lastAdmin(error.person);
  if (error instanceof DeadMailbox) return (words) => words.deadMailbox(error.person);
  if (error instanceof CircleOfBackups) return (words) => words.circle(error.names);
  if (error instanceof ValueTaken && error.why === 'resting') return (words) => words.resting(error.value);
  if (error instanceof PersonChanged || error instanceof ValueTaken) return (words) => words.changedMeanwhile;
  return undefined;
}

/** Somebody has by now what the line wanted. */
async function takenIn(
  { db }: Deps,
  { facts, userId }: ApplicableLine,
  { tenantId }: ClaimedRun,
): Promise<RefusalText | undefined> {
  const taken = await findTakenColumn(db, tenantId, facts, userId);
  if (taken === undefined) return undefined;
  const { column, holder } = taken;
  return (words) => (holder === undefined ? words.takenElsewhere(column) : words.taken(column, holder));
}

/** The one who applies the file would lose the right to. */
class OwnRights extends Error {}

/** All of these lines in one change, or none. */
async function applySet(deps: Deps, actor: Actor, run: ClaimedRun, lines: readonly ApplicableLine[]): Promise<void> {
  // Judged by this, too; but another admin may be the one who applies it.
  if (lines.some(({ userId: id, facts }) => endsOwnRights(run.userId, { id, facts }))) throw new OwnRights();
  const hashes = await hashesOf(deps, lines);
  const updated = lines.filter(({ outcome }) => outcome === 'updated');
  const known = new Map(
    (await findKnownUsers(deps.db, run.tenantId, idsOf(updated))).map((user) => [user.id, user] as const),
  );
  await change(deps, actor, async (change) => {
    // First of all, like every change of the graph: a row locked before it could make two changes wait for each other.
    const inGraph = lines.some(changesGraph);
    if (inGraph) await lockGraph(change);
    const created = lines.filter(({ outcome }) => outcome === 'created');
    const applied = [...(await create(change, created, hashes)), ...(await update(change, updated, known, hashes))];
    const moved = new Set(lines.filter(changesGraph).map(({ line }) => line));
    const circle = inGraph
      ? await findCircleAmong(
          change,
          applied.flatMap(({ line, userId }) => (moved.has(line) ? [userId] : [])),
        )
      : undefined;
    if (circle) throw new CircleOfBackups(circle);
    await writeApplied(change, run.id, applied);
    if (!(await advanceRun(change.db, deps.clock, run, lines.length))) throw new LeaseLost();
  });
}

type Hashes = ReadonlyMap<number, string | null>;

async function create(
  change: Change,
  lines: readonly ApplicableLine[],
  hashes: Hashes,
): Promise<readonly AppliedLine[]> {
  if (lines.length === 0) return [];
  const ids = new Map(lines.map(({ username }) => [usernameKey(username), asId<UserId>(randomUUID())]));
  const backups = new Map([...(await backupsOf(change, lines)), ...ids]);
  const people = lines.map(({ line, username, facts }) => ({
    ...valuesOf(facts, factColumns),
    ...{ username, email: facts.email, firstName: facts.first_name, lastName: facts.last_name },
    id: ids.get(usernameKey(username)) ?? asId<UserId>(randomUUID()),
    defaultBackupId: backupIn(backups, facts.default_backup),
    pinHash: hashes.get(line) ?? null,
  }));
  const added = await addPeople(change, people);
  if (added.size < lines.length) throw new PersonChanged();
  const noted = lines.flatMap(({ username, changed }) => settingsAmong(added.get(username) ?? '', changed));
  await noteSettings(change, noted);
  return lines.flatMap(({ line, username }) => {
    const userId = added.get(username);
    return userId === undefined ? [] : [{ line, userId, before: {}, writtenAt: change.now }];
  });
}

async function update(
  change: Change,
  lines: readonly ApplicableLine[],
  known: ReadonlyMap<UserId, KnownUser>,
  hashes: Hashes,
): Promise<readonly AppliedLine[]> {
  if (lines.length === 0) return [];
  const backups = await backupsOf(change, lines);
  await noteSettings(
    change,
    lines.flatMap(({ userId, changed }) => settingsAmong(userId ?? '', changed)),
  );
  const planned = lines.map((line) => updateOf(line, known, backups, hashes));
  const written = await updatePeople(change, planned);
  return planned.map(({ line, person, before }) => ({
    line,
    userId: person.id,
    before,
    writtenAt: written.get(person.id) ?? person.updatedAt,
  }));
}

/** The person as the line was judged by, and what it changes; rejects with `PersonChanged` where that is no longer so. */
function updateOf(
  { line, userId, facts, changed, knownAt }: ApplicableLine,
  known: ReadonlyMap<UserId, KnownUser>,
  backups: ReadonlyMap<string, UserId>,
  hashes: Hashes,
) {
  const user = userId === null ? undefined : known.get(userId);
  if (!user || user.updatedAt.getTime() !== knownAt?.getTime()) throw new PersonChanged();
  const hash = hashes.get(line);
  const values: Partial<PersonValues> = {
    ...valuesOf(facts, changed),
    ...(changed.includes('default_backup') ? { defaultBackupId: backupIn(backups, facts.default_backup) } : {}),
    ...(hash === undefined ? {} : { pinHash: hash }),
  };
  const { access, role, app_access: appAllowed, first_name: firstName, last_name: lastName } = user.facts;
  const all: Partial<PersonValues> = {
    ...valuesOf(user.facts, factColumns),
    ...{ defaultBackupId: user.defaultBackupId, pinHash: user.pinHash },
  };
  const before = Object.fromEntries(Object.keys(values).map((key) => [key, all[key as keyof PersonValues] ?? null]));
  const person = { ...all, id: user.id, updatedAt: user.updatedAt, access, role, appAllowed, firstName, lastName };
  return { line, person, values, before };
}

/** Backups that are there already, by `usernameKey(username)`. */
const backupsOf = ({ db, tenantId }: Change, lines: readonly ApplicableLine[]): Promise<ReadonlyMap<string, UserId>> =>
  idsByKey(db, tenantId, [...new Set(lines.flatMap(({ facts }) => facts.default_backup ?? []).map(usernameKey))]);

function backupIn(backups: ReadonlyMap<string, UserId>, username: string | null): UserId | null {
  if (username === null) return null;
  const id = backups.get(usernameKey(username));
  if (id === undefined) throw new PersonChanged();
  return id;
}

/** A DID counts too: calls that somebody sends to this number go to its person from then on. */
const changesGraph = ({ facts, changed }: ApplicableLine): boolean =>
  changed.includes('did') || (changed.includes('default_backup') && facts.default_backup !== null);

/** Somebody saved, since the lines were judged, what closes a circle of backups with one of them. */
class CircleOfBackups extends Error {
  constructor(readonly names: readonly string[]) {
    super('backups would go round in a circle');
  }
}

const idsOf = (lines: readonly ApplicableLine[]): readonly UserId[] => lines.flatMap(({ userId }) => userId ?? []);

/** By line: the PIN's hash, or null where there is to be none. */
async function hashesOf({ secret }: Deps, lines: readonly ApplicableLine[]): Promise<Hashes> {
  const withPin = lines.filter(({ pinChange }) => pinChange !== null);
  const limited = concurrencyLimit(hashedAtOnce);
  const hashes = withPin.map(async ({ line, pin, pinChange, facts }) => {
    if (pinChange === 'clear') return [line, null] as const;
    const typed = pinChange === 'set' && pin !== null ? unsealCell(secret, pin) : randomPin(facts.extension);
    return [line, await limited(() => hashPin(typed))] as const;
  });
  return new Map(await Promise.all(hashes));
}
