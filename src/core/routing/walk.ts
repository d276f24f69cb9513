import type { UserId } from '../ids.js';
import { hasAccess } from '../people/person.js';
import type { CallSoFar } from './call-so-far.js';
import type { Reason } from './decision-reason.js';
import { type DeadEnd, type DialTarget, isSamePhone, type PathStep, type Wait } from './path.js';
import { periodAt, type RoutingPeriod, type RoutingPerson, type RoutingRows } from './routing-rows.js';

/** A call’s way as it is being found: what was met so far, in order. */
export interface Walk {
  readonly rows: RoutingRows;
  readonly at: Date;
  readonly soFar: CallSoFar;
  readonly steps: PathStep[];
  readonly because: Reason[];
  readonly deadEnds: DeadEnd[];
  /** Who had their turn: nobody has two. */
  readonly seen: Set<UserId>;
  /** For the person asked for. */
  wait: Wait | undefined;
}

/** Add a phone that rings, unless two people share it: then it rings once. */
export function addStep(
  { steps, because }: Walk,
  person: RoutingPerson,
  target: DialTarget,
  reason: Reason,
  place: Pick<PathStep, 'hop' | 'userId'>,
): void {
  if (steps.some((other) => isSamePhone(other.target, target))) {
    because.push({ kind: 'rangBefore', person: person.id });
    return;
  }
  because.push(reason);
  steps.push({ target, ...place, because: [...because] });
}

/** The absence that counts: the company may have switched absences off. */
export const awayAt = ({ rows, at }: Pick<Walk, 'rows' | 'at'>, person: RoutingPerson): RoutingPeriod | undefined =>
  rows.company.outOfOfficeEnabled && hasAccess(person) ? periodAt(rows, person.id, at) : undefined;
