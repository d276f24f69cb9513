import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import type { Decision, Disposition } from './call-plan.js';

/** A call as an ear shows it, at its start or after the caller said or keyed something. */
export interface IncomingCall {
  readonly callId: string;
  readonly ani: string;
  readonly dnis: string;
  readonly digits?: string;
  /** Best first. */
  readonly speech?: readonly string[];
  readonly language?: string;
}

/** What to do with a call, from the rows as they are now (PRODUCT.md §2). Twice the same question: the same Decision. */
export async function answerCall(_deps: Deps, _tenantId: TenantId, _call: IncomingCall): Promise<Decision> {
  throw new Error('owner: phone');
}

/** What to do after a leg ended so. An outcome that came before gets the Decision it got then. */
export async function afterLeg(
  _deps: Deps,
  _tenantId: TenantId,
  _outcome: { callId: string; leg: number; disposition: Disposition },
): Promise<Decision> {
  throw new Error('owner: phone');
}
