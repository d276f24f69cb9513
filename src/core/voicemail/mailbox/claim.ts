import { type Change, change } from '../../change.js';
import { installationActor, type PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { UserId, VoicemailId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { namesOf } from '../../people/index.js';
import { findTenant } from '../retention/purge-voicemail.store.js';
import { clearClaim, setClaim, setPromise, takeReminder } from './claim.store.js';
import { includes } from './mailbox-member.js';
import { lockOpenMessage, updateReaderCards } from './message-access.js';
import { findReached, type ReachedMessage } from './message-access.store.js';

/*
 * States of a message of a shared mailbox: unclaimed → claimed → unclaimed (released) or claimed by another (handed over).
 * Invariant: at most one holder. The row is locked while it changes, so that one of several concurrent claims wins and the
 * others are told the holder's name.
 */

/** The holder is reminded this long before the promised time, or after half of the time that is left. */
const reminderMinutes = 10;

/**
 * Claim a message for the actor. Throws UserError unless the actor may handle it (404, 403), and if it is handled or
 * claimed by somebody else (409, with the name). Idempotent.
 */
export function claimMessage(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const { claimedById, handledAt } = await lockOpenMessage(change, actor, id);
    if (claimedById === actor.userId) return;
    if (handledAt) throw new UserError((words) => words.claim.isHandled, 409);
    if (claimedById && (await mayStillHandle(change, claimedById, id))) {
      const name = (await namesOf(change.db, change.tenantId, [claimedById])).get(claimedById) ?? '';
      throw new UserError((words) => words.claim.isTaken(name), 409);
    }
    await setClaim(change, id, actor.userId);
    change.record({ event: 'voicemail.claimed', subjectId: id, after: { holder: actor.userId } });
    await updateReaderCards(change, id);
  });
}

/** A holder who lost access, or whose membership ended, holds nothing any more: others need not wait for a manager. */
async function mayStillHandle({ db, tenantId, now }: Change, userId: UserId, id: VoicemailId): Promise<boolean> {
  const message = await findReached(db, { tenantId, userId, id, now });
  return message !== undefined && includes(message.reach, 'handle');
}

/** Release a claim. Throws UserError (403) unless the actor is the holder or manages the mailbox. Idempotent. */
export function releaseMessage(deps: Deps, actor: PersonActor, id: VoicemailId): Promise<void> {
  return change(deps, actor, async (change) => {
    const message = await lockOpenMessage(change, actor, id);
    if (!message.claimedById) return;
    mayDispose(message, actor);
    await clearClaim(change, id);
    change.record({ event: 'voicemail.released', subjectId: id, before: { holder: message.claimedById } });
    await updateReaderCards(change, id);
  });
}

/**
 * Make `to` the holder of a message and tell them. Throws UserError (403) if the message is claimed and the actor is
 * neither the holder nor manages the mailbox. False: `to` may not handle this message.
 */
export function handOver(deps: Deps, actor: PersonActor, id: VoicemailId, to: UserId): Promise<boolean> {
  return change(deps, actor, async (change) => {
    const { db, tenantId, now } = change;
    const message = await lockOpenMessage(change, actor, id);
    if (message.claimedById) mayDispose(message, actor);
    const theirs = await findReached(db, { tenantId, userId: to, id, now });
    if (!theirs || !includes(theirs.reach, 'handle')) return false;
    if (message.claimedById === to) return true;
    await setClaim(change, id, to);
    change.record({
      event: 'voicemail.claim-handed-over',
      subjectId: id,
      before: { holder: message.claimedById },
      after: { holder: to },
    });
    await raiseNoticeFor(change, { kind: 'voicemail.handed-over', subjectId: id, userId: to });
    await updateReaderCards(change, id);
    return true;
  });
}

/** Note the time by which the holder calls back, and schedule a reminder. Throws UserError (409) unless the actor is the holder. */
export function promiseCall(deps: Deps, actor: PersonActor, id: VoicemailId, promisedAt: Date): Promise<void> {
  return change(deps, actor, async (change) => {
    const { claimedById } = await lockOpenMessage(change, actor, id);
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
    await updateReaderCards(change, id);
  });
}

/** Remind the holder of the promised time; called by the task `voicemail.remind`. Idempotent; no-op before it is due. */
export async function remindOfPromise(deps: Deps, id: string): Promise<void> {
  const tenantId = await findTenant(deps.db, id);
  if (!tenantId) return;
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
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
