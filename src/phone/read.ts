import { z } from 'zod';
import type { IncomingCall } from '../core/calls/answer-call.js';
import type { Disposition } from '../core/calls/decision.js';
import { oneLine } from '../core/text.js';

/*
 * Every post here is signed, and most concern a call with a person on the line, which a malformed field must not end.
 * So fields are cut and dropped, never refused; only a post that names no call is refused.
 */

/** A field as sent; of a repeated parameter the first non-empty value counts. */
const raw = z.preprocess(
  (value) => (Array.isArray(value) ? (value.find((one) => one !== '') ?? '') : value),
  z.string().catch(''),
);
/** One line that a text column can store, cut to 1,000 characters. */
const text = raw.transform((value) => oneLine(value, 1_000)).default('');
const id = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().regex(/^[!-~]{1,128}$/));

/** The fields in every post of the provider; `ParentCallSid` when the post is about a ringing leg. */
export const CallPost = z.object({
  CallSid: id,
  ParentCallSid: id.optional().catch(undefined),
  From: text,
  To: text,
  CallerName: text,
});

/** The result of a `Gather`: keys, words, or neither. */
export const GatherPost = CallPost.extend({ Digits: text, SpeechResult: text });

/** The result of a `Dial`. */
export const DialPost = CallPost.extend({ DialCallStatus: text, DialBridged: text, DialSipResponseCode: text });

/** A recording, from the action of `Record` or from its callback. */
export const RecordingPost = CallPost.extend({
  RecordingSid: id.optional().catch(undefined),
  RecordingUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional()
    .catch(undefined),
  RecordingStatus: text,
  RecordingDuration: text,
  /** The key that ended it; `hangup`: the caller has hung up. */
  Digits: text,
  CallStatus: text,
});

/** The state of the call. */
export const StatusPost = CallPost.extend({ CallStatus: text });

/** The parameters of our own addresses, carried from one post to the next; the signature covers them. */
export const LinkParameters = z.object({
  tenant: z.uuid().optional().catch(undefined),
  call: id.optional().catch(undefined),
  leg: z.coerce.number().int().positive().max(1_000).optional().catch(undefined),
  confirm: z.literal('1').optional().catch(undefined),
  pressed: z.literal('1').optional().catch(undefined),
  recorded: z.literal('1').optional().catch(undefined),
  /** How often a waiting caller was asked after. */
  round: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined),
  /** How often a caller was asked what becomes of their message, and said nothing. */
  silences: z.coerce.number().int().min(0).max(10).optional().catch(undefined),
  /** A call that we make, and what was asked in it. */
  outgoing: z.uuid().optional().catch(undefined),
  asked: z.enum(['confirm', 'review', 'extension']).optional().catch(undefined),
  /** Nothing was recorded. */
  silent: z.literal('1').optional().catch(undefined),
});
export type LinkParameters = z.infer<typeof LinkParameters>;

/** Map the caller's keys or words to the core's input. */
export function readGather(post: z.infer<typeof GatherPost>, carried: LinkParameters): IncomingCall {
  return {
    callId: carried.call ?? post.CallSid,
    ani: post.From,
    dnis: post.To,
    weFetch: true,
    ...(post.CallerName ? { callerName: post.CallerName } : {}),
    ...(post.Digits ? { digits: post.Digits } : {}),
    ...(post.SpeechResult ? { speech: [post.SpeechResult] } : {}),
    ...(carried.leg === undefined ? {} : { answers: carried.leg }),
  };
}

/**
 * Map the result of a ringing leg. `confirm`: the callee had to press 1, which is stored when it happens, so merely
 * picking up does not count as an answer. An unknown status counts as no answer too.
 */
export function readOutcome(post: z.infer<typeof DialPost>, confirm: boolean): Disposition {
  switch (post.DialCallStatus) {
    case 'completed':
    case 'answered':
      return confirm || post.DialBridged === 'false' ? 'no-answer' : 'answered';
    case 'busy':
      return post.DialSipResponseCode === '603' ? 'refused' : 'busy';
    case 'failed':
      return dispositionOfSip[post.DialSipResponseCode] ?? 'failed';
    default:
      return 'no-answer';
  }
}

/** https://www.rfc-editor.org/rfc/rfc3261#section-21: an agent's phone that is not registered is signed out. */
const dispositionOfSip: Readonly<Record<string, Disposition>> = {
  '404': 'signed-out',
  '480': 'signed-out',
  '486': 'busy',
  '600': 'busy',
  '603': 'refused',
};
