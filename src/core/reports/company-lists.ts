import { exportedColumns, usersAsLines } from '../bulk/users-as-lines.js';
import { isUuid } from '../ids.js';
import { oneLine } from '../text.js';
import { isUsableInstant } from '../time/usable-instant.js';
import type { CompanyList } from './company-list.js';
import { instantKey, iso, pageOf, readInstantKey } from './company-list.js';
import { findCoverGaps } from './cover-gaps.js';
import { findFailedDeliveriesAfter } from './failed-deliveries.store.js';
import type { ListName } from './list-names.js';
import { findMissedAfter, findPeriodsAfter, findSessionsAfter, findUnheardAfter } from './lists.store.js';
import { recordList } from './record-list.js';
import { type BoxKey, type DayKey, findBoxesAfter, findDaysAfter } from './storage.store.js';
import { unreachableAfter } from './unreachable-people.js';

/** The username that a page ended with, as such a key can hold it. */
const usernameIn = (key = ''): string => oneLine(key, 254);

/** An export of `users` can be imported unchanged. */
const users: CompanyList = {
  columns: exportedColumns,
  page: async ({ db }, tenantId, { after, most }) =>
    pageOf(
      await usersAsLines(db, tenantId, usernameIn(after), most + 1),
      most,
      ({ username }) => username,
      (line) => line,
    ),
};

const ooo: CompanyList = {
  narrowedBy: ['person', 'days'],
  columns: ['username', 'name', 'from', 'until', 'backup', 'number', 'note', 'status'].concat(
    // Later columns stand at the end: programs read the file by place too.
    ['backup_name', 'answer', 'set_by', 'set_at'],
  ),
  async page({ db, clock }, tenantId, { after, most }, filter = {}) {
    const now = clock.now();
    const found = await findPeriodsAfter(db, { tenantId, now }, readInstantKey(after), most + 1, filter);
    return pageOf(found, most, instantKey, (period) => ({
      username: period.username,
      name: period.name,
      from: iso(period.at),
      until: iso(period.until),
      backup: period.backup ?? '',
      backup_name: period.backupName ?? '',
      number: period.number ?? '',
      answer: period.answer,
      note: period.note,
      status: period.at <= now ? 'now' : 'planned',
      set_by: period.setBy ?? period.via ?? '',
      set_at: iso(period.setAt),
    }));
  },
};

const gaps: CompanyList = {
  columns: ['username', 'name', 'from', 'until', 'why', 'breaks_at'],
  async page(deps, tenantId, { after, most }) {
    const found = await findCoverGaps(deps, tenantId, after, most);
    return {
      next: found.next,
      rows: found.gaps.map(({ person, startsAt, endsAt, because, at }) => ({
        username: person.username,
        name: person.name,
        from: iso(startsAt),
        until: iso(endsAt),
        why: because,
        breaks_at: at,
      })),
    };
  },
};

const unreachable: CompanyList = {
  columns: ['username', 'name', 'why', 'detail', 'mail'],
  page: async (deps, tenantId, { after, most }) =>
    pageOf(
      await unreachableAfter(deps, tenantId, { after: usernameIn(after), most: most + 1 }),
      most,
      ({ username }) => username,
      ({ username, displayName: name, why, detail, mail }) => ({ username, name, why, detail, mail }),
    ),
};

const failedDeliveries: CompanyList = {
  narrowedBy: ['person', 'days'],
  columns: ['at', 'username', 'name', 'platform', 'status', 'why'],
  page: async ({ db }, tenantId, { after, most }, filter = {}) =>
    pageOf(
      await findFailedDeliveriesAfter(db, tenantId, readInstantKey(after), most + 1, filter),
      most,
      instantKey,
      (failed) => ({
        at: iso(failed.at),
        username: failed.username,
        name: failed.name,
        platform: failed.platform,
        status: failed.status,
        why: failed.why,
      }),
    ),
};

const missed: CompanyList = {
  narrowedBy: ['person', 'days'],
  columns: ['at', 'caller', 'name', 'dialled', 'username', 'asked_for', 'result'],
  page: async ({ db }, tenantId, { after, most }, filter = {}) =>
    pageOf(await findMissedAfter(db, tenantId, readInstantKey(after), most + 1, filter), most, instantKey, (call) => ({
      at: iso(call.at),
      caller: call.ani,
      name: call.callerName,
      dialled: call.dnis,
      username: call.username,
      asked_for: call.askedFor,
      result: call.disposition,
    })),
};

const unheard: CompanyList = {
  narrowedBy: ['person', 'days'],
  columns: ['username', 'name', 'received', 'days', 'caller', 'seconds'],
  plus: true,
  page: async ({ db, clock }, tenantId, { after, most }, filter = {}) =>
    pageOf(
      await findUnheardAfter(db, tenantId, readInstantKey(after), most + 1, filter),
      most,
      instantKey,
      (message) => ({
        username: message.username,
        name: message.name,
        received: iso(message.at),
        days: String(Math.floor((clock.now().getTime() - message.at.getTime()) / 86_400_000)),
        caller: message.ani,
        seconds: String(message.durationSeconds),
      }),
    ),
};

const storage: CompanyList = {
  narrowedBy: ['person'],
  columns: ['username', 'name', 'voicemails', 'unheard', 'bytes', 'user_id'],
  plus: true,
  page: async ({ db }, tenantId, { after, most }, filter = {}) =>
    pageOf(
      await findBoxesAfter(db, tenantId, readBoxKey(after), most + 1, filter),
      most,
      ({ bytes, username }) => `${bytes} ${username}`,
      ({ userId, username, name, voicemails, unheard, bytes }) => ({
        username,
        name,
        voicemails: String(voicemails),
        unheard: String(unheard),
        bytes: String(bytes),
        user_id: userId,
      }),
    ),
};

function readBoxKey(key = ''): BoxKey | undefined {
  const [, bytes = '', username = ''] = /^(\d{1,18}) (.+)$/.exec(key) ?? [];
  return bytes === '' ? undefined : { bytes: BigInt(bytes), username: usernameIn(username) };
}

/** The company's total of each day, and each mailbox on the days on which it was no longer what it had been before. */
const storageDays: CompanyList = {
  narrowedBy: ['person', 'days'],
  columns: ['day', 'username', 'name', 'recordings', 'bytes'],
  plus: true,
  page: async ({ db }, tenantId, { after, most }, filter = {}) =>
    pageOf(
      await findDaysAfter(db, tenantId, readDayKey(after), most + 1, filter),
      most,
      ({ day, userId }) => `${dayOf(day)} ${userId ?? ''}`,
      ({ day, username, name, recordings, bytes }) => ({
        day: dayOf(day),
        username: username ?? '',
        name: name ?? '',
        recordings: String(recordings),
        bytes: String(bytes),
      }),
    ),
};

const dayOf = (day: Date): string => day.toISOString().slice(0, 10);

function readDayKey(key = ''): DayKey | undefined {
  const [, day = '', userId = ''] = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})?$/.exec(key) ?? [];
  const start = new Date(day);
  // The 30th of February is read as a day of March, and no day of a column's.
  if (!isUsableInstant(start) || dayOf(start) !== day) return undefined;
  return userId === '' || isUuid(userId) ? { day, userId } : undefined;
}

/** The reasons are on record: whoever may not read the record does not read them here. */
const impersonations: CompanyList = {
  permission: 'audit.view',
  narrowedBy: ['person', 'days'],
  columns: ['from', 'until', 'admin', 'person', 'reason', 'ended'],
  page: async ({ db, clock }, tenantId, { after, most }, filter = {}) =>
    pageOf(
      await findSessionsAfter(db, tenantId, readInstantKey(after), most + 1, filter),
      most,
      instantKey,
      (session) => {
        const { expiresAt, endedAt, endedHow } = session;
        const isRunning = endedAt === null && expiresAt > clock.now();
        return {
          from: iso(session.at),
          until: iso(endedAt ?? expiresAt),
          admin: session.admin,
          person: session.person,
          reason: session.reason,
          ended: isRunning ? 'running' : (endedHow ?? 'expired'),
        };
      },
    ),
};

export const companyLists: Readonly<Record<ListName, CompanyList>> = {
  users,
  ooo,
  gaps,
  unreachable,
  'failed-deliveries': failedDeliveries,
  missed,
  unheard,
  storage,
  'storage-days': storageDays,
  impersonations,
  audit: recordList({}),
};
