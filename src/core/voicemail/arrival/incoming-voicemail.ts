import type { ProbedAudio } from './probe-audio.js';
/** A message from any door (phone, JSON API, later e-mail), before it is stored. */
export interface IncomingVoicemail {
  /** The door's own id: the same one again is the same voicemail. */
  readonly sourceId: string;
  readonly mailbox:
    | { readonly extension: string }
    | { readonly did: string }
    | { readonly email: string }
    | { readonly userId: string };
  /** Probed, where the door had to know more of it: nothing is probed twice. */
  readonly audio: Buffer | ProbedAudio;
  readonly ani?: string;
  readonly callerName?: string;
  readonly receivedAt?: Date;
  readonly callId?: string;
}
