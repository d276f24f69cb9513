import { createHash } from 'node:crypto';
import type { AudioBytes, StoredBytes } from '../core/recordings/ports.js';

/** Audio that is counted and hashed while something else reads it. */
export interface MeasuredAudio {
  readonly audio: AsyncIterable<Uint8Array>;
  /** Once `audio` was read to its end. */
  total(): StoredBytes;
}

/** Measures audio in the one pass in which it is written. */
export function measured(audio: AudioBytes): MeasuredAudio {
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
