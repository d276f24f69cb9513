import { randomUUID } from 'node:crypto';
import type { Change } from '../../change.js';
import type { Clock, Db, Transaction } from '../../deps.js';
import { as, type TenantId, type UserId } from '../../ids.js';
import type { Access } from '../../people/person.js';
import { usingAttendant } from '../../people/sql.js';
import {
  databaseNow,
  endLease,
  finishLease,
  heldBy,
  heldUntil,
  type Lease,
  takeLease,
} from '../../tasks/lease.store.js';
import type { WorkStatus } from '../../tasks/work-status.js';
import type { BringInSelection } from './bring-in-selection.store.js';

/** What those who are brought in may be given. */
export const bringInAccesses = ['none', 'attendant_only'] as const satisfies readonly Access[];

export interface BringInWish {
  readonly userId: UserId;
  readonly via: string;
  readonly access: (typeof bringInAccesses)[number];
  readonly inDirectory: boolean;
}

/** A bringing-in. Those whom it means are marked afterwards, some at a time: there may be a hundred thousand. */
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

/** A bringing-in that is ours for a while. */
export interface ClaimedBringIn extends BringInWish, Lease {
  readonly tenantId: TenantId;
  /** Null: everybody who is meant is marked. */
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

export async function claimBringIn(db: Db, clock: Clock, id: string): Promise<ClaimedBringIn | undefined> {
  // Due covers both: what is to be tried now, and a lease that is over.
  const [row] = await db.$queryRaw<BringInRow[]>`
    UPDATE "BringIn" SET ${takeLease(clock, 'BringIn')}
    WHERE id = ${id}::uuid AND status = 'waiting' AND "dueAt" <= ${databaseNow(clock)}
    RETURNING *`;
  if (!row) return undefined;
  const { via, inDirectory, whom, attempts, createdAt, claimedAt } = row;
  return {
    ...{ id, via, inDirectory, whom, attempts, createdAt, claimedAt },
    tenantId: as<TenantId>(row.tenantId),
    userId: as<UserId>(row.userId),
    access: row.access as BringInWish['access'],
  };
}

/** May the admin who asked for it still bring people in? */
export async function mayStillBringIn(db: Db, { tenantId, userId }: ClaimedBringIn): Promise<boolean> {
  const admin = await db.user.findFirst({
    where: { id: userId, tenantId, role: 'admin', AND: usingAttendant },
    select: { id: true },
  });
  return admin !== null;
}

/** It got on: holds the lease for longer. Undefined: it was lost meanwhile. */
export async function renewClaim(db: Db, clock: Clock, claimed: ClaimedBringIn): Promise<ClaimedBringIn | undefined> {
  const renewed = await db.$executeRaw`
    UPDATE "BringIn" SET "dueAt" = ${heldUntil(clock, 'BringIn')}, attempts = 0 WHERE ${heldBy(claimed)}`;
  return renewed > 0 ? { ...claimed, attempts: 0 } : undefined;
}

/** Ends the lease: there is more to do in so many seconds. */
export const leaveBringIn = (db: Db, clock: Clock, claimed: ClaimedBringIn, dueInSeconds = 0): Promise<boolean> =>
  endLease(db, clock, 'BringIn', claimed, dueInSeconds);

/** Ends the bringing-in itself. False: it was not ours to end. */
export const endBringIn = (
  db: Db | Transaction,
  claimed: ClaimedBringIn,
  status: Exclude<WorkStatus, 'waiting'>,
  doneAt: Date,
): Promise<boolean> => finishLease(db, 'BringIn', claimed, { status, doneAt });

export const isWaiting = async (db: Db, id: string): Promise<boolean> =>
  (await db.bringIn.findFirst({ where: { id, status: 'waiting' }, select: { id: true } })) !== null;

/** Nobody else is to be marked. */
export async function endMarking(db: Db, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "BringIn" SET whom = NULL WHERE id = ${id}::uuid`;
}

/** Somebody of whom a user is to be made. */
export interface Wanted {
  readonly id: string;
  /** Empty: no user can be made of them any more, because they are gone, or their address is. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
  /** In which admins were told of them. */
  readonly reportId: string | null;
}

/** The next few. */
export async function findWanted(db: Db, bringInId: string, most: number): Promise<readonly Wanted[]> {
  const rows = await db.member.findMany({ where: { bringInId }, orderBy: { id: 'asc' }, take: most });
  return rows.map(({ id, status, email, firstName, lastName, title, locale, timeZone, reportId }) => ({
    ...{ id, firstName, lastName, title, locale, timeZone, reportId },
    email: status === 'present' ? (email ?? '') : '',
  }));
}

/** These are done with: somebody of that address is a user now, or none can be made. */
export async function deselect({ db, tenantId }: Change, wanted: readonly Wanted[]): Promise<void> {
  const ids = wanted.map(({ id }) => id);
  await db.$executeRaw`
    UPDATE "Member" m SET "bringInId" = NULL, problem = CASE
      WHEN m.status <> 'present' OR m.email IS NULL OR EXISTS (
        SELECT 1 FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND lower(u.email) = m.email
      ) THEN NULL ELSE 'taken' END
    WHERE m.id = ANY(${ids}::uuid[])`;
}

/** Lets some of those go who still wait, as people of whom none could be made. Zero: nobody waits any more. */
export const failSome = (db: Db, bringInId: string, most: number): Promise<number> => db.$executeRaw`
  UPDATE "Member" SET "bringInId" = NULL, problem = 'failed' WHERE id IN (
    SELECT id FROM "Member" WHERE "bringInId" = ${bringInId}::uuid LIMIT ${most})`;
