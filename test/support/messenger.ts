import type { Address, Messenger, Profile, Receipt } from '../../src/core/chat/messenger.js';
import type { Card } from '../../src/core/chat/view.js';

/** A card in a person's chat, with every state it had. */
export interface Posted {
  readonly to: Address;
  /** The newest last. */
  readonly states: Card[];
}

export interface RecordingMessenger extends Messenger {
  readonly posted: Posted[];
  /** The profiles that the platform reports, by account id. */
  readonly profiles: Map<string, Profile>;
  /** Accounts that the platform refuses permanently. */
  readonly refused: Set<string>;
  /** The number of next sends and updates that reject. */
  failures: number;
  /** Whether the platform's credentials are those of the requesting workspace. */
  ownWorkspace: boolean;
}

/** Create a chat platform that records what it is given. */
export function recordingMessenger(): RecordingMessenger {
  const posted: Posted[] = [];
  const messenger: RecordingMessenger = {
    posted,
    profiles: new Map(),
    refused: new Set(),
    failures: 0,
    ownWorkspace: true,
    isOwnWorkspace: async () => messenger.ownWorkspace,
    profile: async ({ accountId }) => messenger.profiles.get(accountId),
    send: async (to, card) =>
      receipt(to, () => {
        posted.push({ to, states: [card] });
        return posted.length - 1;
      }),
    update: async (to, ref, card) =>
      receipt(to, () => {
        posted[Number(ref.index)]?.states.push(card);
        return Number(ref.index);
      }),
  };
  return messenger;

  function receipt(to: Address, post: () => number): Receipt {
    if (messenger.failures > 0) {
      messenger.failures -= 1;
      throw new Error('the platform is away');
    }
    if (messenger.refused.has(to.accountId)) return { kind: 'unreachable', why: 'left the workspace' };
    return { kind: 'sent', ref: { index: String(post()) } };
  }
}
