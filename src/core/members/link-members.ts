import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { linkListed } from '../users/linking.js';
import { findLinkable } from './link-members.store.js';

const atOnce = 200;

/**
 * Links every member whose verified address is that of a user, as if they had written to Attendant; each is an audit
 * line. `onPortion` is called between portions, and may end it by rejecting. Resolves to how many were linked.
 */
export async function linkMembers(
  deps: Deps,
  actor: Actor,
  onPortion: () => Promise<void> = async () => {},
): Promise<number> {
  let linked = 0;
  for (;;) {
    const accounts = await findLinkable(deps.db, actor.tenantId, atOnce);
    if (accounts.length === 0) return linked;
    const now = await change(deps, actor, (change) => linkListed(change, accounts));
    if (now === 0) return linked; // Somebody else links them at this moment.
    linked += now;
    await onPortion();
  }
}
