import type { TwimlVerb } from './twiml.js';

/** `answer`: picks up and presses 1 when asked. `no-key`: picks up and presses nothing (a mobile's own voicemail). */
export type LegOutcome = 'answer' | 'no-key' | 'busy' | 'no-answer' | 'refuse';

/** A simulated call as a viewer sees it. */
export interface SimulatedCall {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** All steps since the call began, oldest first. */
  readonly heard: readonly CallStep[];
  /** The input that the call waits for. `choice` takes keys or words; in a `talk` either side may hang up. */
  readonly expects: 'choice' | 'outcome' | 'talk' | 'recording' | 'over';
}

/** One step of a call, as the people on the line experience it. */
export type CallStep =
  /** `to`: the listener, the caller or the person dialled (the whisper). */
  | { readonly kind: 'said'; readonly to: 'caller' | 'callee'; readonly text: string; readonly language: 'en' | 'fr' }
  /** `what`: its address. */
  | { readonly kind: 'played'; readonly what: string; readonly durationSeconds: number }
  | { readonly kind: 'pressed'; readonly keys: string }
  | { readonly kind: 'spoke'; readonly text: string }
  /** The number or address that rings. */
  | { readonly kind: 'rang'; readonly whom: string }
  | { readonly kind: 'outcome'; readonly outcome: LegOutcome }
  | { readonly kind: 'tone' }
  | { readonly kind: 'recorded'; readonly durationSeconds: number }
  | { readonly kind: 'hung-up'; readonly by: 'caller' | 'attendant' };

/** A simulated phone; every method resolves to the call's state afterwards. */
export interface SimulatedPhone {
  /** Numbers as typed, `name` as the network sends it; rejects (UserError) for an invalid number. */
  start(call: {
    readonly from: string;
    readonly to: string;
    readonly name?: string | undefined;
  }): Promise<SimulatedCall>;
  /** Empty keys let the prompt time out. */
  press(callId: string, keys: string): Promise<SimulatedCall>;
  speak(callId: string, text: string): Promise<SimulatedCall>;
  /** The ringing phone is picked up, and the two talk; only while `expects` is `outcome`. */
  talk(callId: string): Promise<SimulatedCall>;
  /**
   * Set the reaction of the ringing phone, only while `expects` is `outcome`; in a `talk`, `answer` says that the phone that
   * rang hangs up.
   */
  decide(callId: string, outcome: LegOutcome): Promise<SimulatedCall>;
  /** Leave the message after the tone, ended by hanging up or by a key; only while `expects` is `recording`. */
  leave(callId: string, audio: Buffer, end?: 'key' | 'hang-up'): Promise<SimulatedCall>;
  hangUp(callId: string): Promise<SimulatedCall>;
  /** The calls that we make and that nobody has picked up yet, oldest first; `decide` says what comes of each. */
  ringing(): Promise<readonly SimulatedCall[]>;
  /** The call's state; undefined when there is no such call, or no longer. */
  find(callId: string): Promise<SimulatedCall | undefined>;
}

/** Where a call waits: the verb, the verbs after it, and the address to which its own addresses are relative. */
export interface WaitPoint {
  readonly verb: TwimlVerb;
  readonly rest: readonly TwimlVerb[];
  readonly base: string;
}

/** A call in progress. */
export interface CallState {
  readonly id: string;
  readonly from: string;
  readonly name: string;
  readonly to: string;
  readonly heard: CallStep[];
  expects: SimulatedCall['expects'];
  waiting: WaitPoint | undefined;
  /** A call that we asked for: where it is asked about and reported; undefined: a call to us. */
  readonly asked: { readonly url: string; readonly statusUrl: string | undefined } | undefined;
  /** Keys that were pressed before the question that they answer. */
  typedAhead: string;
  /** Documents performed so far; a call that redirects to itself is stopped. */
  documents: number;
}

/** The view of a call that is shown to others. */
export const simulatedCallOf = ({ id, from, to, heard, expects }: CallState): SimulatedCall => ({
  id,
  from,
  to,
  heard: [...heard],
  expects,
});
