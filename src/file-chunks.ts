import { createReadStream } from 'node:fs';

/**
 * Read a file in chunks. Its stream is opened when the first chunk is asked for, so that a file that cannot be opened
 * rejects for the reader, instead of ending the process by an error that nobody listens to.
 */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}
