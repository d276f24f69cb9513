/**
 * The simulated telephone of the demo, as the page sees it: dial, press, speak, leave a message, hang up. The engine
 * behind it plays a caller's phone to our own voice routes, so that what is heard here is what a real caller hears.
 */
export interface SimulatedPhone {
  /** Numbers (E.164) worth dialling, with whose they are: the company's own first. */
  numbers(): Promise<readonly { readonly number: string; readonly whose: string }[]>;
  /** Numbers as they were typed; refuses (UserError) what is no number. */
  start(call: { readonly from: string; readonly to: string }): Promise<SimulatedCall>;
  press(callId: string, keys: string): Promise<SimulatedCall>;
  speak(callId: string, text: string): Promise<SimulatedCall>;
  /** What the telephone that rings does; only while `expects` is `outcome`. */
  decide(callId: string, outcome: LegOutcome): Promise<SimulatedCall>;
  /** The message after the tone; only while `expects` is `recording`. */
  leave(callId: string, audio: Buffer): Promise<SimulatedCall>;
  hangUp(callId: string): Promise<SimulatedCall>;
  /** The call as it stands; undefined when there is none of that id (any more). */
  find(callId: string): Promise<SimulatedCall | undefined>;
}

/** `answer`: picks up and presses 1 where that is asked. `no-key`: picks up, presses nothing (a mobile's own voicemail). */
export type LegOutcome = 'answer' | 'no-key' | 'busy' | 'no-answer' | 'refuse';

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
  /** Whose phone rings: a name or a number. */
  | { readonly kind: 'rang'; readonly whom: string }
  | { readonly kind: 'outcome'; readonly outcome: LegOutcome }
  | { readonly kind: 'tone' }
  | { readonly kind: 'recorded'; readonly durationSeconds: number }
  | { readonly kind: 'hung-up'; readonly by: 'caller' | 'attendant' };
