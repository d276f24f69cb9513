import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.js';
import { isUnavailable } from '../../errors.js';
import type { AudioBytes, StoredBytes } from '../../recordings/ports.js';
import { removeUnnamed } from '../../recordings/recording-sweep.js';
import { type AudioFacts, headBytes } from '../ports.js';
import { audioFactsOf, largestMessageBytes, noAudioError, tooLargeError } from './probe-audio.js';

/** Stored audio without a row: a row names it soon, or `dropAudio` removes it. */
export interface KeptAudio extends AudioFacts, StoredBytes {
  readonly storageKey: string;
}

/** `retried`: rejects with `AudioLate` whenever reading takes too long, since there will be other attempts. */
interface KeepOptions {
  readonly retried?: boolean;
}

/**
 * Store audio from outside as a stream, in one pass that limits, hashes and writes it; it is probed before it counts as
 * stored, whatever a file name or a header claims. Throws UserError for audio that cannot be played (415), or is too
 * large or too long (413): then nothing is stored. Rejects with `AudioLate` under load, and with the error of the store
 * or of the stream itself.
 */
export async function keepAudio(
  deps: Deps,
  tenantId: string,
  audio: Buffer | AudioBytes,
  { retried = false }: KeepOptions = {},
): Promise<KeptAudio> {
  if (Buffer.isBuffer(audio) && audio.length > largestMessageBytes) throw tooLargeError();
  const { head, whole, rest } = await beginReading(Buffer.isBuffer(audio) ? [audio] : audio);
  try {
    const kind = deps.audio.kindOf(head);
    if (!kind) throw noAudioError();
    const storageKey = `${tenantId}/${randomUUID()}.${kind.ending}`;
    let facts: AudioFacts | undefined;
    const stored = await deps.recordings.put(storageKey, limited(whole), kind.mimeType, async (file) => {
      facts = await audioFactsOf(deps, { ...file, head }, { retried });
    });
    if (!facts) throw new Error('recording store skipped the examination');
    return { ...facts, ...stored, storageKey };
  } finally {
    // Close the source if it was not read to its end. Its own error was thrown above.
    await rest.return().catch(() => {});
  }
}

/**
 * Remove stored audio that no row will name, because `error` refused its message. Leaves it if the connection to the
 * database was lost: the row may exist, and if it does not, the sweep of recordings removes the file. Never rejects.
 */
export async function dropAudio(
  deps: Deps,
  { storageKey }: Pick<KeptAudio, 'storageKey'>,
  error?: unknown,
): Promise<void> {
  if (error !== undefined && isUnavailable(error)) return;
  await removeUnnamed(deps, storageKey).catch((failure) =>
    deps.log.warn({ error: failure, storageKey }, 'removing a refused recording failed'),
  );
}

/** Audio whose first bytes are known; `whole` reads all of it, `rest` the unread part. */
interface BegunAudio {
  readonly head: Buffer;
  readonly whole: AsyncIterable<Uint8Array>;
  readonly rest: AsyncGenerator<Uint8Array, void>;
}

async function beginReading(audio: AudioBytes): Promise<BegunAudio> {
  const rest = allOf(audio);
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < headBytes) {
    const { done, value } = await rest.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  return { head: Buffer.concat(first).subarray(0, headBytes), whole: joined(first, rest), rest };
}

async function* allOf(audio: AudioBytes): AsyncGenerator<Uint8Array, void> {
  yield* audio;
}

async function* joined(first: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>) {
  yield* first;
  yield* rest;
}

async function* limited(audio: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of audio) {
    bytes += chunk.length;
    if (bytes > largestMessageBytes) throw tooLargeError();
    yield chunk;
  }
}
