import { change } from '../../change.js';
import { installation, type PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId, VoicemailId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { namesOf } from '../../people/people.js';
import { findTenant } from '../retention/purge.store.js';
import { clearClaim, setClaim, setPromise, takeReminder } from './claim.store.js';
import { includes } from './mailbox-member.js';
import { openMessageToChange, retellReaders } from './message-access.js';
import { findReached, type ReachedMessage } from './message-access.store.js';

/*
 * A message of a shared mailbox has at most one holder: nobody → claimed → released, handed over or handled. The row is
 * held while it changes, so that of many who claim at once one is the holder and the others are told who.
 */

/** So long before a promised time its holder is reminded, or at half of what is left. */
const reminderMinutes = 10;

/**
 * The actor takes care of this message. Refuses (UserError) what is not theirs to handle (404, 403), and what somebody else
 * has (409, with the name). Idempotent.
 */
export function claimMessage(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { claimedById, handledAt } = await openMessageToChange(change, actor, id);
    if (claimedById === actor.userId) return;
    if (handledAt) throw new UserError((words) => words.claim.isHandled, 409);
    if (claimedById) {
      const name = (await namesOf(change.db, change.tenantId, [claimedById])).get(claimedById) ?? '';
      throw new UserError((words) => words.claim.isTaken(name), 409);
    }
    await setClaim(change, id, actor.userId);
    change.record({ event: 'voicemail.claimed', subjectId: id, after: { holder: actor.userId } });
    await retellReaders(change, id);
  });
}

/** Nobody has it any more. By its holder, or somebody who manages the mailbox (403 else). Idempotent. */
export function releaseMessage(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const message = await openMessageToChange(change, actor, id);
    if (!message.claimedById) return;
    mayDispose(message, actor);
    await clearClaim(change, id);
    change.record({ event: 'voicemail.released', subjectId: id, before: { holder: message.claimedById } });
    await retellReaders(change, id);
  });
}

/**
 * Somebody else has it now, and is told. By its holder, or somebody who manages the mailbox (403 else); of a message that
 * nobody has, by everybody who may handle it. False: `to` may not handle this message.
 */
export function handOver(deps: Deps, actor: PersonActor, id: VoicemailId, to: UserId): Promise<boolean> {
  return change(deps, actor, async (change) => {
    const { db, tenantId, now } = change;
    const message = await openMessageToChange(change, actor, id);
    if (message.claimedById) mayDispose(message, actor);
    const theirs = await findReached(db, { tenantId, userId: to, id, now });
    if (!theirs || !includes(theirs.reach, 'handle')) return false;
    if (message.claimedById === to) return true;
    await setClaim(change, id, to);
    change.record({
      event: 'voicemail.handed-over',
      subjectId: id,
      before: { holder: message.claimedById },
      after: { holder: to },
    });
    await raiseNoticeFor(change, { kind: 'voicemail.handed-over', subjectId: id, userId: to });
    await retellReaders(change, id);
    return true;
  });
}

/** The holder calls back by this time, and is reminded of it. Refuses (409) what the actor does not hold. */
export function promiseCall(deps: Deps, actor: PersonActor, id: VoicemailId, promisedAt: Date): Promise<void> {
  return change(deps, actor, async (change) => {
    const { claimedById } = await openMessageToChange(change, actor, id);
    if (claimedById !== actor.userId) throw new UserError((words) => words.claim.notYours, 409);
    const left = promisedAt.getTime() - change.now.getTime();
    const remindAt = new Date(promisedAt.getTime() - Math.min(reminderMinutes * 60_000, left / 2));
    await setPromise(change, id, { promisedAt, remindAt });
    change.record({ event: 'voicemail.promised', subjectId: id, after: { by: promisedAt.toISOString() } });
    change.enqueue({
      name: 'voicemail.remind',
      payload: { voicemailId: id },
      delaySeconds: Math.ceil((remindAt.getTime() - change.now.getTime()) / 1000),
    });
    await retellReaders(change, id);
  });
}

/** Reminds the holder of a promise; called by the task `voicemail.remind`. Idempotent; no-op before it is due. */
export async function remindOfPromise(deps: Deps, id: string): Promise<void> {
  const tenantId = await findTenant(deps.db, id);
  if (!tenantId) return;
  await change(deps, installation(tenantId, 'job'), async (change) => {
    const userId = await takeReminder(change, id);
    if (!userId) return;
    change.record({ event: 'voicemail.reminded', subjectId: id, after: { holder: userId } });
    await raiseNoticeFor(change, { kind: 'voicemail.call-due', subjectId: id, userId });
  });
}

function mayDispose({ claimedById, reach }: ReachedMessage, { userId }: PersonActor): void {
  if (claimedById === userId || includes(reach, 'manage')) return;
  throw new UserError((words) => words.claim.notYours, 403);
}
