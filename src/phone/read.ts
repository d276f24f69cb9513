import { z } from 'zod';
import type { IncomingCall } from '../core/calls/answer-call.js';
import type { Disposition } from '../core/calls/decision.js';
import { oneLine } from '../core/text.js';

/*
 * Every post here is signed, and most are about a call that somebody listens to: a field that is odd must not end the call.
 * So fields are cut and dropped, never refused; only a post that names no call is of no use.
 */

/** A field as it came: a parameter that stands there twice is a list, of which the first that says something counts. */
const raw = z.preprocess(
  (value) => (Array.isArray(value) ? (value.find((one) => one !== '') ?? '') : value),
  z.string().catch(''),
);
/** One line that a text column keeps, and no more than anybody says. */
const text = raw.transform((value) => oneLine(value, 1_000)).default('');
const id = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().regex(/^[!-~]{1,128}$/));

/** What every post of the provider says of the call it is about; `ParentCallSid` where it is about a phone that rings for it. */
export const CallPost = z.object({
  CallSid: id,
  ParentCallSid: id.optional().catch(undefined),
  From: text,
  To: text,
  CallerName: text,
});

/** The answer to a `Gather`: keys, words, or neither. */
export const GatherPost = CallPost.extend({ Digits: text, SpeechResult: text });

/** How a `Dial` ended. */
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
});

/** Where the call stands. */
export const StatusPost = CallPost.extend({ CallStatus: text });

/** What our own addresses carry from one post to the next; the signature covers them. */
export const Carried = z.object({
  tenant: z.uuid().optional().catch(undefined),
  call: id.optional().catch(undefined),
  leg: z.coerce.number().int().positive().max(1_000).optional().catch(undefined),
  confirm: z.literal('1').optional().catch(undefined),
  pressed: z.literal('1').optional().catch(undefined),
  recorded: z.literal('1').optional().catch(undefined),
  /** How often a waiting caller was asked after. */
  round: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined),
});
export type Carried = z.infer<typeof Carried>;

/** The caller's keys or words, as the core takes them. */
export function readGather(post: z.infer<typeof GatherPost>, carried: Carried): IncomingCall {
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
 * How a phone that rang answered. `confirm`: it was to press 1, which is noted when it happens; that somebody or
 * something merely picked up is then no answer. A status that says nothing of an end counts as no answer too.
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

/** https://www.rfc-editor.org/rfc/rfc3261#section-21: an agent's phone that is not there is signed out. */
const dispositionOfSip: Readonly<Record<string, Disposition>> = {
  '404': 'signed-out',
  '480': 'signed-out',
  '486': 'busy',
  '600': 'busy',
  '603': 'refused',
};
