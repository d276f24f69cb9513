import type { ViewExample } from '../chat/define-handler.js';
import type { Locale, Reader } from '../chat/phrasing.js';
import { asId } from '../ids.js';
import { returnersCard } from './departures/returners.views.js';
import { bringForm, bringInFailedCard, leaversCard, newcomersCard, noEmailCard } from './member-cards.views.js';
import type { Leaver, UnknownMember } from './members.types.js';
import { membersCard, type ShownWorkspace } from './members.views.js';

const reader = (locale: Locale): Reader => ({
  locale,
  timeZone: 'America/Toronto',
  now: new Date('2026-11-23T15:00:00Z'),
});
const nameOf = (platform: string) => (platform === 'one' ? 'Chat & <Co>' : platform);

const workspace: ShownWorkspace = {
  id: '0198c0de-0000-7000-8000-000000000001',
  platform: 'one',
  externalWorkspaceId: 'T0001',
  name: 'Chat & <Co>',
  source: { grantedBy: 'installation' },
  present: 48_211,
  linked: 47_900,
  newcomers: 300,
  withoutEmail: 11,
  left: 42,
  readAt: new Date('2026-11-23T09:00:00Z'),
  whole: true,
  reading: false,
  dueAt: new Date('2026-11-24T09:00:00Z'),
  failure: null,
  permission: null,
  failed: false,
  lost: 0,
  known: 0,
};
const other = { ...workspace, platform: 'two', name: 'two', externalWorkspaceId: 'tenant', whole: false };
const troubled: readonly ShownWorkspace[] = [
  { ...workspace, failure: 'permission', permission: 'users:read', failed: true },
  { ...other, failure: 'permission', permission: 'User.Read.All', source: { grantedBy: 'consent' } },
  { ...workspace, externalWorkspaceId: 'T0002', failure: 'doubted', lost: 30_000, known: 48_211 },
  { ...other, failure: 'away', readAt: null },
  { ...other, failure: 'credentials' },
  { ...workspace, externalWorkspaceId: 'T0005', failure: 'permission', permission: 'users:read.email' },
  { ...workspace, externalWorkspaceId: 'T0003', source: undefined },
  { ...workspace, externalWorkspaceId: 'T0004' },
];

const unknown: UnknownMember = {
  memberId: '0198c0de-0000-7000-8000-000000000002',
  displayName: '<!channel> *Zoë* "; DROP شخص 🧙',
  title: 'Chief <b>Everything</b>',
  email: 'zoe+tag@maple.example',
  platform: 'one',
  problem: null,
  awaited: false,
};
const leaver: Leaver = {
  memberId: '0198c0de-0000-7000-8000-000000000003',
  userId: asId('0198c0de-0000-7000-8000-000000000004'),
  displayName: '<@U1> *Ann* 🧙',
  title: 'Sales',
  extension: '0101',
  platform: 'one',
  since: new Date('2026-11-20T15:00:00Z'),
  state: 'open',
};
const pageOf = <Person>(people: readonly Person[], pages = 1) => ({
  people,
  total: people.length * pages,
  page: 1,
  pages,
});
const long = 'x'.repeat(160);

/** Every view of this feature, for the contract tests. */
export const membersExamples: readonly ViewExample[] = [
  { name: 'members', view: (locale) => membersCard(reader(locale), [workspace], { leavers: 3, back: 2 }) },
  { name: 'members, none', view: (locale) => membersCard(reader(locale), [], { leavers: 0, back: 0 }) },
  {
    name: 'members, all that can be wrong',
    view: (locale) => membersCard(reader(locale), troubled, { leavers: 3, back: 2 }),
  },
  {
    name: 'members, being read, and empty',
    view: (locale) =>
      membersCard(
        reader(locale),
        [
          { ...workspace, reading: true },
          { ...other, failure: 'empty' },
        ],
        { leavers: 0, back: 0 },
      ),
  },
  {
    name: 'new members',
    view: (locale) =>
      newcomersCard(reader(locale), nameOf, {
        ...pageOf(
          [unknown, { ...unknown, problem: 'taken' }, { ...unknown, problem: 'failed' }, { ...unknown, awaited: true }],
          5,
        ),
        page: 2,
      }),
  },
  {
    name: 'new members, a full page',
    view: (locale) =>
      newcomersCard(reader(locale), nameOf, {
        ...pageOf(
          Array.from({ length: 10 }, () => ({ ...unknown, displayName: long, title: long.slice(0, 120) })),
          5_000,
        ),
        page: 2,
      }),
  },
  { name: 'new members, nobody', view: (locale) => newcomersCard(reader(locale), nameOf, pageOf([])) },
  {
    name: 'members without e-mail',
    view: (locale) =>
      noEmailCard(
        reader(locale),
        nameOf,
        pageOf(
          Array.from({ length: 20 }, () => ({ ...unknown, email: null })),
          3,
        ),
      ),
  },
  {
    name: 'who left',
    view: (locale) =>
      leaversCard(reader(locale), nameOf, {
        ...pageOf(
          Array.from({ length: 8 }, () => ({ ...leaver, displayName: long })),
          4,
        ),
        page: 2,
        open: 32,
        newcomers: 0,
        back: 0,
        reportId: undefined,
      }),
  },
  {
    name: 'report of a change',
    view: (locale) =>
      leaversCard(reader(locale), nameOf, {
        ...pageOf([leaver, { ...leaver, state: 'kept' as const }, { ...leaver, state: 'deactivated' as const }]),
        open: 1,
        newcomers: 12,
        back: 2,
        reportId: '0198c0de-0000-7000-8000-000000000005',
      }),
  },
  {
    name: 'report of new people only',
    view: (locale) =>
      leaversCard(reader(locale), nameOf, { ...pageOf([]), open: 0, newcomers: 1, back: 0, reportId: leaver.memberId }),
  },
  { name: 'members who could not be brought in', view: (locale) => bringInFailedCard(locale, 312) },
  {
    name: 'who is back',
    view: (locale) =>
      returnersCard(
        reader(locale),
        nameOf,
        pageOf(
          Array.from({ length: 8 }, () => ({ ...leaver, displayName: long })),
          4,
        ),
      ),
  },
  { name: 'members.bring', view: (locale) => bringForm(reader(locale), 312) },
];
