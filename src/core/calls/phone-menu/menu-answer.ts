import type { Locale } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import { longestSeconds } from '../../voicemail/greetings/greeting-kind.js';
import type { ProviderRecording } from '../../voicemail/ports.js';
import { longestNoteSeconds } from '../../voicemail/sharing/spoken-note.js';
import { inputOf, type MenuInput, type MenuPart, type MenuState, type MenuStep } from './menu-state.js';
import type { MenuContext } from './menu-step.js';

/** What is kept of a caller's progress. */
export interface MenuProgress {
  readonly state: MenuState;
  /** How often in a row nothing was keyed. */
  readonly silences: number;
  /** What is said after 0 or silence. */
  readonly again: readonly MenuPart[];
}

/** What a phone does next. */
export interface MenuAnswer {
  /** The next post names it. */
  readonly turn: number;
  readonly language: Locale;
  readonly parts: readonly MenuPart[];
  readonly input: MenuInput;
  /** The longest recording; only for `speech`. */
  readonly maxSeconds?: number;
}

/** What a phone reports: keys, a recording, or that a pause is over. */
export interface MenuPost {
  readonly keys: string;
  readonly recording?: ProviderRecording | undefined;
}

/** Return what a step at the door needs to know: the other language is offered where the company wants that. */
export function contextAtDoor(company: { readonly languageKey: boolean }, language: Locale): MenuContext {
  const other = language === 'fr' ? 'en' : 'fr';
  const offer: MenuPart = { kind: 'say', text: wordsIn(other).phoneMenu.languageOffer, language: other };
  return { words: wordsIn(language).phoneMenu, languageOffer: company.languageKey ? offer : undefined };
}

/** Return what is stored of a step that was said. */
export function moveOf(
  { state, parts, again = parts }: MenuStep & { kind: 'say' },
  turn: number,
  language: Locale,
  silences = 0,
): { readonly progress: MenuProgress; readonly answer: MenuAnswer; readonly language: Locale } {
  const input = inputOf(state);
  const maxSeconds = longestIn(state);
  return {
    progress: { state, silences, again },
    answer: { turn, language, parts, input, ...(maxSeconds === undefined ? {} : { maxSeconds }) },
    language,
  };
}

/** The longest recording that is taken in this state. */
function longestIn(state: MenuState): number | undefined {
  if (state.at === 'recording') return longestSeconds(state.kind);
  return state.at === 'recording-note' ? longestNoteSeconds : undefined;
}
