import { change, enqueue } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { mayBeDialled } from '../../phone-number.js';
import { findCompany } from '../../routing/load-rows.js';
import { setGreeting } from '../../voicemail/greetings/greetings.js';
import { RecordingGone } from '../../voicemail/ports.js';
import type { OutgoingCall, OutgoingStatus } from './outgoing-call.types.js';
import { findOutgoing, moveOn } from './outgoing-calls.store.js';
import { endCallFor, mayStillCall, showChange, shownNumber } from './request-call.js';

/*
 * An outgoing call is a row, and takes one step at a time:
 *   waiting   the provider is to be asked; asked again only where it said that no phone rings (too many calls)
 *   placing   the provider was asked, at most once: a process that dies here leaves a call that fails
 *   ringing   answered, or ended as busy, no-answer or failed, as the provider reports
 *   answered  a person picked up; ends as not-kept unless they keep a recording, or as done once they were connected
 *   keeping   the recording is fetched, until it is the greeting
 * In every state the row has a time at which it is taken up again, or counts as lost.
 */

const ringSeconds = 30;
/** The provider reports an answer, or that there is none, long before. */
const longestRingingSeconds = 120;
const longestAnsweredSeconds = 30 * 60;
const mostPlacings = 5;
const mostFetches = 12;

/** Take an outgoing call one step on, where it is due. Idempotent; called by the task `calls.outgoing`. */
export async function advanceCall(deps: Deps, outgoingId: string): Promise<void> {
  const call = await findOutgoing(deps.db, outgoingId);
  if (!call) return;
  if (call.status === 'waiting') await place(deps, call);
  else if (call.status === 'keeping') await keep(deps, call);
  else if (
    await moveOn(deps.db, deps.clock, call.id, {
      from: [call.status],
      status: call.status,
      dueInSeconds: 60,
      onlyDue: true,
    })
  )
    await lose(deps, call);
}

async function place(deps: Deps, call: OutgoingCall): Promise<void> {
  const { db, clock, providerCalls } = deps;
  const { id, tenantId, number, attempts } = call;
  const placing = { from: ['waiting'], status: 'placing', dueInSeconds: longestRingingSeconds, onlyDue: true } as const;
  if (!(await moveOn(db, clock, id, placing))) return;
  const company = await findCompany(db, tenantId);
  const from = shownNumber(company);
  // The rules may have changed since, and the person may have left.
  if (!(await mayStillCall(deps, call))) return fail(deps, call, 'account');
  if (!mayBeDialled(number, company)) return fail(deps, call, 'bad-number');
  if (!from || !providerCalls) return fail(deps, call, 'caller-id');

  const placed = await providerCalls
    .place({ tenantId, outgoingId: id, to: number, from, ringSeconds })
    .catch((error: unknown) => {
      deps.log.warn({ error, outgoingId: id }, 'outgoing call not confirmed');
      return undefined;
    });
  // Whether the phone rings is not known: the provider's own posts tell, or the call is lost.
  if (!placed) return;
  if (placed.kind === 'refused') return fail(deps, call, placed.failure);
  if (placed.kind === 'later') {
    if (attempts + 1 >= mostPlacings) return fail(deps, call, 'provider');
    const delaySeconds = 2 ** (attempts + 1);
    await moveOn(db, clock, id, { from: ['placing'], status: 'waiting', dueInSeconds: delaySeconds });
    return enqueue(deps, [{ name: 'calls.outgoing', payload: { outgoingId: id }, delaySeconds }]);
  }
  await noteProgress(deps, call, 'ringing', placed.callId);
}

/** Fetch the recording that the person keeps, and make it their greeting. */
async function keep(deps: Deps, call: OutgoingCall): Promise<void> {
  const { db, clock, providerRecordings } = deps;
  const { id, tenantId, subject, recording, attempts } = call;
  const held = { from: ['keeping'], status: 'keeping', dueInSeconds: 90, onlyDue: true } as const;
  if (!(await moveOn(db, clock, id, held))) return;
  if (!(await mayStillCall(deps, call))) return fail(deps, call, 'account');
  if (subject.purpose !== 'greeting' || !recording || !providerRecordings) return fail(deps, call, 'provider');
  const { mailboxUserId: userId, greeting: kind } = subject;
  try {
    const audio = await providerRecordings.fetch(recording);
    await setGreeting(deps, installationActor(tenantId, 'phone'), { userId, kind, audio });
  } catch (error) {
    const isLost = error instanceof RecordingGone || error instanceof UserError || attempts + 1 >= mostFetches;
    deps.log.warn({ error, outgoingId: id, attempts }, 'recorded greeting not fetched');
    if (isLost) return fail(deps, call, 'provider');
    const delaySeconds = Math.min(600, 2 ** (attempts + 1));
    await moveOn(db, clock, id, { from: ['keeping'], status: 'keeping', dueInSeconds: delaySeconds });
    return enqueue(deps, [{ name: 'calls.outgoing', payload: { outgoingId: id }, delaySeconds }]);
  }
  await endCallFor(deps, installationActor(tenantId, 'phone'), call, { from: ['keeping'], status: 'done' });
}

/** Nothing was heard of a call for too long. */
async function lose(deps: Deps, call: OutgoingCall): Promise<void> {
  const isAnswered = call.status === 'answered';
  await endCallFor(deps, installationActor(call.tenantId, 'job'), call, {
    from: [call.status],
    ...(isAnswered ? { status: 'not-kept' } : { status: 'failed', failure: 'provider' }),
  });
}

async function fail(deps: Deps, call: OutgoingCall, failure: NonNullable<OutgoingCall['failure']>): Promise<void> {
  const from: readonly OutgoingStatus[] = ['waiting', 'placing', 'keeping'];
  await endCallFor(deps, installationActor(call.tenantId, 'job'), call, { from, status: 'failed', failure });
}

/** Before each of these the call is in one of the others. */
const before = {
  ringing: ['waiting', 'placing'],
  answered: ['waiting', 'placing', 'ringing'],
} as const satisfies Record<string, readonly OutgoingStatus[]>;

/** Note that the phone rings, or was picked up. False: the call is further on, or over. */
export async function noteProgress(
  deps: Deps,
  call: OutgoingCall,
  status: keyof typeof before,
  callId?: string,
): Promise<boolean> {
  const dueInSeconds = status === 'ringing' ? longestRingingSeconds : longestAnsweredSeconds;
  return change(deps, installationActor(call.tenantId, 'phone'), async (change) => {
    const to = { from: before[status], status, dueInSeconds, ...(callId === undefined ? {} : { callId }) };
    const moved = await moveOn(change.db, deps.clock, call.id, to);
    if (moved) await showChange(change, call);
    return moved;
  });
}

/** What a provider says of a call, in the words of its status callback. */
const endOfStatus: Readonly<Record<string, 'busy' | 'no-answer' | 'failed' | 'completed'>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  canceled: 'no-answer',
  failed: 'failed',
  completed: 'completed',
};

/** Note what the provider reports of a call; any order, any number of times. */
export async function noteOutgoingStatus(
  deps: Deps,
  tenantId: TenantId,
  { outgoingId, status, callId }: { readonly outgoingId: string; readonly status: string; readonly callId: string },
): Promise<void> {
  const call = await findOutgoing(deps.db, outgoingId, tenantId);
  if (!call) return;
  if (status === 'ringing') return void (await noteProgress(deps, call, 'ringing', callId));
  if (status === 'in-progress') return void (await noteProgress(deps, call, 'answered', callId));
  const end = endOfStatus[status];
  if (!end) return;
  const actor = installationActor(tenantId, 'phone');
  if (end === 'completed')
    await endCallFor(deps, actor, call, { from: ['placing', 'ringing', 'answered'], status: 'not-kept' });
  else
    await endCallFor(deps, actor, call, {
      from: ['waiting', 'placing', 'ringing'],
      status: end,
      ...(end === 'failed' ? { failure: 'bad-number' } : {}),
    });
}
