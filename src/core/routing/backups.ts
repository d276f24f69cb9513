import type { UserId } from '../ids.js';
import { hasAccess } from '../people/person.js';
import { leadsBack, mayBeDialled } from '../phone-number.js';
import type { Reason } from './decision-reason.js';
import { ringOwnPhones } from './own-phones.js';
import { waitFor } from './personal-queue.js';
import type { RoutingCompany, RoutingPeriod, RoutingPerson } from './routing-rows.js';
import { addStep, awayAt, type Walk } from './walk.js';

/** At most so many people take each other's place (PRODUCT.md §2, Chains). */
export const mostHops = 3;

/** Somebody who takes the calls of another. */
interface Handover<Id> {
  readonly to: Id;
  readonly by: 'period' | 'default';
}

/** What a period says of its backup. */
type Cover<Id> = Pick<RoutingPeriod, 'backupAnswer'> & { readonly backupId: Id | null };

/** The people who take somebody's calls, in turn: the backup of the running period, as far as they count; the default. */
export function handoversOf<Id = UserId>(
  defaultBackup: Id | null,
  period: Cover<Id> | undefined,
  company: Pick<RoutingCompany, 'backupCountsAtOnce'>,
): readonly Handover<Id>[] {
  const byPeriod = period && counts(company, period) ? period.backupId : null;
  return [
    ...(byPeriod === null ? [] : [{ to: byPeriod, by: 'period' } as const]),
    ...(defaultBackup === null ? [] : [{ to: defaultBackup, by: 'default' } as const]),
  ];
}

const counts = (
  { backupCountsAtOnce }: Pick<RoutingCompany, 'backupCountsAtOnce'>,
  { backupAnswer }: Pick<RoutingPeriod, 'backupAnswer'>,
): boolean => backupAnswer === 'accepted' || (backupAnswer !== 'declined' && backupCountsAtOnce);

/** The call comes to somebody: their phones, or where their absence sends it, then the people who take their place. */
export function visit(walk: Walk, person: RoutingPerson, hop: number): void {
  const { steps, deadEnds, because, rows } = walk;
  const away = awayAt(walk, person);
  if (!away && person.userType === 'general_voicemail') {
    because.push({ kind: 'generalMailbox', person: person.id });
    deadEnds.push({ userId: person.id, because: 'no-number' });
    return;
  }
  const before = steps.length + deadEnds.length;
  if (away) leave(walk, person, away, hop);
  else ringOwnPhones(walk, person, hop);
  if (!away && hop === 0) walk.wait = waitFor(walk, person);
  for (const { to, by } of handoversOf(person.defaultBackupId, away, rows.company)) handOver(walk, person, to, by);
  // Nothing rings here or further on, and nobody further on is the reason.
  if (steps.length + deadEnds.length === before)
    deadEnds.push({ userId: person.id, because: away ? 'out' : 'no-number' });
}

/** The number of the absence, or why there is neither a number nor a backup. */
function leave(walk: Walk, person: RoutingPerson, away: RoutingPeriod, hop: number): void {
  const { because, deadEnds, rows } = walk;
  const { backupId, number } = away;
  because.push({ kind: 'isAway', person: person.id });
  if (backupId) {
    if (counts(rows.company, away)) return;
    because.push({ kind: 'backupNotAccepted', person: backupId });
    if (!person.defaultBackupId) deadEnds.push({ userId: backupId, because: 'not-agreed' });
  } else if (number && leadsBack(number, rows.company)) {
    because.push({ kind: 'periodNumberComesBack', person: person.id, number });
  } else if (number && !mayBeDialled(number, rows.company)) {
    because.push({ kind: 'periodNumberRefused', person: person.id, number });
  } else if (number && hop >= mostHops) {
    because.push({ kind: 'chainEnds', most: mostHops });
    deadEnds.push({ userId: person.id, because: 'too-long' });
  } else if (number) {
    const reason: Reason = { kind: 'periodNumber', person: person.id, number };
    addStep(walk, person, { kind: 'number', e164: number, confirm: true }, reason, { hop: hop + 1, userId: undefined });
  }
}

/** The call passes to somebody else, unless they had it before, take no calls, or too many had it. */
function handOver(walk: Walk, from: RoutingPerson, to: UserId, by: Handover<UserId>['by']): void {
  const { rows, seen, because, deadEnds } = walk;
  const person = rows.people.get(to);
  if (!person) return;
  if (seen.has(to)) {
    because.push({ kind: 'hadItBefore', person: to });
    return;
  }
  // The person asked for is in `seen` too, so this is the hop that would come now.
  if (seen.size > mostHops) {
    because.push({ kind: 'chainEnds', most: mostHops });
    deadEnds.push({ userId: to, because: 'too-long' });
    return;
  }
  const hop = seen.size;
  because.push({ kind: by === 'period' ? 'periodBackup' : 'defaultBackup', person: from.id, backup: to });
  if (!hasAccess(person)) {
    because.push({ kind: 'takesNoCalls', person: to });
    deadEnds.push({ userId: to, because: 'no-number' });
    return;
  }
  seen.add(to);
  visit(walk, person, hop);
}
