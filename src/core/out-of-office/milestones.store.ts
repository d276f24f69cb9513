import type { Change } from '../change.js';
import type { Db } from '../deps.js';
import { asId, type PeriodId, type TenantId, type UserId } from '../ids.js';
import type { BackupAnswer } from '../routing/absence.types.js';
import type { MilestoneFacts } from './milestones.js';

/** An absence with what its milestones need. */
export interface MilestonePeriod extends MilestoneFacts {
  readonly id: PeriodId;
  readonly userId: UserId;
  readonly backupId: UserId | undefined;
}

/** Return the company of a period; undefined: there is no such period. */
export async function findTenantOfPeriod(db: Db, id: string): Promise<TenantId | undefined> {
  const row = await db.outOfOfficePeriod.findUnique({ where: { id }, select: { tenantId: true } });
  return row ? asId<TenantId>(row.tenantId) : undefined;
}

/** Lock a period's row until the end of the change, and return it. */
export async function lockForMilestone({ db, tenantId }: Change, id: string): Promise<MilestonePeriod | undefined> {
  await db.$queryRaw`
    SELECT 1 FROM "OutOfOfficePeriod" WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
  const row = await db.outOfOfficePeriod.findFirst({ where: { id, tenantId } });
  if (!row) return undefined;
  return {
    ...row,
    id: asId<PeriodId>(row.id),
    userId: asId<UserId>(row.userId),
    backupId: row.backupId === null ? undefined : asId<UserId>(row.backupId),
    cancelled: row.status === 'cancelled',
    backupAnswer: row.backupAnswer as BackupAnswer,
  };
}

/** Note which milestones were passed, and when the next one is due; null: none is. */
export async function noteMilestones(
  { db }: Change,
  id: string,
  { remindedAt, unansweredAt, beginToldAt, endToldAt }: MilestoneFacts,
  milestoneAt: Date | null,
): Promise<void> {
  await db.outOfOfficePeriod.update({
    where: { id },
    data: { remindedAt, unansweredAt, beginToldAt, endToldAt, milestoneAt },
  });
}
