import { type GreetingKind, greetingKinds } from '../../voicemail/greetings/greeting-kind.js';
import type { MenuEvent, MenuPart, MenuState, MenuStep } from './menu-state.js';
import { act, ask, type MenuContext, mainMenu, say, waitForRecording } from './menu-step.js';

type Words = MenuContext['words'];

/** Return the step that asks which greeting is meant. */
export const greetingsMenu = (words: Words): MenuStep => ask({ at: 'greetings' }, say(words.greetings));

/** Which greeting. */
export function stepInGreetings({ words }: MenuContext, event: MenuEvent): MenuStep {
  if (event.kind !== 'keys') return greetingsMenu(words);
  if (event.keys === '*') return mainMenu();
  const kind = greetingKinds[Number(event.keys) - 1];
  return kind
    ? openGreeting(kind)
    : ask({ at: 'greetings' }, say(words.notAKey, words.greetings), say(words.greetings));
}

const openGreeting = (kind: GreetingKind, ...before: readonly string[]): MenuStep =>
  act({ at: 'greeting', kind, isRecorded: false }, { do: 'read-greeting', kind }, ...before);

/** One greeting: to hear, record or remove. */
export function stepInGreeting(
  { words }: MenuContext,
  state: MenuState & { at: 'greeting' },
  event: MenuEvent,
): MenuStep {
  const { kind, isRecorded } = state;
  const keys = say(choicesFor(words, kind, isRecorded));
  switch (event.kind) {
    case 'greeting-read': {
      const now = say(choicesFor(words, kind, event.isRecorded));
      return ask({ ...state, isRecorded: event.isRecorded }, [...say(words.greetingOf[kind]), ...now], now);
    }
    case 'done':
      return openGreeting(kind, words.greetingRemoved);
    case 'refused':
      return ask(state, [...say(event.why), ...keys], keys);
    case 'keys':
      break;
    default:
      return openGreeting(kind);
  }
  if (event.keys === '*') return greetingsMenu(words);
  if (event.keys === (isRecorded ? '2' : '1')) return record(words, kind);
  if (isRecorded && event.keys === '1')
    return ask(state, [{ kind: 'play', what: { kind: 'greeting', greeting: kind } }, ...keys], keys);
  if (isRecorded && event.keys === '3') return act(state, { do: 'remove-greeting', kind });
  return ask(state, [...say(words.notAKey), ...keys], keys);
}

function choicesFor(words: Words, kind: GreetingKind, isRecorded: boolean): string {
  if (isRecorded) return words.isRecorded;
  return kind === 'name' ? words.nameNotRecorded : words.notRecorded;
}

const record = (words: Words, kind: GreetingKind, ...before: readonly string[]): MenuStep =>
  ask({ at: 'recording', kind }, say(...before, kind === 'name' ? words.recordName : words.recordGreeting));

/** The caller spoke after the tone. */
export function stepInRecording(
  { words }: MenuContext,
  { kind }: MenuState & { at: 'recording' },
  event: MenuEvent,
): MenuStep {
  const recording = event.kind === 'recorded' ? event.recording : undefined;
  if (!recording) return openGreeting(kind, words.notHeard);
  return act({ at: 'fetching', kind, recording, round: 1 }, { do: 'fetch', kind, recording });
}

/** The recording comes from the provider, which may have reported it before it is ready. */
export function stepInFetching(
  { words }: MenuContext,
  state: MenuState & { at: 'fetching' },
  event: MenuEvent,
): MenuStep {
  const { kind, recording } = state;
  switch (event.kind) {
    case 'fetched':
      return review(words, { at: 'review', kind, draft: event.draft }, words.youSaid);
    case 'refused':
      return openGreeting(kind, event.why);
    case 'not-fetched':
      return waitForRecording({ words }, state) ?? openGreeting(kind, words.notFetched);
    default:
      return act(state, { do: 'fetch', kind, recording });
  }
}

/** What was recorded is played; it counts once the caller keeps it. */
export function stepInReview({ words }: MenuContext, state: MenuState & { at: 'review' }, event: MenuEvent): MenuStep {
  const { kind, draft } = state;
  switch (event.kind) {
    case 'done':
      return openGreeting(kind, words.greetingKept);
    case 'refused':
      return openGreeting(kind, event.why);
    case 'keys':
      break;
    default:
      return review(words, state);
  }
  switch (event.keys) {
    case '1':
      return act(state, { do: 'keep', kind, draft });
    case '2':
      return review(words, state);
    case '3':
      return record(words, kind);
    case '*':
      return openGreeting(kind);
    default:
      return ask(state, say(words.notAKey, words.review), say(words.review));
  }
}

function review(words: Words, state: MenuState & { at: 'review' }, ...before: readonly string[]): MenuStep {
  const played: readonly MenuPart[] = [{ kind: 'play', what: { kind: 'draft', draft: state.draft } }];
  return ask(state, [...say(...before), ...played, ...say(words.review)], say(words.review));
}
