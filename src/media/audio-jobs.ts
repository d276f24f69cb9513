import type { AudioFacts } from '../core/voicemail/ports.js';
import type { JoinedWav } from './join-wav.js';

/** The jobs of an audio thread, and the result of each. */
export interface AudioJobs {
  /** Undefined: not an accepted audio format. */
  probe: AudioFacts | undefined;
  /** Nothing is to be heard. */
  silence: boolean;
  /** Undefined: the file holds no sound. */
  convert: Uint8Array<ArrayBuffer> | undefined;
  /** Undefined: one of the two holds no sound. */
  join: JoinedWav | undefined;
}

export type AudioJobName = keyof AudioJobs;

/** The input of each job. The thread reads files itself; bytes are transferred, not copied. */
export interface AudioInput {
  /** The path of a file. */
  probe: string;
  silence: string;
  convert: Buffer;
  join: readonly [first: Buffer, second: Buffer];
}

/** A message from the main thread to the audio thread. */
export type AudioRequest =
  | { readonly job: 'probe'; readonly path: string }
  | { readonly job: 'silence'; readonly path: string }
  | { readonly job: 'convert'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly job: 'join'; readonly first: Uint8Array<ArrayBuffer>; readonly second: Uint8Array<ArrayBuffer> };

/** A message from the audio thread: `ready` first, then one answer per request. */
export type AudioAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: AudioJobs[AudioJobName] };
