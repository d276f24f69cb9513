import { randomUUID } from 'node:crypto';
import { Prisma } from '../../generated/prisma/client.js';
import type { Actor } from '../chat/actor.js';
import type { Clock, Db, Transaction } from '../deps.js';
import type { TenantId } from '../ids.js';
import { databaseNow, heldBy, isFree, type Lease, leaseEnd, takeLease } from '../tasks/lease.store.js';
import type { LineOutcome } from './import-line.js';
import type { ImportRun, ImportStatus } from './import-run.types.js';

/** For `WHERE`: a run that stopped half way; nobody has worked on it since, and the sweep has not taken it up yet. */
const isInterrupted = (clock: Clock) => Prisma.sql`(status = 'applying' AND progress > 0 AND ${isFree(clock)})`;

/** A run that is ours for a while. */
export type ClaimedRun = ImportRun & Lease;

/** Another file of the company is under way. */
export class RunUnderWay extends Error {}

/** Begins a run; rejects with `RunUnderWay`. An upload that broke off without a word blocks nobody for long. */
export async function insertRun(
  db: Db,
  clock: Clock,
  run: Pick<ImportRun, 'tenantId' | 'userId' | 'via' | 'fileName' | 'applies'>,
): Promise<string> {
  const id = randomUUID();
  const { tenantId, userId, via, fileName, applies } = run;
  await db.$executeRaw`
    UPDATE "ImportRun" SET status = 'failed'
    WHERE "tenantId" = ${tenantId}::uuid AND status = 'staging' AND "createdAt" < ${clock.now()}::timestamptz - interval '10 minutes'`;
  const inserted = await db.$executeRaw`
    INSERT INTO "ImportRun" (id, "tenantId", "userId", via, "fileName", applies, "createdAt")
    VALUES (${id}::uuid, ${tenantId}::uuid, ${userId}::uuid, ${via}, ${fileName}, ${applies}, ${clock.now()})
    ON CONFLICT DO NOTHING`;
  if (inserted === 0) throw new RunUnderWay();
  return id;
}

/** All lines are there: from now on the run is a task's. */
export async function endStaging(
  db: Db,
  clock: Clock,
  id: string,
  staged: Pick<ImportRun, 'columns' | 'lines' | 'note'>,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImportRun" SET status = 'checking', columns = ${[...staged.columns]}, lines = ${staged.lines},
      note = ${staged.note === null ? null : JSON.stringify(staged.note)}::jsonb, "dueAt" = ${databaseNow(clock)}
    WHERE id = ${id}::uuid AND status = 'staging'`;
}

/** Nothing of it is kept: its file could not be read. */
export async function dropRun(db: Db, id: string): Promise<void> {
  await db.$executeRaw`DELETE FROM "ImportRun" WHERE id = ${id}::uuid`;
}

/** What lines held is forgotten after so many days; what became of the run is not. */
const daysOfLines = 30;

/** Delete the lines of every company's old runs: they hold personal data. Idempotent. */
export async function forgetOldLines(db: Db, clock: Clock): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "ImportLine" WHERE "runId" IN (
      SELECT id FROM "ImportRun" WHERE "createdAt" < ${clock.now()}::timestamptz - make_interval(days => ${daysOfLines}::int))`;
}

/** Undefined: nothing is to be done for it, or somebody else is at work. */
export async function claimRun(db: Db, clock: Clock, id: string): Promise<ClaimedRun | undefined> {
  const [run] = await db.$queryRaw<ClaimedRun[]>`
    UPDATE "ImportRun" SET ${takeLease(clock, 'ImportRun')}
    WHERE id = ${id}::uuid AND ${isAtWork} AND "dueAt" <= ${databaseNow(clock)}
    RETURNING *`;
  return run;
}

/** For `WHERE`: a task has something to do. */
export const isAtWork = Prisma.sql`status IN ('checking', 'applying', 'reverting')`;

/** So many lines more are done, in the change that did them. False: the lease is lost, and the change must not stand. */
export async function advanceRun(db: Db | Transaction, clock: Clock, run: ClaimedRun, lines: number): Promise<boolean> {
  const held = await db.$executeRaw`
    UPDATE "ImportRun" SET progress = progress + ${lines}, "dueAt" = ${leaseEnd(clock, 'ImportRun')}, attempts = 0
    WHERE ${heldBy(run)}`;
  return held > 0;
}

type Counts = Pick<ImportRun, LineOutcome | 'restored' | 'kept'>;

/**
 * The next status, and the outcomes counted anew; undefined: the lease is lost. Of a run that is given up, only what it wrote
 * counts as created or updated.
 */
export async function moveRun(
  db: Db | Transaction,
  run: ClaimedRun,
  status: ImportStatus,
  { appliedAt = null }: { readonly appliedAt?: Date | null } = {},
): Promise<Counts | undefined> {
  const counts = status === 'failed' ? Prisma.sql`"writtenAt" IS NOT NULL` : Prisma.sql`true`;
  const [moved] = await db.$queryRaw<Counts[]>`
    UPDATE "ImportRun" run SET status = ${status}, progress = 0, "appliedAt" = COALESCE(${appliedAt}, "appliedAt"),
      created = counts.created, updated = counts.updated, unchanged = counts.unchanged, skipped = counts.skipped,
      refused = counts.refused, restored = counts.restored, kept = counts.kept
    FROM (
      SELECT count(*) FILTER (WHERE outcome = 'created' AND ${counts})::int AS created,
        count(*) FILTER (WHERE outcome = 'updated' AND ${counts})::int AS updated,
        count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,
        count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped,
        count(*) FILTER (WHERE outcome = 'refused')::int AS refused,
        count(*) FILTER (WHERE reverted = 'restored')::int AS restored,
        count(*) FILTER (WHERE reverted = 'kept')::int AS kept
      FROM "ImportLine" WHERE "runId" = ${run.id}::uuid
    ) AS counts
    WHERE ${heldBy(run)}
    RETURNING counts.*`;
  return moved;
}

/** Ends the lease: nothing is left to do, or it is due again in so many seconds. */
export async function leaveRun(db: Db, clock: Clock, run: ClaimedRun, dueInSeconds = 0): Promise<void> {
  await db.$executeRaw`
    UPDATE "ImportRun" SET "claimedAt" = NULL, "dueAt" = ${databaseNow(clock)} + make_interval(secs => ${dueInSeconds}::float8)
    WHERE ${heldBy(run)}`;
}

/**
 * From where a run rests to the next thing to do: a checked one is applied; one that was applied, given up or interrupted is
 * reverted. False: it rests there no longer. Rejects with `RunUnderWay`, also where two start at the same moment.
 */
export async function startRun(
  db: Db,
  clock: Clock,
  run: Pick<ImportRun, 'id' | 'tenantId'>,
  to: 'applying' | 'reverting',
  by: Actor,
): Promise<boolean> {
  const userId = 'userId' in by ? by.userId : null;
  const [busy] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "ImportRun" WHERE "tenantId" = ${run.tenantId}::uuid AND id <> ${run.id}::uuid
      AND (${isAtWork} OR status = 'staging')`;
  if (busy) throw new RunUnderWay();
  const rests =
    to === 'applying'
      ? Prisma.sql`status = 'checked'`
      : Prisma.sql`(status IN ('applied', 'failed') OR ${isInterrupted(clock)})`;
  const started = db.$executeRaw`
    UPDATE "ImportRun" SET status = ${to}, "userId" = ${userId}::uuid, via = ${by.via}, applies = true, progress = 0,
      attempts = 0, "claimedAt" = NULL, "dueAt" = ${databaseNow(clock)},
      "appliedAt" = COALESCE("appliedAt", CASE WHEN ${to} = 'reverting' THEN ${clock.now()}::timestamptz END)
    WHERE id = ${run.id}::uuid AND "tenantId" = ${run.tenantId}::uuid AND ${rests}`;
  return (await started.catch(underWay)) > 0;
}

/** The index `ImportRun_one_at_work` refuses the later of two: the statement is raw, so PostgreSQL itself says so. */
function underWay(error: unknown): never {
  throw (error as { readonly code?: unknown }).code === '23505' ? new RunUnderWay() : error;
}

/** The run of this id in this company. */
export async function findRun(db: Db | Transaction, tenantId: TenantId, id: string): Promise<ImportRun | undefined> {
  const [run] = await db.$queryRaw<ImportRun[]>`
    SELECT * FROM "ImportRun" WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid`;
  return run;
}

/** The last runs of a company, the newest first. */
export const findRuns = (db: Db, tenantId: TenantId, most: number): Promise<readonly ImportRun[]> =>
  db.$queryRaw<ImportRun[]>`
    SELECT * FROM "ImportRun" WHERE "tenantId" = ${tenantId}::uuid AND status <> 'staging'
    ORDER BY "createdAt" DESC LIMIT ${most}`;
