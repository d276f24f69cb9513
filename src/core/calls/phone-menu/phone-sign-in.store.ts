import { Prisma } from '../../../generated/prisma/client.js';
import type { Change } from '../../change.js';
import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import { hasAccess } from '../../people/sql.js';
import type { WantedMailbox } from './menu-state.js';
import type { PhoneLock } from './phone-lock.js';

/** What came of an extension and a PIN; `locked`: the PIN was not looked at. */
export const signInOutcomes = ['failed', 'right', 'locked'] as const;
/** What came of an extension and a PIN. */
export type SignInOutcome = (typeof signInOutcomes)[number];

/** A mailbox that can be opened by phone. */
export interface PhoneMailbox {
  readonly userId: UserId;
  readonly pinHash: string;
  /** Whether the call comes from a number of its owner. */
  readonly fromOwner: boolean;
}

/** Attempts and locks of a mailbox that count together. */
export interface LockScope {
  readonly userId: UserId;
  readonly fromOwner: boolean;
  readonly pinMark: string;
}

/** Return the mailbox that is meant, if it can be opened by phone: its owner has access, voicemail and a PIN. */
export async function findPhoneMailbox(
  db: Db,
  tenantId: TenantId,
  wanted: WantedMailbox,
  ani: string,
): Promise<PhoneMailbox | undefined> {
  const rows = await db.$queryRaw<{ id: string; pinHash: string; fromOwner: boolean }[]>`
    SELECT u.id, u."pinHash", ${ani} <> '' AND COALESCE(${ani} IN (u."personalNumber", u.did), false) AS "fromOwner"
    FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId"
    WHERE u."tenantId" = ${tenantId}::uuid AND ${isWanted(wanted, ani)} AND u."pinHash" IS NOT NULL
      AND ${hasAccess('u')} AND t.enabled AND t.edition = 'attendant_plus'
    LIMIT 2`;
  const [only, another] = rows;
  if (!only || another) return undefined;
  return { userId: asId<UserId>(only.id), pinHash: only.pinHash, fromOwner: only.fromOwner };
}

function isWanted(wanted: WantedMailbox, ani: string): Prisma.Sql {
  switch (wanted.by) {
    case 'extension':
      return Prisma.sql`u.extension = ${wanted.extension}`;
    case 'caller':
      return Prisma.sql`u."personalNumber" = ${ani} AND ${ani} <> ''`;
    case 'greeting':
      return Prisma.sql`u.id = ${wanted.userId}::uuid`;
    default:
      return wanted satisfies never;
  }
}

/** Return whether this number is the personal number of exactly one person with access. */
export async function isOwnNumber(db: Db, tenantId: TenantId, ani: string): Promise<boolean> {
  if (ani === '') return false;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND u."personalNumber" = ${ani} AND ${hasAccess('u')}
    LIMIT 2`;
  return rows.length === 1;
}

/** Lock the mailbox until the transaction ends, so that attempts at the same moment are counted one after the other. */
export async function lockMailbox({ db, tenantId }: Change, userId: UserId): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
}

/** An attempt as it is stored. */
export interface SignInAttempt {
  readonly callId: string;
  readonly attempt: number;
  readonly userId: UserId | null;
  readonly ani: string;
  readonly fromOwner: boolean;
  readonly pinMark: string;
}

/** Store an attempt. A repeat of the same attempt makes no second row. */
export async function insertAttempt(
  { db, tenantId, now }: Change,
  attempt: SignInAttempt,
  outcome: SignInOutcome,
): Promise<void> {
  await db.phoneSignIn.createMany({ data: [{ ...attempt, tenantId, outcome, at: now }], skipDuplicates: true });
}

/** The PIN of an attempt was right. */
export async function setRight({ db, tenantId }: Change, callId: string, attempt: number): Promise<void> {
  await db.phoneSignIn.updateMany({ where: { tenantId, callId, attempt }, data: { outcome: 'right' } });
}

/** Count the failures of this scope since its last right PIN, and since the end of its last lock. */
export async function countFailures(
  { db, tenantId }: Change,
  { userId, fromOwner, pinMark }: LockScope,
): Promise<number> {
  const inScope = Prisma.sql`"tenantId" = ${tenantId}::uuid AND "userId" = ${userId}::uuid
    AND "fromOwner" = ${fromOwner} AND "pinMark" = ${pinMark}`;
  const [row] = await db.$queryRaw<{ failures: number }[]>`
    SELECT count(*)::int AS failures FROM "PhoneSignIn"
    WHERE ${inScope} AND outcome = 'failed'
      AND at > COALESCE(GREATEST(
        (SELECT max(at) FROM "PhoneSignIn" WHERE ${inScope} AND outcome = 'right'),
        (SELECT max("lockedAt") FROM "PhoneLock" WHERE ${inScope})
      ), '-infinity')`;
  return row?.failures ?? 0;
}

/** Count the failures of callers from this number since `since`, at whichever mailbox. */
export const countFailuresFrom = ({ db, tenantId }: Change, ani: string, since: Date): Promise<number> =>
  db.phoneSignIn.count({ where: { tenantId, ani, outcome: 'failed', at: { gt: since } } });

/** Return whether this mailbox is locked now for calls of this scope. */
export const isLocked = async ({ db, tenantId, now }: Change, scope: LockScope): Promise<boolean> =>
  (await db.phoneLock.count({ where: { tenantId, ...scope, until: { gt: now } } })) > 0;

/** Return the lock of this scope that was last set since `since`. */
export async function findLockOfSeries(
  { db, tenantId }: Change,
  scope: LockScope,
  since: Date,
): Promise<{ readonly id: string; readonly times: number } | undefined> {
  const lock = await db.phoneLock.findFirst({
    where: { tenantId, ...scope, lockedAt: { gt: since } },
    orderBy: { lockedAt: 'desc' },
    select: { id: true, times: true },
  });
  return lock ?? undefined;
}

/** Lock the mailbox for the first time. Returns the lock's id. */
export async function insertLock({ db, tenantId, now }: Change, scope: LockScope, until: Date): Promise<string> {
  const { id } = await db.phoneLock.create({
    data: { tenantId, ...scope, lockedAt: now, until },
    select: { id: true },
  });
  return id;
}

/** Lock it once more. */
export async function lockAgain({ db, tenantId, now }: Change, id: string, until: Date): Promise<void> {
  await db.phoneLock.updateMany({ where: { tenantId, id }, data: { times: { increment: 1 }, lockedAt: now, until } });
}

/** Return a lock, for its notice. */
export async function findLock(db: Db, id: string): Promise<PhoneLock | undefined> {
  const lock = await db.phoneLock.findUnique({
    where: { id },
    select: { fromOwner: true, times: true, lockedAt: true, until: true },
  });
  return lock ?? undefined;
}
