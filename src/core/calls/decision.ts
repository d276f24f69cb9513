import type { Locale } from '../chat/phrasing.js';
import type { Greeting } from '../routing/decision-reason.js';
import type { DialledTarget } from '../routing/dialled-target.js';

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
  | {
      readonly action: 'dial';
      readonly target: DialledTarget;
      readonly ringSeconds: number;
      /** The person whose phone rings; absent: the number belongs to nobody here. */
      readonly rings?: { readonly displayName: string; readonly extension: string | null };
      /** What is said to who picks up: to a backup before they press 1, to the operator before the two are connected. */
      readonly whisper?: Spoken;
    }
  /** `position`: 1 is the next. */
  | { readonly action: 'queue'; readonly maxSeconds: number; readonly position: number }
  | {
      readonly action: 'voicemail';
      readonly mailboxUserId: string;
      readonly greeting: Greeting;
      /** The recording ends after so long, after so much silence, or with the pound key. */
      readonly maxSeconds: number;
      readonly silenceSeconds: number;
      /** May the caller mark the message as urgent? */
      readonly urgentAllowed: boolean;
      /** Said after a message, and after silence. */
      readonly closing: { readonly recorded: string; readonly nothing: string };
    }
  | {
      readonly action: 'ask';
      readonly choices?: readonly Choice[];
      readonly retries: number;
      /** How the caller may answer. */
      readonly input: 'keys' | 'keys-and-speech';
      /** How long a caller may think, and pause between keys. The pound key ends what is keyed. */
      readonly timeoutSeconds: number;
      /** Said after the prompt, to callers who speak the other language. */
      readonly languageOffer?: Spoken;
    }
  /** Say the prompt and end the call. */
  | { readonly action: 'announce' }
  | { readonly action: 'hangup' };

/** Words for a listener, in their language. */
export interface Spoken {
  readonly text: string;
  readonly language: Locale;
}

/** A person whom a caller can choose by a key. */
export interface Choice {
  readonly digit: string;
  readonly label: string;
  readonly userId: string;
}

/** The outcomes of a leg of a call. */
export const dispositions = ['answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out'] as const;
/** The outcome of a leg of a call. */
export type Disposition = (typeof dispositions)[number];

/** What is noted of a leg; `free`: the person whom the caller waited for is free again. */
export const legOutcomes = [...dispositions, 'free'] as const;
export type LegOutcome = (typeof legOutcomes)[number];
