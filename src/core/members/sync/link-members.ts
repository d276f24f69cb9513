import { linkListed } from '../../accounts/linking.js';
import { change } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { type Concerned, findLinkable } from './link-members.store.js';

const atOnce = 200;

/**
 * Links every member, of those who are concerned, whose verified address is that of a user, as if they had written to
 * Attendant; each is an audit line. `onPortion` is called between portions, and may end it by rejecting. Resolves to how
 * many were linked: whom somebody else links at this moment is not among them.
 */
export async function linkMembers(
  deps: Deps,
  actor: Actor,
  concerned: Concerned,
  onPortion: () => Promise<void> = async () => {},
): Promise<number> {
  const accounts = await findLinkable(deps.db, actor.tenantId, concerned);
  let linked = 0;
  for (let at = 0; at < accounts.length; at += atOnce) {
    linked += await change(deps, actor, (change) => linkListed(change, accounts.slice(at, at + atOnce)));
    await onPortion();
  }
  return linked;
}
