import { z } from 'zod';
import type { IncomingCall } from '../core/calls/answer-call.js';
import type { Disposition } from '../core/calls/call-plan.js';
import { oneLine, wellFormed } from '../core/text.js';

/** Cut and cleaned rather than refused: a refusal would end the call. */
const text = z.string().overwrite((given) => oneLine(given, 1_000));
const id = z
  .string()
  .min(1)
  .max(128)
  .refine((given) => wellFormed(given) === given);

/** What every post of the provider says of the call it is about. */
export const CallPost = z.object({ CallSid: id, From: text.default(''), To: text.default('') });

/** The answer to a `Gather`: keys, words, or neither. */
export const GatherPost = CallPost.extend({ Digits: text.optional(), SpeechResult: text.optional() });

/** How a `Dial` ended. */
export const DialPost = CallPost.extend({
  DialCallStatus: z.enum(['completed', 'answered', 'busy', 'no-answer', 'failed', 'canceled']),
  DialBridged: z.enum(['true', 'false']).optional(),
  DialSipResponseCode: z.string().optional(),
});

/** A recording, from the action of `Record` or from its callback. */
export const RecordingPost = CallPost.extend({
  RecordingSid: id.optional(),
  RecordingUrl: z.url().optional(),
  RecordingStatus: z.string().optional(),
});

/** Where the call stands. */
export const StatusPost = CallPost.extend({ CallStatus: z.string().default('') });

/** What our own addresses carry from one post to the next; the signature covers them. */
export const Carried = z.object({
  tenant: z.uuid().optional(),
  call: id.optional(),
  leg: z.coerce.number().int().positive().optional(),
  confirm: z.literal('1').optional(),
  pressed: z.literal('1').optional(),
  recorded: z.literal('1').optional(),
});
export type Carried = z.infer<typeof Carried>;

/** The caller's keys or words, as the core takes them. */
export function readGather(post: z.infer<typeof GatherPost>, carried: Carried): IncomingCall {
  return {
    callId: carried.call ?? post.CallSid,
    ani: post.From,
    dnis: post.To,
    ...(post.Digits ? { digits: post.Digits } : {}),
    ...(post.SpeechResult ? { speech: [post.SpeechResult] } : {}),
    ...(carried.leg === undefined ? {} : { answers: carried.leg }),
  };
}

/**
 * How a phone that rang answered. `confirm`: it was to press 1, which is noted when it happens; that somebody or
 * something merely picked up is then no answer.
 */
export function readOutcome(post: z.infer<typeof DialPost>, confirm: boolean): Disposition {
  switch (post.DialCallStatus) {
    case 'completed':
    case 'answered':
      return confirm || post.DialBridged === 'false' ? 'no-answer' : 'answered';
    case 'busy':
      return post.DialSipResponseCode === '603' ? 'refused' : 'busy';
    case 'failed':
      return dispositionOfSip[post.DialSipResponseCode ?? ''] ?? 'failed';
    case 'no-answer':
    case 'canceled':
      return 'no-answer';
    default:
      return post.DialCallStatus satisfies never;
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
