import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import { UserError } from '../errors.js';
import { companyLists } from './company-lists.js';
import { type ListName, listNames } from './list-names.js';

/** The lists that somebody who may read reports may read, those of their edition alone. */
export const readableLists = (requester: Requester): readonly ListName[] =>
  listNames.filter((name) => isOfEdition(requester, name) && isAllowed(requester, name));

/** Refuses (UserError, 403) a list that is not part of the edition, or that is not the requester’s to read. */
export function requireReadable(requester: Requester, name: ListName): void {
  if (!isOfEdition(requester, name)) throw new UserError((words) => words.chat.notThisEdition, 403);
  if (!isAllowed(requester, name)) throw new UserError((words) => words.chat.notAllowed, 403);
}

const isOfEdition = ({ tenant }: Requester, name: ListName): boolean =>
  tenant.edition === 'attendant_plus' || !companyLists[name].plus;

function isAllowed({ actor }: Requester, name: ListName): boolean {
  const { permission } = companyLists[name];
  return permission === undefined || hasPermission(actor, permission);
}
