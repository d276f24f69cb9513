import { Prisma } from '../../generated/prisma/client.js';
import type { Db } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { RoutingPeriod } from '../routing/routing-rows.js';
import { type ConflictFacts, type ConflictLine, type ConflictUser, usernameKey } from './import-line.js';
import type { SaidWhy } from './judge-single-line.js';

/**
 * Lines of one file may stand in each other's way, and in the way of people: by values that only one may have, by
 * backups, by the last admin. Which ones may is found by queries; only those are loaded (`refuse-conflicts`).
 */
interface ImportOf {
  readonly runId: string;
  readonly tenantId: TenantId;
}

/** Values that one person has, as a line and as a row have them. */
const ownValues = [
  { column: 'email', row: Prisma.sql`lower(u.email)` },
  { column: 'extension', row: Prisma.sql`u.extension` },
  { column: 'did', row: Prisma.sql`u.did` },
  { column: 'agent_id', row: Prisma.sql`u."agentId"` },
] as const;

/** Marks the lines that may conflict; `sentTo`: numbers to which somebody's calls go while they are out. */
export async function markEntangled(db: Db, of: ImportOf, sentTo: readonly string[]): Promise<void> {
  await markWhoTakes(db, of);
  await markBackups(db, of, sentTo);
  await markAdmins(db, of);
}

/** Lines that want a value which another line wants or a person has, and the lines of those people. */
async function markWhoTakes(db: Db, { runId, tenantId }: ImportOf): Promise<void> {
  for (const { column, row } of ownValues) {
    const wanting = Prisma.sql`
      SELECT line, "userId", facts->>${column} AS value FROM "ImportLine"
      WHERE "runId" = ${runId}::uuid AND outcome IN ('created', 'updated') AND ${column} = ANY (changed)
        AND facts->>${column} IS NOT NULL`;
    await db.$executeRaw`
      WITH wanting AS MATERIALIZED (${wanting}), held AS (
        SELECT w.line, u.id AS holder FROM wanting w JOIN "User" u
          ON u."tenantId" = ${tenantId}::uuid AND ${row} = w.value AND u.id IS DISTINCT FROM w."userId"
      )
      UPDATE "ImportLine" SET entangled = true WHERE "runId" = ${runId}::uuid AND NOT entangled AND (
        line IN (SELECT line FROM held)
        OR line IN (SELECT unnest(array_agg(line)) FROM wanting GROUP BY value HAVING count(*) > 1)
        OR "userId" IN (SELECT holder FROM held))`;
  }
}

/** Lines that change a backup, the lines of those backups, and lines that give a number to which calls are sent. */
async function markBackups(db: Db, { runId }: ImportOf, sentTo: readonly string[]): Promise<void> {
  await db.$executeRaw`
    WITH leaning AS MATERIALIZED (
      SELECT line, lower(facts->>'default_backup') AS backup FROM "ImportLine"
      WHERE "runId" = ${runId}::uuid AND outcome IN ('created', 'updated') AND 'default_backup' = ANY (changed)
    )
    UPDATE "ImportLine" SET entangled = true WHERE "runId" = ${runId}::uuid AND NOT entangled AND (
      line IN (SELECT line FROM leaning) OR key IN (SELECT backup FROM leaning)
      OR 'did' = ANY (changed) AND facts->>'did' = ANY (${[...sentTo]}::text[]))`;
}

/** Lines that take the role of an admin, and then lines that could give it. */
async function markAdmins(db: Db, { runId, tenantId }: ImportOf): Promise<void> {
  await db.$executeRaw`
    WITH losing AS (
      SELECT l.line FROM "ImportLine" l JOIN "User" u ON u.id = l."userId" AND u."tenantId" = ${tenantId}::uuid
      WHERE l."runId" = ${runId}::uuid AND l.outcome = 'updated' AND u.role = 'admin'
        AND l.changed && ARRAY['role', 'access', 'app_access']
    )
    UPDATE "ImportLine" SET entangled = true WHERE "runId" = ${runId}::uuid AND NOT entangled
      AND EXISTS (SELECT 1 FROM losing) AND (line IN (SELECT line FROM losing) OR facts->>'role' = 'admin')`;
}

interface LineRow {
  readonly line: number;
  readonly username: string;
  readonly key: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'skipped' | 'refused';
  readonly why: SaidWhy | null;
  readonly isKnown: boolean;
  readonly facts: ConflictFacts | null;
}

/** What lines and people may conflict about, of the JSON of a line. */
const conflictFacts = Prisma.sql`jsonb_build_object('email', facts->'email', 'first_name', facts->'first_name',
  'last_name', facts->'last_name', 'user_type', facts->'user_type', 'access', facts->'access',
  'extension', facts->'extension', 'did', facts->'did', 'agent_id', facts->'agent_id',
  'app_access', facts->'app_access', 'default_backup', facts->'default_backup', 'role', facts->'role')`;

/** The marked lines in the order of the file, with their people out of `users`. */
export async function findEntangled(
  db: Db,
  { runId }: ImportOf,
  users: ReadonlyMap<string, ConflictUser>,
): Promise<readonly ConflictLine[]> {
  const lines: ConflictLine[] = [];
  for (;;) {
    const rows = await db.$queryRaw<LineRow[]>`
      SELECT line, username, key, outcome, why, "userId" IS NOT NULL AS "isKnown",
        CASE WHEN facts IS NOT NULL THEN ${conflictFacts} END AS facts
      FROM "ImportLine" WHERE "runId" = ${runId}::uuid AND entangled AND line > ${lines.at(-1)?.line ?? 0}
      ORDER BY line LIMIT 5000`;
    for (const row of rows) lines.push(lineOf(row, users));
    if (rows.length < 5_000) return lines;
  }
}

function lineOf(row: LineRow, users: ReadonlyMap<string, ConflictUser>): ConflictLine {
  const { line, username, key, outcome, why } = row;
  const user = users.get(key);
  const said = why ?? { en: '', fr: '' };
  return {
    ...{ line, username, key, user },
    facts: row.facts ?? user?.facts ?? nobody,
    ...(outcome === 'refused' || outcome === 'skipped' ? { stopped: { outcome, why: () => said.en } } : {}),
  };
}

/** Of a line that was refused before anybody knew whose it is. */
const nobody: ConflictFacts = {
  email: '',
  first_name: '',
  last_name: '',
  user_type: 'business',
  access: 'none',
  extension: null,
  did: null,
  agent_id: null,
  app_access: false,
  default_backup: null,
  role: 'member',
};

interface UserRow extends ConflictFacts {
  readonly username: string;
}

/**
 * The people with whom marked lines may conflict, by `usernameKey(username)`: their own, those who have what they want, their
 * backups, everybody who has a backup or is one of `out` (the graph), and admins.
 */
export async function findConflictUsers(
  db: Db,
  { runId, tenantId }: ImportOf,
  out: readonly string[],
): Promise<ReadonlyMap<string, ConflictUser>> {
  const wanted = (column: string) =>
    Prisma.sql`SELECT facts->>${column} FROM "ImportLine" WHERE "runId" = ${runId}::uuid AND entangled`;
  const users = new Map<string, ConflictUser>();
  for (let last = ''; ; ) {
    const rows = await db.$queryRaw<UserRow[]>`
      SELECT u.username, lower(u.email) AS email, u."firstName" AS first_name, u."lastName" AS last_name,
        u."userType" AS user_type, u.access, u.extension, u.did, u."agentId" AS agent_id, u."appAllowed" AS app_access,
        b.username AS default_backup, u.role
      FROM "User" u LEFT JOIN "User" b ON b.id = u."defaultBackupId" AND b."tenantId" = u."tenantId"
      WHERE u."tenantId" = ${tenantId}::uuid AND u.username > ${last} AND (
        u."defaultBackupId" IS NOT NULL OR u.role = 'admin' OR u.id = ANY (${[...out]}::uuid[])
        OR u.id IN (SELECT "userId" FROM "ImportLine" WHERE "runId" = ${runId}::uuid AND entangled)
        OR lower(u.username) IN (SELECT lower(backup) FROM (${wanted('default_backup')}) AS wanted (backup))
        OR lower(u.email) IN (${wanted('email')}) OR u.extension IN (${wanted('extension')})
        OR u.did IN (${wanted('did')}) OR u."agentId" IN (${wanted('agent_id')}))
      ORDER BY u.username LIMIT 5000`;
    for (const { username, ...facts } of rows) users.set(usernameKey(username), { username, facts });
    if (rows.length < 5_000) return users;
    last = rows.at(-1)?.username ?? last;
  }
}

/** The people of these periods: who is out, and who covers. */
export const peopleOf = (periods: readonly RoutingPeriod[]): readonly string[] => [
  ...new Set(periods.flatMap(({ userId, backupId }) => [userId, ...(backupId === null ? [] : [backupId])])),
];
