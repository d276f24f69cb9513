import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { TenantId } from '../ids.js';
import { type CallDisposition, findCall } from './calls.store.js';
import type { Decision, LegOutcome } from './decision.js';

/** A call with its legs, as it went, for `GET /api/v1/calls/{callId}`. Instants are ISO 8601. */
export interface CallRecord {
  readonly callId: string;
  /** Empty: withheld. */
  readonly ani: string;
  readonly callerName: string;
  readonly dnis: string;
  readonly language: string;
  readonly askedForUserId: string | null;
  /** Null: nobody, or whoever has the number that a period names. */
  readonly answeredByUserId: string | null;
  readonly disposition: CallDisposition;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly legs: readonly LegRecord[];
}

interface LegRecord {
  readonly leg: number;
  readonly at: string;
  /** What the caller keyed or said that led here. */
  readonly heard: { readonly digits?: string; readonly speech?: readonly string[] };
  readonly decision: Decision;
  readonly outcome: LegOutcome | null;
}

/** The record of a call; 404 where there is none of that id. */
export async function callRecord(deps: Deps, tenantId: TenantId, callId: string): Promise<CallRecord> {
  const call = await findCall(deps.db, tenantId, callId);
  if (!call) throw new UserError((words) => words.calls.unknownCall, 404);
  const { rowId, keysOnly, atProvider, messageDueAt, startedAt, endedAt, legs, ...record } = call;
  return {
    ...record,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    legs: legs.map(({ leg, at, heard: { digits, speech }, decision, outcome }) => ({
      leg,
      at: at.toISOString(),
      heard: { ...(digits === undefined ? {} : { digits }), ...(speech === undefined ? {} : { speech }) },
      decision,
      outcome,
    })),
  };
}
