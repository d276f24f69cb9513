import { type Locale, localeOf } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { shortestMessageSeconds } from '../../voicemail/arrival/probe-audio.js';
import type { ProviderRecording } from '../../voicemail/ports.js';
import { noteRecordingReport, sendRecording } from '../awaited-message/awaited-message.js';
import { findRecordingInReview } from '../awaited-message/awaited-message.store.js';
import { findCall } from '../calls.store.js';
import type { Decision } from '../decision.js';

/*
 * A caller who left a message may send it, listen to it, record it again, or mark it as urgent. Whatever they do, one
 * recording is sent: the last one that says something. Who hangs up, or presses nothing, sends it.
 */

/** What a caller hears next, who has just left a message. */
export type ReviewStep = { readonly language: Locale } & (
  | { readonly kind: 'over'; readonly text: string }
  /** One key is awaited; `plays`: the message is played first. */
  | { readonly kind: 'ask'; readonly prompt: string; readonly plays?: ProviderRecording }
  /** Silence after the tone leads back to the question. */
  | {
      readonly kind: 'record';
      readonly prompt: string;
      readonly maxSeconds: number;
      readonly silenceSeconds: number;
    }
);

/** Who presses no key so often sends the message. */
const mostSilences = 2;
/** A caller who goes round and round sends it too. */
const mostRounds = 20;

/** The recording ended, by a key, by silence, or because the caller hung up (`isGone`). Idempotent. */
export async function afterRecording(
  deps: Deps,
  tenantId: TenantId,
  told: {
    readonly callId: string;
    /** Undefined: nothing was recorded. */
    readonly recording: ProviderRecording | undefined;
    readonly durationSeconds: number | undefined;
    readonly isGone: boolean;
  },
): Promise<ReviewStep> {
  const { callId, recording, durationSeconds, isGone } = told;
  if (recording)
    await noteRecordingReport(deps, {
      ...{ tenantId, callId, recording, durationSeconds },
      caller: isGone || isTooShort(durationSeconds) ? 'gone' : 'review',
    });
  if (isGone) await sendRecording(deps, { tenantId, callId });
  const { decision, language } = await mailboxLeg(deps, tenantId, callId);
  const kept = await findRecordingInReview(deps.db, { tenantId, callId });
  const isNew = recording !== undefined && kept?.sid === recording.sid;
  if (isGone || !kept || (isNew && isTooShort(durationSeconds)))
    return { kind: 'over', text: decision.closing.nothing, language };
  return ask(decision, language, isNew ? undefined : wordsIn(language).calls.review.nothingNew);
}

/** The caller pressed a key, or none; `silences`: how often before. Idempotent. */
export async function reviewMessage(
  deps: Deps,
  tenantId: TenantId,
  {
    callId,
    key,
    silences,
    round,
    isAfterSilence,
  }: {
    readonly callId: string;
    readonly key: string;
    readonly silences: number;
    readonly round: number;
    /** Nothing was recorded this time. */
    readonly isAfterSilence: boolean;
  },
): Promise<ReviewStep> {
  const call = { tenantId, callId };
  const { decision, language } = await mailboxLeg(deps, tenantId, callId);
  const words = wordsIn(language).calls.review;
  if (isAfterSilence) return ask(decision, language, words.nothingNew);
  if (key === '4' && decision.urgentAllowed) {
    await sendRecording(deps, call, { urgent: true });
    return { kind: 'over', text: words.sentAsUrgent, language };
  }
  if (key === '1' || (key === '' && silences + 1 >= mostSilences) || round >= mostRounds) {
    await sendRecording(deps, call);
    return { kind: 'over', text: decision.closing.recorded, language };
  }
  if (key === '3') {
    const { maxSeconds, silenceSeconds } = decision;
    return { kind: 'record', prompt: words.again, maxSeconds, silenceSeconds, language };
  }
  const plays = key === '2' ? await findRecordingInReview(deps.db, call) : undefined;
  return { ...ask(decision, language), ...(plays ? { plays } : {}) };
}

function ask({ urgentAllowed }: MailboxDecision, language: Locale, first?: string): ReviewStep & { kind: 'ask' } {
  const words = wordsIn(language).calls.review;
  const parts = [...(first === undefined ? [] : [first]), words.choices, ...(urgentAllowed ? [words.urgent] : [])];
  return { kind: 'ask', prompt: parts.join(' '), language };
}

type MailboxDecision = Extract<Decision, { action: 'voicemail' }>;

async function mailboxLeg(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
): Promise<{ decision: MailboxDecision; language: Locale }> {
  const call = await findCall(deps.db, tenantId, callId);
  const decision = call?.legs.at(-1)?.decision;
  if (!call || decision?.action !== 'voicemail') throw new UserError((words) => words.calls.unknownCall, 404);
  return { decision, language: localeOf(call.language) };
}

const isTooShort = (seconds: number | undefined): boolean => seconds !== undefined && seconds < shortestMessageSeconds;
