import type { AccountKey, MessageRef } from './exchange.js';
import type { AudioLink, Card } from './view.js';

export type { MessageRef };

/** Where the app can start a conversation with a person. */
export interface Address {
  readonly platform: string;
  /** Unique within the platform: `T0001/U0002`, a user id, an e-mail address. */
  readonly address: string;
  readonly externalWorkspaceId: string;
  readonly accountId: string;
  /** What the platform's `read` stored with the account. */
  readonly conversation?: unknown;
}

/** What became of a message: sent, or refused for good. */
export type Receipt =
  | { readonly kind: 'sent'; readonly ref: MessageRef }
  /** The platform refuses this person for good (left, blocked, never installed); `why` is for the admin. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** What a platform reports about an account. `email` only if the platform vouches for it. */
export interface Profile {
  readonly displayName: string;
  readonly email?: string;
  readonly locale?: string;
  readonly timeZone?: string;
}

/** Identifies a message across all attempts to send it. */
export interface Delivery {
  /** The same at each attempt; unique to the message. */
  readonly key: string;
  /** An earlier attempt may have succeeded: look for the message before sending it, if the platform allows it. */
  readonly mayBeThere: boolean;
  /** The most time, in seconds, that can have passed since the first attempt. */
  readonly ageSeconds: number;
}

/** A file that plays under a message. */
export type MessageAudio = Pick<AudioLink, 'storageKey' | 'mimeType' | 'fileName'>;

/** For a platform that plays audio under its messages. The upload is slow, so it follows the message. */
export interface AudioAttacher {
  /**
   * Run `work` in the background: when no message waits to be sent, or at once. Work under a key that is already queued
   * is not queued twice.
   */
  runLater(key: string, work: () => Promise<void>, options: { readonly atOnce: boolean }): void;
  /**
   * Make this audio appear under the message, or remove it (undefined). `look`: an earlier upload may be there already.
   * Resolves to whether the audio is there; false: the platform cannot show it. Rejects when a retry may succeed.
   */
  attach(ref: MessageRef, audio: MessageAudio | undefined, options: { readonly look: boolean }): Promise<boolean>;
}

/**
 * How the core reaches a platform. Rejects when a retry may succeed; the job retries. Rejects with `OutcomeUnknown`
 * when the message may have arrived.
 */
export interface Messenger {
  /**
   * Return whether the platform's own credentials say that this installation was set up for this workspace. Any other
   * workspace becomes a company's only when an admin says so.
   */
  isOwnWorkspace(externalWorkspaceId: string): Promise<boolean>;
  /** Return the account's profile. Undefined: the platform does not know the account, or reports nothing about it. */
  profile(account: AccountKey): Promise<Profile | undefined>;
  send(to: Address, card: Card, delivery?: Delivery): Promise<Receipt>;
  /** Make the message show `card`; send a new message if the platform has lost the old one. */
  update(to: Address, ref: MessageRef, card: Card, delivery?: Delivery): Promise<Receipt>;
  /** Absent if listening is possible only by the card's link. */
  readonly audio?: AudioAttacher;
}

interface Messengers {
  /** Return the platform's messenger. Undefined: the platform is not enabled in this installation. */
  forPlatform(platform: string): Messenger | undefined;
}

declare module '../deps.js' {
  interface Deps {
    readonly messengers: Messengers;
  }
}
