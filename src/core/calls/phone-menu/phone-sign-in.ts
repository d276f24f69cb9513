import { type Change, change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { TenantId } from '../../ids.js';
import { raiseNoticeFor, updateNoticeFor } from '../../notices/notice.js';
import { hashPin, isPin, pinMarkOf, randomPin } from '../../people/pin.js';
import type { WantedMailbox } from './menu-state.js';
import { failuresUntilLocked, minutesOfLock, seriesHours } from './phone-lock.js';
import {
  countFailures,
  countFailuresFrom,
  findLockOfSeries,
  findPhoneMailbox,
  insertAttempt,
  insertLock,
  isLocked,
  type LockScope,
  lockAgain,
  lockMailbox,
  type PhoneMailbox,
  type SignInAttempt,
  setRight,
} from './phone-sign-in.store.js';

/*
 * Anybody with a telephone can try PINs, and show any number as their own, so (decisions 0044, 0060):
 * - an attempt is stored as failed before its PIN is looked at: attempts at the same moment cannot outrun the count
 * - the fifth failure since the last right PIN locks the mailbox for 15 minutes, again within a day for an hour, and then
 *   for four hours; its owner is told the first time
 * - calls from the owner's own numbers are counted and locked by themselves: whoever does not know such a number cannot
 *   keep the owner out. A lock protects one PIN; choosing another ends it
 * - ten failures within an hour from one number close the door to that number, whichever mailboxes it tried, but its
 *   owner's; callers without a number share a larger count
 * - a mailbox that does not exist, has no PIN or is locked takes the same time, and sounds the same, as a wrong PIN
 */

/** So many within an hour close the door to a number. */
const mostFailuresOfCaller = 10;
/** The same for all callers without a number together. */
const mostFailuresWithheld = 100;

/** A caller who keyed an extension and a PIN. */
interface KeyedSignIn {
  readonly callId: string;
  readonly ani: string;
  readonly attempt: number;
  readonly mailbox: WantedMailbox;
  readonly pin: string;
}

/** Return the mailbox whose PIN this is, with the PIN's hash; undefined: they do not go together, or it is locked. */
export async function signInByPhone(
  deps: Deps,
  tenantId: TenantId,
  { mailbox: wanted, pin, ...keyed }: KeyedSignIn,
): Promise<PhoneMailbox | undefined> {
  const mailbox = await findPhoneMailbox(deps.db, tenantId, wanted, keyed.ani);
  const { userId = null, fromOwner = false, pinHash } = mailbox ?? {};
  const attempt: SignInAttempt = { ...keyed, userId, fromOwner, pinMark: pinHash ? pinMarkOf(pinHash) : '' };
  const isOpen = await admit(deps, tenantId, attempt);
  const isRight = await isPin(mailbox && isOpen ? mailbox.pinHash : await nobodysHash, pin.slice(0, 10));
  const isIn = mailbox !== undefined && isOpen && isRight && pin.length <= 10;
  await settle(deps, tenantId, attempt, { isIn, isOpen });
  return isIn ? mailbox : undefined;
}

/** What is verified where there is nothing to verify: nobody knows its PIN. */
const nobodysHash = hashPin(randomPin(null));

/** Store the attempt. False: the mailbox or the caller is locked. */
function admit(deps: Deps, tenantId: TenantId, attempt: SignInAttempt): Promise<boolean> {
  return change(deps, installationActor(tenantId, 'phone'), async (change) => {
    const scope = scopeOf(attempt);
    if (scope) await lockMailbox(change, scope.userId);
    const isOpen = (await mayCallerTry(change, attempt)) && (!scope || (await mayMailboxBeTried(change, scope)));
    await insertAttempt(change, attempt, isOpen ? 'failed' : 'locked');
    return isOpen;
  });
}

const scopeOf = ({ userId, fromOwner, pinMark }: SignInAttempt): LockScope | undefined =>
  userId === null ? undefined : { userId, fromOwner, pinMark };

/** Others who show the owner's number do not close the owner's own mailbox by failing at others. */
async function mayCallerTry(change: Change, { ani, fromOwner }: SignInAttempt): Promise<boolean> {
  if (fromOwner) return true;
  const hourAgo = new Date(change.now.getTime() - 3_600_000);
  return (await countFailuresFrom(change, ani, hourAgo)) < (ani === '' ? mostFailuresWithheld : mostFailuresOfCaller);
}

const mayMailboxBeTried = async (change: Change, scope: LockScope): Promise<boolean> =>
  !(await isLocked(change, scope)) && (await countFailures(change, scope)) < failuresUntilLocked;

/** Record what came of the attempt; the last failure that is allowed locks. */
function settle(
  deps: Deps,
  tenantId: TenantId,
  attempt: SignInAttempt,
  { isIn, isOpen }: { readonly isIn: boolean; readonly isOpen: boolean },
): Promise<void> {
  const { userId, ani, callId } = attempt;
  return change(deps, installationActor(tenantId, 'phone'), async (change) => {
    if (isIn && userId) {
      await setRight(change, callId, attempt.attempt);
      change.record({ event: 'phone.signed-in', subjectId: userId, after: { from: ani } });
      return;
    }
    const scope = scopeOf(attempt);
    if (scope) await lockMailbox(change, scope.userId);
    const about = userId === null ? {} : { subjectId: userId };
    change.record({ event: 'phone.sign-in-failed', ...about, after: { from: ani, locked: !isOpen } });
    if (!scope || (await isLocked(change, scope)) || (await countFailures(change, scope)) < failuresUntilLocked) return;
    await lockFor(change, scope);
  });
}

/** Lock the mailbox, for longer the more often it happens; the owner is told the first time, and the notice then updated. */
async function lockFor(change: Change, scope: LockScope): Promise<void> {
  const { userId, fromOwner } = scope;
  const since = new Date(change.now.getTime() - seriesHours * 3_600_000);
  const before = await findLockOfSeries(change, scope, since);
  const times = (before?.times ?? 0) + 1;
  const until = new Date(change.now.getTime() + minutesOfLock(times) * 60_000);
  change.record({
    ...{ event: 'phone.locked', subjectId: userId },
    after: { until: until.toISOString(), fromOwnNumber: fromOwner, times },
  });
  if (before) {
    await lockAgain(change, before.id, until);
    await updateNoticeFor(change, { kind: 'phone.locked', subjectId: before.id, userId });
  } else {
    const subjectId = await insertLock(change, scope, until);
    await raiseNoticeFor(change, { kind: 'phone.locked', subjectId, userId });
  }
}
