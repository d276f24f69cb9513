import type { Verb } from './twiml.js';

/** `answer`: picks up and presses 1 where that is asked. `no-key`: picks up, presses nothing (a mobile's own voicemail). */
export type LegOutcome = 'answer' | 'no-key' | 'busy' | 'no-answer' | 'refuse';

/** A simulated call as whoever watches it sees it. */
export interface SimulatedCall {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Everything since the call began, oldest first. */
  readonly heard: readonly Heard[];
  /** What the caller may do now. `choice` takes keys or words. */
  readonly expects: 'choice' | 'outcome' | 'recording' | 'over';
}

export type Heard =
  /** `to`: who hears it, the caller or whoever was dialled (the whisper). */
  | { readonly kind: 'said'; readonly to: 'caller' | 'callee'; readonly text: string; readonly language: 'en' | 'fr' }
  | { readonly kind: 'played'; readonly what: string }
  | { readonly kind: 'pressed'; readonly keys: string }
  | { readonly kind: 'spoke'; readonly text: string }
  /** Whose phone rings: a number or an address. */
  | { readonly kind: 'rang'; readonly whom: string }
  | { readonly kind: 'outcome'; readonly outcome: LegOutcome }
  | { readonly kind: 'tone' }
  | { readonly kind: 'recorded'; readonly durationSeconds: number }
  | { readonly kind: 'hung-up'; readonly by: 'caller' | 'attendant' };

/** A telephone of the demo: every step resolves with the call as it stands after it. */
export interface SimulatedPhone {
  /** Numbers as they were typed, `name` as the network knows the caller; refuses (UserError) what is no number. */
  start(call: {
    readonly from: string;
    readonly to: string;
    readonly name?: string | undefined;
  }): Promise<SimulatedCall>;
  /** No keys at all: the caller lets the question pass. */
  press(callId: string, keys: string): Promise<SimulatedCall>;
  speak(callId: string, text: string): Promise<SimulatedCall>;
  /** What the telephone that rings does; only while `expects` is `outcome`. */
  decide(callId: string, outcome: LegOutcome): Promise<SimulatedCall>;
  /** The message after the tone, ended by a key or by hanging up; only while `expects` is `recording`. */
  leave(callId: string, audio: Buffer, end?: 'key' | 'hang-up'): Promise<SimulatedCall>;
  hangUp(callId: string): Promise<SimulatedCall>;
  /** The call as it stands; undefined when there is none of that id (any more). */
  find(callId: string): Promise<SimulatedCall | undefined>;
}

/** Where a call waits: the verb, what stands after it, and the address its own addresses are relative to. */
export interface Waiting {
  readonly verb: Verb;
  readonly rest: readonly Verb[];
  readonly base: string;
}

/** A call while it is under way. */
export interface Line {
  readonly id: string;
  readonly from: string;
  readonly name: string;
  readonly to: string;
  readonly heard: Heard[];
  expects: SimulatedCall['expects'];
  waiting: Waiting | undefined;
  /** Answers performed so far: one that redirects to itself is stopped. */
  documents: number;
}

export const seen = ({ id, from, to, heard, expects }: Line): SimulatedCall => ({
  id,
  from,
  to,
  heard: [...heard],
  expects,
});
