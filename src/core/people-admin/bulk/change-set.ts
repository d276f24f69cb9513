import { type Change, change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import type { PersonValues } from '../../people/person.js';
import { stillHolds } from '../../people/still-holds.js';
import { updatePeople } from '../../people/update-people.js';
import { type KnownPerson, PersonChanged } from '../../people/update-person.js';
import { findCircleAmong, lockGraph } from '../../routing/load-rows.js';
import { noteSettings } from '../../settings/record-setting-origins.js';
import { graphKeys, judgeWish, savePerson, settingsIn } from '../save-person.js';
import { findFormTenant } from '../save-person.store.js';
import { backupIn, freeExtensionsFor, refusalOf } from './people-change.js';
import { type ChangeLine, type ClaimedChange, findValuesOf, writeLines } from './people-change.store.js';
import type { BulkValues } from './people-change.types.js';
import { allCells, cellsAt, wishCells } from './wish-cells.js';

/** What somebody is to get. */
export interface WantedChange {
  readonly userId: UserId;
  readonly values: BulkValues;
  /** A revert: the cells that the change wrote, which the person must still hold. */
  readonly written?: BulkValues;
}

/**
 * Changes these people in one transaction with their lines, and those who cannot be changed get a line that says why. Where
 * only the write tells that somebody is refused (a circle, the last admin, a value taken meanwhile), they are changed one by
 * one: the refusal of one keeps nobody else from it. Idempotent.
 */
export async function changeSet(
  deps: Deps,
  actor: PersonActor,
  claimed: ClaimedChange,
  set: readonly WantedChange[],
): Promise<void> {
  try {
    await change(deps, actor, (change) => changeTogether(change, actor, claimed, set));
  } catch (error) {
    if (!(error instanceof UserError || error instanceof PersonChanged || error instanceof CircleOfBackups))
      throw error;
    for (const wanted of set) await changeOne(deps, actor, claimed, wanted);
  }
}

class CircleOfBackups extends Error {}

async function changeTogether(
  change: Change,
  actor: PersonActor,
  claimed: ClaimedChange,
  set: readonly WantedChange[],
): Promise<void> {
  const { db, tenantId, now } = change;
  // First of all, like every change of the graph: a row locked before it could make two changes wait for each other.
  await lockGraph(change);
  const company = await findFormTenant(db, tenantId);
  const reads = { db, tenantId, now, ...(await freeExtensionsFor(db, company, now, claimed.values)) };
  const ids = set.map(({ userId }) => userId);
  const known = new Map((await findValuesOf(db, tenantId, ids)).map((person) => [person.id, person]));

  const lines: ChangeLine[] = [];
  const updates: { person: KnownPerson; values: Partial<PersonValues> }[] = [];
  for (const wanted of set) {
    const person = known.get(wanted.userId);
    if (!person) continue;
    const stopped = lineThatStops(actor, claimed, wanted, person);
    if (stopped) {
      lines.push(stopped);
      continue;
    }
    const judged = await judgeWish(reads, company, person, wishOf(wanted.values));
    if (judged.kind === 'refused') lines.push(refusedLine(claimed, person.id, judged.say));
    else if (Object.keys(judged.values).length === 0) lines.push({ userId: person.id, outcome: 'unchanged' });
    else {
      updates.push({ person, values: judged.values });
      lines.push(updatedLine(person.id, person, judged.values));
    }
  }
  await updatePeople(change, updates);
  const moved = updates.filter(({ values }) => graphKeys.some((key) => key in values)).map(({ person }) => person.id);
  if (moved.length > 0 && (await findCircleAmong(change, moved))) throw new CircleOfBackups();
  await noteSettings(
    change,
    updates.flatMap(({ person, values }) => settingsIn(person.id, values)),
  );
  await writeLines(db, claimed, lines);
}

/** The same for one person, who is locked meanwhile. */
async function changeOne(deps: Deps, actor: PersonActor, claimed: ClaimedChange, wanted: WantedChange): Promise<void> {
  const { userId } = wanted;
  const write = (line: ChangeLine) => writeLines(deps.db, claimed, [line]);
  try {
    const saved = await savePerson(deps, actor, userId, {
      ...wishOf(wanted.values),
      check: (person) => {
        const stopped = lineThatStops(actor, claimed, wanted, person);
        if (stopped) throw new Stopped(stopped);
      },
      note: async ({ db }, before, written) => {
        if (Object.keys(written).length > 0)
          await writeLines(db, claimed, [updatedLine(userId, before ?? {}, written)]);
      },
    });
    const [problem] = saved.kind === 'refused' ? saved.problems : [];
    // Where it was changed its line is there, and stands.
    await write(problem ? refusedLine(claimed, userId, problem.say) : { userId, outcome: 'unchanged' });
  } catch (error) {
    if (error instanceof Stopped) return write(error.line);
    if (!(error instanceof UserError)) throw error;
    await write(refusedLine(claimed, userId, error.say));
  }
}

class Stopped extends Error {
  constructor(readonly line: ChangeLine) {
    super('not to be changed');
  }
}

/** Why somebody is not to be changed, as their line says it. */
function lineThatStops(
  actor: PersonActor,
  claimed: ClaimedChange,
  { userId, values, written }: WantedChange,
  person: Partial<PersonValues>,
): ChangeLine | undefined {
  if (written && !stillHolds(allCells(person), written)) {
    const why = wordsIn(claimed.language).peopleChange.changedSince;
    return { userId, outcome: 'kept', why };
  }
  const refusal = refusalOf(actor, userId, values);
  return refusal && refusedLine(claimed, userId, refusal);
}

const refusedLine = ({ language }: ClaimedChange, userId: UserId, say: UserError['say']): ChangeLine => ({
  userId,
  outcome: 'refused',
  why: say(wordsIn(language)),
});

const updatedLine = (userId: UserId, before: Partial<PersonValues>, written: Partial<PersonValues>): ChangeLine => ({
  userId,
  outcome: 'updated',
  before: cellsAt(before, Object.keys(written)),
  after: cellsAt(written, Object.keys(written)),
});

const wishOf = (values: BulkValues) => ({
  cells: wishCells(values),
  ...(values.defaultBackup === undefined ? {} : { defaultBackupId: backupIn(values) }),
});
