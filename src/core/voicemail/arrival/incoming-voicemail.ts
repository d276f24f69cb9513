import type { AudioBytes } from '../../recordings/ports.js';
import type { KeptAudio } from './keep-audio.js';

/** A message from any source (phone, JSON API, e-mail), before it is stored. */
export interface IncomingVoicemail {
  /** The source's own id: the same id again is the same voicemail. */
  readonly sourceId: string;
  readonly mailbox:
    | { readonly extension: string }
    | { readonly did: string }
    | { readonly email: string }
    | { readonly userId: string };
  /** Already stored if it arrived before the rest of the message, or the source had to examine it. */
  readonly audio: Buffer | AudioBytes | KeptAudio;
  readonly ani?: string;
  readonly callerName?: string;
  readonly receivedAt?: Date;
  readonly callId?: string;
  /**
   * Attendant led the caller to this mailbox: next to nothing is then a hang-up after the tone. What another system took by
   * itself is a message, however short.
   */
  readonly led?: boolean;
  /** The caller marked it as urgent. */
  readonly urgent?: boolean;
}
