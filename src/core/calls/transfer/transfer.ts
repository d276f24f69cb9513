import { change } from '../../change.js';
import { type Actor, installationActor } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, isUuid, type TenantId, type UserId } from '../../ids.js';
import { namesOf } from '../../people/index.js';
import { transferToMailbox } from '../answer-call.js';
import { findCall } from '../calls.store.js';
import type { Decision } from '../decision.js';
import { endCall, noteTalkOver } from '../end-call.js';
import { findLiveCall, findTalk } from './live-call.store.js';
import type { LiveCall } from './live-call.types.js';

/** The caller with whom the requester talks just now, and may send elsewhere; undefined: there is none, or no Plus. */
export async function liveCallOf(
  deps: Deps,
  { tenant, user }: Pick<Requester, 'tenant' | 'user'>,
): Promise<LiveCall | undefined> {
  if (tenant.edition !== 'attendant_plus' || !deps.providerCalls) return undefined;
  return findLiveCall(deps.db, { tenantId: tenant.id, userId: user.id }, deps.clock.now());
}

/** The call of this id, while the requester talks with its caller. Throws UserError (409) once that is over. */
export async function requireLiveCall(
  deps: Deps,
  { tenant, user }: Pick<Requester, 'tenant' | 'user'>,
  id: string | undefined,
): Promise<LiveCall> {
  const live =
    id !== undefined && isUuid(id)
      ? await findLiveCall(deps.db, { tenantId: tenant.id, userId: user.id, id }, deps.clock.now())
      : undefined;
  if (!live) throw new UserError((words) => words.calls.transfer.over, 409);
  return live;
}

/**
 * Send the caller with whom the requester talks to a person's mailbox. Throws UserError where the caller stays: the person
 * takes no callers there, the provider does not answer, the call is over. Asked again, it goes on where it stopped.
 */
export async function sendLiveCall(
  deps: Deps,
  actor: Actor,
  { call, userId }: { readonly call: LiveCall; readonly userId: UserId },
): Promise<void> {
  const { tenantId } = actor;
  const asked = { callId: call.callId, userId, weFetch: true, actor, orRefuse: true } as const;
  const decision = await transferToMailbox(deps, tenantId, asked);
  await leadThere(deps, tenantId, decision);
}

/**
 * Send a caller to a mailbox for a phone system that has no person's name for it. Where the voice provider holds the call, it
 * leads the caller there: out of a talk, or from a phone that still rings, which stops ringing.
 */
export async function transferCall(
  deps: Deps,
  tenantId: TenantId,
  { callId, userId }: { readonly callId: string; readonly userId: UserId },
): Promise<Decision> {
  const call = await findCall(deps.db, tenantId, callId);
  const isTalk = (await findTalk(deps.db, tenantId, callId)) !== undefined;
  const isHeld = isTalk || call?.atProvider === true;
  const latest = call?.legs.at(-1);
  const isRinging = isHeld && !isTalk && latest?.decision.action === 'dial' && latest.outcome === null;
  const ends = isRinging ? { fromLeg: latest.leg } : {};
  const decision = await transferToMailbox(deps, tenantId, { callId, userId, weFetch: isHeld, ...ends });
  if (isTalk) await leadThere(deps, tenantId, decision);
  // The same transfer again does not interrupt a caller who is there.
  else if (isHeld && call?.disposition === 'open' && decision.leg !== latest?.leg)
    await leadAhead(deps, tenantId, decision);
  return decision;
}

/**
 * Have the provider ask for the new Decision of a call in which nobody talks yet. It refuses while the caller's own call is
 * not answered (a direct number rings, and nothing was said to them): then the new Decision counts once the phone has rung
 * out, so nothing is undone.
 */
async function leadAhead(deps: Deps, tenantId: TenantId, decision: Decision): Promise<void> {
  const { callId } = decision;
  const led = await redirect(deps, tenantId, decision);
  if (led === 'over') deps.log.info({ callId }, 'caller led elsewhere once the phone has rung out');
  // Somebody may have picked up meanwhile.
  else if (led) await change(deps, installationActor(tenantId, 'phone'), (change) => noteTalkOver(change, callId));
}

/** Have the provider ask for the new Decision of a running call. */
async function leadThere(deps: Deps, tenantId: TenantId, decision: Decision): Promise<void> {
  const { callId } = decision;
  const led = await redirect(deps, tenantId, decision);
  if (led === undefined) throw new UserError((words) => words.calls.transfer.notReached, 409);
  if (led === 'over') {
    await endCall(deps, tenantId, callId);
    throw new UserError((words) => words.calls.transfer.over, 409);
  }
  await change(deps, installationActor(tenantId, 'phone'), (change) => noteTalkOver(change, callId));
}

/** Undefined: the provider does not answer, or there is none. */
const redirect = ({ providerCalls, log }: Deps, tenantId: TenantId, { callId, leg }: Decision) =>
  providerCalls?.redirect({ tenantId, callId, leg }).catch((error: unknown) => {
    log.warn({ error, callId }, 'caller not led elsewhere');
    return undefined;
  });

/** What a caller hears first who is led to a mailbox in the middle of a talk; undefined: they are led elsewhere. */
export async function announcementOf(
  { db }: Deps,
  tenantId: TenantId,
  decision: Decision,
): Promise<string | undefined> {
  if (decision.action !== 'voicemail') return undefined;
  const mailbox = asId<UserId>(decision.mailboxUserId);
  const name = (await namesOf(db, tenantId, [mailbox])).get(mailbox);
  return name === undefined ? undefined : wordsIn(decision.language).calls.transfer.callerHears(name);
}
