import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import type { TenantId } from '../../ids.js';
import { type AudioBytes, RecordingMissing } from '../../recordings/ports.js';
import { dropAudio, keepAudio } from '../arrival/keep-audio.js';
import type { StoredAudio } from '../ports.js';

/** Stored audio with its length. */
export interface TimedAudio extends StoredAudio {
  readonly durationSeconds: number;
}

/** The longest note that is spoken before a message. */
export const longestNoteSeconds = 60;
const shortestNoteSeconds = 0.5;
/** The rounding of a recorder. */
const roundingSeconds = 1;

/** Only WAV can be joined: the format in which voice providers and the browser record. */
const joinedType = 'audio/wav';

/** Return whether a note can be spoken before a message of this format. */
export const takesNote = (mimeType: string | undefined): boolean => mimeType === joinedType;

/**
 * Store audio that may become a note (`requestForward`); whoever does not want it drops it (`dropAudio`). Throws UserError
 * for what cannot be one.
 */
export async function keptNote(deps: Deps, tenantId: TenantId, audio: Buffer | AudioBytes): Promise<TimedAudio> {
  const kept = await keepAudio(deps, tenantId, audio);
  const { durationSeconds, mimeType } = kept;
  if (
    takesNote(mimeType) &&
    durationSeconds >= shortestNoteSeconds &&
    durationSeconds <= longestNoteSeconds + roundingSeconds
  )
    return kept;
  await dropAudio(deps, kept);
  throw new UserError((words) => words.voicemail.noteNotTaken(longestNoteSeconds), 415);
}

/**
 * Store a note and the message after it as one recording, which the copy of the message gets; `dropAudio` removes it again.
 * Undefined: they cannot be joined, or one of them is missing. Rejects if another attempt may succeed.
 */
export async function joinNote(
  deps: Deps,
  tenantId: TenantId,
  { note, message }: { readonly note: StoredAudio; readonly message: StoredAudio },
): Promise<TimedAudio | undefined> {
  const joined = await deps.audio.join(note, message).catch((error) => {
    if (error instanceof RecordingMissing) return undefined;
    throw error;
  });
  if (!joined) return undefined;
  const { content, durationSeconds } = joined;
  const storageKey = `${tenantId}/${randomUUID()}.wav`;
  const { bytes } = await deps.recordings.put(storageKey, [content], joinedType);
  return { storageKey, mimeType: joinedType, bytes, durationSeconds };
}
