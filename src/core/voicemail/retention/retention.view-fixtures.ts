import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { boxFullCard, boxNearlyFullCard, expiringCard } from './retention.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});
const url = 'https://attendant.example/messages';
const mailbox = 'Service *à la clientèle* <b>&</b> Québec';
const firstAt = new Date('2026-11-26T19:05:00Z');

/** Every view of retention and limits, for the contract tests. */
export const retentionExamples: readonly ViewExample[] = [
  {
    name: 'a message is deleted soon',
    view: (locale) => expiringCard(reader(locale), { mailbox: undefined, count: 1, firstAt }, url),
  },
  {
    name: 'messages of a shared mailbox are deleted soon',
    view: (locale) => expiringCard(reader(locale), { mailbox, count: 1234, firstAt }, url),
  },
  {
    name: 'mailbox nearly full',
    view: (locale) =>
      boxNearlyFullCard(reader(locale), { mailbox: undefined, usedSeconds: 14_411, mostSeconds: 18_000 }, url),
  },
  {
    name: 'shared mailbox full',
    view: (locale) => boxFullCard(reader(locale), { mailbox, usedSeconds: 18_300, mostSeconds: 18_000 }, url),
  },
];
