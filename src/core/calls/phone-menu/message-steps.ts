import { asId, type VoicemailId } from '../../ids.js';
import type { BoxPlace, HeardMessage, MenuAction, MenuEvent, MenuPart, MenuState, MenuStep } from './menu-state.js';
import { act, ask, type MenuContext, mainMenu, say } from './menu-step.js';

type InMessage = MenuState & { at: 'message' };

/** One message: it is played at once; then the caller says what becomes of it. */
export function stepInMessage({ words }: MenuContext, state: InMessage, event: MenuEvent): MenuStep {
  const { place } = state;
  switch (event.kind) {
    case 'listed':
      if (event.ids.length > 0) return openMessage({ ...place, ids: event.ids });
      return menuOf(place, place.part === 'saved' ? words.noneSaved : undefined);
    case 'read':
      if (event.why === 'save') return next(words, place, event.message?.isHeard ? words.savedIt : words.keptNew);
      return event.why === 'details' ? details(words, state, event.message) : hear(words, place, event.message);
    case 'done':
      return afterAction(words, state, event.did);
    case 'refused':
      // Without a list there is no message to ask about: the caller shares the mailbox no more.
      return place.ids.length === 0 ? mainMenu(event.why) : again(words, state, event.why);
    case 'keys':
      return onKey(words, state, event.keys);
    default:
      return openMessage(place);
  }
}

/** Return the step to a message of the list. */
const openMessage = (place: BoxPlace, ...before: readonly string[]): MenuStep =>
  act({ at: 'message', place, isDeleted: false }, read('hear', place), ...before);

const read = (why: 'hear' | 'details' | 'save', place: BoxPlace): MenuAction => ({
  do: 'read',
  ...{ why, id: idAt(place), ...inBox(place) },
});

const inBox = ({ box }: BoxPlace): { readonly box?: string } => (box ? { box: box.id } : {});

/** Return the step to the menu of the mailbox in which the message is. */
const menuOf = ({ box }: BoxPlace, ...before: readonly (string | undefined)[]): MenuStep =>
  box ? act({ at: 'box', box }, { do: 'count', box: box.id }, ...before) : mainMenu(...before);

/** Return the id of the message at which the caller is. */
export const idAt = ({ ids, index }: BoxPlace): string => ids[index] ?? '';

/** Return the step that asks once more what becomes of the message, after these sentences. */
export function again(words: MenuContext['words'], state: InMessage, ...before: readonly string[]): MenuStep {
  const keys = state.isDeleted ? words.wasDeleted : words.messageKeys;
  return ask(state, say(...before, keys), helpIn(words, state));
}

/** After 0 or silence all keys are said; after a message only those that most people want. */
const helpIn = (words: MenuContext['words'], { isDeleted }: InMessage) =>
  say(isDeleted ? words.wasDeleted : words.allMessageKeys);

function hear(words: MenuContext['words'], place: BoxPlace, message: HeardMessage | undefined): MenuStep {
  const state: InMessage = { at: 'message', place, isDeleted: message?.isDeleted ?? false };
  const where = words.place(place.index + 1, place.ids.length);
  if (!message) return again(words, state, where, words.goneForGood);
  if (message.isDeleted) return again(words, state, where);
  const { caller, when, forwardedBy, hasAudio } = message;
  const from = forwardedBy === undefined ? undefined : words.forwardedBy(forwardedBy);
  const audio: readonly MenuPart[] = hasAudio
    ? [{ kind: 'play', what: { kind: 'message', id: asId<VoicemailId>(idAt(place)), ...inBox(place) } }]
    : say(words.noAudio);
  const keys = say(words.messageKeys);
  return ask(state, [...say(where, words.envelope(caller, when), from), ...audio, ...keys], helpIn(words, state));
}

function details(words: MenuContext['words'], state: InMessage, message: HeardMessage | undefined): MenuStep {
  if (!message) return again(words, state, words.goneForGood);
  const { caller, number, when, length } = message;
  const from = words.details(caller, when, length);
  if (number === caller) return again(words, state, from);
  return again(words, state, from, number === '' ? words.withheld : words.number(number));
}

function afterAction(words: MenuContext['words'], state: InMessage, did: MenuAction['do']): MenuStep {
  switch (did) {
    case 'delete':
      return ask({ ...state, isDeleted: true }, say(words.deleted), say(words.wasDeleted));
    case 'restore':
      return again(words, { ...state, isDeleted: false }, words.restored);
    case 'handle':
      return again(words, state, words.handled);
    case 'export':
      return again(words, state, words.emailed);
    default:
      return openMessage(state.place);
  }
}

function onKey(words: MenuContext['words'], state: InMessage, key: string): MenuStep {
  const { place, isDeleted } = state;
  const id = idAt(place);
  if (key === '#') return next(words, place);
  if (key === '*') return menuOf(place);
  if (key === '7')
    return place.index === 0 ? again(words, state, words.firstOne) : openMessage({ ...place, index: place.index - 1 });
  if (key === '3') return act(state, { do: isDeleted ? 'restore' : 'delete', id });
  if (isDeleted) return again(words, state, words.notAKey);
  switch (key) {
    case '1':
      return openMessage(place);
    case '2':
      return act(state, read('save', place));
    case '4':
      return ask({ at: 'recipient', place }, say(words.toWhom));
    case '5':
      return act(state, { do: 'export', id });
    case '6':
      return act(state, read('details', place));
    case '8':
      return act(state, { do: 'handle', id });
    default:
      return again(words, state, words.notAKey);
  }
}

function next(words: MenuContext['words'], place: BoxPlace, ...before: readonly string[]): MenuStep {
  const index = place.index + 1;
  return index < place.ids.length
    ? openMessage({ ...place, index }, ...before)
    : menuOf(place, ...before, words.noMore);
}
