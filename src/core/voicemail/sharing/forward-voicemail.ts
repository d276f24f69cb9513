import { randomUUID } from 'node:crypto';
import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type TenantId, type UserId, type VoicemailId } from '../../ids.js';
import { hasAccess } from '../../people/person.js';
import { removeUnnamed } from '../../recordings/recording-sweep.js';
import { dropAudio } from '../arrival/keep-audio.js';
import { lockOpenMessage, updateReaderCards } from '../mailbox/message-access.js';
import { tellReaders } from '../mailbox/tell-readers.js';
import {
  type FoundForward,
  failForward,
  findForward,
  findForwardTo,
  findRecipient,
  insertCopy,
  insertForward,
  releaseNote,
  settleForward,
} from './forward-voicemail.store.js';
import { joinNote, type TimedAudio } from './spoken-note.js';

/** The most characters in the note of a forward. */
export const longestNote = 500;

/** The result of a request to forward: queued, or why the recipient cannot get it. */
export type ForwardAnswer =
  | { readonly kind: 'asked' }
  | { readonly kind: 'not-to'; readonly why: 'oneself' | 'unknown' | 'no-access' | 'had-it' };

/**
 * Request a copy of a message in a colleague's mailbox; the task `voicemail.forward` makes it. Idempotent: a repeated
 * request makes one copy; one with another note makes no second copy either, and the requester is told. Throws UserError
 * if forwarding is disabled (403), unless the requester may handle the message (404, 403), or if it is deleted (404). A spoken
 * note belongs to the forward once it was asked for; until then whoever stored it drops it.
 */
export async function requestForward(
  deps: Deps,
  requester: Requester,
  wish: {
    readonly id: VoicemailId;
    readonly recipient: UserId;
    readonly note: string;
    /** Played before the message, which must be one that takes it (`takesNote`). */
    readonly spokenNote?: TimedAudio | undefined;
  },
): Promise<ForwardAnswer> {
  requireForwarding(requester);
  if (wish.recipient === requester.user.id) return { kind: 'not-to', why: 'oneself' };
  const recipient = await findRecipient(deps.db, requester.tenant.id, wish.recipient);
  if (!recipient) return { kind: 'not-to', why: 'unknown' };
  if (!hasAccess(recipient)) return { kind: 'not-to', why: 'no-access' };

  return change(deps, requester.actor, async (change): Promise<ForwardAnswer> => {
    // The lock serialises two clicks, so that the second sees the first.
    const { hasAudio, ownerId } = await lockOpenMessage(change, requester.actor, wish.id);
    if (!hasAudio) throw new UserError((words) => words.voicemail.gone, 404);
    if (wish.recipient === ownerId) return { kind: 'not-to', why: 'had-it' };
    const before = await findForwardTo(change, wish.id, wish.recipient);
    if (before) {
      const isSameSpoken = wish.spokenNote ? before.noteKey === wish.spokenNote.storageKey : !before.hasSpokenNote;
      const isSame = before.note === wish.note && isSameSpoken;
      return isSame ? { kind: 'asked' } : { kind: 'not-to', why: 'had-it' };
    }
    const forwardId = randomUUID();
    await insertForward(change, requester.actor, {
      ...{ id: forwardId, voicemailId: wish.id, toUserId: wish.recipient },
      ...{ note: wish.note, spokenNote: wish.spokenNote },
    });
    change.record({
      event: 'voicemail.forward-asked',
      subjectId: wish.id,
      after: { to: wish.recipient, withNote: wish.note !== '' || wish.spokenNote !== undefined },
    });
    change.enqueue({ name: 'voicemail.forward', payload: { forwardId } });
    await updateReaderCards(change, wish.id);
    return { kind: 'asked' };
  });
}

/** Return whether the company's and the user's own gate are open. */
export const isForwardingAllowed = ({ user }: Requester): boolean => user.forwardingClosedBy === undefined;

/** Throw UserError (403) if the company's or the user's own gate is closed, saying which. */
export function requireForwarding(requester: Requester): void {
  const { forwardingClosedBy } = requester.user;
  if (forwardingClosedBy === 'company') throw new UserError((words) => words.voicemail.forwardingOffForAll, 403);
  if (forwardingClosedBy === 'own') throw new UserError((words) => words.voicemail.forwardingOffForYou, 403);
}

/**
 * Copy a message into the recipient's mailbox, after its spoken note if there is one; called by the task
 * `voicemail.forward`. Idempotent: the forward changes from `waiting` to `done` in the transaction that makes the copy.
 */
export async function forwardVoicemail(deps: Deps, forwardId: string): Promise<void> {
  const forward = await findForward(deps.db, forwardId);
  if (forward?.status !== 'waiting') return;
  const tenantId = asId<TenantId>(forward.tenantId);
  const { spoken } = forward;
  const joined = spoken && forward.possible ? await joinNote(deps, tenantId, spoken) : undefined;
  const isPossible = forward.possible && (!spoken || joined !== undefined);
  let made: { readonly isCopied: boolean; readonly noteKey: string | undefined };
  try {
    made = await copyMessage(deps, { ...forward, id: forwardId, tenantId }, isPossible, joined);
  } catch (error) {
    if (joined) await dropAudio(deps, joined, error);
    throw error;
  }
  if (joined && !made.isCopied) await dropAudio(deps, joined);
  if (made.noteKey !== undefined) await removeNote(deps, made.noteKey);
}

/** `isCopied`: the recipient has the copy now. `noteKey`: the audio of the note, which no row names any more. */
async function copyMessage(
  deps: Deps,
  forward: FoundForward & { readonly id: string; readonly tenantId: TenantId },
  isPossible: boolean,
  joined: TimedAudio | undefined,
): Promise<{ readonly isCopied: boolean; readonly noteKey: string | undefined }> {
  const { id: forwardId, voicemailId, byUserId, toUserId } = forward;
  return change(deps, installationActor(forward.tenantId, 'job'), async (change) => {
    const copyId = randomUUID();
    // Another worker was first.
    if (!(await settleForward(change, forwardId))) return { isCopied: false, noteKey: undefined };
    const isCopied = isPossible && (await insertCopy(change, { copyId, forwardId, joined }));
    if (isCopied) {
      const after = { copy: copyId, from: byUserId, to: toUserId };
      change.record({ event: 'voicemail.forwarded', subjectId: voicemailId, after });
      await tellReaders(change, { id: copyId, ownerId: asId<UserId>(toUserId) });
    } else {
      await failForward(change, forwardId);
      const after = { from: byUserId, to: toUserId };
      change.record({ event: 'voicemail.forward-failed', subjectId: voicemailId, after });
    }
    await updateReaderCards(change, voicemailId);
    return { isCopied, noteKey: await releaseNote(change, forwardId) };
  });
}

/** Remove a note's own audio, after the commit. A crash leaves an orphaned file, which the sweep removes. */
async function removeNote(deps: Deps, storageKey: string): Promise<void> {
  await removeUnnamed(deps, storageKey).catch((error) =>
    deps.log.warn({ error, storageKey }, 'recording of a spoken note not removed'),
  );
}
