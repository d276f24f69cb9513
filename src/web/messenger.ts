import type { Messenger, Receipt } from '../core/chat/messenger.js';
import type { Changes } from '../core/deps.js';
import { asId, type UserId } from '../core/ids.js';

/**
 * Create the messenger for the browser. Open pages are told that something changed and reload themselves from the
 * database, so there is no card to keep.
 */
export function webMessenger(changes: Changes): Messenger {
  const tell = async (accountId: string): Promise<Receipt> => {
    changes.publish(asId<UserId>(accountId));
    return { kind: 'sent', ref: { userId: accountId } };
  };
  return {
    // In the browser the company's id is the workspace id, and no platform could confirm it.
    isOwnWorkspace: async () => false,
    // A web account is created when a known person signs in, so no profile has to be looked up.
    profile: async () => undefined,
    send: (to) => tell(to.accountId),
    update: (to) => tell(to.accountId),
  };
}
