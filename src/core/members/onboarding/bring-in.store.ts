import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import type { Access } from '../../people/person.js';
import { usingAttendantWhere } from '../../people/sql.js';
import {
  databaseNow,
  endLease,
  finishLease,
  heldBy,
  type Lease,
  leaseEnd,
  takeLease,
} from '../../tasks/lease.store.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import type { BringInSelection } from './bring-in-selection.store.js';

/** The kinds of access that people who are brought in may be given. */
export const bringInAccesses = ['none', 'attendant_only'] as const satisfies readonly Access[];

/** A request of an admin to bring members in. */
export interface BringInWish {
  readonly userId: UserId;
  readonly via: string;
  readonly access: (typeof bringInAccesses)[number];
  readonly inDirectory: boolean;
}

/** Insert a bring-in. Its members are marked afterwards, some at a time: there may be a hundred thousand. */
export async function insertBringIn(
  { db, tenantId, now }: Change,
  clock: Clock,
  { userId, via, access, inDirectory }: BringInWish,
  whom: BringInSelection,
): Promise<string> {
  const id = randomUUID();
  await db.$executeRaw`
    INSERT INTO "BringIn" (id, "tenantId", "userId", via, access, "inDirectory", whom, "dueAt", "createdAt")
    VALUES (${id}::uuid, ${tenantId}::uuid, ${userId}::uuid, ${via}, ${access}, ${inDirectory},
      ${JSON.stringify(whom)}::jsonb, ${databaseNow(clock)}, ${now})`;
  return id;
}

/** A leased bring-in. */
export interface ClaimedBringIn extends BringInWish, Lease {
  readonly tenantId: TenantId;
  /** Null: all selected members are marked. */
  readonly whom: BringInSelection | null;
  /** Attempts since the last progress, this one included. */
  readonly attempts: number;
  readonly createdAt: Date;
}

interface BringInRow extends Lease {
  tenantId: string;
  userId: string;
  via: string;
  access: string;
  inDirectory: boolean;
  whom: BringInSelection | null;
  attempts: number;
  createdAt: Date;
}

/** Claim a bring-in. Undefined: it is not due, or another worker holds it. */
export async function claimBringIn(db: Db, clock: Clock, id: string): Promise<ClaimedBringIn | undefined> {
  // `dueAt` covers both: work that is due now, and a lease that has run out.
  const [row] = await db.$queryRaw<BringInRow[]>`
    UPDATE "BringIn" SET ${takeLease(clock, 'BringIn')}
    WHERE id = ${id}::uuid AND status = 'waiting' AND "dueAt" <= ${databaseNow(clock)}
    RETURNING *`;
  if (!row) return undefined;
  const { via, inDirectory, whom, attempts, createdAt, claimedAt } = row;
  return {
    ...{ id, via, inDirectory, whom, attempts, createdAt, claimedAt },
    tenantId: asId<TenantId>(row.tenantId),
    userId: asId<UserId>(row.userId),
    access: row.access as BringInWish['access'],
  };
}

/** Return whether the admin who asked may still bring people in. */
export async function mayStillBringIn(db: Db, { tenantId, userId }: ClaimedBringIn): Promise<boolean> {
  const admin = await db.user.findFirst({
    where: { id: userId, tenantId, role: 'admin', AND: usingAttendantWhere },
    select: { id: true },
  });
  return admin !== null;
}

/** Renew the lease after progress. Undefined: it was lost. */
export async function renewClaim(db: Db, clock: Clock, claimed: ClaimedBringIn): Promise<ClaimedBringIn | undefined> {
  const renewed = await db.$executeRaw`
    UPDATE "BringIn" SET "dueAt" = ${leaseEnd(clock, 'BringIn')}, attempts = 0 WHERE ${heldBy(claimed)}`;
  return renewed > 0 ? { ...claimed, attempts: 0 } : undefined;
}

/** End the lease; the rest is due after `dueInSeconds`. False: it was lost. */
export const releaseBringIn = (db: Db, clock: Clock, claimed: ClaimedBringIn, dueInSeconds = 0): Promise<boolean> =>
  endLease(db, clock, 'BringIn', claimed, dueInSeconds);

/** Finish the bring-in. False: the lease was lost. */
export const endBringIn = (
  db: Db | Transaction,
  claimed: ClaimedBringIn,
  status: Exclude<WorkStatus, 'waiting'>,
  doneAt: Date,
): Promise<boolean> => finishLease(db, 'BringIn', claimed, { status, doneAt });

/** Return whether the bring-in has work left. */
export const isWaiting = async (db: Db, id: string): Promise<boolean> =>
  (await db.bringIn.findFirst({ where: { id, status: 'waiting' }, select: { id: true } })) !== null;

/** Record that all selected members are marked. */
export async function endMarking(db: Db, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "BringIn" SET whom = NULL WHERE id = ${id}::uuid`;
}

/** A member for whom a user is to be created. */
export interface SelectedMember {
  readonly id: string;
  /** Empty: no user can be created any more, because the member or the address is gone. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  /** The report that told admins of the member. */
  readonly reportId: string | null;
}

/** Return the next marked members, up to `most`. */
export async function findWanted(db: Db, bringInId: string, most: number): Promise<readonly SelectedMember[]> {
  const rows = await db.member.findMany({ where: { bringInId }, orderBy: { id: 'asc' }, take: most });
  return rows.map(({ id, status, email, firstName, lastName, title, locale, timeZone, reportId }) => ({
    ...{ id, firstName, lastName, title, locale, timeZone, reportId },
    email: status === 'present' ? (email ?? '') : '',
  }));
}

/** Unmark these members: a user with that address exists now, or none can be created. */
export async function unmarkSelected({ db, tenantId }: Change, wanted: readonly SelectedMember[]): Promise<void> {
  const ids = wanted.map(({ id }) => id);
  await db.$executeRaw`
    UPDATE "Member" m SET "bringInId" = NULL, problem = CASE
      WHEN m.status <> 'present' OR m.email IS NULL OR EXISTS (
        SELECT 1 FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND lower(u.email) = m.email
      ) THEN NULL ELSE 'taken' END
    WHERE m.id = ANY(${ids}::uuid[])`;
}

/**
 * Unmark up to `most` waiting members, as people for whom creating a user failed. Returns how many; zero: nobody waits.
 */
export const unmarkFailed = (db: Db, bringInId: string, most: number): Promise<number> => db.$executeRaw`
  UPDATE "Member" SET "bringInId" = NULL, problem = 'failed' WHERE id IN (
    SELECT id FROM "Member" WHERE "bringInId" = ${bringInId}::uuid LIMIT ${most})`;
