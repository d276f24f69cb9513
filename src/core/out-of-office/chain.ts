import type { UserId } from '../ids.js';
import { canBeRung, type Person } from '../people/person.js';
import { overlap, type Period, rest, type Window } from './period.js';

/** The people a chain may lead to, and their absences. */
export interface Company {
  readonly people: ReadonlyMap<UserId, Person>;
  readonly periods: readonly Period[];
}

/** Hours in which the chain ends with somebody who cannot be reached. */
export interface Gap extends Window {
  readonly userId: UserId;
  /** They are out and nobody covers; there is no number to ring; or the chain is longer than a call follows. */
  readonly because: 'out' | 'no-number' | 'too-long';
}

export type Chain =
  | { readonly kind: 'circle'; readonly circle: readonly UserId[] }
  | { readonly kind: 'open'; readonly gaps: readonly Gap[] };

/** A call goes from backup to backup at most this often (PRODUCT.md §2, Chains). */
export const mostHops = 3;

/**
 * Follows calls for `userId` through `backupId` over a window. At every hour somebody who is out passes them on to
 * whoever covers then, so two people may well cover for each other, only not at the same time.
 */
export function followChain(userId: UserId, backupId: UserId, window: Window, company: Company): Chain {
  return follow([userId], backupId, window);

  function follow(path: readonly UserId[], next: UserId, during: Window): Chain {
    if (path.includes(next)) return { kind: 'circle', circle: [...path, next] };
    if (path.length > mostHops) return gap(next, during, 'too-long');

    const absences = company.periods.filter((period) => period.userId === next);
    const away = absences.flatMap((period) => {
      const shared = overlap(period, during);
      return shared ? [{ period, shared }] : [];
    });
    const chains = away.map(({ period, shared }) => {
      if (period.number !== undefined) return reached;
      const onward = period.backupId ?? company.people.get(next)?.defaultBackupId;
      return onward === undefined ? gap(next, shared, 'out') : follow([...path, next], onward, shared);
    });
    const person = company.people.get(next);
    if (!person || canBeRung(person)) return together(chains);
    const there = rest(
      during,
      away.map(({ shared }) => shared),
    );
    return together([...chains, ...there.map((window) => gap(next, window, 'no-number'))]);
  }
}

const reached: Chain = { kind: 'open', gaps: [] };

const gap = (userId: UserId, { startsAt, endsAt }: Window, because: Gap['because']): Chain => ({
  kind: 'open',
  gaps: [{ userId, startsAt, endsAt, because }],
});

const together = (chains: readonly Chain[]): Chain =>
  chains.find((chain) => chain.kind === 'circle') ?? {
    kind: 'open',
    gaps: chains.flatMap((chain) => (chain.kind === 'open' ? chain.gaps : [])),
  };
