import type { AudioBytes } from '../../recordings/ports.js';
import type { KeptAudio } from './keep-audio.js';

/** A message from any door (phone, JSON API, later e-mail), before it is stored. */
export interface IncomingVoicemail {
  /** The door's own id: the same one again is the same voicemail. */
  readonly sourceId: string;
  readonly mailbox:
    | { readonly extension: string }
    | { readonly did: string }
    | { readonly email: string }
    | { readonly userId: string };
  /** Kept already, where it came before the rest of the message, or the door had to know more of it. */
  readonly audio: Buffer | AudioBytes | KeptAudio;
  readonly ani?: string;
  readonly callerName?: string;
  readonly receivedAt?: Date;
  readonly callId?: string;
}
