import { type OutOfOfficePeriod, Prisma } from '../../generated/prisma/client.js';
import type { Db, Transaction } from '../deps.js';
import { asId, type E164, type PeriodId, type TenantId, type UserId } from '../ids.js';
import type { BackupAnswer, Period, Privacy } from './absence.types.js';

/** The period that a row holds. */
export const periodOf = (row: OutOfOfficePeriod): Period => ({
  id: asId<PeriodId>(row.id),
  userId: asId<UserId>(row.userId),
  startsAt: row.startsAt,
  endsAt: row.endsAt ?? undefined,
  backupId: row.backupId === null ? undefined : asId<UserId>(row.backupId),
  number: row.number === null ? undefined : asId<E164>(row.number),
  note: row.note,
  privacy: row.privacy as Privacy,
  backupAnswer: row.backupAnswer as BackupAnswer,
});

/** Neither cancelled nor ended early, and its end has not come. */
export const notOver = (now: Date) => ({ status: 'planned', OR: [{ endsAt: null }, { endsAt: { gt: now } }] });

/** Who of these people is out at this instant, by user id. */
export async function absencesOf(
  db: Db | Transaction,
  tenantId: TenantId,
  userIds: readonly UserId[],
  now: Date,
): Promise<ReadonlyMap<UserId, Period>> {
  if (userIds.length === 0) return new Map();
  const rows = await db.outOfOfficePeriod.findMany({
    where: { tenantId, userId: { in: [...userIds] }, startsAt: { lte: now }, ...notOver(now) },
  });
  return new Map(rows.map((row) => [asId<UserId>(row.userId), periodOf(row)]));
}

/** Is this person out at this instant, as a condition of a query? `user` is the name that it gave to the rows of "User". */
export const isOutAt = (user: string, now: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM "OutOfOfficePeriod" p
  WHERE p."tenantId" = ${Prisma.raw(user)}."tenantId" AND p."userId" = ${Prisma.raw(user)}.id AND p.status = 'planned'
    AND p."startsAt" <= ${now} AND (p."endsAt" IS NULL OR p."endsAt" > ${now}))`;
