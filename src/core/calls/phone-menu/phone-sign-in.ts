import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import type { TenantId, UserId } from '../../ids.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { hashPin, isPin, randomPin } from '../../people/pin.js';
import type { WantedMailbox } from './menu-state.js';
import { failuresUntilLocked, lockMinutes } from './phone-lock.js';
import {
  countFailures,
  countFailuresFrom,
  findPhoneMailbox,
  insertAttempt,
  insertLock,
  isLocked,
  lockMailbox,
  type PhoneMailbox,
  type SignInAttempt,
  setRight,
} from './phone-sign-in.store.js';

/*
 * Anybody with a telephone can try PINs, so (decision 0044):
 * - an attempt is stored as failed before its PIN is looked at: attempts at the same moment cannot outrun the count
 * - the fifth failure since the last right PIN locks the mailbox for 15 minutes, and its owner is told
 * - ten failures within an hour from one number close the door to that number, whichever mailboxes it tried; callers
 *   without a number share a larger count
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
  const attempt: SignInAttempt = { ...keyed, userId: mailbox?.userId ?? null };
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
    const { userId, ani } = attempt;
    if (userId) await lockMailbox(change, userId);
    const hourAgo = new Date(change.now.getTime() - 3_600_000);
    const most = ani === '' ? mostFailuresWithheld : mostFailuresOfCaller;
    const isOpen =
      (await countFailuresFrom(change, ani, hourAgo)) < most &&
      (userId === null || !((await isLocked(change, userId)) || (await isTriedOut(change, userId))));
    await insertAttempt(change, attempt, isOpen ? 'failed' : 'locked');
    return isOpen;
  });

  async function isTriedOut(change: Parameters<typeof countFailures>[0], userId: UserId): Promise<boolean> {
    return (await countFailures(change, userId)) >= failuresUntilLocked;
  }
}

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
    if (userId) await lockMailbox(change, userId);
    const about = userId === null ? {} : { subjectId: userId };
    change.record({ event: 'phone.sign-in-failed', ...about, after: { from: ani, locked: !isOpen } });
    if (!userId || (await isLocked(change, userId)) || (await countFailures(change, userId)) < failuresUntilLocked)
      return;
    const until = new Date(change.now.getTime() + lockMinutes * 60_000);
    const lockId = await insertLock(change, userId, until);
    change.record({ event: 'phone.locked', subjectId: userId, after: { until: until.toISOString() } });
    await raiseNoticeFor(change, { kind: 'phone.locked', subjectId: lockId, userId });
  });
}
