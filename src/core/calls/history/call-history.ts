import { hasPermission } from '../../chat/actor.js';
import type { Requester } from '../../chat/requester.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid } from '../../ids.js';
import { isUsableInstant } from '../../time/usable-instant.js';
import { type CallPosition, findPastCalls, type PastCall } from './call-history.store.js';

export type { PastCall } from './call-history.store.js';

/** Which calls a list shows; `company`: what anybody missed, for those who hasPermission see reports. */
export const callFilters = ['mine', 'answered', 'covered', 'missed', 'company'] as const;
export type CallFilter = (typeof callFilters)[number];

/** A page of calls, newest first. */
export interface CallsPage {
  readonly show: CallFilter;
  readonly calls: readonly PastCall[];
  /** Leads to the calls before these; undefined: there are none. */
  readonly before: string | undefined;
  /** The latest calls are not on this page. */
  readonly isLater: boolean;
}

/** Calls of the requester, or what the company missed. A place that is none of ours begins with the latest. */
export async function listCalls(
  deps: Deps,
  { actor, user, tenant }: Requester,
  {
    show,
    before,
    pageSize,
  }: { readonly show: CallFilter; readonly before?: string | undefined; readonly pageSize: number },
): Promise<CallsPage> {
  if (show === 'company' && !hasPermission(actor, 'reports.view'))
    throw new UserError((words) => words.chat.notAllowed, 403);
  const after = before === undefined ? undefined : positionIn(before);
  const wanted = show === 'company' ? { show } : { show, userId: user.id };
  const found = await findPastCalls(deps.db, tenant.id, wanted, { after, most: pageSize + 1 });
  const calls = found.slice(0, pageSize);
  const last = calls.at(-1);
  return {
    show,
    calls,
    before: found.length > pageSize && last ? `${last.startedAt.toISOString()}~${last.id}` : undefined,
    isLater: after !== undefined,
  };
}

function positionIn(before: string): CallPosition | undefined {
  const [time = '', id = ''] = before.slice(0, 80).split('~');
  const startedAt = new Date(time);
  return isUuid(id) && !Number.isNaN(startedAt.getTime()) && isUsableInstant(startedAt) ? { startedAt, id } : undefined;
}
