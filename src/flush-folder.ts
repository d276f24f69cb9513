import { open } from 'node:fs/promises';

/** Flush a folder to disk. A new name in it survives a power failure only after that. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
