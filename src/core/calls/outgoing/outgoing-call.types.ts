import type { TenantId, UserId } from '../../ids.js';
import type { GreetingKind } from '../../voicemail/greetings/greeting-kind.js';
import type { ProviderRecording } from '../../voicemail/ports.js';
import type { CallFailure } from './ports.js';

/** What a call is made for. */
export const outgoingPurposes = ['greeting', 'call-back'] as const;

/** The states of a call before its end, in the order in which they come. */
const runningStatuses = ['waiting', 'placing', 'ringing', 'answered', 'keeping'] as const;
/** How a call ended. `done`: the greeting is kept, or the two were connected. `not-kept`: answered, and no more than that. */
const outgoingEnds = ['done', 'not-kept', 'busy', 'no-answer', 'failed'] as const;
/** The states of an outgoing call. */
export const outgoingStatuses = [...runningStatuses, ...outgoingEnds] as const;
export type OutgoingEnd = (typeof outgoingEnds)[number];
export type OutgoingStatus = (typeof outgoingStatuses)[number];

/** What a person wants the call for. */
export type OutgoingSubject =
  | { readonly purpose: 'greeting'; readonly mailboxUserId: UserId; readonly greeting: GreetingKind }
  | { readonly purpose: 'call-back'; readonly connectsTo: string };

/** A call that the system makes because a person asked for it. */
export interface OutgoingCall {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly subject: OutgoingSubject;
  /** E.164. */
  readonly number: string;
  readonly status: OutgoingStatus;
  readonly failure: CallFailure | undefined;
  readonly recording: ProviderRecording | undefined;
  readonly attempts: number;
  readonly createdAt: Date;
}
