import { change, enqueue } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { findAdmins } from '../../people/index.js';
import { runLeased } from '../../tasks/lease.js';
import { renewalOutside, renewLease } from '../../tasks/lease.store.js';
import type { Task } from '../../tasks/tasks.js';
import { dropAudio, type KeptAudio, keepAudio } from '../../voicemail/arrival/keep-audio.js';
import { leftOnlyEmpty, secondsOfStored } from '../../voicemail/arrival/messages-of-call.js';
import { shortestMessageSeconds } from '../../voicemail/arrival/probe-audio.js';
import { receiveVoicemail } from '../../voicemail/arrival/receive-voicemail.js';
import { AudioLate, type ProviderRecording, RecordingGone } from '../../voicemail/ports.js';
import { findCall } from '../calls.store.js';
import { endAsMissed, mailboxOf, recordMessageLeft } from '../end-call.js';
import {
  awaitMessage,
  type ClaimedMessage,
  claimAwaited,
  endAwaited,
  noteNoRecording,
  noteRecording,
  postponeAwaited,
  type ReportedRecording,
  releaseRecording,
} from './awaited-message.store.js';

/*
 * A caller was asked for a message that the voice provider records. The row is written with that Decision
 * (`answer-call`) and is `waiting` until exactly one of these:
 *   received  the recording is a voicemail, whose source id is the recording's own id
 *   none      nothing was recorded, or too little; if a recording is reported later, the row waits again
 *   given-up  the provider did not deliver it for a day, or has deleted it: owner and admins are told
 * The provider's posts are only recorded and make the row due, once the caller can no longer change the message
 * (`message-review`): they sent it, hung up, or were not heard of for minutes. The task `voicemail.fetch` does everything
 * else under a lease on the row: if its process ends, the sweep finds the row and the task runs again.
 */

/** How long the provider is asked for a recording before the message is given up. */
const fetchTimeoutHours = 24;
/** How long after the end of a call the provider may take to list its recording. */
const unlistedMinutes = 10;
/** The same, counted from the question, if the end of the call was not reported. */
const untoldMinutes = 20;
const longestDelaySeconds = 60 * 60;
/**
 * After this many attempts (about half a minute) a call that is over counts as missed; its message may still change
 * that.
 */
const attemptsUntilMissed = 5;
/** A busy machine reads slowly; audio that could not be read in this many attempts is unreadable. */
const mostLateReads = 5;

/** The provider's report of a recording. */
export interface RecordingReport {
  readonly tenantId: TenantId;
  readonly callId: string;
  /** Undefined: there is none. */
  readonly recording: ProviderRecording | undefined;
  /** What the caller does; `unknown` by default. */
  readonly caller?: ReportedRecording['caller'];
  /** Undefined: the provider does not say. */
  readonly durationSeconds?: number | undefined;
}

/** Record the provider's report of a recording; the task fetches it. Idempotent, in any order. */
export async function noteRecordingReport(deps: Deps, report: RecordingReport): Promise<void> {
  const { db } = deps;
  const { tenantId, callId, recording, caller = 'unknown', durationSeconds } = report;
  const call = { tenantId, callId };
  if (recording === undefined) {
    return change(deps, installationActor(tenantId, 'phone'), async (change) => {
      if (await noteNoRecording(change.db, call, change.now)) await endAsMissed(change, callId);
    });
  }
  const reported = { recording, caller, isTooShort: isTooShort(durationSeconds) };
  let id = await noteRecording(db, call, reported, deps.clock);
  if (id === undefined && (await awaitOlderCall(deps, tenantId, callId)))
    id = await noteRecording(db, call, reported, deps.clock);
  if (id !== undefined) await enqueue(deps, [fetchingOf(id)]);
}

/** Send the recording of a call: the caller wants that, or can no longer change it. Idempotent. */
export async function sendRecording(
  deps: Deps,
  call: { readonly tenantId: TenantId; readonly callId: string },
  { urgent = false }: { readonly urgent?: boolean } = {},
): Promise<void> {
  const id = await releaseRecording(deps.db, call, { urgent }, deps.clock);
  if (id !== undefined) await enqueue(deps, [fetchingOf(id)]);
}

/** For a call whose Decision an older version stored without the row. False: the call leaves no message. */
async function awaitOlderCall(deps: Deps, tenantId: TenantId, callId: string): Promise<boolean> {
  const call = await findCall(deps.db, tenantId, callId);
  const mailboxUserId = call && mailboxOf(call);
  if (!call || !mailboxUserId) return false;
  await change(deps, installationActor(tenantId, 'phone'), (change) =>
    awaitMessage(change, { callId, mailboxUserId, language: call.language }),
  );
  return true;
}

const fetchingOf = (awaitedId: string): Task => ({ name: 'voicemail.fetch', payload: { awaitedId } });

/** The result of looking for a message. */
type FetchResult =
  | { readonly kind: 'received' | 'empty' | 'not-recorded' }
  /** `late`: its audio could not be read within the deadline. */
  | { readonly kind: 'lost' | 'later' | 'late'; readonly error: unknown };

/** Fetch an awaited message; called by the task `voicemail.fetch`. Idempotent, and a no-op before the row is due. */
export async function fetchAwaitedMessage(deps: Deps, id: string): Promise<void> {
  const claimed = await claimAwaited(deps.db, deps.clock, id);
  if (!claimed) return;
  const found = await runLeased(
    () => renewLease(deps.db, deps.clock, 'AwaitedMessage', claimed),
    () => fetchRecordings(deps, claimed),
    () => deps.leases?.keep(renewalOutside('AwaitedMessage', claimed)),
  );
  const { tenantId, callId, attempts } = claimed;
  const isOver = isPast(deps, claimed);
  const phone = installationActor(tenantId, 'phone');

  if (found.kind === 'received') {
    await recordMessageLeft(deps, tenantId, callId);
    await endAwaited(deps.db, claimed, 'received', deps.clock.now());
  } else if (found.kind === 'empty' || (found.kind === 'not-recorded' && isOver.unlisted)) {
    await change(deps, phone, async (change) => {
      if (await endAwaited(change.db, claimed, 'none', change.now)) await endAsMissed(change, callId);
    });
  } else if (found.kind === 'lost' || isOver.timeout) {
    await giveUp(deps, claimed, 'error' in found ? found.error : undefined);
  } else {
    if ('error' in found)
      deps.log.warn({ awaitedId: id, attempts, why: whyOf(found.error) }, 'recording fetch failed, retrying');
    const isMissed = found.kind === 'not-recorded' || attempts >= attemptsUntilMissed;
    if (claimed.toldAt !== null && isMissed) await change(deps, phone, (change) => endAsMissed(change, callId));
    const delaySeconds = Math.min(longestDelaySeconds, 2 ** Math.min(attempts, 20));
    if (await postponeAwaited(deps.db, deps.clock, claimed, { delaySeconds, isLate: found.kind === 'late' }))
      await enqueue(deps, [{ ...fetchingOf(id), delaySeconds }]);
  }
}

async function fetchRecordings(deps: Deps, claimed: ClaimedMessage): Promise<FetchResult> {
  try {
    const recordings = await recordingsOf(deps, claimed);
    if (recordings.length === 0) return { kind: 'not-recorded' };
    return { kind: (await storeRecordings(deps, claimed, recordings)) ? 'received' : 'empty' };
  } catch (error) {
    if (error instanceof AudioLate) return { kind: claimed.lateReads + 1 < mostLateReads ? 'late' : 'lost', error };
    return { kind: isLost(error) ? 'lost' : 'later', error };
  }
}

/** The reported recording; if none was reported, or another one before it, all recordings of the call. */
async function recordingsOf(deps: Deps, claimed: ClaimedMessage): Promise<readonly ProviderRecording[]> {
  const told = claimed.recording ? [claimed.recording] : [];
  if (told.length > 0 && !claimed.several) return told;
  const listed = await provider(deps).list(claimed.callId);
  const others = listed.filter(({ sid }) => sid !== claimed.recording?.sid && !claimed.replacedSids.includes(sid));
  return [...others, ...told];
}

/**
 * No mailbox, or audio that is too large or unplayable: a retry cannot help. A disabled company may be enabled again.
 */
const isLost = (error: unknown): boolean =>
  error instanceof RecordingGone || (error instanceof UserError && [404, 413, 415].includes(error.status));

function provider({ providerRecordings }: Deps): NonNullable<Deps['providerRecordings']> {
  if (!providerRecordings) throw new Error('no voice provider is configured here');
  return providerRecordings;
}

/** Store the messages of a call. False: the caller said nothing after the tone, which is listed if nothing else was left. */
async function storeRecordings(
  deps: Deps,
  claimed: ClaimedMessage,
  recordings: readonly ProviderRecording[],
): Promise<boolean> {
  const { tenantId } = claimed;
  const hangUps: { readonly sourceId: string; readonly audio: KeptAudio }[] = [];
  let isMessage = false;
  try {
    for (const recording of recordings) {
      const sourceId = recording.sid;
      // A worker stored it and ended before it recorded that: the provider may have deleted its copy since.
      const storedSeconds = await secondsOfStored(deps.db, tenantId, sourceId);
      if (storedSeconds !== undefined) {
        isMessage ||= !isTooShort(storedSeconds);
        continue;
      }
      const audio = await keepAudio(deps, tenantId, await provider(deps).fetch(recording), { retried: true });
      if (isTooShort(audio.durationSeconds)) hangUps.push({ sourceId, audio });
      else {
        await receiveRecording(deps, claimed, { sourceId, audio });
        isMessage = true;
      }
    }
    const [hangUp] = hangUps;
    if (hangUp && !isMessage) await receiveRecording(deps, claimed, hangUp);
  } finally {
    // What was stored stays: a row names it.
    for (const { audio } of hangUps) await dropAudio(deps, audio);
  }
  const call = isMessage ? await findCall(deps.db, tenantId, claimed.callId) : undefined;
  return call ? !(await leftOnlyEmpty(deps.db, { tenantId, ...call })) : isMessage;
}

async function receiveRecording(
  deps: Deps,
  { tenantId, callId, mailboxUserId, toldAt, urgent }: ClaimedMessage,
  { sourceId, audio }: { readonly sourceId: string; readonly audio: KeptAudio },
): Promise<void> {
  const call = await findCall(deps.db, tenantId, callId);
  await receiveVoicemail(deps, installationActor(tenantId, 'phone'), {
    sourceId,
    mailbox: { userId: mailboxUserId },
    audio,
    ani: call?.ani ?? '',
    callerName: call?.callerName ?? '',
    callId,
    led: true,
    receivedAt: toldAt ?? deps.clock.now(),
    urgent,
  });
}

const isTooShort = (seconds: number | undefined): boolean => seconds !== undefined && seconds < shortestMessageSeconds;

function isPast(deps: Deps, { toldAt, createdAt }: ClaimedMessage): { unlisted: boolean; timeout: boolean } {
  const now = deps.clock.now().getTime();
  const minutesSince = (instant: Date) => (now - instant.getTime()) / 60_000;
  return {
    unlisted: toldAt ? minutesSince(toldAt) >= unlistedMinutes : minutesSince(createdAt) >= untoldMinutes,
    timeout: minutesSince(createdAt) >= fetchTimeoutHours * 60,
  };
}

/** Give up: record it, and tell the mailbox's owner and the admins. */
async function giveUp(deps: Deps, claimed: ClaimedMessage, error: unknown): Promise<void> {
  const { id, tenantId, callId, mailboxUserId, recording } = claimed;
  const given = await change(deps, installationActor(tenantId, 'job'), async (change) => {
    if (!(await endAwaited(change.db, claimed, 'given-up', change.now))) return false;
    change.record({
      event: 'voicemail.given-up',
      subjectId: id,
      after: { mailbox: mailboxUserId, callId, recording: recording?.sid ?? null, why: whyOf(error) },
    });
    const told = new Set([mailboxUserId, ...(await findAdmins(change.db, tenantId))]);
    for (const userId of told) await raiseNoticeFor(change, { kind: 'voicemail.given-up', subjectId: id, userId });
    await endAsMissed(change, callId);
    return true;
  });
  if (!given) return;
  deps.log.error({ awaitedId: id, callId, recordingSid: recording?.sid, why: whyOf(error) }, 'recording given up');
}

const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : 'nothing was recorded').slice(0, 300);
