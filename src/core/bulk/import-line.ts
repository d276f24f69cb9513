import type { UserId } from '../ids.js';
import type { DialingRules } from '../phone-number.js';
import type { RoutingPeriod } from '../routing/routing-rows.js';
import type { RefusalText, UserFacts } from './columns.js';

/** A user in the database before the import. */
export interface KnownUser {
  readonly id: UserId;
  readonly username: string;
  readonly facts: UserFacts;
  readonly pinHash: string | null;
  readonly defaultBackupId: string | null;
  readonly updatedAt: Date;
}

/** The state against which an import is planned. */
export interface ImportCompany extends DialingRules {
  /** Main numbers and the access number (E.164): no person's DID. */
  readonly ownNumbers: ReadonlySet<string>;
  /** The range from which AUTO picks extensions: `200-899`. */
  readonly extensionRange: string;
  /** By `usernameKey(username)`. */
  readonly users: ReadonlyMap<string, KnownUser>;
  /** Numbers that are a DID or a main number of another company on this installation. */
  readonly takenElsewhere: ReadonlySet<string>;
  /** Absences that are not over, by `usernameKey(username)`; backups are named in the same way. */
  readonly absences: ReadonlyMap<string, readonly KnownAbsence[]>;
  readonly now: Date;
}

/** An absence, and the key of its backup. */
export type KnownAbsence = Pick<RoutingPeriod, 'startsAt' | 'endsAt' | 'number' | 'backupAnswer'> & {
  readonly backupId: string | null;
};

/** A change of a PIN. */
export type PinChange = { readonly kind: 'set'; readonly pin: string } | { readonly kind: 'auto' | 'clear' };

/** A line while it is planned; refused or skipped once `stopped` is set. */
export interface ImportLine {
  readonly line: number;
  readonly username: string;
  readonly key: string;
  readonly user: KnownUser | undefined;
  facts: UserFacts;
  pin?: PinChange;
  wantsExtension: boolean;
  stopped?: { readonly outcome: 'skipped' | 'refused'; readonly why: RefusalText };
}

/** Return the key of a username: usernames differ by more than case. */
export const usernameKey = (username: string): string => username.toLowerCase();

/** Refuse a line; the first reason stays. */
export function refuseLine(draft: ImportLine, why: RefusalText): ImportLine {
  draft.stopped ??= { outcome: 'refused', why };
  return draft;
}
