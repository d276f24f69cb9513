import type { z } from 'zod';
import { noteRecordingReport } from '../core/calls/awaited-message/awaited-message.js';
import { afterRecording, type ReviewStep, reviewMessage } from '../core/calls/message-review/message-review.js';
import { playbackToken } from '../core/calls/message-review/playback.js';
import type { ProviderRecording } from '../core/voicemail/ports.js';
import { address, type PostContext } from './post-context.js';
import { GatherPost, type LinkParameters, RecordingPost } from './read.js';
import { renderGoodbye, renderRecordAgain, renderReview } from './render.js';

/**
 * The action of `Record`: the caller is still on the line, unless they hung up. The message is fetched afterwards
 * (`awaited-message`), so a recording that is not ready does not concern the caller.
 */
export async function afterRecord(about: PostContext): Promise<string> {
  const { deps, tenantId, callId, body } = about;
  const told = RecordingPost.parse(body);
  const step = await afterRecording(deps, tenantId, {
    callId,
    recording: recordingIn(told),
    durationSeconds: durationIn(told),
    isGone: told.Digits === 'hangup' || told.CallStatus === 'completed',
  });
  return renderStep(about, step, { round: (about.carried.round ?? 0) + 1, silences: 0 });
}

/** The caller chose what becomes of their message, or said nothing. */
export async function review(about: PostContext): Promise<string> {
  const { deps, tenantId, callId, carried } = about;
  const { round = 0, silences = 0 } = carried;
  const key = GatherPost.parse(about.body).Digits.slice(0, 1);
  const isAfterSilence = carried.silent === '1';
  const step = await reviewMessage(deps, tenantId, { callId, key, silences, round, isAfterSilence });
  return renderStep(about, step, { round: round + 1, silences: key === '' && !isAfterSilence ? silences + 1 : 0 });
}

/** Note the callback of a recording. It and the action report the same one, each may arrive twice or never, in any order. */
export async function recordingReported({ deps, tenantId, callId, body }: PostContext): Promise<void> {
  const told = RecordingPost.parse(body);
  const recording = recordingIn(told);
  if (told.RecordingStatus === 'absent') await noteRecordingReport(deps, { tenantId, callId, recording: undefined });
  else if (recording)
    await noteRecordingReport(deps, { tenantId, callId, recording, durationSeconds: durationIn(told) });
}

function renderStep(about: PostContext, step: ReviewStep, next: { round: number; silences: number }): string {
  const { deps, tenantId, callId } = about;
  const link = (path: string, more: LinkParameters) =>
    address(deps.publicUrl, path, { tenant: tenantId, call: callId, ...next, ...more });
  switch (step.kind) {
    case 'over':
      return renderGoodbye(step.text, step.language);
    case 'ask': {
      const plays = step.plays && `${deps.publicUrl}/voice/recordings/${playbackToken(deps, step.plays)}`;
      return renderReview({ ...step, plays }, link('/voice/review', {}));
    }
    case 'record':
      return renderRecordAgain(step, {
        recorded: link('/voice/recording', { recorded: '1' }),
        recording: address(deps.publicUrl, '/voice/recording', { tenant: tenantId, call: callId }),
        silent: link('/voice/review', { silent: '1' }),
      });
    default:
      return step satisfies never;
  }
}

/** The recording that a post reports; undefined: none, or it is not complete. */
export function recordingIn(told: z.infer<typeof RecordingPost>): ProviderRecording | undefined {
  const { RecordingSid: sid, RecordingUrl: url, RecordingStatus: status } = told;
  return sid !== undefined && (status === '' || status === 'completed') ? { sid, url } : undefined;
}

/** The length that a post reports; undefined: it does not say. */
export const durationIn = ({ RecordingDuration: seconds }: z.infer<typeof RecordingPost>): number | undefined =>
  /^\d{1,6}$/.test(seconds) ? Number(seconds) : undefined;
