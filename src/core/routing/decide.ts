import type { UserId } from '../ids.js';
import { hasAccess } from '../people/person.js';
import { mayBeDialled } from '../phone-number.js';
import type { Greeting, Reason } from './decision-reason.js';
import {
  periodAt,
  type RoutingCompany,
  type RoutingPeriod,
  type RoutingPerson,
  type RoutingRows,
} from './routing-rows.js';

/** `confirm`: the person who answers hears whose call it is and presses 1; no key is no answer. */
export type DialTarget =
  | { readonly kind: 'agent'; readonly agentId: string; readonly confirm?: boolean }
  | { readonly kind: 'number'; readonly e164: string; readonly confirm: boolean };

/** One place a call rings on its way. */
export interface PathStep {
  readonly target: DialTarget;
  /** The user whose phone rings; undefined: the number is one that a period names. */
  readonly userId: UserId | undefined;
  /** 0: the person asked for; from 1: somebody in their place. */
  readonly hop: number;
  /** Everything that led here. */
  readonly because: readonly Reason[];
}

/** Where a call goes: what rings, one after the other, and how it ends when nobody answers. */
export interface Path {
  readonly asked: RoutingPerson;
  /** Their absence, as far as it counts. */
  readonly away: RoutingPeriod | undefined;
  /** Empty: nobody can be reached. */
  readonly steps: readonly PathStep[];
  readonly end:
    | { readonly kind: 'voicemail'; readonly greeting: Greeting; readonly because: readonly Reason[] }
    | { readonly kind: 'missed'; readonly because: readonly Reason[] };
  /** Where the chain broke off without a phone to ring, in the order in which the call comes there. */
  readonly deadEnds: readonly DeadEnd[];
}

/** Somebody with whom a call gets no further. */
export interface DeadEnd {
  readonly userId: UserId;
  /** Out and nobody covers; nothing to ring; more backups than a call follows; asked to cover, and has not agreed. */
  readonly because: 'out' | 'no-number' | 'too-long' | 'not-agreed';
}

/** At most so many people take each other's place (PRODUCT.md §2, Chains). */
export const mostHops = 3;

interface Walk {
  readonly rows: RoutingRows;
  readonly at: Date;
  readonly steps: PathStep[];
  readonly because: Reason[];
  readonly deadEnds: DeadEnd[];
  /** Who had their turn: nobody has two. */
  readonly seen: Set<UserId>;
}

/**
 * Decide where a call to `rows.asked` goes at the instant `at`: PRODUCT.md §2, "Route to a person". The only place that
 * knows these rules; pure, so the live router, `explain`, the gap warning and the API cannot disagree.
 */
export function decide(rows: RoutingRows, at: Date): Path {
  const asked = rows.people.get(rows.asked);
  if (!asked) throw new Error('the person asked for is not among the rows');
  const walk: Walk = { rows, at, steps: [], because: [], deadEnds: [], seen: new Set([asked.id]) };
  const away = awayAt(walk, asked);

  if (!hasAccess(asked)) {
    walk.because.push({ kind: 'noAccess', person: asked.id });
    ring(walk, asked, 0);
  } else {
    visit(walk, asked, 0);
  }
  const { steps, deadEnds } = walk;
  return { asked, away, steps, end: endOf(walk, asked, away), deadEnds };
}

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

function visit(walk: Walk, person: RoutingPerson, hop: number): void {
  const { steps, deadEnds, because, rows } = walk;
  const away = awayAt(walk, person);
  if (!away && person.userType === 'general_voicemail') {
    because.push({ kind: 'generalMailbox', person: person.id });
    deadEnds.push({ userId: person.id, because: 'no-number' });
    return;
  }
  const before = steps.length + deadEnds.length;
  if (away) leave(walk, person, away, hop);
  else ring(walk, person, hop);
  for (const { to, by } of handoversOf(person.defaultBackupId, away, rows.company)) hand(walk, person, to, by);
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
  } else if (number && rows.company.mainNumbers.includes(number)) {
    because.push({ kind: 'periodNumberComesBack', person: person.id, number });
  } else if (number && !mayBeDialled(number, rows.company)) {
    because.push({ kind: 'periodNumberRefused', person: person.id, number });
  } else if (number && hop >= mostHops) {
    because.push({ kind: 'chainEnds', most: mostHops });
    deadEnds.push({ userId: person.id, because: 'too-long' });
  } else if (number) {
    const reason: Reason = { kind: 'periodNumber', person: person.id, number };
    step(walk, person, { kind: 'number', e164: number, confirm: true }, reason, { hop: hop + 1, userId: undefined });
  }
}

/** The call passes to somebody else, unless they had it before, take no calls, or too many had it. */
function hand(walk: Walk, from: RoutingPerson, to: UserId, by: Handover<UserId>['by']): void {
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

/** The person's own phones, by their type. */
function ring(walk: Walk, person: RoutingPerson, hop: number): void {
  if (person.userType === 'agent' || person.userType === 'rollover') ringAgent(walk, person, hop);
  if (person.userType === 'business' || person.userType === 'rollover') ringNumber(walk, person, hop);
}

function ringAgent(walk: Walk, person: RoutingPerson, hop: number): void {
  const { because } = walk;
  const { id, agentId } = person;
  const state = presenceAt(walk, id);
  if (!agentId) because.push({ kind: 'noAgentId', person: id });
  else if (state === 'signed-out') because.push({ kind: 'agentSignedOut', person: id });
  else if (state === 'busy') because.push({ kind: 'agentBusy', person: id });
  else {
    const target: DialTarget = { kind: 'agent', agentId, ...(hop > 0 ? { confirm: true } : {}) };
    step(walk, person, target, { kind: 'ringsAgent', person: id }, { hop, userId: id });
  }
}

/** What was heard too long ago counts as signed out. */
function presenceAt({ rows: { presence, company }, at }: Walk, id: UserId): string {
  if (presence === 'everybody-available') return 'available';
  const known = presence.get(id);
  const stale = !known || at.getTime() - known.since.getTime() > company.stalePresenceMinutes * 60_000;
  return stale ? 'signed-out' : known.state;
}

function ringNumber(walk: Walk, person: RoutingPerson, hop: number): void {
  const { because, rows } = walk;
  const { id, personalNumber: number } = person;
  if (!number) because.push({ kind: 'noNumber', person: id });
  else if (person.numberComesBack) because.push({ kind: 'numberComesBack', person: id });
  else if (!mayBeDialled(number, rows.company)) because.push({ kind: 'numberRefused', person: id, number });
  else {
    const reason: Reason = { kind: 'ringsNumber', person: id, number };
    step(walk, person, { kind: 'number', e164: number, confirm: hop > 0 }, reason, { hop, userId: id });
  }
}

function step(
  { steps, because }: Walk,
  person: RoutingPerson,
  target: DialTarget,
  reason: Reason,
  place: Pick<PathStep, 'hop' | 'userId'>,
): void {
  // Two people share a phone: it rings once.
  if (steps.some((other) => isSamePhone(other.target, target))) {
    because.push({ kind: 'rangBefore', person: person.id });
    return;
  }
  because.push(reason);
  steps.push({ target, ...place, because: [...because] });
}

/** Do both ring the same phone? */
export const isSamePhone = (a: DialTarget, b: DialTarget): boolean =>
  a.kind === 'agent' ? b.kind === 'agent' && a.agentId === b.agentId : b.kind === 'number' && a.e164 === b.e164;

function endOf(
  { rows: { company }, because }: Walk,
  asked: RoutingPerson,
  away: RoutingPeriod | undefined,
): Path['end'] {
  const person = asked.id;
  if (!hasAccess(asked)) return { kind: 'missed', because: [...because, { kind: 'endsMissedNoAccess', person }] };
  if (company.edition !== 'attendant_plus')
    return { kind: 'missed', because: [...because, { kind: 'endsMissedNoPlus', person }] };
  const greeting = away ? 'out-of-office' : 'unavailable';
  return { kind: 'voicemail', greeting, because: [...because, { kind: 'endsInMailbox', person, greeting }] };
}

/** The absence that counts: the company may have switched absences off. */
const awayAt = ({ rows, at }: Walk, person: RoutingPerson): RoutingPeriod | undefined =>
  rows.company.outOfOfficeEnabled && hasAccess(person) ? periodAt(rows, person.id, at) : undefined;
