import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { displayName, takesCalls } from '../people/sql.js';
import { isUnreachable, type NoticeChannels } from '../reports/unreachable-people.js';
import { isOutAt } from '../routing/absence.js';
import { isBoxNearlyFull } from '../voicemail/mailbox/nearly-full-box.js';
import type { ListedPerson, PeopleFilter, PeoplePageWish, PeopleSort } from './people-list.types.js';

/** What a filter is read with. */
export interface FilterContext {
  readonly tenantId: TenantId;
  readonly now: Date;
  readonly channels: NoticeChannels;
}

/** A page by key: it seeks the place of the person whom it begins after, by the index of migration 0026. */
export async function findPage(
  db: Db,
  filter: PeopleFilter,
  { sort, direction, after, before, size }: PeoplePageWish,
  context: FilterContext,
): Promise<{ readonly people: readonly ListedPerson[]; readonly more: boolean }> {
  const anchor = after ?? before;
  const backwards = before !== undefined && after === undefined;
  const ascending = (direction === 'up') !== backwards;
  const way = Prisma.raw(ascending ? 'ASC' : 'DESC');
  const key = keys[sort];
  const beyond = anchor
    ? Prisma.sql`AND (${key}, u.id) ${Prisma.raw(ascending ? '>' : '<')} ((
        SELECT ${key} FROM "User" u WHERE u.id = ${anchor}::uuid AND u."tenantId" = ${context.tenantId}::uuid
      ), ${anchor}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<ListedPerson[]>`
    SELECT u.id, ${displayName('u')} AS "displayName", u.username, u.email, u.title, u.team, u."userType", u.access,
      u.role, u.extension, u.did, ${isOutAt('u', context.now)} AS "isOut"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE ${fits(filter, context)} ${beyond}
    ORDER BY ${key} ${way}, u.id ${way} LIMIT ${size + 1}`;
  const people = rows.slice(0, size);
  return { people: backwards ? people.reverse() : people, more: rows.length > size };
}

export async function countPeople(db: Db, filter: PeopleFilter, context: FilterContext): Promise<number> {
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE ${fits(filter, context)}`;
  return row?.total ?? 0;
}

/** The ids of those who fit, in the order of ids, after `after`. */
export async function findIdsAfter(
  db: Db,
  filter: PeopleFilter,
  context: FilterContext,
  { after, most }: { readonly after: UserId | null; readonly most: number },
): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ id: UserId }[]>`
    SELECT u.id FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE ${fits(filter, context)} AND (${after}::uuid IS NULL OR u.id > ${after}::uuid)
    ORDER BY u.id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** As the indexes of migration 0026 have them. */
const keys: Readonly<Record<PeopleSort, Prisma.Sql>> = {
  name: Prisma.sql`u."directoryOrder" COLLATE "C"`,
  username: Prisma.sql`u.username`,
  extension: Prisma.sql`COALESCE(u.extension, '') COLLATE "C"`,
};

function fits(filter: PeopleFilter, { tenantId, now, channels }: FilterContext): Prisma.Sql {
  const rows = { user: 'u', tenant: 't' };
  const conditionSql = {
    out: () => isOutAt('u', now),
    'no-backup': () => Prisma.sql`(u."defaultBackupId" IS NULL AND ${takesCalls('u')})`,
    unreachable: () => isUnreachable(rows, tenantId, channels),
    'box-nearly-full': () => isBoxNearlyFull(rows, tenantId),
  };
  return Prisma.join(
    [
      Prisma.sql`u."tenantId" = ${tenantId}::uuid`,
      ...(filter.type === undefined ? [] : [Prisma.sql`u."userType" = ${filter.type}`]),
      ...(filter.access === undefined ? [] : [Prisma.sql`u.access = ${filter.access}`]),
      ...(filter.team === undefined ? [] : [Prisma.sql`u.team = ${filter.team}`]),
      ...(filter.ids === undefined ? [] : [Prisma.sql`u.id = ANY (${idsIn(filter.ids)}::uuid[])`]),
      ...(filter.condition === undefined ? [] : [conditionSql[filter.condition]()]),
      ...wordsOf(filter.search).map(beginsWith),
    ],
    ' AND ',
  );
}

const idsIn = (ids: string): string[] => ids.split(' ').filter((id) => id !== '');

const mostWords = 5;

const wordsOf = (search = ''): readonly string[] =>
  search
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords);

/** Each alternative by an index of its own (migration 0026). */
function beginsWith(word: string): Prisma.Sql {
  const typed = `${escaped(word.toLowerCase())}%`;
  const digits = word.replace(/\D/g, '');
  const name = Prisma.sql`directory_order(${escaped(word)}) || '%'`;
  return Prisma.sql`(u."directoryOrder" COLLATE "C" LIKE ${name}
    OR directory_order(u."firstName") COLLATE "C" LIKE ${name}
    OR lower(u.username) LIKE ${typed} OR lower(u.email) LIKE ${typed}
    OR u.extension = ${word} OR u."agentId" = ${word}
    OR (${digits.length >= 7} AND u.did IN (${`+${digits}`}, ${`+1${digits}`})))`;
}

/** Without what LIKE would read as a pattern. */
const escaped = (word: string): string => word.replace(/[\\%_]/g, '\\$&');
