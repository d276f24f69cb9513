import type { Role } from '../chat/actor.js';
import type { Locale } from '../chat/phrasing.js';
import type { E164, Extension, TenantId, UserId } from '../ids.js';

/** How calls to somebody are routed, and nothing else. */
export const userTypes = ['agent', 'business', 'rollover', 'general_voicemail'] as const;
export type UserType = (typeof userTypes)[number];

/** What somebody may use at all. */
export const accesses = ['none', 'attendant_only', 'attendant_with_acd'] as const;
export type Access = (typeof accesses)[number];

/** The kind of access that goes with a user type (PRODUCT.md §1). */
export const accessOfType = (userType: UserType): Access =>
  userType === 'agent' || userType === 'rollover' ? 'attendant_with_acd' : 'attendant_only';

/** How somebody is told of a message. */
export const notificationTypes = ['email_only', 'email_with_attachment', 'app_only'] as const;
export type NotificationType = (typeof notificationTypes)[number];

/** Everything of a person that can be written. Null in an override: as the company has it. */
export interface PersonValues {
  readonly username: string;
  /** In lower case. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly userType: UserType;
  readonly access: Access;
  readonly role: Role;
  readonly extension: string | null;
  /** E.164, like `personalNumber`. */
  readonly did: string | null;
  readonly personalNumber: string | null;
  readonly agentId: string | null;
  readonly inDirectory: boolean;
  readonly defaultBackupId: string | null;
  readonly notificationType: NotificationType | null;
  readonly directVoicemailTransfer: boolean | null;
  readonly language: Locale | null;
  readonly timeZone: string | null;
  readonly forwardingAllowed: boolean;
  readonly appAllowed: boolean;
  readonly aliases: readonly string[];
  readonly phoneticName: string;
  readonly pinHash: string | null;
}

/** What of a person decides what they may do. */
export interface AccessFields {
  readonly access: string;
  readonly role: Role;
  /** Their own side of the gate `appAccess`. */
  readonly appAllowed: boolean;
}

/** Has this person access of any kind? In SQL: `hasAccess` in sql.ts. */
export const hasAccess = ({ access }: Pick<AccessFields, 'access'>): boolean => access !== 'none';

/** May this person open Attendant, as far as it is theirs: access, and their own side of the gate? */
export const mayOpenAttendant = (standing: Pick<AccessFields, 'access' | 'appAllowed'>): boolean =>
  hasAccess(standing) && standing.appAllowed;

/** Is this somebody who can look after the company? */
export const isActiveAdmin = (standing: AccessFields): boolean =>
  standing.role === 'admin' && mayOpenAttendant(standing);

/** How people are called everywhere. In SQL: `displayName` in sql.ts. */
export const displayNameOf = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }) =>
  `${firstName} ${lastName}`.trim();

/** Somebody of the company as the rest of the core sees them. */
export interface Person {
  readonly id: UserId;
  readonly tenantId: TenantId;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly title: string;
  readonly team: string;
  readonly userType: UserType;
  readonly access: Access;
  readonly extension: Extension | undefined;
  readonly did: E164 | undefined;
  readonly personalNumber: E164 | undefined;
  readonly agentId: string | undefined;
  readonly inDirectory: boolean;
  readonly defaultBackupId: UserId | undefined;
}

/** What tells homonyms apart: `Sales manager, Toronto`; empty where nothing is known. */
export const roleOf = (person: Pick<Person, 'title' | 'team'>): string =>
  [person.title, person.team].filter((part) => part !== '').join(', ');

/** A person in a list: `Bo Tremblay (Support, Montréal)`. */
export const labelOf = (person: Pick<Person, 'displayName' | 'title' | 'team'>): string => {
  const role = roleOf(person);
  return role === '' ? person.displayName : `${person.displayName} (${role})`;
};

/** Does this person stand in the directory: not hidden, and with access? (PRODUCT.md §1 and §3) In SQL: `isListed`. */
export const isListed = (person: Pick<Person, 'inDirectory' | 'access'>): boolean =>
  person.inDirectory && hasAccess(person);

/** May calls be sent to this person? Whether they can be rung at the moment is another question. */
export const takesCalls = (person: Pick<Person, 'access' | 'userType'>): boolean =>
  hasAccess(person) && person.userType !== 'general_voicemail';
