import { change } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { isUuid, type TenantId } from '../../ids.js';
import type { AudioBytes } from '../../recordings/ports.js';
import { removeUnnamed } from '../../recordings/recording-sweep.js';
import { dropAudio, type KeptAudio, keepAudio } from '../../voicemail/arrival/keep-audio.js';
import type { PlayableAudio, StoredAudio } from '../../voicemail/ports.js';
import {
  deleteHoldMusic,
  findHoldMusic,
  findMusicAudio,
  type HoldMusic,
  replaceHoldMusic,
} from './hold-music.store.js';

export type { HoldMusic } from './hold-music.store.js';

/** The formats that a voice provider plays. */
const playedByPhones = ['audio/wav', 'audio/mpeg'];
const shortestMusicSeconds = 5;
export const longestMusicSeconds = 10 * 60;
/** Each piece of it is cut from the whole file. */
export const largestMusicMegabytes = 10;

/** Return the company's own music for waiting callers; undefined: they hear ours. */
export const holdMusicOf = ({ db }: Pick<Deps, 'db'>, tenantId: TenantId): Promise<HoldMusic | undefined> =>
  findHoldMusic(db, tenantId);

/**
 * Store audio as the company's music, in place of the previous one. The caller checks the actor's right. Throws UserError
 * for what is not audio or not in a format that phones play (415), and for audio that is too large, too long (413) or too
 * short.
 */
export async function setHoldMusic(
  deps: Deps,
  actor: Actor,
  audio: Buffer | AudioBytes,
): Promise<{ readonly durationSeconds: number }> {
  const kept = await keepAudio(deps, actor.tenantId, audio);
  let replaced: string | undefined;
  try {
    mustBeMusic(kept);
    replaced = await change(deps, actor, async (change) => {
      const before = await replaceHoldMusic(change, kept);
      const { durationSeconds } = kept;
      change.record({ event: 'hold-music.set', subjectId: actor.tenantId, after: { durationSeconds } });
      return before;
    });
  } catch (error) {
    await dropAudio(deps, kept, error);
    throw error;
  }
  await removeReplaced(deps, replaced);
  return { durationSeconds: kept.durationSeconds };
}

/** Remove the company's music: waiting callers hear ours again. Idempotent. */
export async function removeHoldMusic(deps: Deps, actor: Actor): Promise<void> {
  const removed = await change(deps, actor, async (change) => {
    const before = await deleteHoldMusic(change);
    if (before !== undefined) change.record({ event: 'hold-music.removed', subjectId: actor.tenantId });
    return before;
  });
  await removeReplaced(deps, removed);
}

/** Return the audio of the company's music. Throws UserError (404) if there is none. */
export async function holdMusicAudio({ db }: Pick<Deps, 'db'>, tenantId: TenantId): Promise<StoredAudio> {
  const music = await findHoldMusic(db, tenantId);
  if (!music) throw new UserError((words) => words.calls.holdMusic.none, 404);
  return music.audio;
}

/**
 * Return a piece of music, as a loop, by its recording; undefined: it was replaced or removed, or cannot be cut.
 * Rejects with `RecordingMissing`.
 */
export async function holdMusicPiece(
  deps: Deps,
  recordingId: string,
  piece: { readonly fromSeconds: number; readonly seconds: number },
): Promise<PlayableAudio | undefined> {
  const audio = isUuid(recordingId) ? await findMusicAudio(deps.db, recordingId) : undefined;
  return audio && deps.audio.piece(audio, piece);
}

function mustBeMusic({ mimeType, durationSeconds, bytes }: KeptAudio): void {
  if (!playedByPhones.includes(mimeType)) throw new UserError((words) => words.greetings.notForPhones, 415);
  const isTooLarge = durationSeconds > longestMusicSeconds || bytes > largestMusicMegabytes * 1024 * 1024;
  if (isTooLarge)
    throw new UserError(({ calls }) => calls.holdMusic.tooLarge(longestMusicSeconds / 60, largestMusicMegabytes), 413);
  if (durationSeconds < shortestMusicSeconds)
    throw new UserError(({ calls }) => calls.holdMusic.tooShort(shortestMusicSeconds));
}

/** Remove the audio of replaced music, after the commit. A crash leaves an orphaned file, which the sweep removes. */
async function removeReplaced(deps: Deps, storageKey: string | undefined): Promise<void> {
  if (storageKey === undefined) return;
  await removeUnnamed(deps, storageKey).catch((error) =>
    deps.log.warn({ error, storageKey }, 'recording of replaced music not removed'),
  );
}
