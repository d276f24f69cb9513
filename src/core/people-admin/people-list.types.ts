import type { UserId } from '../ids.js';
import { type Access, accessKinds, type UserType, userTypes } from '../people/person.js';

/** What of a person an admin looks after: one of these at a time. */
export const conditions = ['out', 'no-backup', 'unreachable', 'box-nearly-full'] as const;
export type Condition = (typeof conditions)[number];

/** Which people are meant; what is left out means everybody. */
export interface PeopleFilter {
  /** Words that names, the username, the address or a number begin with: all of them. */
  readonly search?: string | undefined;
  readonly type?: UserType | undefined;
  readonly access?: Access | undefined;
  readonly condition?: Condition | undefined;
  readonly team?: string | undefined;
  /** Only these, by their ids, with spaces between them; empty: nobody. */
  readonly ids?: string | undefined;
}

export const peopleSorts = ['name', 'username', 'extension'] as const;
export type PeopleSort = (typeof peopleSorts)[number];

/** A page of the list. It begins after, or ends before, the person of this id; without either it is the first. */
export interface PeoplePageWish {
  readonly sort: PeopleSort;
  readonly direction: 'up' | 'down';
  readonly after?: UserId | undefined;
  readonly before?: UserId | undefined;
  readonly size: number;
}

/** Somebody in the list. */
export interface ListedPerson {
  readonly id: UserId;
  readonly displayName: string;
  readonly username: string;
  readonly email: string;
  readonly title: string;
  readonly team: string;
  readonly userType: UserType;
  readonly access: Access;
  readonly role: string;
  readonly extension: string | null;
  /** E.164. */
  readonly did: string | null;
  readonly isOut: boolean;
}

export interface PeoplePage {
  readonly people: readonly ListedPerson[];
  /** How many fit the filter. */
  readonly total: number;
  /** Are there people on the page before, and on the one after? */
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export { accessKinds, userTypes };
