import { readCallerId } from '../caller-id.js';
import { change } from '../change.js';
import { hasPermission, type PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid, type TenantId, type UserId } from '../ids.js';
import { effective } from '../settings/why.js';
import {
  type BlockedCaller,
  countBlocked,
  deleteBlocked,
  findBlocked,
  findBlockedBy,
  findBlockedCaller,
  findBlockedPage,
  insertBlocked,
} from './blocking.store.js';

export type { BlockedCaller } from './blocking.store.js';

/** As many numbers as a person, or the company, may block. */
const mostBlocked = 1000;
/** The numbers on a page of them. */
const pageSize = 50;

/**
 * Return whether calls from this number (as `caller-id` reads it; empty: withheld) are refused: by the company, or by the
 * person asked for (undefined: nobody yet).
 */
export const isBlocked = (
  deps: Pick<Deps, 'db'>,
  tenantId: TenantId,
  ani: string,
  person: UserId | undefined,
): Promise<boolean> => findBlocked(deps.db, tenantId, ani, person);

/** Return the newest of the numbers that a person and their company have blocked. */
export const blockedBy = (deps: Deps, actor: PersonActor, most: number) =>
  findBlockedBy(deps.db, actor.tenantId, actor.userId, most);

/** Return a page of the numbers that a person and their company have blocked, newest first. */
export const blockedPage = (deps: Deps, { tenantId, userId }: PersonActor, after: string | undefined) =>
  findBlockedPage(deps.db, { tenantId, userId }, { after, most: pageSize });

/**
 * Block a caller for the actor, or for the whole company. Idempotent. Throws UserError for a caller without a number
 * (409), above the limit (409), and for the company unless the actor may edit it (403).
 */
export async function blockCaller(
  deps: Deps,
  actor: PersonActor,
  caller: { readonly number: string; readonly name: string; readonly forCompany: boolean },
): Promise<BlockedCaller> {
  if (caller.forCompany && !hasPermission(actor, 'tenant.edit'))
    throw new UserError((words) => words.chat.notAllowed, 403);
  const country = await effective(deps, { tenantId: actor.tenantId, userId: undefined }, 'country');
  const { number, name } = readCallerId(caller.number, country, caller.name);
  if (number === '') throw new UserError((words) => words.blocking.noNumber, 409);
  const userId = caller.forCompany ? undefined : actor.userId;
  return change(deps, actor, async (change) => {
    if ((await countBlocked(change, userId)) >= mostBlocked)
      throw new UserError((words) => words.blocking.tooMany(mostBlocked), 409);
    const id = await insertBlocked(change, { userId, number, name });
    if (id !== undefined) {
      change.record({ event: 'caller.blocked', subjectId: id, after: { number, for: userId ?? 'company' } });
      return { id, userId, number, name };
    }
    const known = await findBlockedCaller(change, actor.userId, { number });
    if (!known) throw new UserError((words) => words.blocking.gone, 409);
    return known;
  });
}

/**
 * Unblock a caller. Throws UserError (404) if the actor and their company block no such caller, and (403) for a caller of
 * the company unless the actor may edit it.
 */
export async function unblockCaller(deps: Deps, actor: PersonActor, id: string): Promise<BlockedCaller> {
  return change(deps, actor, async (change) => {
    const caller = isUuid(id) ? await findBlockedCaller(change, actor.userId, { id }) : undefined;
    if (!caller) throw new UserError((words) => words.blocking.gone, 404);
    if (caller.userId === undefined && !hasPermission(actor, 'tenant.edit'))
      throw new UserError((words) => words.chat.notAllowed, 403);
    await deleteBlocked(change, id);
    const { number, userId } = caller;
    change.record({ event: 'caller.unblocked', subjectId: id, before: { number, for: userId ?? 'company' } });
    return caller;
  });
}
