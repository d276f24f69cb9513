import { type DialTarget, isSamePhone, type Path, type PathEnd, type PathStep, type Wait } from './path.js';

/** What has happened in a call since the caller asked for this person. */
export interface CallSoFar {
  /** Phones that need not ring again. */
  readonly rung: readonly DialTarget[];
  /** Those of them that were busy. */
  readonly busy: readonly DialTarget[];
  readonly waitedSeconds: number;
  /** The caller would rather leave a message than wait; an agent sends the caller straight to the mailbox. */
  readonly toMailbox?: 'caller' | 'agent';
  /** The person asked for, or the company, takes no calls from this caller. */
  readonly isBlocked?: true;
}

/** A call that only begins. */
export const newCall: CallSoFar = { rung: [], busy: [], waitedSeconds: 0 };

/** What a call does next. */
export type NextStop =
  | { readonly kind: 'ring'; readonly step: PathStep }
  | { readonly kind: 'wait'; readonly wait: Wait }
  | { readonly kind: 'end'; readonly end: PathEnd };

/** Return the first thing on a path that has not happened yet: a phone, then the wait, then other phones, then the end. */
export function nextStop({ steps, wait, end }: Path, { rung }: CallSoFar): NextStop {
  const left = steps.filter(({ target }) => !rung.some((other) => isSamePhone(target, other)));
  const own = left.find(({ hop }) => hop === 0);
  if (own) return { kind: 'ring', step: own };
  if (wait) return { kind: 'wait', wait };
  const [step] = left;
  return step ? { kind: 'ring', step } : { kind: 'end', end };
}
