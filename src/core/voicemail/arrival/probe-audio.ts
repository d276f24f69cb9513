import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { type AudioFacts, type AudioFile, AudioLate } from '../ports.js';

/** As much as three minutes take in the most generous of the formats, with room to spare. */
export const largestMessageBytes = 25 * 1024 * 1024;
/** PRODUCT.md §5, Limits. A recorder stops here; a second or two more is its own rounding. */
export const longestMessageSeconds = 180;
/**
 * PRODUCT.md §5, Limits: a caller who leaves less has left nothing, and the phone makes it a missed call. A source
 * that hands over a finished message has decided that for itself, so `receiveVoicemail` takes shorter ones too.
 */
export const shortestMessageSeconds = 3;
const roundingSeconds = 5;

/**
 * Reads what a file is, whatever its name or a header claims.
 * Refuses (UserError) what is no audio we can play (415), or is too large or too long (413). Rejects with `AudioLate`
 * under load. Audio that takes too long although nothing else is read counts as none, or a lie could be posted again and
 * again; `retried`: there will be other attempts, so it rejects with `AudioLate` then too.
 */
export async function factsOf(
  deps: Pick<Deps, 'audio'>,
  file: AudioFile,
  { retried }: { readonly retried: boolean },
): Promise<AudioFacts> {
  if (file.bytes > largestMessageBytes) throw tooLarge();
  const facts = await deps.audio.probe(file).catch((error) => {
    throw error instanceof AudioLate && !error.isUnderLoad && !retried ? noAudio() : error;
  });
  if (!facts) throw noAudio();
  if (facts.durationSeconds > longestMessageSeconds + roundingSeconds)
    throw new UserError((words) => words.voicemail.tooLong(longestMessageSeconds), 413);
  return facts;
}

export const noAudio = () => new UserError((words) => words.voicemail.noAudio, 415);
export const tooLarge = () => new UserError((words) => words.voicemail.tooLarge, 413);
