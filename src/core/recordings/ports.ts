import type { Readable } from 'node:stream';

/** The bytes of audio as a stream, or from memory as a list of one. */
export type AudioBytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** From `start` to `end`, inclusive, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What the store measured while it wrote a recording. */
export interface StoredBytes {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** A recording as a stream. Its consumer handles the errors of `stream`: `pipeline`, or `node:stream/consumers`. */
export interface RecordingStream {
  readonly stream: Readable;
  /** Of the whole recording in bytes, whatever part of it `stream` is. */
  readonly size: number;
  /** The part that `stream` is; undefined: all of it. */
  readonly range: ByteRange | undefined;
}

/** Examines a recording before it is stored: `path` is a file on this machine that holds all of it. */
export type ExamineFile = (file: { readonly path: string; readonly bytes: number }) => Promise<unknown>;

/**
 * The store of audio: a folder or an S3 bucket. A storage key is `company/name.ending` and is never reused. Every
 * function rejects with `RecordingsAway`, or with the disk’s own error, when the store is unreachable: a retry may
 * succeed.
 */
export interface Recordings {
  /**
   * Store audio as a stream, and resolve only when the bytes would survive a power cut. Nothing is stored when `audio`
   * or `examine` rejects; `put` rejects with the same error.
   */
  put(storageKey: string, audio: AudioBytes, mimeType: string, examine?: ExamineFile): Promise<StoredBytes>;
  /**
   * Return a recording, or the part of it that is within `range`; one that was set aside is put back. Rejects with
   * `RecordingMissing` when there is none.
   */
  read(storageKey: string, range?: ByteRange): Promise<RecordingStream>;
  /** Iterate over the keys of all recordings, in no order: there may be millions. */
  list(): AsyncIterable<string>;
  /** Return when the recording was stored; undefined: there is none. */
  storedAt(storageKey: string): Promise<Date | undefined>;
  /** Remove a recording, set aside or not. No-op when it is already gone. */
  remove(storageKey: string): Promise<void>;
  /** Move a recording to where it is neither listed nor found, but can be put back. No-op when it is gone. */
  setAside(storageKey: string, at: Date): Promise<void>;
  /** Put back a recording that was set aside. False: it is not set aside. */
  putBack(storageKey: string): Promise<boolean>;
  /** Iterate over the keys of all recordings that are set aside. */
  listSetAside(): AsyncIterable<string>;
  /** Return when it was set aside; undefined: it is not. */
  setAsideAt(storageKey: string): Promise<Date | undefined>;
  /** Check the store. Rejects with the reason when it cannot be used. */
  check(): Promise<void>;
}

/** The row exists and its recording does not: it was removed or lost outside of Attendant. */
export class RecordingMissing extends Error {
  constructor(storageKey: string, options?: ErrorOptions) {
    super(`recording missing: ${storageKey}`, options);
    this.name = 'RecordingMissing';
  }
}

/** The store does not answer, or refuses access; a retry may succeed. */
export class RecordingsAway extends Error {
  readonly code = 'RECORDINGS_AWAY';
  constructor(why: string, options?: ErrorOptions) {
    super(`recordings unreachable: ${why}`, options);
    this.name = 'RecordingsAway';
  }
}

declare module '../deps.js' {
  interface Deps {
    readonly recordings: Recordings;
  }
}
