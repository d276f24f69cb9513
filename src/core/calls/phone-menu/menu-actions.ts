import type { Requester } from '../../chat/requester.js';
import { spokenMoment } from '../../chat/spoken-moment.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import {
  endRunningPeriod,
  findDefaultBackup,
  requireOutOfOffice,
  setOutOfOffice,
} from '../../out-of-office/out-of-office.js';
import { choosePin, whyPinRefused } from '../../people/choose-pin.js';
import { displayNameOf, takesCalls } from '../../people/person.js';
import { hashPin, isPin } from '../../people/pin.js';
import { absencesOf } from '../../routing/absence.js';
import { greetingsOf, keptGreeting, removeGreeting, saveKeptGreeting } from '../../voicemail/greetings/greetings.js';
import { countBoxParts, listBoxPart, readBoxMessage } from '../../voicemail/mailbox/box-parts.js';
import { requireBox, sharedBoxes } from '../../voicemail/mailbox/shared-boxes.js';
import { deleteVoicemail, markHandled, undoDelete } from '../../voicemail/mailbox/voicemail-state.js';
import { requestEmailToSelf } from '../../voicemail/sharing/email-to-self.js';
import { requestForward, requireForwarding } from '../../voicemail/sharing/forward-voicemail.js';
import { calleesByKeys } from '../dialogue/listening/callee-candidates.js';
import type { ActionResult, HeardAbsence, HeardMessage, MenuAction, Recipient } from './menu-state.js';
import { spokenLength, spokenNumber, spokenWhen } from './spoken-values.js';

/** An action of somebody who is signed in. */
export type OwnAction = Exclude<MenuAction, { do: 'sign-in' }>;

/** Do what the menu says, as this person. A refusal is a result, in their language; anything else rejects. */
export async function perform(deps: Deps, requester: Requester, action: OwnAction): Promise<ActionResult> {
  try {
    return await resultOf(deps, requester, action);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'refused', why: error.say(wordsIn(requester.reader.locale)) };
  }
}

async function resultOf(deps: Deps, requester: Requester, action: OwnAction): Promise<ActionResult> {
  const { actor } = requester;
  const mailbox = { tenantId: actor.tenantId, userId: actor.userId };
  switch (action.do) {
    case 'count':
      return counted(deps, requester, action.box);
    case 'list':
      return { kind: 'listed', ids: await listBoxPart(deps, await requireBox(deps, mailbox, action.box), action.part) };
    case 'read':
      return { kind: 'read', why: action.why, message: await messageOf(deps, requester, action) };
    case 'delete':
      await deleteVoicemail(deps, actor, asId<VoicemailId>(action.id));
      return { kind: 'done', did: 'delete' };
    case 'restore':
      await undoDelete(deps, actor, asId<VoicemailId>(action.id));
      return { kind: 'done', did: 'restore' };
    case 'handle':
      await markHandled(deps, actor, asId<VoicemailId>(action.id));
      return { kind: 'done', did: 'handle' };
    case 'export':
      await requestEmailToSelf(deps, requester, asId<VoicemailId>(action.id));
      return { kind: 'done', did: 'export' };
    case 'find':
      requireForwarding(requester);
      return { kind: 'found', people: await recipients(deps, requester, action.keys) };
    case 'forward':
      return forward(deps, requester, action);
    case 'read-greeting': {
      const { recorded } = await greetingsOf(deps, mailbox);
      return { kind: 'greeting-read', isRecorded: recorded.has(action.kind) };
    }
    case 'remove-greeting':
      await removeGreeting(deps, actor, { userId: actor.userId, kind: action.kind });
      return { kind: 'done', did: 'remove-greeting' };
    case 'fetch':
      return fetchGreeting(deps, requester, action);
    case 'keep':
      await saveKeptGreeting(deps, actor, { userId: actor.userId, kind: action.kind, kept: action.draft });
      return { kind: 'done', did: 'keep' };
    case 'weigh-pin': {
      const refusal = await whyPinRefused(deps, actor, action.pin);
      const why = refusal && wordsIn(requester.reader.locale).people.pin.refused[refusal];
      return { kind: 'pin-weighed', why, hash: why === undefined ? await hashPin(action.pin) : '' };
    }
    case 'choose-pin': {
      if (!(await isPin(action.hash, action.pin))) return { kind: 'pin-differs' };
      const refusal = await choosePin(deps, actor, action.pin);
      if (refusal === undefined) return { kind: 'done', did: 'choose-pin' };
      return { kind: 'refused', why: wordsIn(requester.reader.locale).people.pin.refused[refusal] };
    }
    case 'read-absence':
      return { kind: 'absence-read', absence: await absenceOf(deps, requester) };
    case 'leave':
      return leave(deps, requester);
    case 'come-back':
      await endRunningPeriod(deps, actor);
      return { kind: 'done', did: 'come-back' };
    default:
      return action satisfies never;
  }
}

async function counted(deps: Deps, { actor }: Requester, box: string | undefined): Promise<ActionResult> {
  const own = { tenantId: actor.tenantId, userId: actor.userId };
  const [counts, boxes] = await Promise.all([
    countBoxParts(deps, await requireBox(deps, own, box)),
    box === undefined ? sharedBoxes(deps, own) : [],
  ]);
  return { kind: 'counted', ...counts, boxes };
}

async function messageOf(
  deps: Deps,
  requester: Requester,
  { id, box }: { readonly id: string; readonly box?: string },
): Promise<HeardMessage | undefined> {
  const { actor, reader, tenant } = requester;
  const own = { tenantId: actor.tenantId, userId: actor.userId };
  const message = await readBoxMessage(deps, await requireBox(deps, own, box), id);
  if (!message) return undefined;
  const number = message.ani === '' ? '' : spokenNumber(message.ani, tenant.country);
  const { phoneMenu } = wordsIn(reader.locale);
  return {
    caller: message.callerName || number || phoneMenu.unknownCaller,
    number,
    when: spokenWhen(reader, message.receivedAt),
    length: spokenLength(reader, message.durationSeconds),
    forwardedBy: message.forwardedBy ? displayNameOf(message.forwardedBy) : undefined,
    isHeard: message.heardAt !== null,
    isDeleted: message.deletedAt !== null,
    hasAudio: message.recordingId !== null,
  };
}

/** More than the menu offers, so that it can say that there are too many. */
const mostFound = 6;

async function recipients(deps: Deps, { actor, tenant }: Requester, keys: string): Promise<readonly Recipient[]> {
  const caller = { tenantId: actor.tenantId, country: tenant.country, ani: '' };
  const found = await calleesByKeys(deps, caller, keys.slice(0, 32), mostFound);
  // A whole extension means its owner, even if another name has these letters.
  const numbered = found.filter(({ how }) => how.by === 'extension' || how.by === 'did');
  return (numbered.length > 0 ? numbered : found).map(({ person: { id, displayName, extension = null } }) => ({
    ...{ id, name: displayName, extension },
  }));
}

async function forward(
  deps: Deps,
  requester: Requester,
  { id, to }: { readonly id: string; readonly to: string },
): Promise<ActionResult> {
  const wish = { id: asId<VoicemailId>(id), recipient: asId<UserId>(to), note: '' };
  const answer = await requestForward(deps, requester, wish);
  if (answer.kind === 'asked') return { kind: 'done', did: 'forward' };
  const { voicemail, chat } = wordsIn(requester.reader.locale);
  const why = {
    oneself: voicemail.notToYourself,
    'no-access': voicemail.recipientWithoutAccess,
    'had-it': voicemail.alreadyForwarded,
    unknown: chat.noSuchPerson,
  }[answer.why];
  return { kind: 'refused', why };
}

/** A provider waits 15 s for the answer to its post; a fetch that lasts longer would only hold the place of another. */
const longestFetchMilliseconds = 10_000;

async function fetchGreeting(
  deps: Deps,
  { actor, reader }: Requester,
  { kind, recording }: OwnAction & { do: 'fetch' },
): Promise<ActionResult> {
  try {
    if (!deps.providerRecordings) return { kind: 'not-fetched' };
    const audio = await deps.providerRecordings.fetch(recording, AbortSignal.timeout(longestFetchMilliseconds));
    const { storageKey, mimeType, bytes, durationSeconds } = await keptGreeting(deps, actor.tenantId, kind, audio);
    return { kind: 'fetched', draft: { storageKey, mimeType, bytes, durationSeconds } };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'refused', why: error.say(wordsIn(reader.locale)) };
    deps.log.info({ error, recordingSid: recording.sid }, 'recorded greeting not fetched yet');
    return { kind: 'not-fetched' };
  }
}

async function absenceOf(deps: Deps, requester: Requester): Promise<HeardAbsence> {
  const { actor, reader, tenant } = requester;
  if (!tenant.outOfOfficeEnabled) return { kind: 'off' };
  const running = (await absencesOf(deps.db, actor.tenantId, [actor.userId], reader.now)).get(actor.userId);
  if (running) {
    const zones = { zone: reader.timeZone, companyZone: reader.timeZone };
    return { kind: 'away', until: running.endsAt && spokenMoment(running.endsAt, zones, reader.locale) };
  }
  const backup = await findDefaultBackup(deps.db, actor.tenantId, actor.userId);
  return { kind: 'here', backup: backup && takesCalls(backup) ? backup.displayName : undefined };
}

async function leave(deps: Deps, requester: Requester): Promise<ActionResult> {
  requireOutOfOffice(requester);
  const now = { from: undefined, until: undefined, backup: undefined, number: undefined };
  const saved = await setOutOfOffice(deps, requester.actor, { ...now, note: '', privacy: 'away_until' });
  if (saved.kind === 'saved') return { kind: 'done', did: 'leave' };
  return { kind: 'refused', why: wordsIn(requester.reader.locale).phoneMenu.absenceRefused };
}
