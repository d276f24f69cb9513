import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { PersonActor } from '../../chat/actor.js';
import type { Locale } from '../../chat/phrasing.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { isUuid, type TenantId, type UserId } from '../../ids.js';
import { usingAttendantWhere } from '../../people/sql.js';
import { databaseNow, endLease, finishLease, type Lease, renewLease, takeLease } from '../../tasks/lease.store.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import type { PeopleFilter } from '../people-list.types.js';
import type { KnownValues } from '../person-fields.js';
import type { BulkValues, LineOutcome, PeopleChangeState } from './people-change.types.js';

export interface AskedChange {
  readonly language: Locale;
  readonly filter: PeopleFilter;
  readonly values: BulkValues;
  readonly revertsId: string | null;
  readonly total: number;
}

export async function insertChange(
  { db, tenantId, now }: Change,
  clock: Clock,
  { userId, via }: PersonActor,
  { language, filter, values, revertsId, total }: AskedChange,
): Promise<string> {
  const id = randomUUID();
  await db.$executeRaw`
    INSERT INTO "PeopleChange" (id, "tenantId", "byUserId", via, language, filter, values, "revertsId", total, "dueAt",
      "createdAt")
    VALUES (${id}::uuid, ${tenantId}::uuid, ${userId}::uuid, ${via}, ${language}, ${JSON.stringify(filter)}::jsonb,
      ${JSON.stringify(values)}::jsonb, ${revertsId}::uuid, ${total}, ${databaseNow(clock)}, ${now})`;
  return id;
}

/** A change of the company as it stands; undefined: there is none of this id. */
export async function findChange(
  db: Db | Transaction,
  tenantId: TenantId | undefined,
  id: string,
): Promise<PeopleChangeState | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db.peopleChange.findFirst({
    where: { id, ...(tenantId === undefined ? {} : { tenantId }) },
    include: { revertedBy: { select: { id: true }, take: 1 } },
  });
  if (!row) return undefined;
  const counted = await db.peopleChangeLine.groupBy({ by: ['outcome'], where: { changeId: id }, _count: true });
  const count = (outcome: LineOutcome) => counted.find((one) => one.outcome === outcome)?._count ?? 0;
  const { revertedBy, ...state } = row;
  return {
    ...(state as unknown as Omit<PeopleChangeState, 'counts' | 'isReverted'>),
    counts: {
      ...{ updated: count('updated'), unchanged: count('unchanged') },
      ...{ refused: count('refused'), kept: count('kept') },
    },
    isReverted: revertedBy.length > 0,
  };
}

/** Inside a change: the row, locked against a second revert; undefined: there is none. */
export async function lockChange(change: Change, id: string): Promise<PeopleChangeState | undefined> {
  if (!isUuid(id)) return undefined;
  await change.db.$queryRaw`
    SELECT 1 FROM "PeopleChange" WHERE id = ${id}::uuid AND "tenantId" = ${change.tenantId}::uuid FOR UPDATE`;
  return findChange(change.db, change.tenantId, id);
}

/** A change that is ours to make for a while. */
export interface ClaimedChange extends Lease {
  readonly tenantId: TenantId;
  readonly byUserId: UserId;
  readonly via: string;
  readonly language: Locale;
  readonly filter: PeopleFilter;
  readonly values: BulkValues;
  readonly revertsId: string | null;
  readonly reachedId: UserId | null;
  readonly attempts: number;
}

export async function claimChange(db: Db, clock: Clock, id: string): Promise<ClaimedChange | undefined> {
  const [row] = await db.$queryRaw<ClaimedChange[]>`
    UPDATE "PeopleChange" SET ${takeLease(clock, 'PeopleChange')}
    WHERE id = ${id}::uuid AND status = 'waiting' AND "dueAt" <= ${databaseNow(clock)} RETURNING *`;
  return row;
}

/** How far it got; holds the lease for longer. False: it was lost meanwhile. */
export async function gotTo(db: Db, clock: Clock, claimed: ClaimedChange, reachedId: UserId): Promise<boolean> {
  if (!(await renewLease(db, clock, 'PeopleChange', claimed))) return false;
  await db.peopleChange.update({ where: { id: claimed.id }, data: { reachedId, attempts: 0 } });
  return true;
}

export const leaveChange = (db: Db, clock: Clock, claimed: ClaimedChange, dueInSeconds: number): Promise<boolean> =>
  endLease(db, clock, 'PeopleChange', claimed, dueInSeconds);

export const endChange = (
  db: Db | Transaction,
  claimed: ClaimedChange,
  status: Exclude<WorkStatus, 'waiting'>,
  doneAt: Date,
): Promise<boolean> => finishLease(db, 'PeopleChange', claimed, { status, doneAt });

/** May the admin who asked for it still change people? */
export async function mayStillChange(db: Db, { tenantId, byUserId }: ClaimedChange): Promise<boolean> {
  const where = { id: byUserId, tenantId, role: 'admin', AND: usingAttendantWhere };
  return (await db.user.findFirst({ where, select: { id: true } })) !== null;
}

/** What came of somebody, and the cells that were replaced by others. */
export interface ChangeLine {
  readonly userId: UserId;
  readonly outcome: LineOutcome;
  readonly why?: string;
  readonly before?: BulkValues;
  readonly after?: BulkValues;
}

/** What came of people; the first word stands. */
export async function writeLines(
  db: Db | Transaction,
  { id, tenantId }: Pick<ClaimedChange, 'id' | 'tenantId'>,
  lines: readonly ChangeLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await db.$executeRaw`
    INSERT INTO "PeopleChangeLine" ("tenantId", "changeId", "userId", outcome, why, before, after)
    SELECT ${tenantId}::uuid, ${id}::uuid, line."userId", line.outcome, COALESCE(line.why, ''), line.before, line.after
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      AS line ("userId" uuid, outcome text, why text, before jsonb, after jsonb)
    ON CONFLICT DO NOTHING`;
}

/** The cells that another change replaced, and those it wrote, by id, after `after`. */
export async function findReplaced(
  db: Db,
  changeId: string,
  { after, most }: { readonly after: UserId | null; readonly most: number },
): Promise<readonly { readonly userId: UserId; readonly before: BulkValues; readonly after: BulkValues | null }[]> {
  return db.$queryRaw`
    SELECT "userId", before, after FROM "PeopleChangeLine"
    WHERE "changeId" = ${changeId}::uuid AND before IS NOT NULL AND (${after}::uuid IS NULL OR "userId" > ${after}::uuid)
    ORDER BY "userId" LIMIT ${most}`;
}

/** A page of what came of it, with usernames, in the order of ids. */
export async function findResults(
  db: Db,
  changeId: string,
  { after, most }: { readonly after: string | null; readonly most: number },
): Promise<
  readonly { readonly userId: string; readonly username: string; readonly outcome: string; readonly why: string }[]
> {
  return db.$queryRaw`
    SELECT l."userId", u.username, l.outcome, l.why FROM "PeopleChangeLine" l JOIN "User" u ON u.id = l."userId"
    WHERE l."changeId" = ${changeId}::uuid AND (${after}::uuid IS NULL OR l."userId" > ${after}::uuid)
    ORDER BY l."userId" LIMIT ${most}`;
}

/** All that can be written of these people. */
export async function findValuesOf(
  db: Db | Transaction,
  tenantId: TenantId,
  ids: readonly UserId[],
): Promise<readonly KnownValues[]> {
  return db.$queryRaw`
    SELECT * FROM "User" WHERE "tenantId" = ${tenantId}::uuid AND id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})
    ORDER BY id`;
}
