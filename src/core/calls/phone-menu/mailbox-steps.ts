import type { BoxPart } from '../../voicemail/mailbox/box-parts.types.js';
import type { SharedBox } from '../../voicemail/mailbox/shared-boxes.js';
import { greetingsMenu } from './greeting-steps.js';
import type { MenuEvent, MenuState, MenuStep } from './menu-state.js';
import { act, ask, end, type MenuContext, mainMenu, say } from './menu-step.js';

/** The main menu: how many messages there are, and what else can be done. */
export function stepInMain({ words }: MenuContext, state: MenuState & { at: 'main' }, event: MenuEvent): MenuStep {
  if (event.kind === 'counted') {
    const { boxes } = event;
    const [only, another] = boxes;
    const messages = say(
      event.new > 0 ? words.hearNew : undefined,
      event.saved > 0 ? words.hearSaved : undefined,
      only && (another ? words.hearBoxes : words.hearBox(only.name)),
    );
    const counts = say(words.counts(event.new, event.saved));
    const all = [...messages, ...say(words.allMain)];
    return ask({ at: 'main', boxes }, [...counts, ...messages, ...say(words.mainRest)], all);
  }
  if (event.kind !== 'keys') return mainMenu();
  switch (event.keys) {
    case '1':
    case '2':
      return openPart(event.keys === '1' ? 'new' : 'saved');
    case '3':
      return greetingsMenu(words);
    case '4':
      return act({ at: 'absence', isAway: false }, { do: 'read-absence' });
    case '5':
      return ask({ at: 'new-pin', tries: 0 }, say(words.newPin));
    case '6': {
      const { boxes = [] } = state;
      const [only, another] = boxes;
      if (!only) return mainMenu(words.notAKey);
      return another ? ask({ at: 'boxes', boxes }, say(...offered(words, boxes))) : openBox(only);
    }
    case '*':
      return end(words.goodbye);
    default:
      return mainMenu(words.notAKey);
  }
}

/** Which of the mailboxes that the caller shares. */
export function stepInBoxes({ words }: MenuContext, state: MenuState & { at: 'boxes' }, event: MenuEvent): MenuStep {
  const choices = offered(words, state.boxes);
  if (event.kind !== 'keys') return ask(state, say(...choices));
  if (event.keys === '*') return mainMenu();
  const box = state.boxes[Number(event.keys) - 1];
  return box ? openBox(box) : ask(state, say(words.notAKey, ...choices), say(...choices));
}

/** A mailbox that the caller shares: its messages alone. */
export function stepInBox({ words }: MenuContext, { box }: MenuState & { at: 'box' }, event: MenuEvent): MenuStep {
  switch (event.kind) {
    case 'counted': {
      const keys = say(
        event.new > 0 ? words.hearNew : undefined,
        event.saved > 0 ? words.hearSaved : undefined,
        words.orBack,
      );
      const counts = words.boxCounts(box.name, event.new, event.saved);
      return ask({ at: 'box', box }, [...say(counts), ...keys], keys);
    }
    // The caller is no member any more.
    case 'refused':
      return mainMenu(event.why);
    case 'keys':
      break;
    default:
      return openBox(box);
  }
  if (event.keys === '*') return mainMenu();
  if (event.keys === '1' || event.keys === '2') return openPart(event.keys === '1' ? 'new' : 'saved', box);
  return openBox(box, words.notAKey);
}

const openBox = (box: SharedBox, ...before: readonly string[]): MenuStep =>
  act({ at: 'box', box }, { do: 'count', box: box.id }, ...before);

function openPart(part: BoxPart, box?: SharedBox): MenuStep {
  const place = { part, ids: [], index: 0, ...(box ? { box } : {}) };
  return act({ at: 'message', place, isDeleted: false }, { do: 'list', part, ...(box ? { box: box.id } : {}) });
}

const offered = (words: MenuContext['words'], boxes: readonly SharedBox[]): readonly string[] => [
  ...boxes.map(({ name }, index) => words.chooseBox(name, index + 1)),
  words.orBack,
];
