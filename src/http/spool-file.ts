import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileChunks } from '../file-chunks.js';
import { temporaryFolder } from '../temporary-files.js';

/** A file as it came, on this disk until `remove`. */
export interface SpooledFile {
  chunks(): AsyncIterable<Uint8Array>;
  remove(): Promise<void>;
}

/** Writes a stream to a temporary file, so that it can be read more than once and is never whole in memory. */
export async function spoolFile(content: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  const folder = await temporaryFolder('upload');
  const path = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(content, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { chunks: () => fileChunks(path), remove };
}
