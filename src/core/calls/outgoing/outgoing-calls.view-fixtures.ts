import type { ViewExample } from '../../chat/define-handler.js';
import type { Locale, Reader } from '../../chat/phrasing.js';
import { asId, type UserId } from '../../ids.js';
import { outgoingStatuses } from './outgoing-call.types.js';
import { callMeForm, outgoingCallCard, type ShownOutgoing } from './outgoing-calls.views.js';
import { callFailures } from './ports.js';

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});

const id = '018f3c5e-7b1a-7c3d-9e4f-0a1b2c3d4e5f';
const plain: ShownOutgoing = {
  subject: { purpose: 'greeting', mailboxUserId: asId<UserId>(id), greeting: 'out-of-office' },
  number: '+14165550199',
  status: 'ringing',
  failure: undefined,
  mailbox: undefined,
};

/** Every view of outgoing calls, for the contract tests. */
export const outgoingCallExamples: readonly ViewExample[] = [
  ...outgoingStatuses.map((status) => ({
    name: `a call to me, ${status}`,
    view: (locale: Locale) => outgoingCallCard(reader(locale), { ...plain, status }),
  })),
  ...callFailures.map((failure) => ({
    name: `a call to me, failed: ${failure}`,
    view: (locale: Locale) =>
      outgoingCallCard(reader(locale), {
        ...plain,
        ...{ status: 'failed', failure, mailbox: { id, name: 'Service *à la clientèle* <&~_`"> "Québec"' } },
      }),
  })),
  {
    name: 'a call to me, connected',
    view: (locale) =>
      outgoingCallCard(reader(locale), {
        ...plain,
        ...{ status: 'done', subject: { purpose: 'call-back', connectsTo: '+15145550123' } },
      }),
  },
  {
    name: 'form of a call to me',
    view: (locale) => callMeForm(reader(locale), { kind: 'unavailable', number: '(416) 555-0199', mailbox: id }),
  },
];
