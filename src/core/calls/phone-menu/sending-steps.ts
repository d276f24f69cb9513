import type { ForwardPlace, MenuEvent, MenuPart, MenuState, MenuStep, Recipient, SendingState } from './menu-state.js';
import { act, ask, type MenuContext, say, waitForRecording } from './menu-step.js';
import { again, idAt } from './message-steps.js';
import { spokenDigits } from './spoken-values.js';

type Words = MenuContext['words'];

/** Whether it is sent, and with which note. */
export function stepInSending({ words }: MenuContext, state: SendingState, event: MenuEvent): MenuStep {
  const { place, to, note, takesNote } = state;
  const message = { at: 'message', place, isDeleted: false } as const;
  switch (event.kind) {
    case 'done':
      return again(words, message, words.forwarded(to.name, note !== undefined));
    case 'refused':
      return again(words, message, event.why);
    case 'keys':
      break;
    default:
      return confirm(words, state);
  }
  switch (event.keys) {
    case '1':
      return act(state, { do: 'forward', id: idAt(place), to: to.id, ...(note ? { note } : {}) });
    case '2':
      if (note) return confirm(words, state);
      return takesNote ? recordNote(words, state) : confirm(words, state, words.notAKey);
    case '3':
      return note ? recordNote(words, state) : confirm(words, state, words.notAKey);
    case '*':
      return note
        ? confirm(words, { at: 'sending', place, to, takesNote })
        : ask({ at: 'recipient', place }, say(words.toWhom));
    default:
      return ask(state, say(words.notAKey, ...keysIn(words, state)), say(...keysIn(words, state)));
  }
}

/** Return the step that asks whether the message is sent; a note is played before that. */
export function confirm(words: Words, state: SendingState, ...before: readonly string[]): MenuStep {
  const { note } = state;
  const played: readonly MenuPart[] = note
    ? [...say(words.youSaid), { kind: 'play', what: { kind: 'draft', draft: note } }]
    : [];
  const keys = say(...keysIn(words, state));
  return ask(state, [...say(...before), ...played, ...keys], keys);
}

function keysIn(words: Words, { to, takesNote, note }: SendingState): readonly string[] {
  if (note) return [words.reviewNote];
  return [words.sendTo(labelOf(words, to)), ...(takesNote ? [words.addNote] : []), words.orBack];
}

/** Return a person as they are offered: their name and extension. */
export const labelOf = (words: Words, { name, extension }: Recipient): string =>
  words.person(name, extension === null ? undefined : spokenDigits(extension));

/** Return the step in which the caller speaks a note. */
const recordNote = (words: Words, { place, to }: ForwardPlace): MenuStep =>
  ask({ at: 'recording-note', place, to }, say(words.recordNote));

/** The caller spoke after the tone. */
export function stepInRecordingNote(
  { words }: MenuContext,
  state: MenuState & { at: 'recording-note' },
  event: MenuEvent,
): MenuStep {
  const recording = event.kind === 'recorded' ? event.recording : undefined;
  if (!recording) return confirm(words, withoutNote(state), words.notHeard);
  const { place, to } = state;
  return act({ at: 'fetching-note', place, to, recording, round: 1 }, { do: 'fetch', kind: 'note', recording });
}

/** The note comes from the provider. */
export function stepInFetchingNote(
  { words }: MenuContext,
  state: MenuState & { at: 'fetching-note' },
  event: MenuEvent,
): MenuStep {
  switch (event.kind) {
    case 'fetched':
      return confirm(words, { ...withoutNote(state), note: event.draft });
    case 'refused':
      return confirm(words, withoutNote(state), event.why);
    case 'not-fetched':
      return waitForRecording({ words }, state) ?? confirm(words, withoutNote(state), words.notFetched);
    default:
      return act(state, { do: 'fetch', kind: 'note', recording: state.recording });
  }
}

/** A caller is asked for a note only where the message takes one. */
const withoutNote = ({ place, to }: ForwardPlace): SendingState => ({ at: 'sending', place, to, takesNote: true });
