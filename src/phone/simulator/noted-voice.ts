import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { VoiceConfig } from '../../env.js';

/** Where a running installation notes its simulated provider, for `attendant call` and for a worker beside it. */
const noteIn = (dataFolder: string): string => join(dataFolder, 'simulated-voice.json');

const Note = z.object({ accountSid: z.string(), authToken: z.string(), apiUrl: z.url() });

/** The account of the simulated provider that was started on this data folder; undefined: none was. */
export async function notedVoice(dataFolder: string): Promise<VoiceConfig | undefined> {
  const text = await readFile(noteIn(dataFolder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Note.parse(JSON.parse(text));
}

/** Only who can read the data folder can read it. */
export async function noteVoice(dataFolder: string, voice: VoiceConfig): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await writeFile(noteIn(dataFolder), JSON.stringify(voice), { mode: 0o600 });
}

export const forgetVoice = (dataFolder: string): Promise<void> => rm(noteIn(dataFolder), { force: true });
