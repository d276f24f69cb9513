import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { DeadMailbox } from '../people/dead-mailbox.js';
import { LastAdmin } from '../people/last-admin.js';
import type { PersonValues } from '../people/person.js';
import { PersonInUse, removePeople } from '../people/remove-people.js';
import { stillHolds } from '../people/still-holds.js';
import { ValueTaken } from '../people/taken-values.js';
import { updatePeople } from '../people/update-people.js';
import { PersonChanged } from '../people/update-person.js';
import { findCircleAmong, lockGraph } from '../routing/load-rows.js';
import { LeaseLost } from '../tasks/lease.js';
import { findKnownUsers, valuesOf } from './bulk.store.js';
import { type FactColumn, factColumns, type UserFacts } from './columns.js';
import { type KnownUser, usernameKey } from './import-line.js';
import { findRevertible, type RevertibleLine, writeReverted } from './import-lines.store.js';
import { advanceRun, type ClaimedRun } from './import-runs.store.js';

/** Lines taken back in one change. */
const revertedAtOnce = 200;

/**
 * Takes back what a run did, the last lines first: people whom it changed have their values again, people whom it added
 * are gone. People whose values somebody changed since, or who are used by now, are left as they are. Rejects with
 * `LeaseLost` where the run is somebody else's by now. Idempotent.
 */
export async function revertRun(
  deps: Deps,
  actor: Actor,
  run: ClaimedRun,
  gotOn: (lines: number) => Promise<void>,
): Promise<void> {
  for (;;) {
    const lines = await findRevertible(deps.db, run.id, revertedAtOnce);
    if (lines.length === 0) return;
    try {
      await revertSet(deps, actor, run, lines);
    } catch (error) {
      if (!isKept(error)) throw error;
      await revertOneByOne(deps, actor, run, lines);
    }
    // The set itself told the run how far it is.
    await gotOn(0);
  }
}

async function revertOneByOne(deps: Deps, actor: Actor, run: ClaimedRun, lines: readonly RevertibleLine[]) {
  for (const line of lines) {
    try {
      await revertSet(deps, actor, run, [line]);
    } catch (error) {
      if (!isKept(error)) throw error;
      await writeReverted(deps.db, run.id, [line.line], 'kept');
      if (!(await advanceRun(deps.db, deps.clock, run, 1))) throw new LeaseLost();
    }
  }
}

/** It would undo more than the run: what somebody else did since. */
const isKept = (error: unknown): boolean =>
  [PersonInUse, PersonChanged, ValueTaken, LastAdmin, DeadMailbox, CircleAgain].some((kind) => error instanceof kind);

/** The old backups would go round in a circle by now. */
class CircleAgain extends Error {}

/** All of these lines in one change, or none; people who were changed since are left. */
async function revertSet(deps: Deps, actor: Actor, run: ClaimedRun, lines: readonly RevertibleLine[]): Promise<void> {
  const users = await findKnownUsers(
    deps.db,
    run.tenantId,
    lines.map(({ userId }) => userId),
  );
  const known = new Map(users.map((user) => [user.id, user]));
  const asWritten = lines.filter((line) => isAsWritten(line, known.get(line.userId)));
  await change(deps, actor, async (change) => {
    await lockGraph(change);
    const created = asWritten.filter(({ outcome }) => outcome === 'created');
    const gone =
      created.length === 0
        ? new Set()
        : await removePeople(
            change,
            created.map(({ userId, username, writtenAt }) => ({ id: userId, username, updatedAt: writtenAt })),
          );
    const updated = asWritten.filter(({ outcome }) => outcome === 'updated');
    await updatePeople(
      change,
      updated.flatMap((line) => {
        const user = known.get(line.userId);
        return user ? [{ person: knownPerson(user), values: line.before }] : [];
      }),
    );
    const moved = updated.filter(({ before }) => 'defaultBackupId' in before || 'did' in before);
    if (
      moved.length > 0 &&
      (await findCircleAmong(
        change,
        moved.map(({ userId }) => userId),
      ))
    )
      throw new CircleAgain();

    const restored = [...created.filter(({ userId }) => gone.has(userId)), ...updated].map(({ line }) => line);
    const left = lines.map(({ line }) => line).filter((line) => !restored.includes(line));
    await writeReverted(change.db, run.id, restored, 'restored');
    await writeReverted(change.db, run.id, left, 'kept');
    if (!(await advanceRun(change.db, deps.clock, run, lines.length))) throw new LeaseLost();
  });
}

/** A newcomer goes whole, and of a PIN only the hash is kept: such a row must not have been written since at all. */
function isAsWritten(line: RevertibleLine, user: KnownUser | undefined): boolean {
  if (!user) return false;
  if (line.outcome === 'created' || 'pinHash' in line.before)
    return user.updatedAt.getTime() === line.writtenAt.getTime();
  return stillHolds(comparable(user.facts, line.changed), comparable(line.facts, line.changed));
}

/** These columns of a person; a username means the same in capitals. */
const comparable = (facts: UserFacts, columns: readonly FactColumn[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    columns.map((column) => [
      column,
      column === 'default_backup' && facts.default_backup !== null ? usernameKey(facts.default_backup) : facts[column],
    ]),
  );

function knownPerson(user: KnownUser) {
  const { access, role, app_access: appAllowed, first_name: firstName, last_name: lastName } = user.facts;
  const values: Partial<PersonValues> = {
    ...valuesOf(user.facts, factColumns),
    ...{ defaultBackupId: user.defaultBackupId, pinHash: user.pinHash },
  };
  return { ...values, id: user.id, updatedAt: user.updatedAt, access, role, appAllowed, firstName, lastName };
}
