import type { PeriodId } from '../ids.js';
import { type Person, takesCalls } from '../people/person.js';
import type { ReadDestination } from '../phone-number.js';
import { overlap } from '../routing/absence.js';
import type { BackupAnswer, Period, Privacy } from '../routing/absence.types.js';
import { circleThrough, graphOf } from '../routing/backup-circle.js';
import { type Gap, gaps } from '../routing/gaps.js';
import type { RoutingPeriod, RoutingRows } from '../routing/routing-rows.js';

/** A requested period, parsed but not checked. */
export interface PeriodDraft {
  /** Undefined: from now on. */
  readonly from: Date | undefined;
  /** Exclusive; undefined: open-ended. */
  readonly until: Date | undefined;
  /** Neither backup nor number: the default backup. */
  readonly backup: Person | undefined;
  readonly number: WishedNumber | undefined;
  readonly note: string;
  readonly privacy: Privacy;
}

/** A typed number, read with the company's country. */
type WishedNumber =
  | ReadDestination
  /** It is the company's own number: calls would come back and loop. */
  | { readonly kind: 'ours' };

/** What a draft is checked against. */
export interface PlanContext {
  readonly now: Date;
  readonly person: Person;
  readonly defaultBackup: Person | undefined;
  /** The person's periods that are not over. */
  readonly own: readonly Period[];
  /** The period that this draft changes. */
  readonly changing: PeriodId | undefined;
  /** Of calls to the person, from now on. */
  readonly routing: RoutingRows;
}

/** A period that may be saved. */
export type PlannedPeriod = Omit<Period, 'id' | 'backupAnswer'>;

/** Why a draft cannot be saved; `field` is where the problem is shown. */
export type PlanProblem =
  /** `same`: the period is the wished one, saved before. */
  | { readonly field: 'from'; readonly kind: 'overlap'; readonly period: Period; readonly same: boolean }
  | { readonly field: 'until'; readonly kind: 'not-in-future' | 'not-after-start' }
  | { readonly field: 'backup'; readonly kind: 'yourself' }
  | { readonly field: 'backup'; readonly kind: 'takes-no-calls'; readonly name: string }
  | { readonly field: 'backup'; readonly kind: 'circle'; readonly names: readonly string[] }
  | { readonly field: 'number'; readonly kind: 'invalid' | 'extension' | 'premium' | 'ours' | 'not-both' }
  /** ISO 3166 codes of the countries to which calls may go. */
  | { readonly field: 'number'; readonly kind: 'abroad'; readonly allowed: readonly string[] };

/** The result of checking a draft. */
export type Plan =
  | {
      readonly kind: 'period';
      readonly period: PlannedPeriod;
      /** The backup's answer once the period is saved. */
      readonly answer: BackupAnswer;
      readonly gaps: readonly Gap[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly PlanProblem[] };

/** Return the period that a draft means, or all of its problems (PRODUCT.md §2 and §4). */
export function planPeriod(wish: PeriodDraft, around: PlanContext): Plan {
  const period = periodOf(wish, around);
  const answer = answerOf(period, around);
  const routing = withPeriod(around, period, answer);

  const problems = [
    ...timeProblems(period, around),
    ...numberProblems(wish),
    ...backupProblems(wish.backup, around.person),
    ...(period.backupId === period.userId ? [] : circleProblems(routing, around)),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };
  const startsAt = new Date(Math.max(period.startsAt.getTime(), around.now.getTime()));
  return { kind: 'period', period, answer, gaps: gaps(routing, { startsAt, endsAt: period.endsAt }) };
}

/** The backup is asked, and asked again when they or the times change. */
function answerOf(period: PlannedPeriod, { own, changing }: PlanContext): BackupAnswer {
  if (period.backupId === undefined) return 'none';
  const before = own.find(({ id }) => id === changing);
  return before && before.backupId === period.backupId && sameTimes(period, before) ? before.backupAnswer : 'asked';
}

const sameTimes = (a: PlannedPeriod, b: PlannedPeriod): boolean =>
  a.startsAt.getTime() === b.startsAt.getTime() && a.endsAt?.getTime() === b.endsAt?.getTime();

/** The rows as they will be once the period is saved. */
function withPeriod(
  { routing: rows, changing }: PlanContext,
  period: PlannedPeriod,
  backupAnswer: BackupAnswer,
): RoutingRows {
  const { userId, startsAt, endsAt = null, backupId = null, number = null, privacy, note } = period;
  const planned: RoutingPeriod = { userId, startsAt, endsAt, backupId, number, backupAnswer, privacy, note };
  return { ...rows, periods: [...rows.periods.filter(({ id }) => id === undefined || id !== changing), planned] };
}

function periodOf(wish: PeriodDraft, around: PlanContext): PlannedPeriod {
  const number = wish.number?.kind === 'number' ? wish.number.e164 : undefined;
  const backup = wish.backup ?? (wish.number === undefined ? usableBackup(around.defaultBackup) : undefined);
  return {
    userId: around.person.id,
    startsAt: startOf(wish, around),
    endsAt: wish.until,
    backupId: backup?.id,
    number,
    note: wish.note,
    privacy: wish.privacy,
  };
}

/** A period cannot begin in the past: an earlier start becomes now, unless the period has been running since then. */
function startOf({ from }: PeriodDraft, { now, own, changing }: PlanContext): Date {
  const running = own.find(({ id, startsAt }) => id === changing && startsAt <= now);
  if (running) return running.startsAt;
  return from === undefined || from < now ? now : from;
}

const usableBackup = (person: Person | undefined): Person | undefined =>
  person && takesCalls(person) ? person : undefined;

function timeProblems(period: PlannedPeriod, { now, own, changing }: PlanContext): PlanProblem[] {
  if (period.endsAt !== undefined && period.endsAt <= now) return [{ field: 'until', kind: 'not-in-future' }];
  if (period.endsAt !== undefined && period.endsAt <= period.startsAt)
    return [{ field: 'until', kind: 'not-after-start' }];
  const other = own.find((one) => one.id !== changing && overlap(one, period));
  return other ? [{ field: 'from', kind: 'overlap', period: other, same: isSame(period, other, now) }] : [];
}

/** Whether saving would only repeat a period. Of two that have begun, the later start makes no difference. */
const isSame = (period: PlannedPeriod, other: Period, now: Date): boolean =>
  (['backupId', 'number', 'note', 'privacy'] as const).every((field) => period[field] === other[field]) &&
  period.endsAt?.getTime() === other.endsAt?.getTime() &&
  (period.startsAt.getTime() === other.startsAt.getTime() || (period.startsAt <= now && other.startsAt <= now));

/** The period that a draft repeats, if that is all that is wrong with it. */
export function repeatedPeriod([problem, ...others]: readonly PlanProblem[]): Period | undefined {
  return others.length === 0 && problem?.kind === 'overlap' && problem.same ? problem.period : undefined;
}

function numberProblems({ number, backup }: PeriodDraft): PlanProblem[] {
  if (number === undefined) return [];
  if (backup) return [{ field: 'number', kind: 'not-both' }];
  return number.kind === 'number' ? [] : [{ field: 'number', ...number }];
}

function backupProblems(backup: Person | undefined, person: Person): PlanProblem[] {
  if (!backup) return [];
  if (backup.id === person.id) return [{ field: 'backup', kind: 'yourself' }];
  return takesCalls(backup) ? [] : [{ field: 'backup', kind: 'takes-no-calls', name: backup.displayName }];
}

function circleProblems(routing: RoutingRows, { person, now }: PlanContext): PlanProblem[] {
  const circle = circleThrough(graphOf(routing), person.id, now);
  const names = circle?.map((id) => routing.people.get(id)?.name ?? '?');
  return names ? [{ field: 'backup', kind: 'circle', names }] : [];
}
