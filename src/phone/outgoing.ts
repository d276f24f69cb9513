import { playbackToken } from '../core/calls/message-review/playback.js';
import { noteOutgoingStatus } from '../core/calls/outgoing/advance-call.js';
import { continueOutgoing, type OutgoingEvent } from '../core/calls/outgoing/outgoing-dialogue.js';
import { UserError } from '../core/errors.js';
import { durationIn, recordingIn } from './message-review.js';
import { address, type PostContext } from './post-context.js';
import { GatherPost, type LinkParameters, RecordingPost, StatusPost } from './read.js';
import { renderConnect, renderGoodbye, renderRecordAgain, renderReview } from './render.js';

/** Somebody picked up whom the system has rung. */
export const outgoingAnswered = (about: PostContext): Promise<string> => step(about, { kind: 'answered' });

/** They pressed a key, or none. */
export function outgoingKey(about: PostContext): Promise<string> {
  const key = GatherPost.parse(about.body).Digits.slice(0, 1);
  const { silences = 0 } = about.carried;
  const asked = about.carried.asked === 'review' ? 'review' : 'confirm';
  return step(about, { kind: 'key', asked, key, silences }, key === '' ? silences + 1 : 0);
}

/** They spoke after the tone, or hung up. */
export function outgoingRecorded(about: PostContext): Promise<string> {
  const told = RecordingPost.parse(about.body);
  return step(about, { kind: 'recorded', recording: recordingIn(told), durationSeconds: durationIn(told) });
}

/** The provider reports how a call stands that it makes for us. */
export async function outgoingStatus({ deps, tenantId, carried, body }: PostContext): Promise<void> {
  const { CallStatus: status, CallSid: callId } = StatusPost.parse(body);
  if (carried.outgoing === undefined) throw new UserError((words) => words.calls.unknownCall, 404);
  await noteOutgoingStatus(deps, tenantId, { outgoingId: carried.outgoing, status, callId });
}

async function step(about: PostContext, event: OutgoingEvent, silences = 0): Promise<string> {
  const { deps, tenantId, carried } = about;
  const { outgoing } = carried;
  if (outgoing === undefined) throw new UserError((words) => words.calls.unknownCall, 404);
  const next = await continueOutgoing(deps, tenantId, outgoing, event);
  const link = (path: string, more: LinkParameters = {}) =>
    address(deps.publicUrl, path, { tenant: tenantId, outgoing, ...more });
  switch (next.kind) {
    case 'over':
      return renderGoodbye(next.text, next.language);
    case 'ask': {
      const plays = next.plays && `${deps.publicUrl}/voice/recordings/${playbackToken(deps, next.plays)}`;
      return renderReview({ ...next, plays }, link('/voice/outgoing/key', { asked: next.asks, silences }));
    }
    case 'record':
      return renderRecordAgain(next, {
        recorded: link('/voice/outgoing/recorded'),
        silent: link('/voice/outgoing/recorded'),
      });
    case 'connect':
      return renderConnect(next);
    default:
      return next satisfies never;
  }
}
