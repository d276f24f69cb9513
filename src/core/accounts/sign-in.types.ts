import type { Role } from '../chat/actor.js';
import type { SessionId, TenantId, UserId } from '../ids.js';
/** Somebody who signed in to the app in the browser. */
export interface SignedIn {
  readonly sessionId: SessionId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

export interface PersonHere {
  readonly id: UserId;
  readonly tenantId: TenantId;
  readonly role: Role;
  readonly displayName: string;
  /** What they chose for themselves. */
  readonly language: string | undefined;
  readonly entry: Entry;
}

/** May somebody come in: access, the gate `appAccess`, the tenant switch. */
export type Entry = 'open' | 'no-access' | 'company-off';

/** Whom the demo offers to be: those whose name has what was typed, at most 100. */
export interface Employees {
  readonly typed: string;
  readonly people: readonly Employee[];
  readonly more: boolean;
}

/** Somebody to choose on the demo's sign-in page. */
export interface Employee {
  readonly id: UserId;
  readonly displayName: string;
  readonly title: string;
  readonly company: string;
  readonly admin: boolean;
}
