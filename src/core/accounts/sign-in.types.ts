import type { Role } from '../chat/actor.js';
import type { SessionId, TenantId, UserId } from '../ids.js';
/** A person who is signed in to the app in the browser. */
export interface SignedIn {
  readonly sessionId: SessionId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

/** A user of this installation, with what decides whether they may sign in. */
export interface InstallationUser {
  readonly id: UserId;
  readonly tenantId: TenantId;
  readonly role: Role;
  readonly displayName: string;
  /** The language that they chose themselves. */
  readonly language: string | undefined;
  readonly entry: Entry;
}

/** Whether a person may sign in: access, the gate `appAccess`, the tenant switch. */
export type Entry = 'open' | 'no-access' | 'company-off';

/** The people that the demo's sign-in page offers: those whose name contains the typed text, at most 100. */
export interface Employees {
  readonly typed: string;
  readonly people: readonly Employee[];
  readonly more: boolean;
}

/** A person to choose on the demo's sign-in page. */
export interface Employee {
  readonly id: UserId;
  readonly displayName: string;
  readonly title: string;
  readonly company: string;
  readonly admin: boolean;
}
