import { isDeepStrictEqual } from 'node:util';
import { type Change, change } from '../change.js';
import type { PersonActor } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid, type PeriodId, type TenantId, type UserId } from '../ids.js';
import { raiseNoticeFor } from '../notices/notice.js';
import { findPersonBy } from '../people/index.js';
import type { Person } from '../people/person.js';
import { leadsBack, readDestinationNumber, readNumber } from '../phone-number.js';
import { absencesOf } from '../routing/absence.js';
import type { BackupAnswer, Period } from '../routing/absence.types.js';
import type { Gap } from '../routing/gaps.js';
import { findCircle, findPlanRows, lockGraph } from '../routing/load-rows.js';
import {
  answerBackup,
  cancelPeriod,
  endPeriod,
  findAnyPeriod,
  findLivePeriod,
  findNumbering,
  findPeriodsAround,
  findPersonWithBackup,
  insertPeriod,
  saveDeclineReason,
  updatePeriod,
} from './out-of-office.store.js';
import { scheduleMilestone } from './pass-milestones.js';
import {
  type PeriodDraft,
  type Plan,
  type PlannedPeriod,
  type PlanProblem,
  planPeriod,
  repeatedPeriod,
} from './plan-period.js';

export { findAnyPeriod, findPeriodsAround };

/** Throw UserError if the company has disabled out of office. */
export function requireOutOfOffice({ tenant }: Requester): void {
  if (!tenant.outOfOfficeEnabled) throw new UserError((words) => words.outOfOffice.switchedOff, 403);
}

/** Return one of the actor's own periods, running or planned. Throws UserError if there is none. */
export const findOwnPeriod = (deps: Deps, { tenantId, userId }: PersonActor, id: PeriodId): Promise<Period> =>
  ownPeriod(deps.db, tenantId, userId, id, deps.clock.now());

/** Return the backup for a period that names none. */
export const findDefaultBackup = async (db: Db, tenantId: TenantId, userId: UserId): Promise<Person | undefined> =>
  (await findPersonWithBackup(db, tenantId, userId)).defaultBackup;

/** The result of saving an absence. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly period: Period; readonly gaps: readonly Gap[] }
  | { readonly kind: 'problems'; readonly problems: readonly PlanProblem[] };

/**
 * Save an absence as a new period, or change one of the actor's, and ask the backup. An unchanged period writes
 * nothing, nor does a new one that repeats another: people click twice.
 */
export function setOutOfOffice(
  deps: Deps,
  actor: PersonActor,
  wish: PeriodDraft,
  changing?: PeriodId,
): Promise<SaveResult> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const plan = await planFor(change.db, actor, wish, change.now, changing);
    if (plan.kind === 'problems') {
      // A change that makes a period like another is refused: it would be left as it was.
      const period = changing === undefined ? repeatedPeriod(plan.problems) : undefined;
      if (!period) return plan;
      const again = await planFor(change.db, actor, wish, change.now, period.id);
      return again.kind === 'problems' ? again : { kind: 'saved', period, gaps: again.gaps };
    }

    const before = changing && (await ownPeriod(change.db, actor.tenantId, actor.userId, changing, change.now));
    const period = before
      ? await changePeriod(change, before, plan.period, plan.answer)
      : await insertPeriod(change, plan.period, plan.answer);
    if (!before && period.backupId !== undefined) await askBackup(change, period, period.backupId);
    await scheduleMilestone(change, period.id);
    change.touch(period.userId);
    return { kind: 'saved', period, gaps: plan.gaps };
  });
}

/** Return what saving would do, without saving. */
export const previewOutOfOffice = (
  deps: Deps,
  actor: PersonActor,
  wish: PeriodDraft,
  changing?: PeriodId,
): Promise<Plan> => planFor(deps.db, actor, wish, deps.clock.now(), changing);

/** End the running period; undefined: there is none. */
export function endRunningPeriod(deps: Deps, actor: PersonActor): Promise<Period | undefined> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const running = (await absencesOf(change.db, actor.tenantId, [actor.userId], change.now)).get(actor.userId);
    if (!running || !(await endPeriod(change, running))) return undefined;
    await withdrawRequest(change, running);
    await scheduleMilestone(change, running.id);
    return running;
  });
}

/** Cancel a planned period; undefined: it has begun, or is gone. */
export function cancelPlannedPeriod(deps: Deps, actor: PersonActor, id: PeriodId): Promise<Period | undefined> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const period = await ownPeriod(change.db, actor.tenantId, actor.userId, id, change.now);
    if (!(await cancelPeriod(change, period))) return undefined;
    await withdrawRequest(change, period);
    await scheduleMilestone(change, period.id);
    return period;
  });
}

/**
 * Inside a change that holds the lock on the graph: give the absences that name `backupId` as backup another one, who is
 * asked. An absence of the new backup's own keeps the old one. Returns how many changed.
 */
export async function replaceBackupOfAbsences(change: Change, backupId: UserId, toId: UserId): Promise<number> {
  const { covered } = await findPeriodsAround(change.db, change.tenantId, backupId, change.now);
  const others = covered.filter(({ userId }) => userId !== toId);
  for (const period of others) {
    const { id, backupAnswer: _, ...kept } = period;
    await changePeriod(change, period, { ...kept, backupId: toId }, 'asked');
    await scheduleMilestone(change, id);
    change.touch(period.userId);
  }
  return others.length;
}

/** Save the backup's answer and tell the person. Undefined: the backup is no longer asked. */
export function answerCover(
  deps: Deps,
  actor: PersonActor,
  id: PeriodId,
  answer: 'accepted' | 'declined',
): Promise<Period | undefined> {
  return change(deps, actor, async (change) => {
    await lockGraph(change);
    const period = isUuid(id) ? await findLivePeriod(change.db, actor.tenantId, id, change.now) : undefined;
    if (period?.backupId !== actor.userId) return undefined;
    if (await answerBackup(change, period, actor.userId, answer)) {
      // A backup who declined did not count, and other periods may rely on that.
      const circle = answer === 'accepted' ? await findCircle(change, period.userId) : undefined;
      if (circle) throw new UserError((words) => words.outOfOffice.coverCircle(circle.join(' → ')), 409);
      await askBackup(change, period, actor.userId);
      await raiseNoticeFor(change, { kind: 'out-of-office.answered', subjectId: period.id, userId: period.userId });
      await scheduleMilestone(change, period.id);
    }
    return { ...period, backupAnswer: answer };
  });
}

/** The backup says why they declined; the person is told. Undefined: they did not decline, or it is over. */
export function explainDecline(
  deps: Deps,
  actor: PersonActor,
  id: string,
  reason: string,
): Promise<Period | undefined> {
  return change(deps, actor, async (change) => {
    const period = isUuid(id) ? await saveDeclineReason(change, id, actor.userId, reason) : undefined;
    if (!period) return undefined;
    await raiseNoticeFor(change, { kind: 'out-of-office.answered', subjectId: period.id, userId: period.userId });
    return period;
  });
}

async function ownPeriod(
  db: Db | Transaction,
  tenantId: TenantId,
  userId: UserId,
  id: PeriodId,
  now: Date,
): Promise<Period> {
  const period = isUuid(id) ? await findLivePeriod(db, tenantId, id, now) : undefined;
  if (period?.userId !== userId) throw new UserError((words) => words.outOfOffice.gone, 404);
  return period;
}

async function changePeriod(
  change: Change,
  before: Period,
  planned: PlannedPeriod,
  answer: BackupAnswer,
): Promise<Period> {
  const { id, backupAnswer, ...kept } = before;
  if (isDeepStrictEqual(kept, planned)) return before;

  const sameBackup = planned.backupId === before.backupId;
  const period = await updatePeriod(change, before, planned, answer);
  if (!sameBackup) await withdrawRequest(change, before);
  if (period.backupId !== undefined) await askBackup(change, period, period.backupId);
  return period;
}

/** The backup's card asks, or shows the result. */
const askBackup = (change: Change, period: Period, backupId: UserId): Promise<void> =>
  raiseNoticeFor(change, { kind: 'out-of-office.asked', subjectId: period.id, userId: backupId });

async function withdrawRequest(change: Change, period: Period): Promise<void> {
  change.touch(period.userId);
  if (period.backupId !== undefined) await askBackup(change, period, period.backupId);
}

async function planFor(
  db: Db | Transaction,
  { tenantId, userId }: PersonActor,
  wished: PeriodDraft,
  now: Date,
  changing: PeriodId | undefined,
): Promise<Plan> {
  // Checked again under the lock: the number may have become a person's since it was typed.
  const { number } = wished;
  const colleague = number?.kind === 'number' ? await findPersonBy(db, tenantId, { did: number.e164 }) : undefined;
  const wish = colleague && !wished.backup ? { ...wished, backup: colleague, number: undefined } : wished;
  const [{ person, defaultBackup }, { own }] = await Promise.all([
    findPersonWithBackup(db, tenantId, userId),
    findPeriodsAround(db, tenantId, userId, now),
  ]);
  const others = wish.backup ? [wish.backup.id] : [];
  const routing = await findPlanRows(db, tenantId, userId, others, now);
  return planPeriod(wish, { now, person, defaultBackup, own, changing, routing });
}

/**
 * Read a number to which calls should go. A colleague's DID means that colleague, because dialling it would only bring
 * the call back; so would the company's own number, which is refused.
 */
export async function readDestination(
  db: Db,
  tenantId: TenantId,
  typed: string,
  country: string,
): Promise<Pick<PeriodDraft, 'backup' | 'number'>> {
  const { allowedCountries, ...numbers } = await findNumbering(db, tenantId);
  const own = readNumber(typed, country);
  const colleague = own.kind === 'number' ? await findPersonBy(db, tenantId, { did: own.e164 }) : undefined;
  if (colleague) return { backup: colleague, number: undefined };
  const number = readDestinationNumber(typed, { country, allowedCountries });
  if (number.kind !== 'number') return { backup: undefined, number };
  return { backup: undefined, number: leadsBack(number.e164, numbers) ? { kind: 'ours' } : number };
}
