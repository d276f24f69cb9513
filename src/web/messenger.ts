import type { Messenger, Receipt } from '../core/chat/messenger.js';
import type { Changes } from '../core/deps.js';
import { asId, type UserId } from '../core/ids.js';

/**
 * The browser as a place to write to. Open pages are told that something changed and fetch themselves anew: what
 * they show comes from the rows, so there is no card to keep.
 */
export function webMessenger(changes: Changes): Messenger {
  const tell = async (accountId: string): Promise<Receipt> => {
    changes.publish(asId<UserId>(accountId));
    return { kind: 'sent', ref: { userId: accountId } };
  };
  return {
    // A company's own id stands for its workspace here, and nobody is asked about it.
    isOwnWorkspace: async () => false,
    // A web account is made when somebody known signs in: there is nothing to ask.
    profile: async () => undefined,
    send: (to) => tell(to.accountId),
    update: (to) => tell(to.accountId),
  };
}
