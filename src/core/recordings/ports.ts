import type { Readable } from 'node:stream';

/** The bytes of audio as they come: a stream, or what is in memory already, as a list of one. */
export type AudioBytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** From `start` to `end`, inclusive, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What the store counted while it wrote a recording. */
export interface StoredBytes {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** A recording as it is read. Its consumer handles the errors of `stream`: `pipeline`, or `node:stream/consumers`. */
export interface RecordingStream {
  readonly stream: Readable;
  /** Of the whole recording in bytes, whatever part of it `stream` is. */
  readonly size: number;
  /** The part that `stream` is; undefined: all of it. */
  readonly range: ByteRange | undefined;
}

/** Looks at a recording before it is stored: `path` is a file on this machine that holds all of it. */
export type Examine = (file: { readonly path: string; readonly bytes: number }) => Promise<unknown>;

/**
 * Where audio is kept: a folder or an S3 bucket. A storage key is `company/name.ending` and is never given twice. Every
 * function rejects with `RecordingsAway`, or with the disk’s own error, when the store cannot be asked: later it may be.
 */
export interface Recordings {
  /**
   * Stores audio while it is read, once, and resolves only when the bytes would survive a power cut. Nothing is stored
   * when `audio` or `examine` rejects, which is what `put` then rejects with.
   */
  put(storageKey: string, audio: AudioBytes, mimeType: string, examine?: Examine): Promise<StoredBytes>;
  /**
   * A recording, or the part of it that is within `range`; one that was set aside is put back. Rejects with
   * `RecordingMissing` when there is none.
   */
  read(storageKey: string, range?: ByteRange): Promise<RecordingStream>;
  /** The keys of all recordings, in no order, one after the other: there may be millions. */
  list(): AsyncIterable<string>;
  /** When the recording was stored; undefined: there is none. */
  storedAt(storageKey: string): Promise<Date | undefined>;
  /** Wherever it is. No error when it is already gone. */
  remove(storageKey: string): Promise<void>;
  /** Moves a recording to where it is neither listed nor found, but can be put back. No error when it is gone. */
  setAside(storageKey: string, at: Date): Promise<void>;
  /** False: it is not set aside. */
  putBack(storageKey: string): Promise<boolean>;
  /** The keys of all recordings that are set aside, as `list` gives the others. */
  listSetAside(): AsyncIterable<string>;
  /** When it was set aside; undefined: it is not. */
  setAsideAt(storageKey: string): Promise<Date | undefined>;
  /** Rejects with the reason when the store cannot be used. */
  check(): Promise<void>;
}

/** The row is there and its recording is not: it was removed or lost outside of Attendant. */
export class RecordingMissing extends Error {
  constructor(storageKey: string, options?: ErrorOptions) {
    super(`recording missing: ${storageKey}`, options);
    this.name = 'RecordingMissing';
  }
}

/** The store does not answer, or refuses us; the same may work later. */
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
