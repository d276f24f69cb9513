import type { Extent, ListedMember, MemberList } from '../../src/core/members/ports.js';

/** A platform whose member list a story sets. */
export interface ListedPeople extends MemberList {
  /** The members, by account id. */
  readonly people: Map<string, ListedMember>;
  add(accountId: string, facts?: Partial<ListedMember>): void;
  /** The error that ends the next reading, after so many pages. */
  failure: { readonly error: unknown; readonly afterPages: number } | undefined;
  extent: Extent;
  /** The numbers of readings, and of single members requested. */
  reads: number;
  looks: number;
}

const pageSize = 3;

export function listedPeople(name: string): ListedPeople {
  const list: ListedPeople = {
    name,
    grantedBy: 'installation',
    people: new Map(),
    failure: undefined,
    extent: { kind: 'whole' },
    reads: 0,
    looks: 0,
    add: (accountId, facts = {}) => void list.people.set(accountId, { accountId, is: 'member', ...facts }),
    async read(_workspace, onPage) {
      list.reads += 1;
      const people = [...list.people.values()];
      for (let at = 0, page = 0; at < people.length; at += pageSize, page += 1) {
        if (list.failure?.afterPages === page) throw list.failure.error;
        await onPage(people.slice(at, at + pageSize));
      }
      if (list.failure) throw list.failure.error;
      return list.extent;
    },
    async readMember({ accountId }) {
      list.looks += 1;
      if (list.failure) throw list.failure.error;
      return list.people.get(accountId);
    },
  };
  return list;
}
