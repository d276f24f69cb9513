import type { Locale } from '../chat/phrasing.js';
import type { Greeting } from '../routing/decision-reason.js';
import type { DialTarget } from '../routing/path.js';

/** What to do next with a call; CONTRACT.md §3 (Decision). The same call asked twice gets the same one. */
export type Decision = {
  readonly callId: string;
  /** Counts from 1; an outcome names the leg it is about. */
  readonly leg: number;
  /** In which the caller is spoken to. */
  readonly language: Locale;
  /** What the caller is told first, in the call's language. */
  readonly prompt?: string;
  /** Why, in plain steps; the same words `explain` uses. */
  readonly because: readonly string[];
} & DecisionAction;

export type DecisionAction =
  | { readonly action: 'dial'; readonly target: DialTarget; readonly ringSeconds: number }
  /** `position`: 1 is the next. */
  | { readonly action: 'queue'; readonly maxSeconds: number; readonly position: number }
  | { readonly action: 'voicemail'; readonly mailboxUserId: string; readonly greeting: Greeting }
  | { readonly action: 'ask'; readonly choices?: readonly Choice[]; readonly retries: number }
  /** Say it and end the call. */
  | { readonly action: 'announce' }
  | { readonly action: 'hangup' };

export interface Choice {
  readonly digit: string;
  readonly label: string;
  readonly userId: string;
}

/** What came of one leg of a call. */
export const dispositions = ['answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out'] as const;
export type Disposition = (typeof dispositions)[number];

/** What is noted of a leg; `free`: the person whom the caller waited for is free again. */
export const legOutcomes = [...dispositions, 'free'] as const;
export type LegOutcome = (typeof legOutcomes)[number];
