import { linkListedAccounts } from '../../accounts/linking.js';
import { change } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { findLinkable, type LinkScope } from './link-members.store.js';

const atOnce = 200;

/**
 * Link every member, of those concerned, whose verified address is a user's, as if they had written to Attendant; each
 * with an audit line. `onPortion` is called between portions, and may stop it by rejecting. Resolves to how many were
 * linked, without members that are linked elsewhere at the same moment.
 */
export async function linkMembers(
  deps: Deps,
  actor: Actor,
  concerned: LinkScope,
  onPortion: () => Promise<void> = async () => {},
): Promise<number> {
  const accounts = await findLinkable(deps.db, actor.tenantId, concerned);
  let linked = 0;
  for (let at = 0; at < accounts.length; at += atOnce) {
    linked += await change(deps, actor, (change) => linkListedAccounts(change, accounts.slice(at, at + atOnce)));
    await onPortion();
  }
  return linked;
}
