import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { type AudioFacts, type AudioFile, AudioLate } from '../ports.js';

/** Ten minutes in all but the least compact of the formats; three minutes even in those. */
export const largestMessageBytes = 25 * 1024 * 1024;
/**
 * PRODUCT.md §5, Limits: the most that a company can set. A recorder of ours stops at the company's `maxMessageSeconds`;
 * a message that another system delivers has been spoken already. Rounding may add a second or two.
 */
const longestMessageSeconds = 600;
/**
 * PRODUCT.md §5, Limits: a caller whom Attendant led to a mailbox and who leaves less has hung up. That is listed with
 * its mark, and nobody is told of it (setting `muteSilentMessages`); a call that left nothing else was missed.
 */
export const shortestMessageSeconds = 3;
const roundingSeconds = 5;

/**
 * Determine a file's audio format and length from its bytes, whatever its name or a header claims. Throws UserError for
 * audio that cannot be played (415), or is too large or too long (413). Rejects with `AudioLate` under load. Audio that
 * takes too long although nothing else is read counts as unplayable, or a malicious file could be posted repeatedly;
 * `retried`: there will be other attempts, so it rejects with `AudioLate` then too.
 */
export async function audioFactsOf(
  deps: Pick<Deps, 'audio'>,
  file: AudioFile,
  { retried }: { readonly retried: boolean },
): Promise<AudioFacts> {
  if (file.bytes > largestMessageBytes) throw tooLargeError();
  const facts = await deps.audio.probe(file).catch((error) => {
    throw error instanceof AudioLate && !error.isUnderLoad && !retried ? noAudioError() : error;
  });
  if (!facts) throw noAudioError();
  if (facts.durationSeconds > longestMessageSeconds + roundingSeconds)
    throw new UserError((words) => words.voicemail.tooLong(longestMessageSeconds), 413);
  return facts;
}

/** The refusal of a file that cannot be played. Status 415. */
export const noAudioError = () => new UserError((words) => words.voicemail.noAudio, 415);
/** The refusal of a file that is too large. Status 413. */
export const tooLargeError = () => new UserError((words) => words.voicemail.tooLarge, 413);
