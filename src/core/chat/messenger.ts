import type { AccountKey, MessageRef } from './exchange.js';
import type { Card } from './view.js';

export type { MessageRef };

/** Where a person can be written to first. */
export interface Address {
  readonly platform: string;
  /** Unique within the platform: `T0001/U0002`, a user id, an e-mail address. */
  readonly address: string;
  readonly workspaceId: string;
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

/** How the core reaches a platform. Rejects when it may work later; the job tries again. */
export interface Messenger {
  /** Undefined: the platform does not know this account, or says nothing of it. */
  profile(account: AccountKey): Promise<Profile | undefined>;
  send(to: Address, card: Card): Promise<Receipt>;
  /** Makes the message show `card`; sends a new one where the platform has lost the old. */
  update(to: Address, ref: MessageRef, card: Card): Promise<Receipt>;
}

export interface Messengers {
  /** Undefined: this platform is not switched on here. */
  for(platform: string): Messenger | undefined;
}
