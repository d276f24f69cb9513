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
  /** `messageId` makes a repeat recognisable to the receiving server. */
  send(mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html?: string;
    readonly attachments?: readonly Attachment[];
    readonly messageId: string;
  }): Promise<void>;
}

/** A recording as the voice provider tells of it. */
export interface ProviderRecording {
  readonly sid: string;
  /** Where the provider says it is; undefined: at its usual place. */
  readonly url?: string | undefined;
}

/** Recordings that a voice provider keeps for us (it leaves the machine, hence an interface). */
export interface ProviderRecordings {
  /**
   * The audio, bounded in size and time. Rejects with RecordingGone where the provider has deleted it for good, with
   * anything else where it may be had later.
   */
  fetch(recording: ProviderRecording): Promise<Buffer>;
  /** Messages that were recorded in a call and are ready. Rejects when the provider does not answer, or still records. */
  list(callId: string): Promise<readonly ProviderRecording[]>;
}

/** The provider had this recording, and has it no more. */
export class RecordingGone extends Error {
  constructor() {
    super('the provider has deleted the recording');
    this.name = 'RecordingGone';
  }
}
