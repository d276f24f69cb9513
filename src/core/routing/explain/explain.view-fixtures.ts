import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { explainCard, explainNumberCard } from './explain.views.js';

const now = new Date('2026-11-23T14:00:00Z');
const reader = (locale: 'en' | 'fr'): Reader => ({ locale, timeZone: 'America/Toronto', now });
const name = 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten 👩🏽‍💻';

/** The cards of `explain`: a long chain, and the company’s number. */
export const explainExamples: readonly ViewExample[] = [
  {
    name: 'explain: a long chain',
    view: (locale) =>
      explainCard(reader(locale), {
        userId: '0198c0de-0000-7000-8000-000000000003',
        displayName: name,
        at: '2026-11-27T14:00:00.000Z',
        path: [],
        because: Array.from({ length: 16 }, (_, step) => `${name} is rung at +1416555010${step % 10} & <!channel>.`),
      }),
  },
  {
    name: 'explain: the company’s number',
    view: (locale) =>
      explainNumberCard(reader(locale), 'CA', {
        number: '+14165550100',
        at: now,
        because: [`Maple *&* Co: ${name}.`],
      }),
  },
];
