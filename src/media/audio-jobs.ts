import type { AudioFacts } from '../core/voicemail/ports.js';

/** What an audio thread does, and what each job answers. */
export interface AudioJobs {
  /** Undefined: no audio that is taken. */
  probe: AudioFacts | undefined;
  /** Undefined: no sound in it. */
  convert: Uint8Array<ArrayBuffer> | undefined;
}

export type AudioJobName = keyof AudioJobs;

/** What each job is done with. A file is read in the thread; bytes are transferred, not copied. */
export interface AudioInput {
  /** The path of a file. */
  probe: string;
  convert: Buffer;
}

/** From the process to the thread. */
export type AudioRequest =
  | { readonly job: 'probe'; readonly path: string }
  | { readonly job: 'convert'; readonly bytes: Uint8Array<ArrayBuffer> };

/** From the thread to the process: first that it is ready, then one answer a request. */
export type AudioAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: AudioJobs[AudioJobName] };
