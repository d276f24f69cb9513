import type { UserId } from '../ids.js';
import type { Greeting, Reason } from './decision-reason.js';
import type { RoutingPeriod, RoutingPerson } from './routing-rows.js';

/** `confirm`: the person who answers hears whose call it is and presses 1; no key is no answer. */
export type DialTarget =
  /** `e164`: the number at which the agent takes calls, where the company dials agents by number. */
  | { readonly kind: 'agent'; readonly agentId: string; readonly e164?: string; readonly confirm?: boolean }
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

/** The caller waits for the person asked for, who is busy (PRODUCT.md §2, Personal queue). */
export interface Wait {
  readonly maxSeconds: number;
  readonly because: readonly Reason[];
}

/** How a call ends when nobody answers. */
export type PathEnd =
  | {
      readonly kind: 'voicemail';
      readonly greeting: Greeting;
      /** Outside the person’s hours: when these begin again; undefined: not known, or it is within them. */
      readonly opens: Date | undefined;
      readonly because: readonly Reason[];
    }
  | { readonly kind: 'missed'; readonly because: readonly Reason[] }
  /** Nothing rings, and the caller is told that they cannot be put through. */
  | { readonly kind: 'blocked'; readonly because: readonly Reason[] };

/** Where a call goes: what rings, one after the other, and how it ends when nobody answers. */
export interface Path {
  readonly asked: RoutingPerson;
  /** Their absence, as far as it counts. */
  readonly away: RoutingPeriod | undefined;
  /** Empty: nobody can be reached. Those of the person asked for come first. */
  readonly steps: readonly PathStep[];
  /** After the phones of the person asked for, before anybody else’s; undefined: nobody waits. */
  readonly wait: Wait | undefined;
  readonly end: PathEnd;
  /** Where the chain broke off without a phone to ring, in the order in which the call comes there. */
  readonly deadEnds: readonly DeadEnd[];
}

/** Somebody with whom a call gets no further. */
export interface DeadEnd {
  readonly userId: UserId;
  /**
   * Out and nobody covers; nothing to ring; more backups than a call follows; asked to cover, and has not agreed; the
   * company is closed.
   */
  readonly because: 'out' | 'no-number' | 'too-long' | 'not-agreed' | 'closed';
}

/** Do both ring the same phone? */
export const isSamePhone = (a: DialTarget, b: DialTarget): boolean => phoneOf(a) === phoneOf(b);

const phoneOf = (target: DialTarget): string => target.e164 ?? `agent ${target.kind === 'agent' && target.agentId}`;
