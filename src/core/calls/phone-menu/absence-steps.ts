import type { HeardAbsence, MenuEvent, MenuState, MenuStep } from './menu-state.js';
import { act, ask, type MenuContext, mainMenu, say } from './menu-step.js';

/** Out of office from now until the caller says that they are back. */
export function stepInAbsence(
  { words }: MenuContext,
  state: MenuState & { at: 'absence' },
  event: MenuEvent,
): MenuStep {
  switch (event.kind) {
    case 'absence-read':
      if (event.absence.kind === 'off') return mainMenu(words.absenceOff);
      return ask({ at: 'absence', isAway: event.absence.kind === 'away' }, say(offer(words, event.absence)));
    case 'done':
      return mainMenu(event.did === 'leave' ? words.nowAway : words.nowBack);
    case 'refused':
      return mainMenu(event.why);
    case 'keys':
      break;
    default:
      return act(state, { do: 'read-absence' });
  }
  if (event.keys === '*') return mainMenu();
  if (event.keys === '1') return act(state, { do: state.isAway ? 'come-back' : 'leave' });
  return act(state, { do: 'read-absence' }, words.notAKey);
}

function offer(words: MenuContext['words'], absence: HeardAbsence): string {
  switch (absence.kind) {
    case 'away':
      return absence.until === undefined ? words.away : words.awayUntil(absence.until);
    case 'here':
      return absence.backup === undefined ? words.hereAlone : words.hereWithBackup(absence.backup);
    case 'off':
      return words.absenceOff;
    default:
      return absence satisfies never;
  }
}
