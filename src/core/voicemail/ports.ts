import type { Readable } from 'node:stream';

/** Where audio is kept: a folder or an S3-compatible store (two implementations, hence an interface). */
export interface Recordings {
  /** Resolves only when the bytes would survive a power cut. */
  put(storageKey: string, audio: Buffer, mimeType: string): Promise<void>;
  /**
   * The bytes from `start` to `end` (inclusive), or all of them; a file that was set aside is put back. Rejects with
   * `RecordingMissing` when there is no such file.
   */
  read(storageKey: string, range?: { start: number; end: number }): Promise<Readable>;
  /** The keys of all files, in no order, one after the other: there may be millions. */
  list(): AsyncIterable<string>;
  /** When the file was stored; undefined: there is none. Rejects when the store cannot be asked. */
  storedAt(storageKey: string): Promise<Date | undefined>;
  /** Wherever it is. No error when it is already gone. */
  remove(storageKey: string): Promise<void>;
  /** Moves a file to where it is neither listed nor found, but can be put back. No error when it is gone. */
  setAside(storageKey: string, at: Date): Promise<void>;
  /** False: it is not set aside. */
  putBack(storageKey: string): Promise<boolean>;
  /** The keys of all files that are set aside, as `list` gives the others. */
  listSetAside(): AsyncIterable<string>;
  /** When it was set aside; undefined: it is not. */
  setAsideAt(storageKey: string): Promise<Date | undefined>;
  /** Rejects with the reason when the store cannot be used. */
  check(): Promise<void>;
}

/** The row is there and its file is not: it was removed or lost outside of Attendant. */
export class RecordingMissing extends Error {
  constructor(storageKey: string, options?: ErrorOptions) {
    super(`recording missing: ${storageKey}`, options);
    this.name = 'RecordingMissing';
  }
}

/** The audio was not read within the deadline. */
export class AudioLate extends Error {
  readonly code = 'AUDIO_LATE';
  constructor(
    /** True: it may be read later. False: it had the time that a thread has for a file. */
    readonly isUnderLoad: boolean,
    options?: ErrorOptions,
  ) {
    super('audio not read within the deadline', options);
    this.name = 'AudioLate';
  }
}

/** What a message's own bytes say about it. */
export interface AudioFacts {
  readonly mimeType: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'audio/webm';
  /** The usual file name ending for it, without a dot: phones choose their player by it. */
  readonly ending: 'wav' | 'mp3' | 'ogg' | 'm4a' | 'webm';
  /** Counted from the bytes that are there. */
  readonly durationSeconds: number;
}

/** A recording as its row has it. */
export interface StoredAudio {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
}

/** Audio as it is sent. */
export interface PlayableAudio {
  readonly content: Buffer;
  readonly mimeType: string;
}

/** Reads and converts audio in threads with a deadline (they are outside the core, hence an interface). */
export interface AudioTools {
  /** Undefined: no audio that browsers play, as it is or converted. Rejects with `AudioLate` past the deadline. */
  probe(bytes: Buffer): Promise<AudioFacts | undefined>;
  /** True: browsers play the recording as it is kept, so it can be sent from the store. Rejects with `RecordingMissing`. */
  playsAsKept(recording: StoredAudio): Promise<boolean>;
  /**
   * A recording in a form that browsers, Slack and mail programs play: WAV becomes PCM of 16 bits, all else stays as it
   * is kept. Rejects with `RecordingMissing`, and with `AudioLate` where it may be converted later.
   */
  playable(recording: { readonly storageKey: string; readonly mimeType: string }): Promise<PlayableAudio>;
  /**
   * WAV as PCM of 16 bits; what is no WAV, or cannot be converted, comes back as it is: a player says that it does not
   * play. Rejects with `AudioLate` where it may be converted later.
   */
  toPlainWav(bytes: Buffer): Promise<Buffer>;
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

declare module '../deps.js' {
  interface Deps {
    readonly recordings: Recordings;
    /** Absent where there is no voice provider. */
    readonly providerRecordings: ProviderRecordings | undefined;
    readonly audio: AudioTools;
    /** Absent while no SMTP server is configured. */
    readonly mail: Mail | undefined;
  }
}
