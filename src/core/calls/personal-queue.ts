import { localeOf } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { decide } from '../routing/decide.js';
import { findCompany, findRows } from '../routing/load-rows.js';
import { historyOf, withOutcome } from './call-so-far-of-legs.js';
import type { KnownCall, Leg } from './calls.store.js';
import type { LegOutcome } from './decision.js';
import { findAhead } from './waiting-callers.store.js';

/** The key with which a caller stops waiting. */
const wayOut = '1';
/** A line that was busy is tried again after so long, and up to so many times. */
const leastRetrySeconds = 20;
const mostRetries = 10;

/**
 * How a caller’s wait ends now: when they press the key, when the longest wait is over, when the person can no longer be
 * waited for, and, for the first in line, when the person is free. Undefined: it goes on. `silentSeconds`: how long they
 * have waited as the phone counts it, whatever our clock says.
 */
export async function outcomeOfWait(
  deps: Deps,
  tenantId: TenantId,
  call: KnownCall,
  leg: Leg,
  {
    digits = '',
    silentSeconds = 0,
  }: { readonly digits?: string | undefined; readonly silentSeconds?: number | undefined },
): Promise<LegOutcome | undefined> {
  if (leg.outcome !== null) return leg.outcome;
  if (digits.includes(wayOut)) return 'refused';
  const now = deps.clock.now();
  const waited = Math.max((now.getTime() - leg.at.getTime()) / 1000, silentSeconds);
  const longest = leg.decision.action === 'queue' ? leg.decision.maxSeconds : 0;
  if (waited >= longest || !call.askedForUserId) return 'no-answer';

  const company = await findCompany(deps.db, tenantId);
  const rows = await findRows(deps, company, call.askedForUserId, now);
  if (!rows) return 'no-answer';
  const lineWasBusy = historyOf(call, now).busy.length > 0;
  const { steps, wait } = decide(rows, now, historyOf(withOutcome(call, leg, 'free'), now));
  const rings = steps.some(({ hop }) => hop === 0);
  if (!rings) return wait ? undefined : 'signed-out';
  if (wait) return undefined;
  const retryAfter = Math.max(
    leastRetrySeconds,
    Math.ceil(rows.people.get(rows.asked)?.queueSeconds ?? 0) / mostRetries,
  );
  if (lineWasBusy && waited < retryAfter) return undefined;
  const ahead = await findAhead(deps.db, tenantId, call.askedForUserId, call, now);
  return ahead.waiting + ahead.ringing === 0 ? 'free' : undefined;
}

/** What a caller hears every now and then while they wait. */
export async function waitingPrompt(deps: Deps, tenantId: TenantId, call: KnownCall): Promise<string> {
  const { waiting: words } = wordsIn(localeOf(call.language)).calls;
  const ahead = call.askedForUserId
    ? await findAhead(deps.db, tenantId, call.askedForUserId, call, deps.clock.now())
    : { waiting: 0 };
  return `${words.stillWaiting} ${words.position(ahead.waiting + 1)}`;
}
