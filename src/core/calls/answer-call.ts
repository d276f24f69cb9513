import { auditKeyOf } from '../audit-chain/audit-key.js';
import { readCallerId } from '../caller-id.js';
import { type Change, change } from '../change.js';
import { type Actor, installationActor } from '../chat/actor.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import type { Db, Deps, Transaction } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId, UserId } from '../ids.js';
import { findCompany } from '../routing/load-rows.js';
import type { RoutingCompany } from '../routing/routing-rows.js';
import { oneLine } from '../text.js';
import { warnOfBox } from '../voicemail/mailbox/box-warnings.js';
import { awaitMessage } from './awaited-message/awaited-message.store.js';
import {
  addLeg,
  type CallerInput,
  findCall,
  type KnownCall,
  type Leg,
  setManner,
  setMessageDue,
  setOutcome,
  startCall,
} from './calls.store.js';
import { completeAction } from './complete-action.js';
import type { BareAction } from './connect-callee.js';
import type { Decision, LegOutcome } from './decision.js';
import { messageDueAt, noteAnswered } from './end-call.js';
import { afterRinging, afterTransfer, decideAfterAnswer, decideOnNewCall, type NextDecision } from './next-decision.js';
import { outcomeOfWait, waitingPrompt } from './personal-queue.js';

/** A call as an adapter reports it, at its start or after the caller said or keyed something. */
export interface IncomingCall {
  readonly callId: string;
  /** The caller and the dialled address, as the phone system reports them (`core/caller-id.ts`). */
  readonly ani: string;
  readonly callerName?: string;
  readonly dnis: string;
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
  readonly language?: string;
  /** `keys`: the caller cannot be heard; it counts from here to the end of the call. */
  readonly input?: 'keys' | 'keys-and-speech';
  /**
   * The leg whose question is answered; an adapter that knows it sends it, so that the same keys twice are two answers.
   */
  readonly answers?: number;
  /** The core fetches a message from the voice provider; the adapter does not deliver it. */
  readonly weFetch?: boolean;
}

/**
 * Decide what to do with a call, from the rows as they are now (PRODUCT.md §2). Idempotent: the same question gets the
 * same Decision.
 */
export async function answerCall(deps: Deps, tenantId: TenantId, asked: IncomingCall): Promise<Decision> {
  const incoming = { ...asked, ani: oneLine(asked.ani, 64), dnis: oneLine(asked.dnis, 64) };
  const heard = callerInputOf(incoming);
  const call = await findCall(deps.db, tenantId, incoming.callId);
  const given = call && decisionGiven(call, incoming, heard);
  if (given) return given;

  const waits = call?.legs.at(-1)?.decision;
  if (waits?.action === 'queue') {
    const { callId, weFetch } = incoming;
    const waited = await whileWaiting(deps, tenantId, { callId, leg: waits.leg, digits: heard.digits, weFetch });
    return waited.kind === 'waits' ? waits : waited.decision;
  }
  const keysOnly = call?.keysOnly === true || incoming.input === 'keys';
  const company = heardBy(await findCompany(deps.db, tenantId), keysOnly);
  if (call) {
    const next = await decideAfterAnswer(deps, { company, call, language: localeOf(call.language) }, heard);
    const leg = call.legs.length + 1;
    const place = { callId: call.callId, call, leg, company, keysOnly, weFetch: incoming.weFetch };
    return storeDecision(deps, tenantId, place, next, heard);
  }
  const caller = readCallerId(incoming.ani, company.country, incoming.callerName);
  const numbers = { ani: caller.number, dnis: readCallerId(incoming.dnis, company.country).number };
  const next = await decideOnNewCall(deps, company, { ...incoming, ...numbers }, heard);
  const starts = { ...numbers, callerName: caller.name };
  const place = { callId: incoming.callId, leg: 1, starts, company, keysOnly, weFetch: incoming.weFetch };
  return storeDecision(deps, tenantId, place, next, heard);
}

/** The company as far as this caller is concerned: who cannot be heard is asked for keys alone. */
const heardBy = (company: RoutingCompany, keysOnly: boolean): RoutingCompany =>
  keysOnly ? { ...company, speechEnabled: false } : company;

/**
 * Decide what to do after a leg ended with this outcome; without `leg`, the call's latest. Idempotent: a repeated
 * outcome gets the same Decision.
 */
export async function decideAfterLeg(
  deps: Deps,
  tenantId: TenantId,
  outcome: {
    readonly callId: string;
    readonly leg?: number | undefined;
    readonly disposition: LegOutcome;
    readonly weFetch?: boolean;
    /** The two talk from now on, at a voice provider that can lead the caller elsewhere. */
    readonly isTalk?: boolean;
  },
): Promise<Decision> {
  const call = await findCall(deps.db, tenantId, outcome.callId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  const leg = outcome.leg === undefined ? call.legs.at(-1) : legOf(call, outcome.leg);
  if (!leg) throw new UserError((words) => words.calls.unknownLeg, 404);

  const given = legOf(call, leg.leg + 1);
  if (given) return given.decision;
  const { keysOnly } = call;
  const company = heardBy(await findCompany(deps.db, tenantId), keysOnly);
  const next = await afterRinging(deps, { company, call, language: localeOf(call.language) }, leg, outcome.disposition);
  const ended = { leg, outcome: outcome.disposition, isTalk: outcome.isTalk === true };
  const place = { callId: call.callId, call, leg: leg.leg + 1, ended, company, keysOnly, weFetch: outcome.weFetch };
  return storeDecision(deps, tenantId, place, next, {});
}

/** A caller in a personal queue: they still wait and hear `prompt`, or the call goes on. */
export type Waited =
  | { readonly kind: 'waits'; readonly prompt: string; readonly language: Locale }
  | { readonly kind: 'goes-on'; readonly decision: Decision };

/** Look after a caller who waits in this leg; asked every few seconds. A wait that is over gets the Decision it got then. */
export async function whileWaiting(
  deps: Deps,
  tenantId: TenantId,
  asked: {
    readonly callId: string;
    readonly leg?: number | undefined;
    readonly digits?: string | undefined;
    readonly silentSeconds?: number | undefined;
    readonly weFetch?: boolean | undefined;
  },
): Promise<Waited> {
  const call = await findCall(deps.db, tenantId, asked.callId);
  const leg = asked.leg === undefined ? call?.legs.at(-1) : call && legOf(call, asked.leg);
  if (!call || leg?.decision.action !== 'queue') throw new UserError((words) => words.calls.unknownLeg, 404);
  const disposition = await outcomeOfWait(deps, tenantId, call, leg, asked);
  if (disposition === undefined)
    return { kind: 'waits', prompt: await waitingPrompt(deps, tenantId, call), language: localeOf(call.language) };
  const { callId, weFetch = false } = asked;
  return {
    kind: 'goes-on',
    decision: await decideAfterLeg(deps, tenantId, { callId, leg: leg.leg, disposition, weFetch }),
  };
}

/**
 * Send a caller straight to somebody's mailbox, as an agent asks for. Where the person does not allow it while signed out,
 * the call takes its usual way to them (`decide`), or with `orRefuse` stays where it is (UserError). The same transfer
 * again gets the Decision it got then.
 */
export async function transferToMailbox(
  deps: Deps,
  tenantId: TenantId,
  transfer: {
    readonly callId: string;
    readonly userId: UserId;
    /** The leg that rings whoever sends the caller there; it ends with that. */
    readonly fromLeg?: number;
    readonly weFetch?: boolean;
    /** Who sends them there; undefined: the phone system, or a key on the phone. */
    readonly actor?: Actor;
    readonly orRefuse?: boolean;
  },
): Promise<Decision> {
  const { callId, userId, fromLeg, weFetch, actor, orRefuse = false } = transfer;
  const call = await findCall(deps.db, tenantId, callId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  const latest = call.legs.at(-1);
  if (latest?.heard.isTransfer && call.askedForUserId === userId) return latest.decision;

  const company = await findCompany(deps.db, tenantId);
  const next = await afterTransfer(deps, { company, call, language: localeOf(call.language) }, userId, orRefuse);
  const rang = fromLeg === undefined ? undefined : legOf(call, fromLeg);
  const ended = rang ? { leg: rang, outcome: 'refused' as const, isTalk: false } : undefined;
  const leg = call.legs.length + 1;
  const place = { callId, call, leg, company, keysOnly: call.keysOnly, weFetch, ended, actor };
  return storeDecision(deps, tenantId, place, next, { isTransfer: true });
}

/** Return the Decision of a leg, or of the latest: a running call that was led elsewhere is asked about again. */
export async function decisionOf(
  deps: Deps,
  tenantId: TenantId,
  { callId, leg }: { readonly callId: string; readonly leg?: number | undefined },
): Promise<Decision> {
  const call = await findCall(deps.db, tenantId, callId);
  const found = leg === undefined ? call?.legs.at(-1) : call && legOf(call, leg);
  if (!found) throw new UserError((words) => words.calls.unknownLeg, 404);
  return found.decision;
}

/** The Decision that this very question had before; undefined: it is a new one. */
function decisionGiven(call: KnownCall, incoming: IncomingCall, heard: CallerInput): Decision | undefined {
  const latest = call.legs.at(-1);
  if (!latest) return undefined;
  if (incoming.answers !== undefined) {
    const after = legOf(call, incoming.answers + 1);
    return after?.decision ?? (legOf(call, incoming.answers) ? undefined : latest.decision);
  }
  if (saysNothing(heard)) return call.legs[0]?.decision;
  // Without the number of the leg, the same words again are the same question, and only a question or a wait takes an answer.
  const wantsAnswer = latest.decision.action === 'ask' || latest.decision.action === 'queue';
  return sameWords(latest.heard, heard) || !wantsAnswer ? latest.decision : undefined;
}

/** Where a Decision is stored, and what is recorded with it. */
interface LegPlace {
  readonly callId: string;
  readonly leg: number;
  readonly company: RoutingCompany;
  readonly keysOnly: boolean;
  /** Undefined: the call begins. */
  readonly call?: KnownCall;
  readonly starts?: { readonly ani: string; readonly callerName: string; readonly dnis: string };
  readonly weFetch?: boolean | undefined;
  readonly ended?: { readonly leg: Leg; readonly outcome: LegOutcome; readonly isTalk: boolean } | undefined;
  /** Undefined: the phone system. */
  readonly actor?: Actor | undefined;
}

/** Store the Decision as the call's next leg. Concurrent equal questions get the Decision that was stored first. */
async function storeDecision(
  deps: Deps,
  tenantId: TenantId,
  place: LegPlace,
  next: NextDecision,
  heard: CallerInput,
): Promise<Decision> {
  const { asksFor, about, ringsUserId, fullBoxUserId, isBlocked, prompt, because, language, ...bare } = next;
  const { callId, leg, call, company, keysOnly, ended, weFetch = false } = place;
  const action = completeAction(bare as BareAction, company, language);
  const decision: Decision = { callId, leg, language, ...(prompt === undefined ? {} : { prompt }), ...action, because };

  const actor = place.actor ?? installationActor(tenantId, 'phone');
  const input = {
    ...heard,
    ...(asksFor ? { asksFor } : {}),
    ...(about ? { about } : {}),
    ...(ringsUserId ? { rings: ringsUserId } : {}),
    ...(isBlocked ? { isBlocked } : {}),
  };
  const begin = (db: Db | Transaction, now: Date) => {
    const starts = { callId, language, keysOnly, ani: '', callerName: '', dnis: '', ...place.starts };
    const begins = { ...starts, atProvider: weFetch, messageDueAt: messageDueAt(decision, place, now) };
    return startCall(db, { actor, now, auditKey: auditKeyOf(deps.secret) }, begins, decision, input);
  };
  const awaits = weFetch && decision.action === 'voicemail' ? decision.mailboxUserId : undefined;

  const writeAll = async (change: Change) => {
    const rowId = call ? call.rowId : await begin(change.db, change.now);
    if (rowId === undefined || (call && !(await addLeg(change, rowId, decision, input)))) return false;
    if (call && (call.language !== language || call.keysOnly !== keysOnly))
      await setManner(change, rowId, { language, keysOnly });
    const dueAt = messageDueAt(decision, place, change.now);
    if (call && (dueAt || call.messageDueAt)) await setMessageDue(change, rowId, dueAt);
    if (fullBoxUserId) await warnOfBox(change, fullBoxUserId);
    if (call && heard.isTransfer)
      change.record({ event: 'call.transferred', subjectId: rowId, after: { mailboxUserId: asksFor ?? null } });
    if (awaits) await awaitMessage(change, { callId, mailboxUserId: awaits, language });
    if (call && ended) {
      await setOutcome(change, rowId, ended.leg.leg, ended.outcome);
      if (ended.outcome === 'answered') await noteAnswered(change, call, ended.leg, ended.isTalk);
    }
    return true;
  };
  // Most calls begin with nothing else to write: then one statement is enough.
  const isBeginAlone = !call && !fullBoxUserId && !awaits;
  const kept = isBeginAlone
    ? (await begin(deps.db, deps.clock.now())) !== undefined
    : await change(deps, actor, writeAll);
  if (kept) return decision;

  const known = await findCall(deps.db, tenantId, callId);
  const first = known && legOf(known, leg);
  if (!first) throw new Error('a leg was there and is gone');
  return first.decision;
}

function callerInputOf({ digits, speech }: IncomingCall): CallerInput {
  const keys = digits?.replace(/[^\d*#]/g, '').slice(0, 32) ?? '';
  // Speech that cleaning empties counts as silence.
  const said = (speech ?? []).map((text) => oneLine(text, 500)).filter((text) => text !== '');
  return { ...(keys === '' ? {} : { digits: keys }), ...(said.length === 0 ? {} : { speech: said.slice(0, 10) }) };
}

const saysNothing = (heard: CallerInput): boolean => heard.digits === undefined && heard.speech === undefined;

const sameWords = (a: CallerInput, b: CallerInput): boolean =>
  a.digits === b.digits && JSON.stringify(a.speech ?? []) === JSON.stringify(b.speech ?? []);

const legOf = (call: KnownCall, leg: number): Leg | undefined => call.legs.find((one) => one.leg === leg);
