import type { MenuEvent, MenuState, MenuStep, Recipient } from './menu-state.js';
import { act, ask, type MenuContext, say } from './menu-step.js';
import { again, idAt, inBox } from './message-steps.js';
import { confirm, labelOf } from './sending-steps.js';

type Words = MenuContext['words'];

/** So many are offered, each by a key. */
const mostOffered = 5;

/** To whom a message is forwarded: an extension, or letters of a name. */
export function stepInRecipient(
  { words }: MenuContext,
  state: MenuState & { at: 'recipient' },
  event: MenuEvent,
): MenuStep {
  const { place } = state;
  if (event.kind === 'keys') {
    if (event.keys.includes('*')) return again(words, { at: 'message', place, isDeleted: false });
    const keys = event.keys.replace(/\D/g, '');
    if (keys === '') return ask(state, say(words.toWhom));
    return act(state, { do: 'find', keys, id: idAt(place), ...inBox(place) });
  }
  if (event.kind === 'refused') return again(words, { at: 'message', place, isDeleted: false }, event.why);
  if (event.kind !== 'found') return ask(state, say(words.toWhom));
  const { people, takesNote } = event;
  const [only, another] = people;
  if (!only) return ask(state, say(words.nobody, words.toWhom), say(words.toWhom));
  if (!another) return confirm(words, { at: 'sending', place, to: only, takesNote });
  if (people.length > mostOffered) return ask(state, say(words.tooMany), say(words.toWhom));
  return ask({ at: 'which-recipient', place, people, takesNote }, say(...offered(words, people)));
}

/** Which of the people found. */
export function stepInWhichRecipient(
  { words }: MenuContext,
  state: MenuState & { at: 'which-recipient' },
  event: MenuEvent,
): MenuStep {
  const { place, people, takesNote } = state;
  if (event.kind !== 'keys') return ask(state, say(...offered(words, people)));
  if (event.keys === '*') return ask({ at: 'recipient', place }, say(words.toWhom));
  const to = people[Number(event.keys) - 1];
  if (to) return confirm(words, { at: 'sending', place, to, takesNote });
  return ask(state, say(words.notAKey, ...offered(words, people)), say(...offered(words, people)));
}

const offered = (words: Words, people: readonly Recipient[]): readonly string[] => [
  ...people.map((person, index) => words.choose(labelOf(words, person), index + 1)),
  words.orBack,
];
