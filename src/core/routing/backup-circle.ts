import type { UserId } from '../ids.js';
import { handoversOf } from './backups.js';
import { isDuring, type RoutingPeriod, type RoutingRows } from './routing-rows.js';

/** Default backups and periods of a company as one graph, by whatever names its people. */
export interface BackupGraph<Id> {
  defaultBackupOf(person: Id): Id | undefined;
  absencesOf(person: Id): readonly GraphAbsence<Id>[];
}

/** A period, and the people whom the calls may go to while it runs. Empty: they go to a number. */
interface GraphAbsence<Id> extends Pick<RoutingPeriod, 'startsAt' | 'endsAt'> {
  readonly backups: readonly Id[];
}

/**
 * The circle of backups through this person, from the person back to them; undefined: there is none from `from` on.
 *
 * A circle is one of default backups alone, which have no hours; or one of people who are all out at one instant. Two
 * people may cover for each other, only not at the same time (decision 10). A backup who may still agree counts, and the
 * default beside them, so no answer and no setting of the company closes a circle.
 */
export const circleThrough = <Id>(graph: BackupGraph<Id>, person: Id, from: Date): readonly Id[] | undefined =>
  wayBack(person, (one) => defaultsOf(graph, one)) ?? circleWhileOut(graph, person, from);

const defaultsOf = <Id>(graph: BackupGraph<Id>, person: Id): readonly Id[] => {
  const backup = graph.defaultBackupOf(person);
  return backup === undefined ? [] : [backup];
};

/** As `circleThrough`, of people who are all out at one instant. */
export function circleWhileOut<Id>(graph: BackupGraph<Id>, person: Id, from: Date): readonly Id[] | undefined {
  for (const instant of instantsOf(graph, person, from)) {
    const circle = wayBack(person, (one) =>
      graph.absencesOf(one).flatMap((absence) => (isDuring(absence, instant) ? absence.backups : [])),
    );
    if (circle) return circle;
  }
  return undefined;
}

/** Every circle of default backups alone. */
export const circlesOfDefaults = <Id>(graph: BackupGraph<Id>, people: Iterable<Id>): readonly (readonly Id[])[] =>
  circlesOf(people, (person) => graph.defaultBackupOf(person));

/** Every circle where each leads to one other at most, in one pass: each is looked at once, however long the ways are. */
export function circlesOf<T>(all: Iterable<T>, next: (one: T) => T | undefined): readonly (readonly T[])[] {
  const circles: (readonly T[])[] = [];
  const seen = new Set<T>();
  for (const start of all) {
    const way: T[] = [];
    let at: T | undefined = start;
    for (; at !== undefined && !seen.has(at); at = next(at)) {
      seen.add(at);
      way.push(at);
    }
    const begin = at === undefined ? -1 : way.indexOf(at);
    if (begin >= 0) circles.push(way.slice(begin));
  }
  return circles;
}

/** The first instant of any circle through this person: it begins when the last of its people leaves. */
function instantsOf<Id>(graph: BackupGraph<Id>, person: Id, from: Date): readonly Date[] {
  const own = graph.absencesOf(person).filter(({ endsAt }) => endsAt === null || endsAt > from);
  if (own.length === 0) return [];
  const known = new Set([person]);
  const starts = new Set([from.getTime()]);
  for (const one of known)
    for (const { startsAt, backups } of graph.absencesOf(one)) {
      if (startsAt > from) starts.add(startsAt.getTime());
      for (const backup of backups) known.add(backup);
    }
  return [...starts]
    .sort((a, b) => a - b)
    .map((start) => new Date(start))
    .filter((instant) => own.some((absence) => isDuring(absence, instant)));
}

/** The shortest way from somebody back to themselves. */
function wayBack<Id>(start: Id, next: (person: Id) => readonly Id[]): readonly Id[] | undefined {
  const cameFrom = new Map<Id, Id>();
  const reached = [start];
  for (const person of reached)
    for (const to of next(person)) {
      if (to === start) return [...wayTo(person, start, cameFrom), start];
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, person);
      reached.push(to);
    }
  return undefined;
}

function wayTo<Id>(person: Id, start: Id, cameFrom: ReadonlyMap<Id, Id>): readonly Id[] {
  const way = [person];
  for (let at = person; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.push(at);
  }
  return way.reverse();
}

/** The rows as a graph. */
export function graphOf({ people, periods }: Pick<RoutingRows, 'people' | 'periods'>): BackupGraph<UserId> {
  const absences = new Map<UserId, RoutingPeriod[]>();
  for (const period of periods) absences.set(period.userId, [...(absences.get(period.userId) ?? []), period]);
  return {
    defaultBackupOf: (id) => people.get(id)?.defaultBackupId ?? undefined,
    absencesOf: (id) =>
      (absences.get(id) ?? []).map((period) => ({
        startsAt: period.startsAt,
        endsAt: period.endsAt,
        backups: backupsDuring(period, people.get(id)?.defaultBackupId ?? null),
      })),
  };
}

/** The people whom calls may go to during an absence, whatever the backup answers and the company's settings are. */
export function backupsDuring<Id>(
  period: Pick<RoutingPeriod, 'number' | 'backupAnswer'> & { readonly backupId: Id | null },
  defaultBackup: Id | null,
): readonly Id[] {
  if (period.number !== null) return [];
  return handoversOf(defaultBackup, period, { backupCountsAtOnce: true }).map(({ to }) => to);
}
