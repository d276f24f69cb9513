import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { closedCard, openCard } from './closure.views.js';

const now = new Date('2026-11-23T14:00:00Z');
const reader = (locale: 'en' | 'fr'): Reader => ({ locale, timeZone: 'America/Toronto', now });
const company = { name: 'Maple & Co <Montréal>', timeZone: 'America/Toronto', hasPlus: true };

/** The cards of a closed and an open company. */
export const closureExamples: readonly ViewExample[] = [
  {
    name: 'closed until, with a long note',
    view: (locale) =>
      closedCard(reader(locale), company, {
        closedAt: now,
        until: new Date('2026-11-24T19:00:00Z'),
        note: `Snow *everywhere*; ${'please stay at home, '.repeat(8)}thank you`,
      }),
  },
  {
    name: 'closed until opened, without voicemail',
    view: (locale) =>
      closedCard(reader(locale), { ...company, hasPlus: false }, { closedAt: now, until: undefined, note: '' }),
  },
  { name: 'open company', view: (locale) => openCard(reader(locale)) },
];
