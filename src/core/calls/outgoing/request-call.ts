import { type Change, change } from '../../change.js';
import type { Actor, PersonActor } from '../../chat/actor.js';
import type { Locale } from '../../chat/phrasing.js';
import type { Requester } from '../../chat/requester.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId, UserId } from '../../ids.js';
import { raiseNoticeFor, updateNoticeFor } from '../../notices/notice.js';
import { findPersonBy } from '../../people/index.js';
import {
  countryNames,
  isDialable,
  leadsBack,
  type ReadDestination,
  readDestinationNumber,
} from '../../phone-number.js';
import { findCompany } from '../../routing/load-rows.js';
import type { RoutingCompany } from '../../routing/routing-rows.js';
import { mayManageMailbox } from '../../voicemail/mailbox/managed-mailbox.js';
import type { OutgoingCall, OutgoingEnd, OutgoingStatus, OutgoingSubject } from './outgoing-call.types.js';
import {
  endOutgoing,
  findCallRequester,
  findLatestForGreetings,
  findLoad,
  insertOutgoing,
} from './outgoing-calls.store.js';
import type { CallFailure } from './ports.js';

/** In an hour; a greeting takes a few attempts, and every call costs the company money. */
const mostOwnCalls = 8;
const mostCompanyCalls = 200;

/** A number to ring, as typed; or why it cannot be rung. */
type CalledNumber = ReadDestination | { readonly kind: 'ours' };
/** Why a typed number cannot be rung. */
export type NumberProblem = Exclude<CalledNumber, { kind: 'number' }>;

/**
 * Have the system ring a person at a number of theirs. Who asks again for a call that runs gets that one. Throws UserError
 * while another call to them runs, for too many calls, and for a company that has no number to show or no voice provider.
 */
export async function requestCall(
  deps: Deps,
  actor: PersonActor,
  { typed, subject }: { readonly typed: string; readonly subject: OutgoingSubject },
): Promise<{ readonly kind: 'called'; readonly call: OutgoingCall } | NumberProblem> {
  const { tenantId, userId } = actor;
  const company = await findCompany(deps.db, tenantId);
  if (!deps.providerCalls || !shownNumber(company))
    throw new UserError((words) => words.calls.outgoing.cannotCall, 409);
  const number = await readCalledNumber(deps, company, tenantId, typed);
  if (number.kind !== 'number') return number;
  const call = await change(deps, actor, async (change) => {
    const { running, own, company } = await findLoad(change, userId, new Date(change.now.getTime() - 3_600_000));
    if (running && !isSameSubject(running.subject, subject))
      throw new UserError((words) => words.calls.outgoing.alreadyRinging, 409);
    if (running) return running;
    if (own >= mostOwnCalls || company >= mostCompanyCalls)
      throw new UserError((words) => words.calls.outgoing.tooMany, 429);
    const call = await insertOutgoing(change, { userId, number: number.e164, subject });
    change.record({ event: 'call.requested', subjectId: call.id, after: auditedRequest(call) });
    change.enqueue({ name: 'calls.outgoing', payload: { outgoingId: call.id } });
    await raiseNoticeFor(change, noticeOf(call));
    change.touch(userId);
    return call;
  });
  return { kind: 'called', call };
}

/** Both phones that the call rings: each costs the company money. */
const auditedRequest = ({ number, subject }: OutgoingCall) =>
  subject.purpose === 'call-back'
    ? { purpose: subject.purpose, number, connectsTo: subject.connectsTo }
    : { purpose: subject.purpose, number, greeting: subject.greeting };

const isSameSubject = (a: OutgoingSubject, b: OutgoingSubject): boolean =>
  a.purpose === 'greeting'
    ? b.purpose === 'greeting' && a.mailboxUserId === b.mailboxUserId && a.greeting === b.greeting
    : b.purpose === 'call-back' && a.connectsTo === b.connectsTo;

/** Calls that ended longer ago are no news. */
const shownForMinutes = 60;

/** Return the latest call by which this person recorded greetings of a mailbox, while it is news. */
export const latestGreetingCall = (
  { db, clock }: Deps,
  { tenant, user }: Pick<Requester, 'tenant' | 'user'>,
  mailboxUserId: UserId,
): Promise<OutgoingCall | undefined> =>
  findLatestForGreetings(
    db,
    { tenantId: tenant.id, userId: user.id, mailboxUserId },
    new Date(clock.now().getTime() - shownForMinutes * 60_000),
  );

/**
 * Whether the call may still be made: its person may use Attendant and the company is on; for a greeting, the company has
 * voicemail and the person manages the mailbox. Asked at every step, because a call outlives the request for it.
 */
export async function mayStillCall(deps: Deps, { tenantId, userId, subject }: OutgoingCall): Promise<boolean> {
  const { db } = deps;
  const requester = await findCallRequester(db, tenantId, userId);
  if (!requester) return false;
  if (subject.purpose === 'call-back') return true;
  return (
    requester.edition === 'attendant_plus' && mayManageMailbox(deps, { tenantId, ...requester }, subject.mailboxUserId)
  );
}

/** The number (E.164) that the rung phone shows; undefined: the company has none. */
export const shownNumber = ({ mainNumbers }: Pick<RoutingCompany, 'mainNumbers'>): string | undefined =>
  mainNumbers.find(isDialable);

/** A number of our own would bring the call back to us. */
async function readCalledNumber(
  { db }: Deps,
  company: RoutingCompany,
  tenantId: TenantId,
  typed: string,
): Promise<CalledNumber> {
  const read = readDestinationNumber(typed, company);
  if (read.kind !== 'number') return read;
  const isOurs = leadsBack(read.e164, company) || (await findPersonBy(db, tenantId, { did: read.e164 }));
  return isOurs ? { kind: 'ours' } : read;
}

/** Why the number cannot be rung, for the person who typed it. */
export function problemLine(locale: Locale, number: NumberProblem): string {
  const { problems } = wordsIn(locale).outOfOffice;
  return number.kind === 'abroad' ? problems.abroad(countryNames(locale, number.allowed)) : problems[number.kind];
}

/** End a call in one of these states, and show it. False: it is in another. */
export async function endCallFor(
  deps: Deps,
  actor: Actor,
  call: OutgoingCall,
  end: { readonly from: readonly OutgoingStatus[]; readonly status: OutgoingEnd; readonly failure?: CallFailure },
): Promise<boolean> {
  return change(deps, actor, async (change) => {
    if (!(await endOutgoing(change, call.id, end))) return false;
    const { status, failure = null } = end;
    change.record({ event: 'call.request-ended', subjectId: call.id, after: { status, failure } });
    await showChange(change, call);
    return true;
  });
}

/** Show a person what has become of their call: its card, and their open pages. */
export async function showChange(change: Change, call: OutgoingCall): Promise<void> {
  await updateNoticeFor(change, noticeOf(call));
  change.touch(call.userId);
}

const noticeOf = ({ id, userId }: { readonly id: string; readonly userId: UserId }) =>
  ({ kind: 'call.outgoing', subjectId: id, userId }) as const;
