import type { VoicemailId } from '../../ids.js';
import type { GreetingKind } from '../../voicemail/greetings/greeting-kind.js';
import type { BoxPart } from '../../voicemail/mailbox/box-parts.types.js';
import type { SharedBox } from '../../voicemail/mailbox/shared-boxes.js';
import type { ProviderRecording } from '../../voicemail/ports.js';

/** How a caller says whose mailbox they want: by its extension, as the owner of the number they call from, or from its greeting. */
export type WantedMailbox =
  | { readonly by: 'extension'; readonly extension: string }
  | { readonly by: 'caller' }
  | { readonly by: 'greeting'; readonly userId: string };

/** A place in a list of messages, as it was when the caller opened it. */
export interface BoxPlace {
  readonly part: BoxPart;
  readonly ids: readonly string[];
  /** Counts from 0. */
  readonly index: number;
  /** Absent: the caller's own mailbox. */
  readonly box?: SharedBox;
}

/** Somebody to whom a message may be forwarded. */
export interface Recipient {
  readonly id: string;
  readonly name: string;
  readonly extension: string | null;
}

/** A greeting or a note that was recorded in this call and is not kept yet. */
export interface RecordingDraft {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationSeconds: number;
}

/** A message, and the person to whom it is about to be forwarded. */
export interface ForwardPlace {
  readonly place: BoxPlace;
  readonly to: Recipient;
}

/** `note`: spoken before the message; absent: none is, so far. */
export interface SendingState extends ForwardPlace {
  readonly at: 'sending';
  readonly takesNote: boolean;
  readonly note?: RecordingDraft;
}

/** Where a caller is in the menu. It is stored as JSON, and never holds a PIN. */
export type MenuState =
  | { readonly at: 'extension'; readonly tries: number; readonly offersOwn: boolean }
  | { readonly at: 'pin'; readonly tries: number; readonly mailbox: WantedMailbox }
  /** `boxes`: those that the caller shares; absent: none. */
  | { readonly at: 'main'; readonly boxes?: readonly SharedBox[] }
  | { readonly at: 'boxes'; readonly boxes: readonly SharedBox[] }
  | { readonly at: 'box'; readonly box: SharedBox }
  | { readonly at: 'message'; readonly place: BoxPlace; readonly isDeleted: boolean }
  | { readonly at: 'recipient'; readonly place: BoxPlace }
  /** `takesNote`: a note can be spoken before the message. */
  | {
      readonly at: 'which-recipient';
      readonly place: BoxPlace;
      readonly people: readonly Recipient[];
      readonly takesNote: boolean;
    }
  | SendingState
  | ({ readonly at: 'recording-note' } & ForwardPlace)
  | ({ readonly at: 'fetching-note'; readonly recording: ProviderRecording; readonly round: number } & ForwardPlace)
  | { readonly at: 'greetings' }
  | { readonly at: 'greeting'; readonly kind: GreetingKind; readonly isRecorded: boolean }
  | { readonly at: 'recording'; readonly kind: GreetingKind }
  | {
      readonly at: 'fetching';
      readonly kind: GreetingKind;
      readonly recording: ProviderRecording;
      readonly round: number;
    }
  | { readonly at: 'review'; readonly kind: GreetingKind; readonly draft: RecordingDraft }
  | { readonly at: 'new-pin'; readonly tries: number }
  /** `hash`: of the PIN as it was keyed first. */
  | { readonly at: 'new-pin-again'; readonly tries: number; readonly hash: string }
  | { readonly at: 'absence'; readonly isAway: boolean }
  | { readonly at: 'over' };

/** What a caller does, or what came of an action. */
export type MenuEvent =
  /** Empty: nothing was keyed in time. */
  | { readonly kind: 'keys'; readonly keys: string }
  /** Undefined: nothing was recorded. */
  | { readonly kind: 'recorded'; readonly recording: ProviderRecording | undefined }
  | { readonly kind: 'waited' }
  | ActionResult;

/** What came of an action. */
export type ActionResult =
  | { readonly kind: 'signed-in'; readonly name: string }
  | { readonly kind: 'not-signed-in' }
  | { readonly kind: 'counted'; readonly new: number; readonly saved: number; readonly boxes: readonly SharedBox[] }
  | { readonly kind: 'listed'; readonly ids: readonly string[] }
  /** Undefined: it is gone for good. */
  | { readonly kind: 'read'; readonly why: ReadReason; readonly message: HeardMessage | undefined }
  | { readonly kind: 'done'; readonly did: MenuAction['do'] }
  /** `why`: in the caller's language. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'found'; readonly people: readonly Recipient[]; readonly takesNote: boolean }
  | { readonly kind: 'greeting-read'; readonly isRecorded: boolean }
  | { readonly kind: 'fetched'; readonly draft: RecordingDraft }
  | { readonly kind: 'not-fetched' }
  /** `why`: it cannot be used. */
  | { readonly kind: 'pin-weighed'; readonly why: string | undefined; readonly hash: string }
  | { readonly kind: 'pin-differs' }
  | { readonly kind: 'absence-read'; readonly absence: HeardAbsence };

/** A message as it is said. */
export interface HeardMessage {
  /** Name and number, or that they are unknown. */
  readonly caller: string;
  readonly number: string;
  readonly when: string;
  readonly length: string;
  readonly forwardedBy: string | undefined;
  /** The person who forwarded the message says something before it. */
  readonly hasNote: boolean;
  readonly isHeard: boolean;
  readonly isDeleted: boolean;
  readonly hasAudio: boolean;
}

/** Why a message is read: to play it, to say from whom it is and when it came, or because the caller saves it. */
type ReadReason = 'hear' | 'details' | 'save';

/** Whether the person is out of office, and who takes their calls. */
export type HeardAbsence =
  | { readonly kind: 'away'; readonly until: string | undefined }
  | { readonly kind: 'here'; readonly backup: string | undefined }
  | { readonly kind: 'off' };

/** What the menu does between two steps; its result is the next event. */
export type MenuAction =
  | { readonly do: 'sign-in'; readonly mailbox: WantedMailbox; readonly pin: string; readonly attempt: number }
  /** `box`: a shared mailbox; absent: the caller's own. */
  | { readonly do: 'count'; readonly box?: string }
  | { readonly do: 'list'; readonly part: BoxPart; readonly box?: string }
  | { readonly do: 'read'; readonly why: ReadReason; readonly id: string; readonly box?: string }
  | { readonly do: 'delete' | 'restore' | 'handle' | 'export'; readonly id: string }
  | { readonly do: 'find'; readonly keys: string; readonly id: string; readonly box?: string }
  | { readonly do: 'forward'; readonly id: string; readonly to: string; readonly note?: RecordingDraft }
  | { readonly do: 'read-greeting' | 'remove-greeting'; readonly kind: GreetingKind }
  | { readonly do: 'fetch'; readonly kind: GreetingKind | 'note'; readonly recording: ProviderRecording }
  | { readonly do: 'keep'; readonly kind: GreetingKind; readonly draft: RecordingDraft }
  | { readonly do: 'weigh-pin'; readonly pin: string }
  | { readonly do: 'choose-pin'; readonly pin: string; readonly hash: string }
  | { readonly do: 'read-absence' | 'leave' | 'come-back' };

/** One part of what a caller hears. */
export type MenuPart =
  | { readonly kind: 'say'; readonly text: string; readonly language?: 'en' | 'fr' }
  /** A second in which nothing is said. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'play'; readonly what: PlayedPart };

/** Audio of the person who is signed in. */
export type PlayedPart =
  | { readonly kind: 'message'; readonly id: VoicemailId; readonly box?: string }
  | { readonly kind: 'greeting'; readonly greeting: GreetingKind }
  | { readonly kind: 'draft'; readonly draft: RecordingDraft };

/** A step of the menu: an action, or what the caller hears before the next event. */
export type MenuStep =
  /** `before`: said before whatever follows. */
  | {
      readonly kind: 'act';
      readonly state: MenuState;
      readonly action: MenuAction;
      readonly before?: readonly MenuPart[];
    }
  /** `again`: what they hear after 0 or silence; absent: the same. */
  | {
      readonly kind: 'say';
      readonly state: MenuState;
      readonly parts: readonly MenuPart[];
      readonly again?: readonly MenuPart[];
    };

/** How a caller answers in this state: one key, a number that the pound key ends, by speaking, or not at all. */
export type MenuInput = 'key' | 'number' | 'speech' | 'pause' | 'none';

const inputs: Readonly<Record<MenuState['at'], MenuInput>> = {
  extension: 'number',
  pin: 'number',
  main: 'key',
  boxes: 'key',
  box: 'key',
  message: 'key',
  recipient: 'number',
  'which-recipient': 'key',
  sending: 'key',
  'recording-note': 'speech',
  'fetching-note': 'pause',
  greetings: 'key',
  greeting: 'key',
  recording: 'speech',
  fetching: 'pause',
  review: 'key',
  'new-pin': 'number',
  'new-pin-again': 'number',
  absence: 'key',
  over: 'none',
};

/** Return how a caller answers in this state. */
export const inputOf = ({ at }: MenuState): MenuInput => inputs[at];

/** Return the recording that is stored while the caller is in this state, and that nobody has kept. */
export function draftIn(state: MenuState): RecordingDraft | undefined {
  if (state.at === 'review') return state.draft;
  return state.at === 'sending' ? state.note : undefined;
}
