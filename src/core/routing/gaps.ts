import type { UserId } from '../ids.js';
import { decide } from './decide.js';
import type { DeadEnd } from './path.js';
import type { RoutingRows } from './routing-rows.js';

/** Hours in which a call reaches nobody. */
export interface Gap {
  readonly startsAt: Date;
  /** Exclusive; undefined: without end. */
  readonly endsAt: Date | undefined;
  /** Where the chain breaks off first, and why. */
  readonly userId: UserId;
  readonly because: DeadEnd['because'];
}

/**
 * The hours of the window in which a call to `rows.asked` rings nowhere: `decide` at every instant at which its answer
 * can change. `rows` must hold the periods of the whole window.
 */
export function gaps(
  rows: RoutingRows,
  window: { readonly startsAt: Date; readonly endsAt: Date | undefined },
): readonly Gap[] {
  const found: Gap[] = [];
  const boundaries = boundariesOf(rows, window);
  for (const [index, startsAt] of boundaries.entries()) {
    const { asked, steps, deadEnds } = decide(rows, startsAt);
    if (steps.length > 0) continue;
    const { userId, because } = deadEnds[0] ?? { userId: asked.id, because: 'no-number' };
    const endsAt = boundaries[index + 1] ?? window.endsAt;
    const before = found.at(-1);
    const goesOn =
      before?.endsAt?.getTime() === startsAt.getTime() && before.userId === userId && before.because === because;
    if (goesOn) found[found.length - 1] = { ...before, endsAt };
    else found.push({ startsAt, endsAt, userId, because });
  }
  return found;
}

/** The start of the window and every instant in it at which a period or a closure begins or ends, or a presence turns stale. */
export function boundariesOf(
  { periods, presence, company, closure }: RoutingRows,
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date | undefined },
): readonly Date[] {
  const edges = periods.flatMap((period) => [period.startsAt, ...(period.endsAt ? [period.endsAt] : [])]);
  const closed = closure ? [closure.closedAt, ...(closure.until ? [closure.until] : [])] : [];
  const stale = presence === 'everybody-available' ? [] : [...presence.values()].map(({ since }) => since);
  const instants = [
    ...[...edges, ...closed].map((edge) => edge.getTime()),
    ...stale.map((since) => since.getTime() + company.stalePresenceMinutes * 60_000 + 1),
  ].filter((instant) => instant > startsAt.getTime() && (endsAt === undefined || instant < endsAt.getTime()));
  return [...new Set([startsAt.getTime(), ...instants])].sort((a, b) => a - b).map((instant) => new Date(instant));
}
