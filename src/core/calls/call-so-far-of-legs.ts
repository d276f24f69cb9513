import { type CallSoFar, newCall } from '../routing/call-so-far.js';
import { routedTarget } from '../routing/dialled-target.js';
import { type DialTarget, isSamePhone } from '../routing/path.js';
import type { KnownCall, Leg } from './calls.store.js';
import type { LegOutcome } from './decision.js';

/** Return what has happened in a call since the caller asked for the person whom it is for, as `decide` takes it. */
export function historyOf({ legs, askedForUserId }: Pick<KnownCall, 'legs' | 'askedForUserId'>, now: Date): CallSoFar {
  const since = legs.findLastIndex(({ heard }) => heard.asksFor !== undefined);
  const own = legs.slice(Math.max(since, 0));
  const rung: DialTarget[] = [];
  const busy: DialTarget[] = [];
  let { waitedSeconds } = newCall;
  let toMailbox: CallSoFar['toMailbox'];
  for (const [index, { decision, outcome, at }] of own.entries()) {
    if (decision.action === 'dial') {
      rung.push(routedTarget(decision.target));
      if (outcome === 'busy') busy.push(routedTarget(decision.target));
    }
    if (decision.action !== 'queue' || outcome === null) continue;
    if (outcome === 'free') {
      const until = own[index + 1]?.at ?? now;
      waitedSeconds += Math.max(1, Math.round((until.getTime() - at.getTime()) / 1000));
      ringAgain(own.slice(0, index));
    } else {
      waitedSeconds = Number.POSITIVE_INFINITY;
      if (outcome === 'refused') toMailbox = 'caller';
    }
  }
  return { rung, busy, waitedSeconds, ...(toMailbox ? { toMailbox } : {}) };

  /** The person’s own phones may ring again, and tell anew whether they are busy. */
  function ringAgain(before: readonly Leg[]): void {
    const theirs = before.flatMap(({ decision, heard }) =>
      decision.action === 'dial' && heard.rings === askedForUserId ? [routedTarget(decision.target)] : [],
    );
    for (const targets of [rung, busy]) {
      const others = targets.filter((target) => !theirs.some((one) => isSamePhone(one, target)));
      targets.splice(0, targets.length, ...others);
    }
  }
}

/** Return the call as it is once this leg has ended so. */
export const withOutcome = (call: KnownCall, ended: Leg, outcome: LegOutcome): KnownCall => ({
  ...call,
  legs: call.legs.map((leg) => (leg.leg === ended.leg ? { ...leg, outcome } : leg)),
});
