import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import {
  beganCard,
  coverBeganCard,
  coverEndedCard,
  type NoticedAbsence,
  reasonForm,
  remindedCard,
  returnedCard,
  unansweredCard,
} from './milestones.views.js';

const reader = (locale: Reader['locale']): Reader => ({
  locale,
  timeZone: 'America/St_Johns',
  now: new Date('2026-11-23T14:45:00Z'),
});

const name = 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻';
const absence: NoticedAbsence = {
  id: '0198c0de-0000-7000-8000-000000000009',
  name,
  answer: 'asked',
  startsAt: new Date('2026-11-23T22:00:00Z'),
  endsAt: new Date('2026-11-27T22:00:00Z'),
};

/** The cards of an absence that come by themselves. */
export const milestonesExamples: readonly ViewExample[] = [
  { name: 'absence: reminded', view: (locale) => remindedCard(reader(locale), absence) },
  { name: 'absence: unanswered, counts', view: (locale) => unansweredCard(reader(locale), absence, true) },
  { name: 'absence: unanswered', view: (locale) => unansweredCard(reader(locale), absence, false) },
  { name: 'absence: began', view: (locale) => beganCard(reader(locale), absence) },
  {
    name: 'absence: cover began',
    view: (locale) => coverBeganCard(reader(locale), { ...absence, answer: 'accepted' }),
  },
  { name: 'absence: cover began, asked', view: (locale) => coverBeganCard(reader(locale), absence) },
  { name: 'absence: cover ended', view: (locale) => coverEndedCard(reader(locale), name) },
  {
    name: 'absence: returned',
    view: (locale) =>
      returnedCard(reader(locale), {
        ...{ id: absence.id, calls: { answered: 12_345, missed: 3 }, openMessages: 41 },
        takers: [
          { name: 'Bo Chen', calls: 12_000 },
          { name: 'Cléo D’Angelo', calls: 345 },
        ],
      }),
  },
  {
    name: 'absence: returned, quiet',
    view: (locale) =>
      returnedCard(reader(locale), {
        id: absence.id,
        calls: { answered: 0, missed: 0 },
        takers: [],
        openMessages: undefined,
      }),
  },
  { name: 'absence: why declined', view: (locale) => reasonForm(reader(locale), absence.id) },
];
