import type { UserId } from '../ids.js';
import type { CompanyWays } from '../people/mailbox-ways.types.js';
import { isActiveAdmin } from '../people/person.js';
import type { DialingRules } from '../phone-number.js';
import type { RoutingPeriod } from '../routing/routing-rows.js';
import type { RefusalText, UserFacts } from './columns.js';

/** The outcome of a line. */
export const lineOutcomes = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** A user as the database has them before the import. */
export interface KnownUser {
  readonly id: UserId;
  readonly username: string;
  readonly facts: UserFacts;
  readonly pinHash: string | null;
  readonly defaultBackupId: string | null;
  readonly updatedAt: Date;
}

/** What lines are judged by, each on its own. */
export interface JudgingCompany extends DialingRules {
  /** Main numbers and the access number (E.164): nobody's DID. */
  readonly ownNumbers: ReadonlySet<string>;
  /** How people hear their messages, as far as the company decides it. */
  readonly ways: CompanyWays;
  /** The range from which AUTO picks extensions: `200-899`. */
  readonly extensionRange: string;
  /** The admin who sent the file; null: the command line. */
  readonly sender: UserId | null;
  /** The users whom the lines name, by `usernameKey(username)`. */
  readonly users: ReadonlyMap<string, KnownUser>;
  /** Numbers of the lines that are a DID or a main number of another company on this installation. */
  readonly takenElsewhere: ReadonlySet<string>;
  /** Numbers of the lines that rest, as `KIND NUMBER`, and the person for whom (PRODUCT.md §7). */
  readonly resting: ReadonlyMap<string, UserId>;
}

/** What lines, and people, may conflict about. */
export type ConflictFacts = Pick<
  UserFacts,
  | 'email'
  | 'first_name'
  | 'last_name'
  | 'user_type'
  | 'access'
  | 'extension'
  | 'did'
  | 'agent_id'
  | 'app_access'
  | 'default_backup'
  | 'role'
>;

export interface ConflictUser {
  readonly username: string;
  readonly facts: ConflictFacts;
}

/** The people with whom the lines of a file may conflict. */
export interface ConflictCompany {
  /** By `usernameKey(username)`. */
  readonly users: ReadonlyMap<string, ConflictUser>;
  /** Absences that are not over, by `usernameKey(username)`; backups are named in the same way. */
  readonly absences: ReadonlyMap<string, readonly KnownAbsence[]>;
  readonly now: Date;
}

/** An absence, and the key of its backup. */
export type KnownAbsence = Pick<RoutingPeriod, 'startsAt' | 'endsAt' | 'number' | 'backupAnswer'> & {
  readonly backupId: string | null;
};

/** What a line does to a PIN. */
export const pinChanges = ['set', 'auto', 'clear'] as const;
export type PinChange = { readonly kind: 'set'; readonly pin: string } | { readonly kind: 'auto' | 'clear' };

/** A line beside the others: refused or skipped as soon as `stopped` is there. */
export interface ConflictLine {
  readonly line: number;
  readonly username: string;
  readonly key: string;
  readonly user: ConflictUser | undefined;
  readonly facts: ConflictFacts;
  stopped?: { readonly outcome: 'skipped' | 'refused'; readonly why: RefusalText };
}

/** A line while it is judged. */
export interface ImportLine extends ConflictLine {
  readonly user: KnownUser | undefined;
  readonly facts: UserFacts;
  pin?: PinChange;
  wantsExtension: boolean;
}

/** Return the key of a username: usernames differ by more than case. */
export const usernameKey = (username: string): string => username.toLowerCase();

/**
 * Would this end what the sender of the file may do? They keep it to the end of their own file, so that it is applied whole;
 * their own form is the place for it.
 */
export const endsOwnRights = (
  sender: UserId | null,
  person: { readonly id: UserId | null; readonly facts: Pick<UserFacts, 'access' | 'role' | 'app_access'> },
): boolean => {
  const { access, role, app_access: appAllowed } = person.facts;
  return sender !== null && person.id === sender && !isActiveAdmin({ access, role, appAllowed });
};

/** The first reason stands. */
export function refuseLine<Draft extends ConflictLine>(draft: Draft, why: RefusalText): Draft {
  draft.stopped ??= { outcome: 'refused', why };
  return draft;
}
