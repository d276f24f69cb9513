import { setTimeout as pause } from 'node:timers/promises';
import { readCallerId } from '../../caller-id.js';
import { type Locale, localeOf } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId, UserId } from '../../ids.js';
import { dropAudio } from '../../voicemail/arrival/keep-audio.js';
import { firstStep, stepFromGreeting } from './menu.js';
import { contextAtDoor, type MenuAnswer, type MenuPost, moveOf } from './menu-answer.js';
import { draftIn, type MenuStep } from './menu-state.js';
import { end } from './menu-step.js';
import {
  endMenuCall,
  findMenuCall,
  findMenuCompany,
  insertMenuCall,
  type MenuCall,
  type MenuMove,
  saveTurn,
  takeTurn,
} from './phone-menu.store.js';
import { isOwnNumber } from './phone-sign-in.store.js';
import { walkMenu } from './walk-menu.js';

/*
 * Calls to the phone menu. The row of a call holds where the caller is (`MenuState`) and the answer to their last post, so
 * that any process can go on, and a repeated post gets the same answer:
 *   answered   the row has the answer of its turn; a post that names this turn takes the next one
 *   taken      the answer is NULL: one process is working it out; a repeat waits for it, and does the work itself if that
 *              process has died. Every action may be done twice.
 *   over       the state is `over`; whatever is posted gets the same goodbye
 */

/** Answer a call to the access number. The same call again gets the same answer. */
export async function answerAtAccessNumber(
  deps: Deps,
  tenantId: TenantId,
  { callId, from }: { readonly callId: string; readonly from: string },
): Promise<MenuAnswer> {
  const company = await findMenuCompany(deps.db, tenantId);
  const ani = readCallerId(from, company.country).number;
  const language = localeOf(company.language);
  const step = company.isOpen
    ? firstStep(contextAtDoor(company, language), company.name, await isOwnNumber(deps.db, tenantId, ani))
    : end(wordsIn(language).phoneMenu.closed);
  return begin(deps, { tenantId, callId, ani }, step, language);
}

/** Answer a caller who pressed star in the greeting of a mailbox. */
export async function answerInGreeting(
  deps: Deps,
  tenantId: TenantId,
  { callId, ani, userId }: { readonly callId: string; readonly ani: string; readonly userId: UserId },
  language: Locale,
): Promise<MenuAnswer> {
  const company = await findMenuCompany(deps.db, tenantId);
  const context = contextAtDoor({ languageKey: false }, language);
  const step = company.isOpen ? stepFromGreeting(context, userId) : end(context.words.closed);
  return begin(deps, { tenantId, callId, ani }, step, language);
}

async function begin(
  deps: Deps,
  call: { readonly tenantId: TenantId; readonly callId: string; readonly ani: string },
  step: MenuStep,
  language: Locale,
): Promise<MenuAnswer> {
  if (step.kind !== 'say') throw new Error('a call to the phone menu begins with words');
  const move: MenuMove = { ...moveOf(step, 1, language), userId: null, pinMark: '' };
  await insertMenuCall(deps.db, call, move, deps.clock.now());
  return storedAnswer(deps, call.tenantId, call.callId);
}

/** Answer a post of a call in the menu; `turn`: the answer that it follows. Throws UserError (404) for any other call. */
export async function continueMenu(
  deps: Deps,
  tenantId: TenantId,
  { callId, turn }: { readonly callId: string; readonly turn: number },
  post: MenuPost,
): Promise<MenuAnswer> {
  const call = await findMenuCall(deps.db, tenantId, callId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  if (turn !== call.turn && turn !== call.turn - 1) return storedAnswer(deps, tenantId, callId);
  if (turn === call.turn) {
    if (call.progress.state.at === 'over') return storedAnswer(deps, tenantId, callId);
    if (await takeTurn(deps.db, call, deps.clock.now())) return work(deps, { ...call, turn: turn + 1 }, post);
  }
  const given = await awaitAnswer(deps, tenantId, callId, turn + 1);
  return given ?? work(deps, { ...call, turn: turn + 1 }, post);
}

async function work(deps: Deps, call: MenuCall, post: MenuPost): Promise<MenuAnswer> {
  const { move, drafts } = await walkMenu(deps, call, post);
  for (const draft of drafts) await dropAudio(deps, draft);
  if (!(await saveTurn(deps.db, call.id, call.turn, move, deps.clock.now()))) await dropIfOver(deps, call, move);
  return storedAnswer(deps, call.tenantId, call.callId);
}

/** Remove what a caller has recorded who was gone before the turn could be saved. */
async function dropIfOver(deps: Deps, { tenantId, callId }: MenuCall, { progress }: MenuMove): Promise<void> {
  const draft = draftIn(progress.state);
  if (!draft) return;
  const call = await findMenuCall(deps.db, tenantId, callId);
  if (call?.progress.state.at === 'over') await dropAudio(deps, draft);
}

/** How long a repeated post waits for the process that works on the same turn, and how often it looks. */
const mostLooks = 50;
const lookMilliseconds = 100;

/** Undefined: it is not there in time, so whoever worked on it has died. */
async function awaitAnswer(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
  turn: number,
): Promise<MenuAnswer | undefined> {
  for (let look = 0; look < mostLooks; look += 1) {
    const call = await findMenuCall(deps.db, tenantId, callId);
    if (call?.answer && call.answer.turn >= turn) return call.answer;
    await pause(lookMilliseconds);
  }
  return undefined;
}

async function storedAnswer(deps: Deps, tenantId: TenantId, callId: string): Promise<MenuAnswer> {
  const call = await findMenuCall(deps.db, tenantId, callId);
  const answer = call?.answer ?? (call && (await awaitAnswer(deps, tenantId, callId, call.turn)));
  if (!answer) throw new Error('a call to the phone menu has no answer');
  return answer;
}

/**
 * The caller is gone: nobody is signed in any more, and what was recorded and not kept is removed. What belongs to a turn that
 * is being worked out stays: the caller pressed a key and hung up, and this very moment it may be kept or sent. If it is not,
 * that turn removes it, or the sweep of recordings. No-op for other calls.
 */
export async function endMenu(deps: Deps, tenantId: TenantId, callId: string): Promise<void> {
  const call = await findMenuCall(deps.db, tenantId, callId);
  if (!call) return;
  const draft = call.answer ? draftIn(call.progress.state) : undefined;
  await endMenuCall(deps.db, call, deps.clock.now());
  if (draft) await dropAudio(deps, draft);
}
