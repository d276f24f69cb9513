import type { MenuEvent, MenuState, MenuStep, Recipient } from './menu-state.js';
import { act, ask, type MenuContext, say } from './menu-step.js';
import { again, idAt } from './message-steps.js';
import { spokenDigits } from './spoken-values.js';

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
    return keys === '' ? ask(state, say(words.toWhom)) : act(state, { do: 'find', keys });
  }
  if (event.kind === 'refused') return again(words, { at: 'message', place, isDeleted: false }, event.why);
  if (event.kind !== 'found') return ask(state, say(words.toWhom));
  const { people } = event;
  if (people.length === 0) return ask(state, say(words.nobody, words.toWhom), say(words.toWhom));
  if (people.length > mostOffered) return ask(state, say(words.tooMany), say(words.toWhom));
  return ask({ at: 'which-recipient', place, people }, say(...offered(words, people)));
}

/** Which of the people found, and whether it is to be sent. */
export function stepInWhichRecipient(
  { words }: MenuContext,
  state: MenuState & { at: 'which-recipient' },
  event: MenuEvent,
): MenuStep {
  const { place, people } = state;
  const message = { at: 'message', place, isDeleted: false } as const;
  switch (event.kind) {
    case 'done':
      return again(words, message, words.forwarded(people[0]?.name ?? ''));
    case 'refused':
      return again(words, message, event.why);
    case 'keys':
      break;
    default:
      return ask(state, say(...offered(words, people)));
  }
  if (event.keys === '*') return ask({ at: 'recipient', place }, say(words.toWhom));
  const chosen = people[Number(event.keys) - 1];
  if (!chosen) return ask(state, say(words.notAKey, ...offered(words, people)), say(...offered(words, people)));
  return act({ ...state, people: [chosen] }, { do: 'forward', id: idAt(place), to: chosen.id });
}

function offered(words: MenuContext['words'], people: readonly Recipient[]): readonly string[] {
  const labelOf = ({ name, extension }: Recipient) =>
    words.person(name, extension === null ? undefined : spokenDigits(extension));
  const [only, another] = people;
  if (only && !another) return [words.sendTo(labelOf(only))];
  return [...people.map((person, index) => words.choose(labelOf(person), index + 1)), words.orBack];
}
