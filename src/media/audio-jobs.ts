import type { AudioFacts } from '../core/voicemail/ports.js';

/** What an audio thread does, and what each job answers. */
export interface AudioJobs {
  /** Undefined: no audio that is taken. */
  probe: AudioFacts | undefined;
  /** Undefined: no sound in it. */
  convert: Uint8Array<ArrayBuffer> | undefined;
}

export type AudioJobName = keyof AudioJobs;

/** From the process to the thread; the bytes are transferred, not copied. */
export interface AudioRequest {
  readonly job: AudioJobName;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** From the thread to the process: first that it is ready, then one answer a request. */
export type AudioAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: AudioJobs[AudioJobName] };
