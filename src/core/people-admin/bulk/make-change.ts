import { change } from '../../change.js';
import { installationActor, type PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { updateNoticeFor } from '../../notices/notice.js';
import { filterContext } from '../people-list.js';
import { findIdsAfter } from '../people-list.store.js';
import { changeSet, type WantedChange } from './change-set.js';
import {
  type ClaimedChange,
  claimChange,
  endChange,
  findReplaced,
  gotTo,
  leaveChange,
  mayStillChange,
} from './people-change.store.js';

/** People of one set, and between two steps of the progress that the admin sees. */
const setSize = 100;
/** Failed attempts since the last progress, after which it is given up. */
const mostAttempts = 6;

/** Somebody else is at work on this by now. */
class ClaimLost extends Error {}

/**
 * Makes a change of many, set by set in the order of ids, each in one transaction with its lines: called by the task
 * `people.change`. Idempotent: it is claimed first, and goes on where it was. What fails is tried again later.
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
  const { tenantId, byUserId: userId, via } = claimed;
  const actor: PersonActor = { kind: 'self', tenantId, userId, role: 'admin', via };
  let after = claimed.reachedId;
  for (;;) {
    if (!(await mayStillChange(deps.db, claimed))) return false;
    const set = await nextSet(deps, claimed, after);
    const last = set.at(-1);
    if (!last) return true;
    await changeSet(deps, actor, claimed, set);
    after = last.userId;
    if (!(await gotTo(deps.db, deps.clock, claimed, after))) throw new ClaimLost();
    await showProgress(deps, claimed);
  }
}

async function nextSet(deps: Deps, claimed: ClaimedChange, after: UserId | null): Promise<readonly WantedChange[]> {
  const { tenantId, filter, values, revertsId } = claimed;
  if (revertsId !== null) {
    const replaced = await findReplaced(deps.db, revertsId, { after, most: setSize });
    return replaced.map(({ userId, before, after }) => ({ userId, values: before, written: after ?? {} }));
  }
  const ids = await findIdsAfter(deps.db, filter, await filterContext(deps, tenantId, filter), {
    after,
    most: setSize,
  });
  return ids.map((userId) => ({ userId, values }));
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
