import { change } from '../../change.js';
import { installationActor, type PersonActor } from '../../chat/actor.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId } from '../../ids.js';
import { updateNoticeFor } from '../../notices/notice.js';
import { filterContext } from '../people-list.js';
import { findIdsAfter } from '../people-list.store.js';
import { savePerson } from '../save-person.js';
import { backupIn, refusalOf } from './people-change.js';
import {
  type ClaimedChange,
  claimChange,
  endChange,
  findReplaced,
  gotTo,
  leaveChange,
  mayStillChange,
  writeLine,
} from './people-change.store.js';
import type { BulkValues } from './people-change.types.js';
import { replacedCells, wishCells } from './wish-cells.js';

/** People between two steps of the progress that the admin sees. */
const batchSize = 100;
/** Failed attempts since the last progress, after which it is given up. */
const mostAttempts = 6;

/** Somebody else is at work on this by now. */
class ClaimLost extends Error {}

/**
 * Makes a change of many, person by person in the order of their ids, each in a transaction of its own with its line: called by
 * the task `people.change`. Idempotent: it is claimed first, and goes on where it was. What fails is tried again later.
 */
export async function makePeopleChange(deps: Deps, changeId: string): Promise<void> {
  const claimed = await claimChange(deps.db, deps.clock, changeId);
  if (!claimed) return;
  try {
    if (claimed.attempts > mostAttempts || !(await makeAll(deps, claimed))) await end(deps, claimed, 'failed');
    else await end(deps, claimed, 'done');
  } catch (error) {
    if (error instanceof ClaimLost) return;
    await leaveChange(deps.db, deps.clock, claimed, 2 ** claimed.attempts * 10);
    deps.log.warn({ error, changeId, attempts: claimed.attempts }, 'people not changed');
  }
}

/** False: the admin who asked for it may do so no longer, and the rest is left as it is. */
async function makeAll(deps: Deps, claimed: ClaimedChange): Promise<boolean> {
  let after = claimed.reachedId;
  for (;;) {
    if (!(await mayStillChange(deps.db, claimed))) return false;
    const batch = await nextBatch(deps, claimed, after);
    const last = batch.at(-1);
    if (!last) return true;
    for (const { userId, values } of batch) await changeOne(deps, claimed, userId, values);
    after = last.userId;
    if (!(await gotTo(deps.db, deps.clock, claimed, after))) throw new ClaimLost();
    await showProgress(deps, claimed);
  }
}

interface Wanted {
  readonly userId: UserId;
  readonly values: BulkValues;
}

async function nextBatch(deps: Deps, claimed: ClaimedChange, after: UserId | null): Promise<readonly Wanted[]> {
  const { tenantId, filter, values, revertsId } = claimed;
  if (revertsId !== null) {
    const replaced = await findReplaced(deps.db, revertsId, { after, most: batchSize });
    return replaced.map(({ userId, before }) => ({ userId, values: before }));
  }
  const ids = await findIdsAfter(deps.db, filter, await filterContext(deps, tenantId, filter), {
    after,
    most: batchSize,
  });
  return ids.map((userId) => ({ userId, values }));
}

async function changeOne(deps: Deps, claimed: ClaimedChange, userId: UserId, values: BulkValues): Promise<void> {
  const { id: changeId, tenantId, byUserId, via, language } = claimed;
  const words = wordsIn(language);
  const actor: PersonActor = { kind: 'self', tenantId, userId: byUserId, role: 'admin', via };
  const refusal = refusalOf(actor, userId, values);
  const refuse = (say: UserError['say']) =>
    writeLine(deps.db, tenantId, { changeId, userId, outcome: 'refused', why: say(words) });
  if (refusal) return refuse(refusal);
  try {
    const saved = await savePerson(deps, actor, userId, {
      cells: wishCells(values),
      ...(values.defaultBackup === undefined ? {} : { defaultBackupId: backupIn(values) }),
      note: async ({ db }, before, written) => {
        if (Object.keys(written).length === 0) return;
        const replaced = replacedCells(before ?? {}, written);
        await writeLine(db, tenantId, { changeId, userId, outcome: 'updated', before: replaced });
      },
    });
    const [problem] = saved.kind === 'refused' ? saved.problems : [];
    if (problem) return await refuse(problem.say);
    // Where it was changed its line is there, and stands.
    await writeLine(deps.db, tenantId, { changeId, userId, outcome: 'unchanged' });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await refuse(error.say);
  }
}

const showProgress = (deps: Deps, { id, tenantId, byUserId }: ClaimedChange): Promise<void> =>
  change(deps, installationActor(tenantId, 'job'), (change) =>
    updateNoticeFor(change, { kind: 'people.changed', subjectId: id, userId: byUserId }),
  );

async function end(deps: Deps, claimed: ClaimedChange, status: 'done' | 'failed'): Promise<void> {
  const { id, tenantId, byUserId } = claimed;
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    if (!(await endChange(change.db, claimed, status, change.now))) return;
    change.record({ event: 'people.change-ended', subjectId: id, after: { status } });
    await updateNoticeFor(change, { kind: 'people.changed', subjectId: id, userId: byUserId });
  });
}
