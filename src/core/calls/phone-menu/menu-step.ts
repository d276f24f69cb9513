import type { Words } from '../../chat/words.js';
import type { MenuAction, MenuPart, MenuState, MenuStep } from './menu-state.js';

/** What a step needs to know beside the state. */
export interface MenuContext {
  /** In the caller's language. */
  readonly words: Words['phoneMenu'];
  /** How the other language is offered at the door; undefined: it is not. */
  readonly languageOffer: MenuPart | undefined;
}

/** Return sentences as what is said, without the empty ones. */
export const say = (...texts: readonly (string | undefined)[]): readonly MenuPart[] =>
  texts.flatMap((text) => (text === undefined || text === '' ? [] : [{ kind: 'say', text } as const]));

/** Return the step that does something and goes on in this state with what came of it. */
export const act = (state: MenuState, action: MenuAction, ...before: readonly (string | undefined)[]): MenuStep => ({
  kind: 'act',
  state,
  action,
  before: say(...before),
});

/** Return the step that says something and waits for the caller in this state. */
export const ask = (state: MenuState, parts: readonly MenuPart[], again?: readonly MenuPart[]): MenuStep => ({
  kind: 'say',
  state,
  parts,
  ...(again ? { again } : {}),
});

/** How often the provider is asked for a recording, with a pause before each further time. */
const mostRounds = 8;

/** Return the step that waits for a recording that the provider does not have ready yet; undefined: it took too long. */
export const waitForRecording = (
  { words }: Pick<MenuContext, 'words'>,
  state: MenuState & { readonly at: 'fetching' | 'fetching-note' },
): MenuStep | undefined =>
  state.round >= mostRounds
    ? undefined
    : ask({ ...state, round: state.round + 1 }, state.round === 1 ? say(words.oneMoment) : []);

/** Return the step that says something and ends the call. */
export const end = (...texts: readonly string[]): MenuStep => ask({ at: 'over' }, say(...texts));

/** Return the step to the main menu, after these sentences. */
export const mainMenu = (...before: readonly (string | undefined)[]): MenuStep =>
  act({ at: 'main' }, { do: 'count' }, ...before);
