import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from './flush-folder.js';

/** The least bytes of the secret that signs links and sessions (CONTRACT.md §2). */
export const shortestSecretBytes = 32;

/** Return ATTENDANT_SECRET, or when it is unset the secret in the data folder. */
export const secretOf = async ({
  secret,
  dataFolder,
}: {
  readonly secret?: string | undefined;
  readonly dataFolder: string;
}): Promise<string> => secret ?? storedSecret(dataFolder);

/**
 * Return the secret kept in the data folder; create it at the first start. Safe for processes that start at the same
 * moment: the file gets its name only when it is complete and on disk, and the first name wins. Rejects when the file
 * holds fewer than 32 bytes, because links signed with such a secret can be forged.
 */
export async function storedSecret(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'secret');
  await mkdir(dataFolder, { recursive: true });
  const kept = (await readSecret(file)) ?? (await createSecret(dataFolder, file));
  if (secretBytes(kept) >= shortestSecretBytes) return kept;
  throw new Error(
    `The secret file is shorter than ${shortestSecretBytes} bytes: restore ${file} from a backup, or delete it and start again (links made before then stop working).`,
  );
}

/** The number of secret bytes in a text: blanks around it do not count, nor zeros that a power failure left. */
export const secretBytes = (text: string): number => Buffer.byteLength(text.replace(/\0/g, '').trim());

async function readSecret(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function createSecret(dataFolder: string, file: string): Promise<string> {
  const draft = join(dataFolder, `.secret-${randomUUID()}`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(32).toString('hex'));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      // Another process was first; use its secret.
      if (error.code !== 'EEXIST') throw error;
    });
    await flushFolder(dataFolder);
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
