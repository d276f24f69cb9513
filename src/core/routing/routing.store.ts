import { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type TenantId, type UserId } from '../ids.js';
import { displayName } from '../people/sql.js';
import { sql } from '../settings/sql.js';
import { mostHops } from './backups.js';
import type { Closure } from './closure/closure.types.js';
import type { RoutingCompany, RoutingPeriod, RoutingPerson, RoutingPresence } from './routing-rows.js';

type Reads = Db | Transaction;

/** The company, as routing needs it. Rejects when there is none of that id. */
export async function findCompany(db: Reads, tenantId: TenantId): Promise<RoutingCompany> {
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  return { ...tenant, operatorId: idOf(tenant.operatorId), generalMailboxId: idOf(tenant.generalMailboxId) };
}

/** People, their periods and what is known of their presence. */
export interface FoundPeople {
  readonly people: ReadonlyMap<UserId, RoutingPerson>;
  readonly periods: readonly RoutingPeriod[];
  readonly presence: ReadonlyMap<UserId, RoutingPresence>;
  /** Of the company, over or not. */
  readonly closure: Closure | undefined;
}

interface Row extends Omit<RoutingPerson, 'id' | 'defaultBackupId'> {
  id: string;
  defaultBackupId: string | null;
  presence: string;
  presenceAt: Date | null;
  closedAt: Date | null;
  closedUntil: Date | null;
  closedNote: string | null;
  periods: PeriodRow[];
}

interface PeriodRow {
  id: string;
  startsAt: string;
  endsAt: string | null;
  backupId: string | null;
  number: string | null;
  backupAnswer: string;
  privacy: string;
  note: string;
}

/**
 * The people whom calls for `from` can come to, themselves included, and their periods between two instants (both
 * inclusive; `until` null: without end). `follow`: as many hops as a call takes, or all of the graph, as a circle needs.
 * One round trip; of a call at one instant at most 15 people, however large the company. Ids of nobody here are left out.
 */
export async function findPeople(
  db: Reads,
  tenantId: TenantId,
  from: readonly string[],
  { since, until }: { readonly since: Date; readonly until: Date | null },
  follow: 'hops of a call' | 'all',
): Promise<FoundPeople> {
  // Where all is followed nobody counts the hops: a person is met once, and so a circle ends.
  const hop = follow === 'all' ? 0 : 1;
  const rows = await db.$queryRaw<Row[]>`
    WITH RECURSIVE way (hop, id) AS (
      SELECT 0, u.id FROM "User" u WHERE u.id = ANY (${[...from]}::uuid[]) AND u."tenantId" = ${tenantId}::uuid
      UNION
      SELECT way.hop + ${hop}::int, next.id
      FROM way
      JOIN "User" u ON u.id = way.id AND u."tenantId" = ${tenantId}::uuid
      CROSS JOIN LATERAL (
        SELECT u."defaultBackupId" AS id
        UNION ALL
        SELECT COALESCE(p."backupId", own.id)
        FROM "OutOfOfficePeriod" p LEFT JOIN "User" own ON own.did = p.number AND own."tenantId" = p."tenantId"
        WHERE p."tenantId" = ${tenantId}::uuid AND p."userId" = u.id AND p.status = 'planned'
          AND (${until}::timestamptz IS NULL OR p."startsAt" <= ${until}::timestamptz)
          AND (p."endsAt" IS NULL OR p."endsAt" > ${since}::timestamptz)
      ) AS next
      WHERE way.hop < ${mostHops} AND next.id IS NOT NULL
    )
    SELECT u.id, ${displayName('u')} AS name, u."userType", u.access,
      ${sql('language', rowsOfPerson)} AS language, ${sql('timeZone', rowsOfPerson)} AS "timeZone",
      ${sql('hours', rowsOfPerson)} AS hours, ${sql('personalQueue', rowsOfPerson)} AS "personalQueue",
      ${sql('queueSeconds', rowsOfPerson)} AS "queueSeconds",
      ${sql('directVoicemailTransfer', rowsOfPerson)} AS "directVoicemailTransfer",
      ${sql('urgentAllowed', rowsOfPerson)} AS "urgentAllowed",
      closure."closedAt", closure.until AS "closedUntil", closure.note AS "closedNote",
      u."agentId", COALESCE(presence.state, 'signed-out') AS presence, presence.at AS "presenceAt", u.extension,
      COALESCE(u."personalNumber", CASE WHEN t."deskPhones" THEN u.extension END) AS "personalNumber", u."defaultBackupId",
      ${isOurs(Prisma.sql`COALESCE(u."personalNumber", CASE WHEN t."deskPhones" THEN ${numberByTemplate('extension')} END)`)}
        AS "numberComesBack",
      ${isOurs(numberByTemplate('agentId'))} AS "agentNumberComesBack",
      COALESCE((
        -- A number that is a colleague's DID is the colleague: dialling it would bring the call back.
        SELECT json_agg(json_build_object('id', p.id, 'startsAt', p."startsAt", 'endsAt', p."endsAt",
          'backupId', COALESCE(p."backupId", own.id), 'number', CASE WHEN own.id IS NULL THEN p.number END,
          'backupAnswer', CASE WHEN own.id IS NULL THEN p."backupAnswer" ELSE 'accepted' END,
          'privacy', p.privacy, 'note', p.note) ORDER BY p."startsAt")
        FROM "OutOfOfficePeriod" p LEFT JOIN "User" own ON own.did = p.number AND own."tenantId" = p."tenantId"
        WHERE p."tenantId" = u."tenantId" AND p."userId" = u.id AND p.status = 'planned'
          AND (${until}::timestamptz IS NULL OR p."startsAt" <= ${until}::timestamptz)
          AND (p."endsAt" IS NULL OR p."endsAt" > ${since}::timestamptz)
      ), '[]') AS periods
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" LEFT JOIN "Presence" presence ON presence."userId" = u.id
      LEFT JOIN "CompanyClosure" closure ON closure."tenantId" = t.id
    WHERE u.id IN (SELECT id FROM way) AND u."tenantId" = ${tenantId}::uuid`;
  return {
    people: new Map(rows.map((row) => [asId<UserId>(row.id), personOf(row)])),
    periods: rows.flatMap(({ id, periods }) => periods.map((period) => periodOf(id, period))),
    presence: new Map(
      rows.flatMap(({ id, presence, presenceAt }): [UserId, RoutingPresence][] =>
        presenceAt ? [[asId<UserId>(id), { state: presence, since: presenceAt }]] : [],
      ),
    ),
    closure: closureOf(rows[0]),
  };
}

const closureOf = (row: Row | undefined): Closure | undefined =>
  row?.closedAt
    ? { closedAt: row.closedAt, until: row.closedUntil ?? undefined, note: row.closedNote ?? '' }
    : undefined;

/** Does this number lead to us? Dialling it would bring the call back. */
const isOurs = (
  number: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(EXISTS (SELECT 1 FROM "User" own WHERE own.did = ${number})
  OR COALESCE(${number} = ANY (t."mainNumbers" || t."accessNumber"), false))`;

/** The number that stands for this id of the person, where the company dials agents by number (`agent-number`); else NULL. */
const numberByTemplate = (id: 'agentId' | 'extension'): Prisma.Sql =>
  Prisma.sql`CASE WHEN t."agentSipTemplate" LIKE '+%'
    THEN replace(t."agentSipTemplate", '{agentId}', u.${Prisma.raw(`"${id}"`)}) END`;

/** How the query calls the rows of a person and of their company. */
const rowsOfPerson = { user: 'u', tenant: 't' };

const personOf = (row: Row): RoutingPerson => ({
  id: asId<UserId>(row.id),
  name: row.name,
  userType: row.userType,
  access: row.access,
  language: row.language,
  timeZone: row.timeZone,
  hours: row.hours,
  personalQueue: row.personalQueue,
  queueSeconds: row.queueSeconds,
  directVoicemailTransfer: row.directVoicemailTransfer,
  urgentAllowed: row.urgentAllowed,
  agentId: row.agentId,
  agentNumberComesBack: row.agentNumberComesBack,
  extension: row.extension,
  personalNumber: row.personalNumber,
  numberComesBack: row.numberComesBack,
  defaultBackupId: idOf(row.defaultBackupId),
});

const periodOf = (userId: string, { startsAt, endsAt, backupId, ...period }: PeriodRow): RoutingPeriod => ({
  ...period,
  userId: asId<UserId>(userId),
  startsAt: new Date(startsAt),
  endsAt: endsAt === null ? null : new Date(endsAt),
  backupId: idOf(backupId),
});

const idOf = (id: string | null): UserId | null => (id === null ? null : asId<UserId>(id));

/** Every period of the company that is not over, as routing reads them. */
export async function findLivePeriods(db: Reads, tenantId: TenantId, now: Date): Promise<readonly RoutingPeriod[]> {
  const rows = await db.$queryRaw<(Omit<RoutingPeriod, 'userId'> & { userId: string })[]>`
    SELECT p.id, p."userId", p."startsAt", p."endsAt", COALESCE(p."backupId", own.id) AS "backupId",
      CASE WHEN own.id IS NULL THEN p.number END AS number,
      CASE WHEN own.id IS NULL THEN p."backupAnswer" ELSE 'accepted' END AS "backupAnswer", p.privacy, p.note
    FROM "OutOfOfficePeriod" p LEFT JOIN "User" own ON own.did = p.number AND own."tenantId" = p."tenantId"
    WHERE p."tenantId" = ${tenantId}::uuid AND p.status = 'planned' AND (p."endsAt" IS NULL OR p."endsAt" > ${now})`;
  return rows.map((row) => ({ ...row, userId: asId<UserId>(row.userId) }));
}

/** Return the people whose absences, running or planned, send their calls to the direct number of one of these people. */
export async function findSentToNumbersOf(
  { db, tenantId, now }: Pick<Change, 'db' | 'tenantId' | 'now'>,
  people: readonly UserId[],
): Promise<readonly UserId[]> {
  const rows = await db.$queryRaw<{ userId: UserId }[]>`
    SELECT DISTINCT p."userId" FROM "User" u
    JOIN "OutOfOfficePeriod" p ON p."tenantId" = u."tenantId" AND p.number = u.did
    WHERE u."tenantId" = ${tenantId}::uuid AND u.id = ANY(${people}::uuid[])
      AND p.status = 'planned' AND (p."endsAt" IS NULL OR p."endsAt" > ${now})`;
  return rows.map(({ userId }) => userId);
}

/**
 * Until the commit nobody else in the company changes a default backup or a period: checks of the graph see all that is
 * saved. Taken before any row is locked, so that no two changes wait for each other.
 */
export async function lockGraph({ db, tenantId }: Change): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('routing:' || ${tenantId}, 0))`;
}
