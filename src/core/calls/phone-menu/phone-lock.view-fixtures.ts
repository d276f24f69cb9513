import type { ViewExample } from '../../chat/define-handler.js';
import { phoneLockedCard } from './phone-lock.views.js';

/** Every view of the phone menu, for the contract tests. */
export const phoneLockExamples: readonly ViewExample[] = [
  {
    name: 'mailbox locked for callers',
    view: (locale) =>
      phoneLockedCard(
        { locale, timeZone: 'America/Toronto', now: new Date('2026-11-23T19:05:00Z') },
        {
          fromOwner: false,
          times: 1,
          lockedAt: new Date('2026-11-23T19:04:00Z'),
          until: new Date('2026-11-23T19:19:00Z'),
        },
      ),
  },
  {
    name: 'mailbox locked again for its owner’s own number',
    view: (locale) =>
      phoneLockedCard(
        { locale, timeZone: 'America/Toronto', now: new Date('2026-11-23T19:05:00Z') },
        {
          fromOwner: true,
          times: 3,
          lockedAt: new Date('2026-11-23T19:04:00Z'),
          until: new Date('2026-11-23T23:04:00Z'),
        },
      ),
  },
];
