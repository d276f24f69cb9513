import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { VoicemailId } from '../ids.js';

/** A message from any door (phone, JSON API, later e-mail), before it is stored. */
export interface IncomingVoicemail {
  /** The door's own id: the same one again is the same voicemail. */
  readonly sourceId: string;
  readonly mailbox:
    | { readonly extension: string }
    | { readonly did: string }
    | { readonly email: string }
    | { readonly userId: string };
  readonly audio: Buffer;
  readonly ani?: string;
  readonly callerName?: string;
  readonly receivedAt?: Date;
  readonly callId?: string;
}

export interface ReceivedVoicemail {
  readonly id: VoicemailId;
  readonly durationSeconds: number;
  /** False: it was here already. */
  readonly created: boolean;
}

/**
 * Takes a voicemail for good: when this resolves, audio and row are stored and the card is on its way.
 * Refuses (UserError) what is no audio (415), too large (413), an unknown mailbox (404), or not in this edition (403).
 */
export async function receiveVoicemail(
  _deps: Deps,
  _actor: Actor,
  _incoming: IncomingVoicemail,
): Promise<ReceivedVoicemail> {
  throw new Error('owner: voicemail');
}
