import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import { concurrencyLimit } from '../core/concurrency-limit.js';
import type { Recordings } from '../core/recordings/ports.js';
import { largestMessageBytes } from '../core/voicemail/arrival/probe-audio.js';
import { type AudioFacts, AudioLate, type AudioTools, type PlayableAudio } from '../core/voicemail/ports.js';
import { audioKinds, kindOf } from './audio-family.js';
import { audioPiece } from './audio-piece.js';
import { AudioUnreadable, audioThreads } from './audio-threads.js';
import { hasSound } from './silence.js';
import { isPlainWav, plainHeaderBytes, readWav, readWavHead } from './wav-header.js';

const mostConvertedBytes = 64 * 1024 * 1024;
const convertedMilliseconds = 10 * 60_000;
/** Their silence is found by decoding them, apart from the probe, which must not be late because of it. */
const decoded: ReadonlySet<string> = new Set(['audio/ogg', 'audio/webm']);
/** The number of WAVs of which it is cached whether they are plain; a player requests many ranges of one file. */
const mostRemembered = 10_000;
/** Formats that browsers play unchanged; a WAV depends on its codec. */
const playedUnchanged = new Set(['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/webm']);
/** Files in memory at once; further ones wait. */
const mostFiles = 4;

/**
 * Create the audio tools, which read and convert with bounded work in the event loop. First bytes and usual WAV headers
 * are read here, which is enough for most messages; everything else runs in threads. Converted audio is kept in memory
 * for the ranges and listeners that follow; concurrent requests for a file share one conversion. Plain WAV is never
 * converted: players get it from the store, so that slow listeners hold none of it in memory.
 */
export function audioTools(
  recordings: Recordings,
  options: Parameters<typeof audioThreads>[0] = {},
): AudioTools & { close(): Promise<void> } {
  const threads = audioThreads(options);
  const turn = concurrencyLimit(mostFiles);
  const converted = new LRUCache<string, PlayableAudio>({
    maxSize: mostConvertedBytes,
    sizeCalculation: ({ content }) => content.length || 1,
    ttl: convertedMilliseconds,
  });
  const underWay = new Map<string, Promise<PlayableAudio>>();
  const plain = new LRUCache<string, boolean>({ max: mostRemembered });

  return {
    kindOf,

    async probe({ path, bytes, head }) {
      const sound = readWavHead(head, bytes);
      if (sound) {
        const facts = { ...audioKinds.wav, durationSeconds: sound.durationSeconds };
        // Most messages begin with sound.
        return sound.codec !== 'gsm' && hasSound(head, sound) ? facts : withSilence(facts, path);
      }
      if (!kindOf(head)) return undefined;
      const facts = await threads.run('probe', () => path).catch(undefinedIfUnreadable);
      return facts && decoded.has(facts.mimeType) ? withSilence(facts, path) : facts;
    },

    async playsAsKept({ storageKey, mimeType, bytes }) {
      if (playedUnchanged.has(mimeType)) return true;
      const known = plain.get(storageKey);
      if (known !== undefined) return known;
      const { stream } = await recordings.read(storageKey, { start: 0, end: plainHeaderBytes - 1 });
      const head = await buffer(stream);
      const isPlain = isPlainWav(head, bytes);
      plain.set(storageKey, isPlain);
      return isPlain;
    },

    playable,

    piece: async (recording, wanted) => audioPiece(await playable(recording), wanted),

    async join(first, second) {
      const playables = [await playable(first), await playable(second)] as const;
      const joined = await threads
        .run('join', () => [playables[0].content, playables[1].content])
        .catch(undefinedIfNeverConverted);
      // Nothing here would read it again.
      if (!joined || joined.bytes.length > largestMessageBytes) return undefined;
      return { content: Buffer.from(joined.bytes.buffer), durationSeconds: joined.durationSeconds };
    },

    toPlainWav,
    close: () => threads.close(),
  };

  /** Silence that cannot be measured now counts as sound: nothing is lost by it. */
  async function withSilence(facts: AudioFacts, path: string): Promise<AudioFacts> {
    return (await threads.run('silence', () => path).catch(() => false)) ? { ...facts, isSilent: true } : facts;
  }

  async function playable(recording: Parameters<AudioTools['playable']>[0]): Promise<PlayableAudio> {
    const { storageKey } = recording;
    const known = converted.get(storageKey) ?? underWay.get(storageKey);
    if (known) return known;
    const work = turn(() => load(recording)).finally(() => underWay.delete(storageKey));
    underWay.set(storageKey, work);
    return work;
  }

  async function load({ storageKey, mimeType }: Parameters<AudioTools['playable']>[0]): Promise<PlayableAudio> {
    const { stream, size } = await recordings.read(storageKey);
    if (size > largestMessageBytes) {
      stream.destroy();
      throw new Error('recording is larger than any that is taken');
    }
    const kept = await buffer(stream);
    const content = await toPlainWav(kept);
    if (content === kept) return { content, mimeType };
    const playable = { content, mimeType: 'audio/wav' };
    converted.set(storageKey, playable);
    return playable;
  }

  async function toPlainWav(bytes: Buffer): Promise<Buffer> {
    if (isPlainWav(bytes, bytes.length) || !readWav(bytes)) return bytes;
    const plain = await threads.run('convert', () => bytes).catch(undefinedIfNeverConverted);
    return plain ? Buffer.from(plain.buffer) : bytes;
  }
}

function undefinedIfUnreadable(error: unknown): undefined {
  if (!(error instanceof AudioUnreadable)) throw error;
  return undefined;
}

/** Audio that takes too long although nothing else is being converted is sent unconverted, and never joined. */
function undefinedIfNeverConverted(error: unknown): undefined {
  if (error instanceof AudioLate && !error.isUnderLoad) return undefined;
  return undefinedIfUnreadable(error);
}
