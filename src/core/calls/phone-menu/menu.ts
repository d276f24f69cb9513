import { stepInAbsence } from './absence-steps.js';
import { stepInRecipient, stepInWhichRecipient } from './forward-steps.js';
import { stepInFetching, stepInGreeting, stepInGreetings, stepInRecording, stepInReview } from './greeting-steps.js';
import { stepInBox, stepInBoxes, stepInMain } from './mailbox-steps.js';
import type { MenuEvent, MenuState, MenuStep } from './menu-state.js';
import { type MenuContext, say } from './menu-step.js';
import { stepInMessage } from './message-steps.js';
import { stepInNewPin, stepInNewPinAgain } from './pin-steps.js';
import { stepInFetchingNote, stepInRecordingNote, stepInSending } from './sending-steps.js';
import { stepInExtension, stepInPin } from './sign-in-steps.js';

/*
 * The phone menu as a pure function: where the caller is, and what happened, give the next step.
 *
 *   extension ─→ pin ─→ main ─┬→ message ─→ recipient ─→ which-recipient ─→ sending ─→ message
 *       │                     │                               recording-note ─→ fetching-note ─→ sending
 *       │                     ├→ boxes ─→ box ─→ message (in a mailbox that the caller shares)
 *       ↑─────────┘           ├→ greetings ─→ greeting ─→ recording ─→ fetching ─→ review ─→ greeting
 *   (from a greeting: pin)    ├→ absence
 *                             └→ new-pin ─→ new-pin-again
 *   over: the call ends; also after three wrong tries, three silences, or when the person may no longer be here
 *
 * - Nothing but extension and pin is reached before a PIN was right; nothing leads back to them afterwards.
 * - No state dials a number.
 * - A step is either said, and waits for the caller, or is an action whose result is the next event in the same state.
 * - Star goes back one level and pound goes on; 0 repeats what can be keyed (`phone-menu` does that for all states).
 * - A state holds no PIN; a PIN passes through an event and an action, and neither is stored.
 */

/** Return the next step. */
export function stepMenu(context: MenuContext, state: MenuState, event: MenuEvent): MenuStep {
  switch (state.at) {
    case 'extension':
      return stepInExtension(context, state, event);
    case 'pin':
      return stepInPin(context, state, event);
    case 'main':
      return stepInMain(context, state, event);
    case 'boxes':
      return stepInBoxes(context, state, event);
    case 'box':
      return stepInBox(context, state, event);
    case 'message':
      return stepInMessage(context, state, event);
    case 'recipient':
      return stepInRecipient(context, state, event);
    case 'which-recipient':
      return stepInWhichRecipient(context, state, event);
    case 'sending':
      return stepInSending(context, state, event);
    case 'recording-note':
      return stepInRecordingNote(context, state, event);
    case 'fetching-note':
      return stepInFetchingNote(context, state, event);
    case 'greetings':
      return stepInGreetings(context, event);
    case 'greeting':
      return stepInGreeting(context, state, event);
    case 'recording':
      return stepInRecording(context, state, event);
    case 'fetching':
      return stepInFetching(context, state, event);
    case 'review':
      return stepInReview(context, state, event);
    case 'new-pin':
      return stepInNewPin(context, state, event);
    case 'new-pin-again':
      return stepInNewPinAgain(context, state, event);
    case 'absence':
      return stepInAbsence(context, state, event);
    case 'over':
      return { kind: 'say', state, parts: say(context.words.goodbye) };
    default:
      return state satisfies never;
  }
}

/** Return the first step of a call to the access number. `offersOwn`: the caller's number is that of a person here. */
export function firstStep({ words, languageOffer }: MenuContext, company: string, offersOwn: boolean): MenuStep {
  const ask = say(offersOwn ? words.ownOrExtension : words.extension);
  return {
    kind: 'say',
    state: { at: 'extension', tries: 0, offersOwn },
    parts: [...say(words.welcome(company)), ...ask, ...(languageOffer ? [languageOffer] : [])],
    again: ask,
  };
}

/** Return the first step of a caller who pressed star in the greeting of this mailbox. */
export const stepFromGreeting = ({ words }: MenuContext, userId: string): MenuStep => ({
  kind: 'say',
  state: { at: 'pin', tries: 0, mailbox: { by: 'greeting', userId } },
  parts: say(words.pinOf),
});
