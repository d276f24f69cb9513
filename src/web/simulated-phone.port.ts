import type { NumberToDial } from '../core/calls/phone-settings.js';

/**
 * The demo's simulated phone, as the page uses it: dial, press keys, speak, leave a message, hang up. Its
 * implementation plays a caller against our own voice routes, so the page plays exactly what a real caller hears.
 */
export interface SimulatedPhone {
  /** Numbers (E.164) to dial, with their owners; the company's own first. */
  numbers(): Promise<readonly NumberToDial[]>;
  /** Numbers as typed; rejects (UserError) for an invalid number. */
  start(call: { readonly from: string; readonly to: string }): Promise<SimulatedCall>;
  press(callId: string, keys: string): Promise<SimulatedCall>;
  speak(callId: string, text: string): Promise<SimulatedCall>;
  /** The ringing phone is picked up, and the two talk; only while `expects` is `outcome`. */
  talk(callId: string): Promise<SimulatedCall>;
  /**
   * Set the reaction of the ringing phone, only while `expects` is `outcome`; in a `talk`, `answer` says that the phone that
   * rang hangs up.
   */
  decide(callId: string, outcome: LegOutcome): Promise<SimulatedCall>;
  /** Leave the message after the tone; only while `expects` is `recording`. */
  leave(callId: string, audio: Buffer, end?: 'key' | 'hang-up'): Promise<SimulatedCall>;
  hangUp(callId: string): Promise<SimulatedCall>;
  /** The calls that Attendant makes and that nobody has picked up yet, oldest first. */
  ringing(): Promise<readonly SimulatedCall[]>;
  /** The call's state; undefined when there is no such call, or no longer. */
  find(callId: string): Promise<SimulatedCall | undefined>;
}

/** `answer`: picks up and presses 1 when asked. `no-key`: picks up and presses nothing (a mobile's own voicemail). */
export type LegOutcome = 'answer' | 'no-key' | 'busy' | 'no-answer' | 'refuse';

/** A simulated call, as the page shows it. */
export interface SimulatedCall {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** All steps since the call began, oldest first. */
  readonly heard: readonly CallStep[];
  /** The input that the call waits for. `choice` takes keys or words. */
  readonly expects: 'choice' | 'outcome' | 'talk' | 'recording' | 'over';
}

/** One step of a call, as the people on the line experience it. */
export type CallStep =
  /** `to`: the listener, the caller or the person dialled (the whisper). */
  | { readonly kind: 'said'; readonly to: 'caller' | 'callee'; readonly text: string; readonly language: 'en' | 'fr' }
  | { readonly kind: 'played'; readonly what: string }
  | { readonly kind: 'pressed'; readonly keys: string }
  | { readonly kind: 'spoke'; readonly text: string }
  /** The name or number that rings. */
  | { readonly kind: 'rang'; readonly whom: string }
  | { readonly kind: 'outcome'; readonly outcome: LegOutcome }
  | { readonly kind: 'tone' }
  | { readonly kind: 'recorded'; readonly durationSeconds: number }
  | { readonly kind: 'hung-up'; readonly by: 'caller' | 'attendant' };
