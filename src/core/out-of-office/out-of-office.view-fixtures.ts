import type { ViewExample } from '../chat/define-handler.js';
import type { Reader } from '../chat/phrasing.js';
import { answeredCard, coverCard, coversCard, noLongerCard, type ShownCover } from './cover.views.js';
import {
  outOfOfficeForm,
  problemLine,
  refusedCard,
  type ShownGap,
  type ShownPeriod,
  savedCard,
  understoodCard,
  type ViewSettings,
} from './out-of-office.views.js';
import { overviewCard } from './overview.views.js';

const now = new Date('2026-11-23T14:45:00Z');
const reader = (locale: Reader['locale']): Reader => ({ locale, timeZone: 'America/Toronto', now });
const setting: ViewSettings = { country: 'CA', hasVoicemail: true };

const name = 'Zoë-Marguerite <b>D’Aubigné</b> *van* der Straeten محمد 👩🏽‍💻';
const note = `I am at the <i>conference</i> & back soon. *Not* _urgent_? See <https://example.com|this>. שלום ${'😀'.repeat(20)}`;

const running: ShownPeriod = {
  id: '0198c0de-0000-7000-8000-000000000001',
  startsAt: new Date('2026-11-23T05:00:00Z'),
  endsAt: new Date('2026-11-27T22:00:00Z'),
  backup: { name, answer: 'asked' },
  note: note.repeat(3).slice(0, 500),
  privacy: 'away_until',
};
const planned: ShownPeriod = {
  id: '0198c0de-0000-7000-8000-000000000002',
  startsAt: new Date('2027-01-03T05:00:00Z'),
  endsAt: undefined,
  number: '+14165550100',
  note: '',
  privacy: 'nothing',
};
const gaps: ShownGap[] = (['out', 'no-number', 'too-long', 'not-agreed'] as const).map((because) => ({
  startsAt: new Date('2026-11-24T05:00:00Z'),
  endsAt: new Date('2026-11-25T05:00:00Z'),
  name,
  because,
}));
const suggestion = { id: '0198c0de-0000-7000-8000-000000000004', name, team: 'Sales', covers: 2 };
const cover: ShownCover = { ...running, id: running.id ?? '', name, answer: 'asked' };
const carries = {
  from: '2026-11-24T05:00:00.000Z',
  until: '2026-11-27T22:00:00.000Z',
  backup: '0198c0de-0000-7000-8000-000000000003',
};
const start = {
  from: '2026-11-24',
  fromTime: '09:30',
  until: '2026-11-27',
  untilTime: '17:00',
  backup: { value: carries.backup, label: name },
  number: '(416) 555-0100',
  note: running.note,
  privacy: 'away' as const,
};

/** Every view of absences with all of their parts, and awkward words. */
export const outOfOfficeExamples: readonly ViewExample[] = [
  {
    name: 'out of office: understood',
    view: (locale) =>
      understoodCard(
        reader(locale),
        { period: { ...planned, endsAt: running.endsAt }, gaps, remarks: ['I read 4/12 as April 12.'], suggestion },
        setting,
        carries,
      ),
  },
  {
    name: 'out of office: not understood',
    view: (locale) =>
      refusedCard(
        reader(locale),
        {
          title: name,
          lines: [note, problemLine(reader(locale), { field: 'backup', kind: 'circle', names: [name, 'Bo', name] })],
        },
        { period: planned, setting },
        carries,
      ),
  },
  { name: 'out of office: saved', view: (locale) => savedCard(reader(locale), running, gaps, setting) },
  {
    name: 'out of office: saved, with a suggestion',
    view: (locale) =>
      savedCard(reader(locale), { ...running, backup: undefined }, [], setting, { ...suggestion, covers: 0 }),
  },
  { name: 'out of office: planned', view: (locale) => savedCard(reader(locale), planned, [], setting) },
  {
    name: 'out of office: form',
    view: (locale) => outOfOfficeForm(reader(locale), start, { defaultBackup: name }, { period: running.id ?? '' }),
  },
  { name: 'out of office: empty form', view: (locale) => outOfOfficeForm(reader(locale), {}, {}, {}) },
  {
    name: 'out of office: form, with a suggestion',
    view: (locale) => outOfOfficeForm(reader(locale), {}, { suggested: name }, {}),
  },
  {
    name: 'standing: out',
    view: (locale) =>
      overviewCard(
        reader(locale),
        {
          running,
          planned: Array.from({ length: 6 }, () => planned),
          defaultBackup: name,
          covering: Array.from({ length: 8 }, () => name),
          unheard: 12,
        },
        setting,
      ),
  },
  {
    name: 'standing: in',
    view: (locale) =>
      overviewCard(
        reader(locale),
        { running: undefined, planned: [planned], defaultBackup: undefined, covering: [], unheard: undefined },
        setting,
      ),
  },
  ...(['asked', 'accepted', 'declined'] as const).map((answer) => ({
    name: `cover: ${answer}`,
    view: (locale: Reader['locale']) => coverCard(reader(locale), { ...cover, answer }),
  })),
  ...(['accepted', 'declined'] as const).map((answer) => ({
    name: `cover: the backup ${answer}`,
    view: (locale: Reader['locale']) => answeredCard(reader(locale), name, { ...cover, answer }),
  })),
  { name: 'cover: no longer needed', view: (locale) => noLongerCard(reader(locale), name) },
  {
    name: 'covers',
    view: (locale) =>
      coversCard(
        reader(locale),
        Array.from({ length: 25 }, () => cover),
      ),
  },
  { name: 'covers: none', view: (locale) => coversCard(reader(locale), []) },
];
