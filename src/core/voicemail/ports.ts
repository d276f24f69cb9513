import type { Readable } from 'node:stream';

/** Where audio is kept: a folder or an S3-compatible store (two implementations, hence an interface). */
export interface Recordings {
  /** Resolves only when the bytes would survive a power cut. */
  put(storageKey: string, audio: Buffer, mimeType: string): Promise<void>;
  /** The bytes from `start` to `end` (inclusive), or all of them. Rejects when there are none. */
  read(storageKey: string, range?: { start: number; end: number }): Promise<Readable>;
  /** No error when it is already gone. */
  remove(storageKey: string): Promise<void>;
  /** Rejects with the reason when the store cannot be used. */
  check(): Promise<void>;
}

export interface Attachment {
  readonly fileName: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

/** Outgoing mail (an SMTP server leaves the machine, hence an interface). */
export interface Mail {
  /** `messageId` makes a repeat recognisable to the receiving server. Rejects with `OutcomeUnknown` where it may have it. */
  send(mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html?: string;
    readonly attachments?: readonly Attachment[];
    readonly messageId: string;
  }): Promise<void>;
}
