import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import { asId, type SessionId, type UserId } from '../ids.js';
import { auditCard, filterForm } from './audit.views.js';
import type { RecordPage, TellableLine } from './audit-record.js';
import { linesOnCard } from './load-audit-card.js';

const line: TellableLine = {
  seq: 1201,
  at: new Date('2026-11-23T14:45:00Z'),
  event: 'out-of-office.set',
  who: 'Marie Gagnon',
  via: 'web',
  impersonator: 'Amara Osei',
  session: asId<SessionId>('0198a0f0-0000-7000-8000-000000000001'),
  reason: 'Marie is ill and asked me to set her out of office.',
  subject: undefined,
  changes: [{ name: 'until', from: undefined, to: new Date('2026-11-27T22:00:00Z') }],
};
const installed: TellableLine = {
  ...line,
  seq: 1200,
  event: 'user.updated',
  who: undefined,
  via: 'cli',
  impersonator: undefined,
  session: undefined,
  reason: undefined,
  subject: 'Marie Gagnon',
  changes: [
    { name: 'title', from: '<b>Clerk</b>', to: 'Manager' },
    { name: 'aliases', from: null, to: 'Mimi, Mary' },
    { name: 'inDirectory', from: true, to: false },
    { name: 'language', from: 'fr', to: null },
  ],
};
const page: RecordPage = {
  filter: { user: asId<UserId>('marie') },
  names: { user: 'Marie Gagnon', actor: undefined },
  lines: [line, installed],
  before: undefined,
  isLater: false,
};
const awkward: RecordPage = {
  ...page,
  filter: {
    actor: asId<UserId>('amara'),
    event: 'out-of-office.*',
    from: '2026-11-01',
    until: '2026-11-30',
    session: asId<SessionId>('0198a0f0-0000-7000-8000-000000000001'),
  },
  names: { user: undefined, actor: 'Amara Osei' },
  lines: Array.from({ length: linesOnCard }, () => ({ ...line, ...installed, reason: 'because '.repeat(60) })),
  before: 1190,
  isLater: true,
};

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});
const own = { webUrl: 'https://attendant.example/record', readsAll: false };
const all = { webUrl: 'https://attendant.example/admin/record', readsAll: true };
const marie = { value: 'marie', label: 'Marie Gagnon (210)' };

/** Every view of this feature, for the contract tests. */
export const auditExamples: readonly ViewExample[] = [
  { name: 'audit', view: (locale) => auditCard(reader(locale), page, own) },
  { name: 'audit, long, an older page', view: (locale) => auditCard(reader(locale), awkward, all) },
  { name: 'audit, nothing', view: (locale) => auditCard(reader(locale), { ...page, lines: [] }, own) },
  {
    name: 'audit.filter, of an admin',
    view: (locale) =>
      filterForm(reader(locale), awkward.filter, { readsAll: true, isPlus: true, user: marie, actor: marie }),
  },
  { name: 'audit.filter', view: (locale) => filterForm(reader(locale), {}, { readsAll: false, isPlus: true }) },
];
