import { change } from '../../change.js';
import { installationActor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { raiseNoticeFor } from '../../notices/notice.js';
import { endCall } from '../end-call.js';
import { findOpenCall, findUntoldTenant, takeUntold } from './call-history.store.js';

/** No call lasts so long; one that is open for longer was never said to be over. */
export const longestCallHours = 4;

/** Tells the person asked for how a call ended, as the company and they want it. Idempotent; a no-op before it is due. */
export async function tellOfCall(deps: Deps, callRowId: string): Promise<void> {
  const tenantId = await findUntoldTenant(deps.db, callRowId);
  if (!tenantId) return;
  await change(deps, installationActor(tenantId, 'job'), async (change) => {
    const userId = await takeUntold(change, callRowId);
    if (userId) await raiseNoticeFor(change, { kind: 'call.missed', subjectId: callRowId, userId });
  });
}

/**
 * Ends a call of which nobody said that it is over. Idempotent; a no-op before its message is overdue, or before
 * `longestCallHours`.
 */
export async function closeForgottenCall(deps: Deps, callRowId: string): Promise<void> {
  const call = await findOpenCall(deps.db, callRowId);
  if (!call) return;
  const now = deps.clock.now().getTime();
  const isOverdue = call.messageDueAt !== null && call.messageDueAt.getTime() <= now;
  if (!isOverdue && now - call.startedAt.getTime() < longestCallHours * 3_600_000) return;
  await endCall(deps, call.tenantId, call.callId);
}
