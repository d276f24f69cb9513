import type { E164, Extension, TenantId, UserId } from '../ids.js';

export type UserType = 'agent' | 'business' | 'rollover' | 'general_voicemail';
export type Access = 'none' | 'attendant_only' | 'attendant_with_acd';

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

/** Does this person stand in the directory: not hidden, and with access? (PRODUCT.md §1 and §3) */
export const isListed = (person: Pick<Person, 'inDirectory' | 'access'>): boolean =>
  person.inDirectory && person.access !== 'none';

/** May calls be sent to this person? Whether they can be rung at the moment is another question. */
export const takesCalls = (person: Pick<Person, 'access' | 'userType'>): boolean =>
  person.access !== 'none' && person.userType !== 'general_voicemail';
