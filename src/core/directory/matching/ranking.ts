/** Why somebody was found; of several reasons, the one that asks most of the reader's good will. */
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
export type Reason = (typeof reasons)[number];

/** Whether somebody has all of what was asked, by their name or by another name of theirs. */
export const isWhole = (reason: Reason): boolean => reason === 'exact' || reason === 'alias';

export interface Match {
  readonly id: string;
  /** From 0 to 1; 1 is the whole name as it is written. */
  readonly score: number;
  readonly reason: Reason;
}

/** A reason's place, for arrays of numbers. */
export const reasonNumber = (reason: Reason): number => reasons.indexOf(reason);

/** The best so far, best first: what they cost (hundredths of a wrong letter) and why they are here. */
export interface Ranking {
  readonly limit: number;
  readonly slots: number[];
  readonly costs: number[];
  readonly reasons: number[];
}

export const newRanking = (limit: number): Ranking => ({ limit, slots: [], costs: [], reasons: [] });

/** What somebody must stay below to get in. */
export const bar = ({ limit, costs }: Ranking): number =>
  costs.length < limit ? Number.POSITIVE_INFINITY : (costs[limit - 1] ?? 0);

/** Puts somebody in their place, once: among equals, who came first. */
export function place(ranking: Ranking, slot: number, cost: number, reason: number): void {
  const { limit, slots, costs, reasons } = ranking;
  if (cost >= bar(ranking)) return;
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
