import type { UserId } from '../../ids.js';

/** A person whose links open messages of a mailbox. */
export interface LinkHolder {
  readonly userId: UserId;
  readonly name: string;
  /** An admin who acts as somebody with access; their links open only meanwhile. */
  readonly isActing: boolean;
  readonly links: number;
  /** When the last of them expires. */
  readonly expiresAt: Date;
  /** When they, or somebody with their link, last played one of these messages. */
  readonly playedAt: Date | null;
}
