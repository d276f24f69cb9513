import type { MenuEvent, MenuState, MenuStep } from './menu-state.js';
import { act, ask, type MenuContext, mainMenu, say } from './menu-step.js';

/** So many refused PINs lead back to the menu. */
const mostTries = 3;

/** The new PIN, keyed the first time. */
export function stepInNewPin({ words }: MenuContext, state: MenuState & { at: 'new-pin' }, event: MenuEvent): MenuStep {
  if (event.kind === 'keys') {
    if (event.keys.includes('*')) return mainMenu(words.pinKept);
    return act(state, { do: 'weigh-pin', pin: event.keys.replace(/\D/g, '') });
  }
  if (event.kind !== 'pin-weighed') return ask(state, say(words.newPin));
  if (event.why !== undefined) return refused(words, state.tries + 1, event.why);
  return ask({ at: 'new-pin-again', tries: state.tries, hash: event.hash }, say(words.newPinAgain));
}

/** The same PIN once more. */
export function stepInNewPinAgain(
  { words }: MenuContext,
  state: MenuState & { at: 'new-pin-again' },
  event: MenuEvent,
): MenuStep {
  switch (event.kind) {
    case 'keys':
      if (event.keys.includes('*')) return mainMenu(words.pinKept);
      return act(state, { do: 'choose-pin', pin: event.keys.replace(/\D/g, ''), hash: state.hash });
    case 'done':
      return mainMenu(words.pinChanged);
    case 'pin-differs':
      return refused(words, state.tries + 1, words.pinDiffers);
    case 'refused':
      return refused(words, state.tries + 1, event.why);
    default:
      return ask(state, say(words.newPinAgain));
  }
}

const refused = (words: MenuContext['words'], tries: number, why: string): MenuStep =>
  tries >= mostTries
    ? mainMenu(why, words.pinKept)
    : ask({ at: 'new-pin', tries }, say(why, words.newPin), say(words.newPin));
