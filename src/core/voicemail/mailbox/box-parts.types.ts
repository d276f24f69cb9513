import type { TenantId, UserId } from '../../ids.js';

/** The messages of a mailbox that nobody has played, or the others. */
export type BoxPart = 'new' | 'saved';

/** A person's own mailbox. */
export interface Mailbox {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

/** A message as it is said on the phone. */
export interface BoxMessage {
  readonly callerName: string;
  readonly ani: string;
  readonly receivedAt: Date;
  readonly durationSeconds: number;
  readonly heardAt: Date | null;
  /** It can still be restored. */
  readonly deletedAt: Date | null;
  /** Of its audio; undefined: it is gone. */
  readonly mimeType: string | undefined;
  /** The person who forwarded the message spoke a note before it. */
  readonly hasNote: boolean;
  readonly forwardedBy: { readonly firstName: string; readonly lastName: string } | null;
}
