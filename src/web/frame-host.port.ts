import type { AccountKey } from '../core/chat/exchange.js';

/** A chat client that shows our pages in a frame and signs its user in there. */
export interface FrameHost {
  /** The sites on which that client runs, as sources of the directive `frame-ancestors`. */
  readonly ancestors: readonly string[];
  /** Return the account that the client's token proves; undefined: the token is invalid. Rejects if it cannot be checked. */
  accountOf(token: string): Promise<AccountKey | undefined>;
}
