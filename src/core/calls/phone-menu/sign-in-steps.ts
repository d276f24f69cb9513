import type { MenuEvent, MenuState, MenuStep } from './menu-state.js';
import { act, ask, end, type MenuContext, mainMenu, say } from './menu-step.js';

/** So many wrong extensions and PINs end the call. */
const mostTries = 3;

/** At the door: the extension, or the caller's own mailbox. */
export function stepInExtension(
  { words }: MenuContext,
  state: MenuState & { at: 'extension' },
  event: MenuEvent,
): MenuStep {
  if (event.kind !== 'keys') return ask(state, say(words.extension));
  const extension = event.keys.replace(/\D/g, '');
  if (extension !== '')
    return ask({ at: 'pin', tries: state.tries, mailbox: { by: 'extension', extension } }, say(words.pin));
  if (state.offersOwn) return ask({ at: 'pin', tries: state.tries, mailbox: { by: 'caller' } }, say(words.pin));
  return ask(state, say(words.extension));
}

/** The PIN. Whatever is wrong sounds the same. */
export function stepInPin(context: MenuContext, state: MenuState & { at: 'pin' }, event: MenuEvent): MenuStep {
  const { words } = context;
  switch (event.kind) {
    case 'keys': {
      const { mailbox, tries } = state;
      if (event.keys.includes('*') && mailbox.by !== 'greeting') return atDoor();
      return act(state, { do: 'sign-in', mailbox, pin: event.keys.replace(/\D/g, ''), attempt: tries + 1 });
    }
    case 'signed-in':
      return mainMenu(words.hello(event.name));
    case 'not-signed-in': {
      const tries = state.tries + 1;
      if (tries >= mostTries) return end(words.tooManyTries);
      if (state.mailbox.by === 'greeting')
        return ask({ ...state, tries }, say(words.noMatch, words.pin), say(words.pin));
      return atDoor(tries, words.noMatch);
    }
    default:
      return ask(state, say(words.pin));
  }

  function atDoor(tries = state.tries, before?: string): MenuStep {
    const offersOwn = state.mailbox.by === 'caller';
    const asks = offersOwn ? words.ownOrExtension : words.extension;
    return ask({ at: 'extension', tries, offersOwn }, say(before, asks), say(asks));
  }
}
