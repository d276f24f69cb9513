import type { Change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { updateNoticesAbout } from '../../notices/notice.js';
import { includes, type MemberLevel } from './mailbox-member.js';
import { findReached, lockReached, type ReachedMessage } from './message-access.store.js';

/**
 * Inside a change: lock and return a message. An id from a platform proves nothing. Throws UserError unless the actor has
 * access to the message (404) with the level `needed` (403).
 */
export async function lockMessage(
  change: Change,
  actor: PersonActor,
  id: VoicemailId,
  needed: MemberLevel = 'handle',
): Promise<ReachedMessage> {
  return allowed(await lockReached(change, actor.userId, id), needed);
}

/** The same for a message that is not deleted (404 if it is). */
export async function lockOpenMessage(
  change: Change,
  actor: PersonActor,
  id: VoicemailId,
  needed: MemberLevel = 'handle',
): Promise<ReachedMessage> {
  const message = await lockMessage(change, actor, id, needed);
  if (message.deletedAt) throw gone();
  return message;
}

/** Throw UserError unless the actor has access to the message (404) with the level `needed` (403), and it is not deleted (404). */
export async function requireMessage(
  { db, clock }: Deps,
  actor: PersonActor,
  id: VoicemailId,
  needed: MemberLevel = 'listen',
): Promise<ReachedMessage> {
  const { tenantId, userId } = actor;
  const message = allowed(await findReached(db, { tenantId, userId, id, now: clock.now() }), needed);
  if (message.deletedAt) throw gone();
  return message;
}

/** Inside a change: update the cards of these messages wherever somebody has them. */
export const updateReaderCards = (change: Change, ...ids: readonly string[]): Promise<void> =>
  updateNoticesAbout(change, 'voicemail.arrived', ids);

function allowed(message: ReachedMessage | undefined, needed: MemberLevel): ReachedMessage {
  if (!message) throw new UserError((words) => words.voicemail.notYours, 404);
  if (!includes(message.reach, needed)) throw new UserError((words) => words.voicemail.onlyListen, 403);
  return message;
}

const gone = () => new UserError((words) => words.voicemail.gone, 404);
