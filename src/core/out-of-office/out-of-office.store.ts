import type { Change } from '../change.js';
import type { Db, Transaction } from '../deps.js';
import { asId, isUuid, type TenantId, type UserId } from '../ids.js';
import { findUser } from '../people/index.js';
import type { Person } from '../people/person.js';
import type { CompanyNumbers, DialingRules } from '../phone-number.js';
import { notOver, periodOf } from '../routing/absence.js';
import type { BackupAnswer, Period, PeriodStatus } from '../routing/absence.types.js';
import type { PlannedPeriod } from './plan-period.js';

type Reads = Db | Transaction;

/** Return a period in any state; `live`: neither cancelled nor ended early. */
export async function findAnyPeriod(
  db: Reads,
  id: string,
): Promise<{ period: Period; tenantId: TenantId; live: boolean; declineReason: string } | undefined> {
  const row = isUuid(id) ? await db.outOfOfficePeriod.findUnique({ where: { id } }) : undefined;
  return row
    ? {
        period: periodOf(row),
        tenantId: asId<TenantId>(row.tenantId),
        live: row.status === 'planned',
        declineReason: row.declineReason,
      }
    : undefined;
}

/** Return a running or planned period. */
export async function findLivePeriod(
  db: Reads,
  tenantId: TenantId,
  id: string,
  now: Date,
): Promise<Period | undefined> {
  const row = await db.outOfOfficePeriod.findFirst({ where: { tenantId, id, ...notOver(now) } });
  return row ? periodOf(row) : undefined;
}

/** Return running and planned periods, soonest first: those of a person, and those that they cover. */
export async function findPeriodsAround(
  db: Reads,
  tenantId: TenantId,
  userId: UserId,
  now: Date,
): Promise<{ own: readonly Period[]; covered: readonly Period[] }> {
  const rows = await db.outOfOfficePeriod.findMany({
    where: { tenantId, AND: [notOver(now), { OR: [{ userId }, { backupId: userId }] }] },
    orderBy: { startsAt: 'asc' },
  });
  const periods = rows.map(periodOf);
  return {
    own: periods.filter((period) => period.userId === userId),
    covered: periods.filter((period) => period.userId !== userId),
  };
}

/** Return the person and their default backup. */
export async function findPersonWithBackup(
  db: Reads,
  tenantId: TenantId,
  userId: UserId,
): Promise<{ person: Person; defaultBackup: Person | undefined }> {
  const person = await findUser(db, tenantId, userId);
  if (!person) throw new Error('requester not found');
  const defaultBackup = person.defaultBackupId && (await findUser(db, tenantId, person.defaultBackupId));
  return { person, defaultBackup: defaultBackup || undefined };
}

/** Return the company’s own numbers, and the countries to which calls may be forwarded. */
export const findNumbering = (db: Reads, tenantId: TenantId): Promise<DialingRules & CompanyNumbers> =>
  db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { mainNumbers: true, accessNumber: true, country: true, allowedCountries: true },
  });

const columnsOf = ({ startsAt, endsAt, backupId, number, note, privacy }: PlannedPeriod) => ({
  startsAt,
  endsAt: endsAt ?? null,
  backupId: backupId ?? null,
  number: number ?? null,
  note,
  privacy,
});

/** The columns of a backup who is asked anew. */
const questionOf = (backupAnswer: BackupAnswer, now: Date) => ({
  backupAnswer,
  declineReason: '',
  askedAt: backupAnswer === 'asked' ? now : null,
  remindedAt: null,
  unansweredAt: null,
});

export async function insertPeriod(
  { db, tenantId, now, record }: Change,
  planned: PlannedPeriod,
  backupAnswer: BackupAnswer,
): Promise<Period> {
  const row = await db.outOfOfficePeriod.create({
    data: {
      tenantId,
      userId: planned.userId,
      ...columnsOf(planned),
      ...questionOf(backupAnswer, now),
      createdAt: now,
    },
  });
  record({ event: 'out-of-office.set', subjectId: row.id, after: { user: planned.userId, ...factsOf(planned) } });
  return periodOf(row);
}

/** Update a period, with its audit line. */
export async function updatePeriod(
  { db, now, record }: Change,
  before: Period,
  planned: PlannedPeriod,
  backupAnswer: BackupAnswer,
): Promise<Period> {
  const isSameQuestion = before.backupId === planned.backupId && before.backupAnswer === backupAnswer;
  const row = await db.outOfOfficePeriod.update({
    where: { id: before.id },
    data: {
      ...columnsOf(planned),
      ...(isSameQuestion ? { backupAnswer } : questionOf(backupAnswer, now)),
    },
  });
  record({
    event: 'out-of-office.changed',
    subjectId: row.id,
    before: factsOf(before),
    after: { user: planned.userId, ...factsOf(planned) },
  });
  return periodOf(row);
}

/** End a running period; false: it was over, or had not begun. */
export async function endPeriod({ db, now, record }: Change, period: Period): Promise<boolean> {
  const { count } = await db.outOfOfficePeriod.updateMany({
    where: { id: period.id, startsAt: { lte: now }, ...notOver(now) },
    data: { status: 'ended' satisfies PeriodStatus, endsAt: now },
  });
  if (count > 0)
    record({
      event: 'out-of-office.ended',
      subjectId: period.id,
      before: { until: period.endsAt?.toISOString() ?? null },
      after: { user: period.userId, until: now.toISOString() },
    });
  return count > 0;
}

/** Cancel a planned period; false: it had begun, or was cancelled before. */
export async function cancelPeriod({ db, now, record }: Change, period: Period): Promise<boolean> {
  const { count } = await db.outOfOfficePeriod.updateMany({
    where: { id: period.id, status: 'planned', startsAt: { gt: now } },
    data: { status: 'cancelled' satisfies PeriodStatus },
  });
  if (count > 0)
    record({
      event: 'out-of-office.cancelled',
      subjectId: period.id,
      before: factsOf(period),
      after: { user: period.userId },
    });
  return count > 0;
}

/** Save the backup's answer; false: they are no longer asked, or gave the same answer before. */
export async function answerBackup(
  { db, now, record }: Change,
  period: Period,
  backupId: UserId,
  answer: 'accepted' | 'declined',
): Promise<boolean> {
  const { count } = await db.outOfOfficePeriod.updateMany({
    where: { id: period.id, backupId, backupAnswer: { not: answer }, ...notOver(now) },
    data: { backupAnswer: answer, declineReason: '' },
  });
  if (count > 0)
    record({
      event: 'out-of-office.backup-answered',
      subjectId: period.id,
      before: { answer: period.backupAnswer },
      after: { user: period.userId, backup: backupId, answer },
    });
  return count > 0;
}

/** Keep why the backup declined; false: they did not decline, or are not this period's backup. */
export async function saveDeclineReason(
  { db, tenantId, now, record }: Change,
  id: string,
  backupId: UserId,
  reason: string,
): Promise<Period | undefined> {
  const where = { id, tenantId, backupId, backupAnswer: 'declined' satisfies BackupAnswer, ...notOver(now) };
  const { count } = await db.outOfOfficePeriod.updateMany({ where, data: { declineReason: reason } });
  if (count === 0) return undefined;
  record({ event: 'out-of-office.decline-explained', subjectId: id, after: { backup: backupId, reason } });
  const row = await db.outOfOfficePeriod.findFirst({ where: { id, tenantId } });
  return row ? periodOf(row) : undefined;
}

const factsOf = ({ startsAt, endsAt, backupId, number, note, privacy }: PlannedPeriod) => ({
  from: startsAt.toISOString(),
  until: endsAt?.toISOString() ?? null,
  backup: backupId ?? null,
  number: number ?? null,
  note,
  privacy,
});
