import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { asId, type UserId } from '../ids.js';
import { blockedCard, blockedListCard, mostShown, unblockedCard } from './blocking.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({ locale, timeZone: 'UTC', now: new Date('2026-11-23T14:45:00Z') });
const caller = {
  id: '0190a000-0000-7000-8000-000000000001',
  userId: asId<UserId>('0190a000-0000-7000-8000-000000000002'),
  number: '+14165550123',
  name: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
};
const company = { ...caller, userId: undefined, name: '' };

/** The cards of blocked callers, for the contract tests. */
export const blockingExamples: readonly ViewExample[] = [
  { name: 'a caller was blocked', view: (locale) => blockedCard(reader(locale), caller, true) },
  { name: 'a caller was unblocked', view: (locale) => unblockedCard(reader(locale), company) },
  { name: 'no blocked callers', view: (locale) => blockedListCard(reader(locale), { total: 0, callers: [] }, false) },
  {
    name: 'blocked callers',
    view: (locale) => {
      const callers = Array.from({ length: mostShown }, (_, at) => (at % 2 ? company : caller));
      return blockedListCard(reader(locale), { total: 40, callers }, true);
    },
  },
];
