import type { UserId } from '../../ids.js';
import { instantOf, type WallTime, wallTimeOf } from '../../time/wall-time.js';
import { decide } from '../decide.js';
import { boundariesOf } from '../gaps.js';
import type { RoutingRows } from '../routing-rows.js';

/** The person whose phone rings first; `mailbox`, `nobody` (a missed call) and `closed` are holes: nothing rings. */
export type Answer =
  | { readonly kind: 'person'; readonly userId: UserId; readonly name: string }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'mailbox' | 'nobody' | 'closed' };

/** A stretch of one day in which the same phone rings first. */
export interface AnsweredTime {
  readonly startsAt: Date;
  /** Exclusive. */
  readonly endsAt: Date;
  readonly answer: Answer;
}

/** A day in a zone, from its first instant to its last. */
export interface AnsweredDay {
  readonly startsAt: Date;
  readonly times: readonly AnsweredTime[];
}

/** Return who answers calls to `rows.asked` on so many days from the one of `from` on, as the router would have it. */
export function answeredDays(rows: RoutingRows, from: Date, days: number, timeZone: string): readonly AnsweredDay[] {
  const first = wallTimeOf(from, timeZone).startOf('day') as WallTime;
  const midnight = (day: number) => instantOf(first.plus({ days: day }), timeZone);
  return Array.from({ length: days }, (_, day) => {
    const window = { startsAt: midnight(day), endsAt: midnight(day + 1) };
    return { startsAt: window.startsAt, times: answeredTimes(rows, window) };
  });
}

function answeredTimes(rows: RoutingRows, window: { startsAt: Date; endsAt: Date }): readonly AnsweredTime[] {
  const boundaries = boundariesOf(rows, window);
  const times: AnsweredTime[] = [];
  for (const [index, startsAt] of boundaries.entries()) {
    const answer = answerAt(rows, startsAt);
    const endsAt = boundaries[index + 1] ?? window.endsAt;
    const before = times.at(-1);
    if (before && isSame(before.answer, answer)) times[times.length - 1] = { ...before, endsAt };
    else times.push({ startsAt, endsAt, answer });
  }
  return times;
}

function answerAt(rows: RoutingRows, at: Date): Answer {
  const { steps, end, deadEnds } = decide(rows, at);
  const [first] = steps;
  if (!first) {
    if (deadEnds.some(({ because }) => because === 'closed')) return { kind: 'closed' };
    return { kind: end.kind === 'voicemail' ? 'mailbox' : 'nobody' };
  }
  if (first.userId) return { kind: 'person', userId: first.userId, name: rows.people.get(first.userId)?.name ?? '' };
  return { kind: 'number', number: first.target.kind === 'number' ? first.target.e164 : '' };
}

const isSame = (one: Answer, other: Answer): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Does nothing ring? */
export const isHole = ({ kind }: Answer): boolean => kind !== 'person' && kind !== 'number';
