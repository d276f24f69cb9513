import type { Readable } from 'node:stream';

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
export interface AudioFacts extends AudioKind {
  /** Counted from the bytes that are there. */
  readonly durationSeconds: number;
}

export interface AudioKind {
  readonly mimeType: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'audio/webm';
  /** The usual file name ending for it, without a dot: phones choose their player by it. */
  readonly ending: 'wav' | 'mp3' | 'ogg' | 'm4a' | 'webm';
}

/** Audio in a file on this machine. */
export interface AudioFile {
  readonly path: string;
  readonly bytes: number;
  /** Its first bytes: all, or at least `headBytes`. */
  readonly head: Buffer;
}

/** So much of a file tells most readers enough. */
export const headBytes = 4096;

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
  /** What audio claims to be, by its first bytes; undefined: nothing that is taken. */
  kindOf(head: Buffer): AudioKind | undefined;
  /** Undefined: no audio that browsers play, as it is or converted. Rejects with `AudioLate` past the deadline. */
  probe(file: AudioFile): Promise<AudioFacts | undefined>;
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

/** A recording as the voice provider tells of it. */
export interface ProviderRecording {
  readonly sid: string;
  /** Where the provider says it is; undefined: at its usual place. */
  readonly url?: string | undefined;
}

/** Recordings that a voice provider keeps for us (it leaves the machine, hence an interface). */
export interface ProviderRecordings {
  /**
   * The audio, bounded in size and time; its consumer handles the stream’s errors. Rejects with RecordingGone where the
   * provider has deleted it for good; with anything else, as the stream does, where it may be had later.
   */
  fetch(recording: ProviderRecording): Promise<Readable>;
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
    /** Absent where there is no voice provider. */
    readonly providerRecordings: ProviderRecordings | undefined;
    readonly audio: AudioTools;
  }
}
