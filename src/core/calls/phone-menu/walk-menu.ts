import type { Locale } from '../../chat/phrasing.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import type { UserId } from '../../ids.js';
import { pinMarkOf } from '../../people/pin.js';
import { recordOwnerListens } from '../end-call.js';
import { firstStep, stepMenu } from './menu.js';
import { perform } from './menu-actions.js';
import { contextAtDoor, type MenuPost, moveOf } from './menu-answer.js';
import {
  draftIn,
  inputOf,
  type MenuAction,
  type MenuEvent,
  type MenuPart,
  type MenuState,
  type MenuStep,
  type RecordingDraft,
} from './menu-state.js';
import { ask, end } from './menu-step.js';
import { findMenuCompany, findSignedIn, type MenuCall, type MenuCompany, type MenuMove } from './phone-menu.store.js';
import { signInByPhone } from './phone-sign-in.js';

/** So many silences in a row end the call. */
const mostSilences = 3;
/** A caller who does more than this has a machine press the keys. */
const mostTurns = 900;
/** More actions between two answers go round in circles. */
const mostActions = 10;

/** Changes the language at the door. */
const languageKey = '9';

/** Somebody whose PIN was right. */
interface SignedIn {
  readonly requester: Requester;
  readonly pinHash: string;
}

/** A walk through the menu, from one post to the next answer. */
interface Walk {
  readonly deps: Deps;
  readonly call: MenuCall;
  readonly company: MenuCompany;
  signedIn: SignedIn | undefined;
  language: Locale;
  /** What has been done, as it is said before the next question. */
  readonly told: MenuPart[];
  /** Recordings that nobody has kept. */
  readonly drafts: Map<string, RecordingDraft>;
}

type Said = MenuStep & { kind: 'say' };

/**
 * Take a caller from one answer to the next. Keys typed ahead answer the questions that follow, unheard; what was
 * done or refused is always heard. `drafts`: recordings that the caller has abandoned.
 */
export async function walkMenu(
  deps: Deps,
  call: MenuCall,
  post: MenuPost,
): Promise<{ readonly move: MenuMove; readonly drafts: readonly RecordingDraft[] }> {
  const { language, progress } = call;
  const walk: Walk = {
    ...{ deps, call, language, told: [], drafts: new Map() },
    company: await findMenuCompany(deps.db, call.tenantId),
    signedIn: call.userId ? await signedInNow(deps, call, call.userId) : undefined,
  };
  const { words } = contextOf(walk);
  const draft = draftIn(progress.state);
  if (draft) walk.drafts.set(draft.storageKey, draft);

  if (call.userId && !walk.signedIn) return arrive(walk, end(words.accessOver) as Said, 0);
  if (!walk.company.isOpen || call.turn > mostTurns) return arrive(walk, end(words.closed) as Said, 0);

  let { event, rest } = firstEvent(progress.state, post);
  let { state, again } = progress;
  for (;;) {
    if (isSilence(state, event)) {
      const silences = progress.silences + 1;
      if (silences >= mostSilences) return arrive(walk, end(words.silent) as Said, 0);
      return arrive(walk, ask(state, again, again) as Said, silences);
    }
    const step = isHelp(state, event)
      ? { said: ask(state, again, again) as Said, refused: false }
      : await take(walk, state, event);
    if (rest === '' || step.refused || !takesKeys(step.said.state)) return arrive(walk, step.said, 0);
    ({ state } = step.said);
    again = step.said.again ?? step.said.parts;
    ({ event, rest } = nextKeys(state, rest));
  }
}

/** What the move is once the walk has arrived at words. */
function arrive(walk: Walk, said: Said, silences: number) {
  const { call, signedIn, language, told, drafts } = walk;
  const isOver = said.state.at === 'over';
  const user = isOver || !signedIn ? undefined : signedIn;
  drafts.delete(draftIn(said.state)?.storageKey ?? '');
  const move: MenuMove = {
    ...moveOf(
      { ...said, parts: [...told, ...said.parts], again: said.again ?? said.parts },
      call.turn,
      language,
      silences,
    ),
    userId: user ? user.requester.user.id : null,
    pinMark: user ? pinMarkOf(user.pinHash) : '',
  };
  return { move, drafts: [...drafts.values()] };
}

/** Take one event to the words that follow it, with all actions between. */
async function take(walk: Walk, from: MenuState, first: MenuEvent): Promise<{ said: Said; refused: boolean }> {
  if (isLanguageKey(walk, from, first)) return { said: inOtherLanguage(walk, from), refused: false };
  let refused = false;
  let step = stepMenu(contextOf(walk), from, first);
  for (let actions = 0; step.kind === 'act'; actions += 1) {
    if (actions >= mostActions) throw new Error(`the phone menu goes round in circles at ${step.state.at}`);
    walk.told.push(...(step.before ?? []));
    const event = await happen(walk, step.action);
    refused ||= isRefusal(event);
    step = stepMenu(contextOf(walk), step.state, event);
  }
  return { said: step, refused };
}

const isRefusal = (event: MenuEvent): boolean =>
  ['refused', 'not-signed-in', 'pin-differs'].includes(event.kind) ||
  (event.kind === 'pin-weighed' && event.why !== undefined);

async function happen(walk: Walk, action: MenuAction): Promise<MenuEvent> {
  const { deps, call } = walk;
  if (action.do === 'sign-in') return signIn(walk, action);
  if (!walk.signedIn) throw new Error(`nobody is signed in to ${action.do}`);
  const event = await perform(deps, walk.signedIn.requester, action);
  if (event.kind === 'fetched') walk.drafts.set(event.draft.storageKey, event.draft);
  if (event.kind === 'done' && action.do === 'keep') walk.drafts.delete(action.draft.storageKey);
  if (event.kind === 'done' && action.do === 'forward') walk.drafts.delete(action.note?.storageKey ?? '');
  if (event.kind === 'done' && action.do === 'choose-pin')
    walk.signedIn = await findSignedIn(deps.db, call.tenantId, walk.signedIn.requester.user.id, deps.clock.now());
  return event;
}

async function signIn(walk: Walk, { mailbox, pin, attempt }: MenuAction & { do: 'sign-in' }): Promise<MenuEvent> {
  const { deps, call } = walk;
  const { tenantId, callId, ani } = call;
  const opened = await signInByPhone(deps, tenantId, { callId, ani, attempt, mailbox, pin });
  walk.signedIn = opened && (await findSignedIn(deps.db, tenantId, opened.userId, deps.clock.now()));
  if (!opened || !walk.signedIn) return { kind: 'not-signed-in' };
  const { requester } = walk.signedIn;
  walk.language = requester.reader.locale;
  if (mailbox.by === 'greeting') await recordOwnerListens(deps, tenantId, callId, opened.userId);
  return { kind: 'signed-in', name: requester.user.displayName };
}

/** The person as they are now; undefined: they lost access, or their PIN is another one since. */
async function signedInNow(
  { db, clock }: Deps,
  { tenantId, pinMark }: MenuCall,
  userId: UserId,
): Promise<SignedIn | undefined> {
  const found = await findSignedIn(db, tenantId, userId, clock.now());
  return found && pinMarkOf(found.pinHash) === pinMark ? found : undefined;
}

const contextOf = ({ company, language }: Walk) => contextAtDoor(company, language);

function firstEvent(state: MenuState, { keys, recording }: MenuPost): { event: MenuEvent; rest: string } {
  const input = inputOf(state);
  if (input === 'speech') return { event: { kind: 'recorded', recording }, rest: '' };
  if (input === 'pause') return { event: { kind: 'waited' }, rest: '' };
  return nextKeys(state, keys.replace(/[^\d*#]/g, '').slice(0, 64));
}

/** Split what was keyed: one key where a key is expected, else up to the pound key. */
function nextKeys(state: MenuState, keys: string): { event: MenuEvent; rest: string } {
  if (inputOf(state) === 'key') return { event: { kind: 'keys', keys: keys.slice(0, 1) }, rest: keys.slice(1) };
  const end = keys.indexOf('#');
  const number = end < 0 ? keys : keys.slice(0, end);
  return { event: { kind: 'keys', keys: number }, rest: end < 0 ? '' : keys.slice(end + 1) };
}

const takesKeys = (state: MenuState): boolean => inputOf(state) === 'key' || inputOf(state) === 'number';

/** At the door, no number means the caller's own mailbox, where that is offered. */
const isSilence = (state: MenuState, event: MenuEvent): boolean =>
  event.kind === 'keys' && event.keys === '' && !(state.at === 'extension' && state.offersOwn);

const isHelp = (state: MenuState, event: MenuEvent): boolean =>
  event.kind === 'keys' && event.keys === '0' && inputOf(state) === 'key';

const isLanguageKey = ({ company }: Walk, state: MenuState, event: MenuEvent): boolean =>
  company.languageKey && state.at === 'extension' && event.kind === 'keys' && event.keys === languageKey;

function inOtherLanguage(walk: Walk, state: MenuState): Said {
  walk.language = walk.language === 'fr' ? 'en' : 'fr';
  const offersOwn = state.at === 'extension' && state.offersOwn;
  const step = firstStep(contextOf(walk), walk.company.name, offersOwn) as Said;
  return state.at === 'extension' ? { ...step, state: { ...state } } : step;
}
