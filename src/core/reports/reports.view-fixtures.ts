import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import type { ListRow } from './company-list.js';
import { chatLists, linesOnCard, listCard, listsCard } from './reports.views.js';

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T14:45:00Z'),
});

/** A row that every list can show, with a name that markup would tear apart. */
const awkward: ListRow = {
  username: 'zoe',
  name: 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻',
  from: '2026-11-20T14:00:00Z',
  until: '',
  backup_name: '',
  number: '+14165550199',
  set_by: 'job',
  breaks_at: 'Jean_Paul `Belmondo`',
  why: 'not-agreed',
  mail: 'off and unwanted',
  at: '2026-11-22T02:00:00Z',
  caller: '+14165550123',
  asked_for: 'Zoë',
  result: 'missed',
  received: '2026-11-01T02:00:00Z',
  days: '22',
  voicemails: '1200',
  unheard: '7',
  bytes: '1234567890',
  day: '2026-11-23',
  admin: 'Amara Osei',
  person: 'Marie Gagnon',
  reason: 'She is ill and asked for it. '.repeat(15),
  ended: 'person-became-admin',
};

/** The cards of the lists. */
export const reportExamples: readonly ViewExample[] = [
  { name: 'lists', view: (locale) => listsCard(reader(locale), chatLists) },
  ...chatLists.map(
    (list): ViewExample => ({
      name: `list of ${list}`,
      view: (locale) =>
        listCard(reader(locale), list, { rows: Array.from({ length: linesOnCard }, () => awkward), next: 'x' }, true),
    }),
  ),
  { name: 'list, empty', view: (locale) => listCard(reader(locale), 'gaps', { rows: [], next: undefined }, false) },
];
