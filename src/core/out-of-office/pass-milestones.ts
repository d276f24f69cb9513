import { type Change, change } from '../change.js';
import { installationActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { raiseNoticeFor } from '../notices/notice.js';
import { type Milestone, nextMilestone } from './milestones.js';
import { findTenantOfPeriod, lockForMilestone, type MilestonePeriod, noteMilestones } from './milestones.store.js';

/** A task is enqueued for a milestone that is as near as this; the sweep finds those that are further away. */
const enqueuedWithinHours = 24;

/**
 * Tell the people of an absence what is due: the backup is reminded, both hear that it begins and that it is over
 * (PRODUCT.md §4). Called by the task `out-of-office.milestones`. Idempotent: each milestone is noted with its notices.
 */
export async function passMilestones(deps: Deps, periodId: string): Promise<void> {
  const tenantId = await findTenantOfPeriod(deps.db, periodId);
  if (tenantId === undefined) return;
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    let period = await lockForMilestone(change, periodId);
    if (!period) return;
    let next = nextMilestone(period);
    while (next && next.at <= change.now) {
      await tellOf(change, next.kind, period, next.at);
      period = { ...period, ...passed(next.kind, change.now) };
      next = nextMilestone(period);
    }
    await noteMilestones(change, period.id, period, next?.at ?? null);
  });
}

/** Inside a change of a period: compute when its next milestone is due. */
export async function scheduleMilestone(change: Change, periodId: string): Promise<void> {
  const period = await lockForMilestone(change, periodId);
  if (!period) return;
  const at = nextMilestone(period)?.at;
  await noteMilestones(change, period.id, period, at ?? null);
  if (at === undefined) return;
  const delaySeconds = Math.max(0, Math.ceil((at.getTime() - change.now.getTime()) / 1000));
  if (delaySeconds <= enqueuedWithinHours * 3600)
    change.enqueue({ name: 'out-of-office.milestones', payload: { periodId }, delaySeconds });
}

const passed = (kind: Milestone, now: Date): Partial<MilestonePeriod> => {
  switch (kind) {
    case 'remind':
      return { remindedAt: now };
    case 'unanswered':
      return { unansweredAt: now };
    case 'begin':
      return { beginToldAt: now };
    case 'end':
      return { endToldAt: now };
    default:
      return kind satisfies never;
  }
};

/** A notice that comes a day late, because nothing ran meanwhile, is no news. */
const lateHours = 24;

async function tellOf(change: Change, kind: Milestone, period: MilestonePeriod, at: Date): Promise<void> {
  if (kind !== 'end' && change.now.getTime() - at.getTime() > lateHours * 3_600_000) return;
  const { id: subjectId, userId, backupId, backupAnswer } = period;
  const covers = backupId !== undefined && backupAnswer !== 'declined' ? backupId : undefined;
  switch (kind) {
    case 'remind':
      if (covers) await raiseNoticeFor(change, { kind: 'out-of-office.reminded', subjectId, userId: covers });
      return;
    case 'unanswered':
      await raiseNoticeFor(change, { kind: 'out-of-office.unanswered', subjectId, userId });
      return;
    case 'begin':
      await raiseNoticeFor(change, { kind: 'out-of-office.began', subjectId, userId });
      if (covers) await raiseNoticeFor(change, { kind: 'out-of-office.cover-began', subjectId, userId: covers });
      return;
    case 'end':
      await raiseNoticeFor(change, { kind: 'out-of-office.returned', subjectId, userId });
      // A backup who never agreed has nothing to be thanked for; the card that asked says that it is over.
      if (covers && backupAnswer === 'accepted')
        await raiseNoticeFor(change, { kind: 'out-of-office.cover-ended', subjectId, userId: covers });
      return;
    default:
      kind satisfies never;
  }
}
