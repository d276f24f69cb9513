import type { Role } from '../chat/actor.js';
import type { Locale } from '../chat/phrasing.js';
import type { E164, Extension, TenantId, UserId } from '../ids.js';

/** How calls to a person are routed; a user type decides nothing else. */
export const userTypes = ['agent', 'business', 'rollover', 'general_voicemail'] as const;
/** How calls to a person are routed. */
export type UserType = (typeof userTypes)[number];

/** What a person may use at all. */
export const accessKinds = ['none', 'attendant_only', 'attendant_with_acd'] as const;
/** What a person may use at all. */
export type Access = (typeof accessKinds)[number];

/** The kind of access that goes with a user type (PRODUCT.md §1). */
export const accessOfType = (userType: UserType): Access =>
  userType === 'agent' || userType === 'rollover' ? 'attendant_with_acd' : 'attendant_only';

/** How a person is notified of a message. */
export const notificationTypes = ['email_only', 'email_with_attachment', 'app_only'] as const;
/** How a person is notified of a message. */
export type NotificationType = (typeof notificationTypes)[number];

/** Every value of a person that can be written. Null in an override: the company's setting applies. */
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

/** The values of a person that decide what they may do. */
export interface AccessFields {
  readonly access: string;
  readonly role: Role;
  /** The person's own side of the gate `appAccess`. */
  readonly appAllowed: boolean;
}

/** Return whether this person has access of any kind. In SQL: `hasAccess` in sql.ts. */
export const hasAccess = ({ access }: Pick<AccessFields, 'access'>): boolean => access !== 'none';

/**
 * Return whether the person's own settings let them open Attendant: access, and their side of the gate `appAccess`.
 */
export const mayOpenAttendant = (standing: Pick<AccessFields, 'access' | 'appAllowed'>): boolean =>
  hasAccess(standing) && standing.appAllowed;

/** Return whether this person can administer the company. */
export const isActiveAdmin = (standing: AccessFields): boolean =>
  standing.role === 'admin' && mayOpenAttendant(standing);

/** Return a person's display name. In SQL: `displayName` in sql.ts. */
export const displayNameOf = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }) =>
  `${firstName} ${lastName}`.trim();

/** A person of the company as the rest of the core sees them. */
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

/** Return what distinguishes homonyms: `Sales manager, Toronto`; empty if unknown. */
export const titleAndTeam = (person: Pick<Person, 'title' | 'team'>): string =>
  [person.title, person.team].filter((part) => part !== '').join(', ');

/** Return a person's label in a list: `Bo Tremblay (Support, Montréal)`. */
export const labelOf = (person: Pick<Person, 'displayName' | 'title' | 'team'>): string => {
  const role = titleAndTeam(person);
  return role === '' ? person.displayName : `${person.displayName} (${role})`;
};

/**
 * Return whether the directory lists this person: not hidden, and with access (PRODUCT.md §1 and §3). In SQL:
 * `isListed`.
 */
export const isListed = (person: Pick<Person, 'inDirectory' | 'access'>): boolean =>
  person.inDirectory && hasAccess(person);

/** Return whether calls may be sent to this person at all, whether or not they are available now. */
export const takesCalls = (person: Pick<Person, 'access' | 'userType'>): boolean =>
  hasAccess(person) && person.userType !== 'general_voicemail';
