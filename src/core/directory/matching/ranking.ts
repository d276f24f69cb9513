/** Why a person was found; of several reasons, the weakest evidence. */
export const reasons = [
  'exact',
  'alias',
  'initials',
  'prefix',
  'nickname',
  'sounds like',
  'spelling',
  'part',
  'extension',
  'did',
  'keypad',
] as const;
/** Why a person was found. */
export type Reason = (typeof reasons)[number];

/** Return whether the person matches the whole query, by their name or by an alias. */
export const isWhole = (reason: Reason): boolean => reason === 'exact' || reason === 'alias';

/** A person found by a query. */
export interface Match {
  readonly id: string;
  /** From 0 to 1; 1 is the whole name as it is written. */
  readonly score: number;
  readonly reason: Reason;
}

/** Return a reason's index, for arrays of numbers. */
export const reasonNumber = (reason: Reason): number => reasons.indexOf(reason);

/** The best people so far, best first: their costs (hundredths of a wrong letter) and reasons. */
export interface Ranking {
  readonly limit: number;
  readonly slots: number[];
  readonly costs: number[];
  readonly reasons: number[];
}

/** Create an empty ranking. */
export const newRanking = (limit: number): Ranking => ({ limit, slots: [], costs: [], reasons: [] });

/** Return the cost below which a person enters the ranking. */
export const entryCost = ({ limit, costs }: Ranking): number =>
  costs.length < limit ? Number.POSITIVE_INFINITY : (costs[limit - 1] ?? 0);

/** Put a person in their place, once: among equal costs, the earlier one comes first. */
export function insertRanked(ranking: Ranking, slot: number, cost: number, reason: number): void {
  const { limit, slots, costs, reasons } = ranking;
  if (cost >= entryCost(ranking)) return;
  const before = slots.indexOf(slot);
  if (before !== -1) {
    if ((costs[before] ?? 0) <= cost) return;
    slots.splice(before, 1);
    costs.splice(before, 1);
    reasons.splice(before, 1);
  }
  let at = slots.length;
  while (at > 0 && (costs[at - 1] ?? 0) > cost) at -= 1;
  slots.splice(at, 0, slot);
  costs.splice(at, 0, cost);
  reasons.splice(at, 0, reason);
  if (slots.length > limit) {
    slots.pop();
    costs.pop();
    reasons.pop();
  }
}
