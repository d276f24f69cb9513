import { createHash } from 'node:crypto';
import type { AudioBytes, StoredBytes } from '../core/recordings/ports.js';

/** Audio that is counted and hashed while it is read. */
export interface MeasuredAudio {
  readonly audio: AsyncIterable<Uint8Array>;
  /** The length and hash, once `audio` was read to its end. */
  total(): StoredBytes;
}

/** Measure audio in the pass in which it is written. */
export function measureAudio(audio: AudioBytes): MeasuredAudio {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* passOn() {
    for await (const chunk of audio) {
      bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  return { audio: passOn(), total: () => ({ bytes, sha256: hash.digest('hex') }) };
}
