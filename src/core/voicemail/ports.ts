import type { Readable } from 'node:stream';

/** The audio was not read within the deadline. */
export class AudioLate extends Error {
  readonly code = 'AUDIO_LATE';
  constructor(
    /** True: a retry may succeed. False: the file used up all the time that a thread has for it. */
    readonly isUnderLoad: boolean,
    options?: ErrorOptions,
  ) {
    super('audio not read within the deadline', options);
    this.name = 'AudioLate';
  }
}

/** The format and length of a message, from its own bytes. */
export interface AudioFacts extends AudioKind {
  /** Measured from the actual bytes. */
  readonly durationSeconds: number;
  /** Nothing is to be heard; unset: something is, or it was not measured. */
  readonly isSilent?: true;
}

/** A format of audio. */
export interface AudioKind {
  readonly mimeType: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'audio/webm';
  /** The usual file name ending, without a dot: phones choose their player by it. */
  readonly ending: 'wav' | 'mp3' | 'ogg' | 'm4a' | 'webm';
}

/** Audio in a file on this machine. */
export interface AudioFile {
  readonly path: string;
  readonly bytes: number;
  /** The first bytes: all, or at least `headBytes`. */
  readonly head: Buffer;
}

/** The number of first bytes by which most formats are recognised. */
export const headBytes = 4096;

/** A recording as its row describes it. */
export interface StoredAudio {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly bytes: number;
}

/** Audio in a form that players accept. */
export interface PlayableAudio {
  readonly content: Buffer;
  readonly mimeType: string;
}

/** Reads and converts audio in threads with a deadline (they are outside the core, hence an interface). */
export interface AudioTools {
  /** Return the format that the first bytes claim; undefined: none that is accepted. */
  kindOf(head: Buffer): AudioKind | undefined;
  /**
   * Examine a file. Undefined: no audio that browsers play, unchanged or converted. Rejects with `AudioLate` past the
   * deadline.
   */
  probe(file: AudioFile): Promise<AudioFacts | undefined>;
  /**
   * Return whether browsers play the recording as it is stored, so that it can be streamed from the store. Rejects with
   * `RecordingMissing`.
   */
  playsAsKept(recording: StoredAudio): Promise<boolean>;
  /**
   * Return a recording in a form that browsers, Slack and mail programs play: WAV becomes 16-bit PCM, any other format
   * is unchanged. Rejects with `RecordingMissing`, and with `AudioLate` if a later conversion may succeed.
   */
  playable(recording: { readonly storageKey: string; readonly mimeType: string }): Promise<PlayableAudio>;
  /**
   * Cut a piece of a WAV or MP3 as a loop, in the form of `playable`; undefined: another format. Rejects as `playable` does.
   */
  piece(
    recording: { readonly storageKey: string; readonly mimeType: string },
    wanted: { readonly fromSeconds: number; readonly seconds: number },
  ): Promise<PlayableAudio | undefined>;
  /**
   * Join two WAVs, one after the other, as 16-bit PCM, mono; undefined: one of them is another format, or they are larger
   * together than a message may be. Rejects as `playable` does.
   */
  join(
    first: { readonly storageKey: string; readonly mimeType: string },
    second: { readonly storageKey: string; readonly mimeType: string },
  ): Promise<{ readonly content: Buffer; readonly durationSeconds: number } | undefined>;
  /**
   * Convert WAV to 16-bit PCM; other formats, and WAV that cannot be converted, are returned unchanged: the player
   * reports that they do not play. Rejects with `AudioLate` if a later conversion may succeed.
   */
  toPlainWav(bytes: Buffer): Promise<Buffer>;
}

/** A recording as the voice provider reports it. */
export interface ProviderRecording {
  readonly sid: string;
  /** The provider's address of it; undefined: the usual address. */
  readonly url?: string | undefined;
}

/** Recordings that a voice provider stores (it leaves the machine, hence an interface). */
export interface ProviderRecordings {
  /**
   * Return the audio, limited in size and time; its consumer handles the stream’s errors. Rejects with RecordingGone if
   * the provider has deleted it for good; rejects otherwise, as the stream does, if a retry may succeed. `signal` ends it
   * sooner than its own time limit.
   */
  fetch(recording: ProviderRecording, signal?: AbortSignal): Promise<Readable>;
  /** Return the finished recordings of a call. Rejects if the provider does not answer, or is still recording. */
  list(callId: string): Promise<readonly ProviderRecording[]>;
}

/** The provider had this recording, and has deleted it. */
export class RecordingGone extends Error {
  constructor() {
    super('the provider has deleted the recording');
    this.name = 'RecordingGone';
  }
}

declare module '../deps.js' {
  interface Deps {
    /** Absent without a voice provider. */
    readonly providerRecordings: ProviderRecordings | undefined;
    readonly audio: AudioTools;
  }
}
