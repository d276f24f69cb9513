import type { Change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { VoicemailId } from '../../ids.js';
import { retellEverybody } from '../../notices/notice.js';
import { includes, type MemberLevel } from './mailbox-member.js';
import { findReached, lockReached, type ReachedMessage } from './message-access.store.js';

/**
 * Inside a change: the message, held, for an actor who may do what asks for `needed`. An id comes back from a platform and
 * proves nothing. Refuses (UserError) what the actor does not reach (404), or may only listen to (403).
 */
export async function messageToChange(
  change: Change,
  actor: PersonActor,
  id: VoicemailId,
  needed: MemberLevel = 'handle',
): Promise<ReachedMessage> {
  return allowed(await lockReached(change, actor.userId, id), needed);
}

/** The same of a message that is not deleted (404 where it is). */
export async function openMessageToChange(
  change: Change,
  actor: PersonActor,
  id: VoicemailId,
  needed: MemberLevel = 'handle',
): Promise<ReachedMessage> {
  const message = await messageToChange(change, actor, id, needed);
  if (message.deletedAt) throw gone();
  return message;
}

/** Refuses (UserError) unless the actor may do what asks for `needed` with the message (404, 403), and it is not deleted (404). */
export async function mustBeThere(
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

/** Inside a change: wherever somebody has this message's card, it must be shown anew. */
export const retellReaders = (change: Change, id: string): Promise<void> =>
  retellEverybody(change, { kind: 'voicemail.arrived', subjectId: id });

function allowed(message: ReachedMessage | undefined, needed: MemberLevel): ReachedMessage {
  if (!message) throw new UserError((words) => words.voicemail.notYours, 404);
  if (!includes(message.reach, needed)) throw new UserError((words) => words.voicemail.onlyListen, 403);
  return message;
}

const gone = () => new UserError((words) => words.voicemail.gone, 404);
