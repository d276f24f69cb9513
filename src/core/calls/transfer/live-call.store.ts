import type { Db } from '../../deps.js';
import { asId, type TenantId, type UserId } from '../../ids.js';
import type { LiveCall } from './live-call.types.js';

/** No talk lasts longer: its end was not reported. */
const longestTalkHours = 12;

/** The latest caller with whom a person talks now; `id`: only that call. Undefined: they talk with nobody. */
export async function findLiveCall(
  db: Db,
  { tenantId, userId, id }: { readonly tenantId: TenantId; readonly userId: UserId; readonly id?: string },
  now: Date,
): Promise<LiveCall | undefined> {
  const since = new Date(now.getTime() - longestTalkHours * 3_600_000);
  const call = await db.call.findFirst({
    where: { tenantId, talksToUserId: userId, startedAt: { gt: since }, ...(id === undefined ? {} : { id }) },
    orderBy: { startedAt: 'desc' },
    select: { id: true, callId: true, ani: true, callerName: true },
  });
  return call ?? undefined;
}

/** Who talks with the caller of a call just now; undefined: nobody, as far as a voice provider reports. */
export async function findTalk(db: Db, tenantId: TenantId, callId: string): Promise<UserId | undefined> {
  const where = { tenantId_callId: { tenantId, callId } };
  const call = await db.call.findUnique({ where, select: { talksToUserId: true } });
  return call?.talksToUserId ? asId<UserId>(call.talksToUserId) : undefined;
}
