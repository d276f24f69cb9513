import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { asId, type SessionId, type UserId } from '../ids.js';
import { endedForAdmin, endedNotice, startedCard, startedNotice, startForm } from './impersonation.views.js';
import type { SessionsPage, ShownSession } from './session-list.js';
import { sessionsCard, sessionsOnCard } from './session-list.views.js';

const exampleReader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});
const exampleSession = {
  id: '0198a0f0-0000-7000-8000-000000000001',
  admin: 'Amara Osei',
  reason: 'Marie is ill and asked me to set her out of office.',
  startedAt: new Date('2026-11-23T14:40:00Z'),
  expiresAt: new Date('2026-11-23T15:10:00Z'),
  endedAt: new Date('2026-11-23T14:52:00Z'),
  endedHow: 'stopped',
  endedBy: '',
  recordUrl: 'https://attendant.example/record/0198a0f0-0000-7000-8000-000000000001',
  acts: [
    { at: new Date('2026-11-23T14:45:00Z'), event: 'out-of-office.set' },
    { at: new Date('2026-11-23T14:46:00Z'), event: 'voicemail.played' },
  ],
};

const shownSession: ShownSession = {
  id: asId<SessionId>(exampleSession.id),
  admin: 'Amara Osei',
  person: 'Marie <b>Gagnon</b>',
  personId: asId<UserId>('marie'),
  reason: exampleSession.reason.repeat(9),
  startedAt: exampleSession.startedAt,
  expiresAt: exampleSession.expiresAt,
  endedAt: exampleSession.endedAt,
  endedHow: 'ended-by-person',
  endedBy: 'Marie <b>Gagnon</b>',
  acts: 2,
};
const sessions: SessionsPage = {
  running: Array.from({ length: 6 }, () => ({ ...shownSession, endedAt: undefined, endedHow: null, acts: 0 })),
  past: Array.from({ length: sessionsOnCard }, () => shownSession),
  before: '2026-11-23T14:40:00.000Z~0198a0f0-0000-7000-8000-000000000001',
  isLater: true,
};
const sessionsUrl = 'https://attendant.example/admin/impersonations';

/** Every view of this feature, for the contract tests. */
export const impersonationExamples: readonly ViewExample[] = [
  {
    name: 'impersonation.start',
    view: (locale) => startForm(exampleReader(locale), { told: true, user: { value: 'marie', label: 'Marie Gagnon' } }),
  },
  {
    name: 'impersonation.start, nobody found',
    view: (locale) =>
      startForm(exampleReader(locale), {
        told: false,
        problem: wordsIn(locale).impersonation.notFound('Mari Gangon'),
      }),
  },
  {
    name: 'impersonation begun',
    view: (locale) => startedCard(exampleReader(locale), 'Marie Gagnon', exampleSession.expiresAt),
  },
  { name: 'notice of a start', view: (locale) => startedNotice(exampleReader(locale), exampleSession) },
  { name: 'notice of an end', view: (locale) => endedNotice(exampleReader(locale), exampleSession) },
  {
    name: 'notice of an end, access lost',
    view: (locale) => endedNotice(exampleReader(locale), { ...exampleSession, endedHow: 'admin-lost-access' }),
  },
  {
    name: 'notice of an end, to the admin',
    view: (locale) =>
      endedForAdmin(exampleReader(locale), { person: 'Marie Gagnon', endedHow: 'person-lost-access', endedBy: '' }),
  },
  {
    name: 'notice of an end, by another admin',
    view: (locale) =>
      endedNotice(exampleReader(locale), { ...exampleSession, endedHow: 'ended-by-admin', endedBy: 'Ève Müller' }),
  },
  {
    name: 'a click after the person ended it',
    view: (locale) =>
      endedForAdmin(
        exampleReader(locale),
        { person: 'Marie Gagnon', endedHow: 'ended-by-person', endedBy: 'Marie Gagnon' },
        true,
      ),
  },
  {
    name: 'notice of a start, over',
    view: (locale) => startedNotice(exampleReader(locale), exampleSession, exampleSession.endedAt),
  },
  {
    name: 'impersonations, running',
    view: (locale) => sessionsCard(exampleReader(locale), sessions, 'running', sessionsUrl),
  },
  {
    name: 'impersonations, past',
    view: (locale) => sessionsCard(exampleReader(locale), sessions, 'past', sessionsUrl),
  },
  {
    name: 'impersonations, none',
    view: (locale) =>
      sessionsCard(
        exampleReader(locale),
        { running: [], past: [], before: undefined, isLater: false },
        'running',
        sessionsUrl,
      ),
  },
  {
    name: 'notice of an end, nothing done',
    view: (locale) => endedNotice(exampleReader(locale), { ...exampleSession, acts: [] }),
  },
  {
    name: 'notice of an end, much done',
    view: (locale) =>
      endedNotice(exampleReader(locale), {
        ...exampleSession,
        acts: Array.from({ length: 45 }, () => ({ at: exampleSession.startedAt, event: 'voicemail.forward-asked' })),
      }),
  },
];
