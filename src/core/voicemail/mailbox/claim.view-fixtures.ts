import type { ViewExample } from '../../chat/define-handler.js';
import type { Reader } from '../../chat/phrasing.js';
import { formWithProblems } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { noLongerSharedCard } from '../voicemail.views.js';
import { claimToldCard, handOverView, mailboxCard, memberView, promiseView, removeMemberView } from './claim.views.js';

const reader = (locale: 'en' | 'fr'): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T19:05:00Z'),
});

const id = '018f3c5e-7b1a-7c3d-9e4f-0a1b2c3d4e5f';
const mailbox = { id, name: 'Service *à la clientèle* <b>&</b> Québec' };
const claim = {
  by: 'Bo',
  isMine: true,
  at: new Date('2026-11-23T19:00:00Z'),
  promisedAt: new Date('2026-11-23T20:00:00Z'),
};

/** Every view of shared mailboxes, for the contract tests. */
export const claimExamples: readonly ViewExample[] = [
  {
    name: 'time to call back',
    view: (locale) =>
      claimToldCard(
        reader(locale),
        { id, callerName: '<b>Bo</b> *Chen* מרים', ani: '', shared: { reach: 'handle', claim } },
        wordsIn(locale).claim.callDue,
      ),
  },
  {
    name: 'handed over',
    view: (locale) =>
      claimToldCard(
        reader(locale),
        { id, callerName: '', ani: '+14165550199', shared: undefined },
        wordsIn(locale).claim.handedOver,
      ),
  },
  { name: 'message no longer shared', view: (locale) => noLongerSharedCard(reader(locale)) },
  { name: 'hand over form', view: (locale) => handOverView(reader(locale), id) },
  {
    name: 'promise form, refused',
    view: (locale) =>
      formWithProblems(
        promiseView(reader(locale), id),
        { until: 'soonish <b>' },
        { until: wordsIn(locale).claim.notUnderstood('soonish <b>') },
      ),
  },
  { name: 'mailbox, no members', view: (locale) => mailboxCard(reader(locale), { mailbox: undefined, members: [] }) },
  {
    name: 'mailbox, many members',
    view: (locale) =>
      mailboxCard(reader(locale), {
        mailbox,
        members: Array.from({ length: 60 }, (_, at) => ({
          name: `Zoë *O’Neil* <b>${at}</b>`,
          level: at % 2 === 0 ? 'handle' : 'manage',
          endsAt: at % 3 === 0 ? new Date('2027-01-04T22:00:00Z') : null,
        })),
      }),
  },
  { name: 'mailbox member form', view: (locale) => memberView(reader(locale), id) },
  {
    name: 'remove mailbox member form',
    view: (locale) => removeMemberView(reader(locale), undefined, [{ value: id, label: 'Zoë *O’Neil* <b>' }]),
  },
];
