import type { AccountKey, MessageRef } from './exchange.js';
import type { AudioLink, Card } from './view.js';

export type { MessageRef };

/** Where a person can be written to first. */
export interface Address {
  readonly platform: string;
  /** Unique within the platform: `T0001/U0002`, a user id, an e-mail address. */
  readonly address: string;
  readonly externalWorkspaceId: string;
  readonly accountId: string;
  /** What the platform's `read` kept with the account. */
  readonly conversation?: unknown;
}

export type Receipt =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** The platform refuses this person for good (left, blocked, never installed); `why` is for the admin. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** What a platform knows of an account. `email` only where the platform vouches for it. */
export interface Profile {
  readonly displayName: string;
  readonly email?: string;
  readonly locale?: string;
  readonly timeZone?: string;
}

/** Which message is sent, over all tries. */
export interface Delivery {
  /** The same at each try, and no other message's. */
  readonly key: string;
  /** An earlier try may have succeeded: look whether the message is there before sending it, where the platform lets us. */
  readonly mayBeThere: boolean;
  /** How long ago the first try can have been, at most. */
  readonly ageSeconds: number;
}

/** A file that plays under a message. */
export type MessageAudio = Pick<AudioLink, 'storageKey' | 'mimeType' | 'fileName'>;

/** For a platform that plays audio under its messages. Its upload is slow, so it follows the message. */
export interface AudioAttacher {
  /** Runs this in the background: when no message waits to be sent, or at once. What waits under the same key waits once. */
  later(key: string, work: () => Promise<void>, options: { readonly atOnce: boolean }): void;
  /**
   * Makes this audio stand under the message, or none. `look`: something of ours may stand there already. Resolves to
   * whether it stands there; false: it cannot. Rejects when it may work later.
   */
  attach(ref: MessageRef, audio: MessageAudio | undefined, options: { readonly look: boolean }): Promise<boolean>;
}

/**
 * How the core reaches a platform. Rejects when it may work later; the job tries again. Rejects with `OutcomeUnknown`
 * when the message may have arrived all the same.
 */
export interface Messenger {
  /**
   * Whether the platform's own credentials say that this workspace is the one this installation was set up for. Any
   * other workspace becomes a company's only by an admin's word.
   */
  isOwnWorkspace(externalWorkspaceId: string): Promise<boolean>;
  /** Undefined: the platform does not know this account, or says nothing of it. */
  profile(account: AccountKey): Promise<Profile | undefined>;
  send(to: Address, card: Card, delivery?: Delivery): Promise<Receipt>;
  /** Makes the message show `card`; sends a new one where the platform has lost the old. */
  update(to: Address, ref: MessageRef, card: Card, delivery?: Delivery): Promise<Receipt>;
  /** Absent where a card's link is all there is to listen to. */
  readonly audio?: AudioAttacher;
}

interface Messengers {
  /** Undefined: this platform is not switched on here. */
  for(platform: string): Messenger | undefined;
}

declare module '../deps.js' {
  interface Deps {
    readonly messengers: Messengers;
  }
}
