import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { VoiceConfig } from '../../env.js';

/**
 * The file where a running installation stores its simulated provider's account, for `attendant call` and for a worker
 * in another process.
 */
const accountFile = (dataFolder: string): string => join(dataFolder, 'simulated-voice.json');

const Account = z.object({ accountSid: z.string(), authToken: z.string(), apiUrl: z.url() });

/** Read the account of the simulated provider that was started on this data folder; undefined when there is none. */
export async function readAccountFile(dataFolder: string): Promise<VoiceConfig | undefined> {
  const text = await readFile(accountFile(dataFolder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Account.parse(JSON.parse(text));
}

/** Write the account, readable by the owner of the data folder only. */
export async function writeAccountFile(dataFolder: string, voice: VoiceConfig): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await writeFile(accountFile(dataFolder), JSON.stringify(voice), { mode: 0o600 });
}

export const removeAccountFile = (dataFolder: string): Promise<void> => rm(accountFile(dataFolder), { force: true });
