import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../generated/prisma/client.js';
import type { Change } from '../change.js';
import { abandonedBefore } from '../claim.js';
import type { Db, Transaction } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import type { Whom } from './whom.store.js';

export interface BringInWish {
  readonly userId: UserId;
  readonly via: string;
  readonly access: 'attendant_only' | 'none';
  readonly inDirectory: boolean;
}

/** A bringing-in. Those whom it means are marked afterwards, some at a time: there may be a hundred thousand. */
export async function insertBringIn({ db, tenantId, now }: Change, wish: BringInWish, whom: Whom): Promise<string> {
  const id = randomUUID();
  const meant = { ...whom } as Prisma.InputJsonObject;
  await db.bringIn.create({ data: { id, tenantId, ...wish, whom: meant, dueAt: now, createdAt: now } });
  return id;
}

/** A bringing-in that is ours for a while. */
export interface ClaimedBringIn extends BringInWish {
  readonly id: string;
  readonly tenantId: TenantId;
  /** Null: everybody who is meant is marked. */
  readonly whom: Whom | null;
  /** In vain, since it last got on; this time included. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly claimedAt: Date;
}

export async function claimBringIn(db: Db, id: string, now: Date): Promise<ClaimedBringIn | undefined> {
  const [row] = await db.bringIn.updateManyAndReturn({
    where: {
      id,
      status: 'waiting',
      dueAt: { lte: now },
      OR: [{ claimedAt: null }, { claimedAt: { lt: abandonedBefore(now) } }],
    },
    data: { claimedAt: now, attempts: { increment: 1 } },
  });
  if (!row) return undefined;
  const { tenantId, userId, via, inDirectory, attempts, createdAt } = row;
  return {
    ...{ id, via, inDirectory, attempts, createdAt, claimedAt: now },
    tenantId: as<TenantId>(tenantId),
    userId: as<UserId>(userId),
    access: row.access as BringInWish['access'],
    whom: row.whom as Whom | null,
  };
}

/** May the admin who asked for it still bring people in? */
export async function mayStillBringIn(db: Db, { tenantId, userId }: ClaimedBringIn): Promise<boolean> {
  const admin = await db.user.findFirst({
    where: { id: userId, tenantId, role: 'admin', access: { not: 'none' }, tenant: { enabled: true } },
    select: { id: true },
  });
  return admin !== null;
}

/** It got on: holds the claim for longer. Undefined: it was lost meanwhile. */
export async function renewClaim(db: Db, claimed: ClaimedBringIn, now: Date): Promise<ClaimedBringIn | undefined> {
  const isOurs = await settle(db, claimed, { claimedAt: now, attempts: 0 });
  return isOurs ? { ...claimed, attempts: 0, claimedAt: now } : undefined;
}

/** Ends the claim: there is more to do, at once or at `dueAt`. */
export const leaveBringIn = (db: Db, claimed: ClaimedBringIn, dueAt?: Date): Promise<boolean> =>
  settle(db, claimed, { claimedAt: null, ...(dueAt ? { dueAt } : {}) });

/** Ends the bringing-in itself. False: it was not ours to end. */
export const endBringIn = (
  db: Db | Transaction,
  claimed: ClaimedBringIn,
  status: 'done' | 'failed',
  doneAt: Date,
): Promise<boolean> => settle(db, claimed, { claimedAt: null, status, doneAt });

async function settle(
  db: Db | Transaction,
  { id, claimedAt }: ClaimedBringIn,
  data: Prisma.BringInUpdateManyMutationInput,
): Promise<boolean> {
  const { count } = await db.bringIn.updateMany({ where: { id, status: 'waiting', claimedAt }, data });
  return count > 0;
}

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
export async function letGo({ db, tenantId }: Change, wanted: readonly Wanted[]): Promise<void> {
  const ids = wanted.map(({ id }) => id);
  await db.$executeRaw`
    UPDATE "Member" m SET "bringInId" = NULL, problem = CASE
      WHEN m.status <> 'present' OR m.email IS NULL OR EXISTS (
        SELECT 1 FROM "User" u WHERE u."tenantId" = ${tenantId}::uuid AND lower(u.email) = m.email
      ) THEN NULL ELSE 'taken' END
    WHERE m.id = ANY(${ids}::uuid[])`;
}

/** Lets some of those go who still wait, as people of whom none could be made. Zero: nobody waits any more. */
export const giveUpSome = (db: Db, bringInId: string, most: number): Promise<number> => db.$executeRaw`
  UPDATE "Member" SET "bringInId" = NULL, problem = 'failed' WHERE id IN (
    SELECT id FROM "Member" WHERE "bringInId" = ${bringInId}::uuid LIMIT ${most})`;
