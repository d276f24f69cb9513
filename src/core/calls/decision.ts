import type { Locale } from '../chat/phrasing.js';
import type { Greeting } from '../routing/decision-reason.js';
import type { DialTarget } from '../routing/path.js';

/** What to do next with a call; CONTRACT.md §3 (Decision). The same question about a call always gets the same one. */
export type Decision = {
  readonly callId: string;
  /** Counts from 1; an outcome names its leg. */
  readonly leg: number;
  /** The language in which the caller is addressed. */
  readonly language: Locale;
  /** What the caller hears first, in the call's language. */
  readonly prompt?: string;
  /** The reasons, in plain steps, in the words that `explain` uses. */
  readonly because: readonly string[];
} & DecisionAction;

/** The action of a Decision, with what it needs. */
export type DecisionAction =
  | { readonly action: 'dial'; readonly target: DialTarget; readonly ringSeconds: number }
  /** `position`: 1 is the next. */
  | { readonly action: 'queue'; readonly maxSeconds: number; readonly position: number }
  | { readonly action: 'voicemail'; readonly mailboxUserId: string; readonly greeting: Greeting }
  | { readonly action: 'ask'; readonly choices?: readonly Choice[]; readonly retries: number }
  /** Say the prompt and end the call. */
  | { readonly action: 'announce' }
  | { readonly action: 'hangup' };

/** A person whom a caller can choose by a key. */
export interface Choice {
  readonly digit: string;
  readonly label: string;
  readonly userId: string;
}

/** The outcomes of a leg of a call. */
const dispositions = ['answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out'] as const;
/** The outcome of a leg of a call. */
export type Disposition = (typeof dispositions)[number];

/** What is noted of a leg; `free`: the person whom the caller waited for is free again. */
export const legOutcomes = [...dispositions, 'free'] as const;
export type LegOutcome = (typeof legOutcomes)[number];
