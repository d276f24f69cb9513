import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { type AudioFacts, AudioLate } from '../ports.js';

/** Audio that may become a message: read once, and handed on with its own bytes. */
export interface ProbedAudio extends AudioFacts {
  readonly bytes: Buffer;
}

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
 * Reads what the bytes are, whatever a file name or a header claims, for a door: audio that takes too long although
 * nothing else is read counts as none, or a lie could be posted again and again.
 * Refuses what is no audio we can play (415), or is too large or too long (413). Rejects with `AudioLate` under load.
 */
export const probeAudio = (deps: Pick<Deps, 'audio'>, bytes: Buffer): Promise<ProbedAudio> =>
  probePatiently(deps, bytes).catch((error) => {
    throw error instanceof AudioLate && !error.isUnderLoad ? noAudio() : error;
  });

const noAudio = () => new UserError((words) => words.voicemail.noAudio, 415);

/** The same, where there will be other attempts: rejects with `AudioLate` whenever it takes too long. */
export async function probePatiently(deps: Pick<Deps, 'audio'>, bytes: Buffer): Promise<ProbedAudio> {
  if (bytes.length > largestMessageBytes) throw new UserError((words) => words.voicemail.tooLarge, 413);
  const facts = await deps.audio.probe(bytes);
  if (!facts) throw noAudio();
  if (facts.durationSeconds > longestMessageSeconds + roundingSeconds)
    throw new UserError((words) => words.voicemail.tooLong(longestMessageSeconds), 413);
  return { ...facts, bytes };
}
