import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { numbersToDial } from '../../core/calls/phone-facts.js';
import type { Deps } from '../../core/deps.js';
import type { Ear } from '../../ear.js';
import { listen } from '../listen.js';
import type { PretendPhone } from './call.js';
import { phoneAt } from './control.js';
import { startPretendProvider } from './provider.js';

/** Where a running installation notes its pretend provider, for `attendant call`. */
const noteIn = (dataFolder: string): string => join(dataFolder, 'pretend-voice.json');

const Note = z.object({ accountSid: z.string(), authToken: z.string(), apiUrl: z.url() });

/** A telephone that also knows numbers worth dialling. */
interface PagePhone extends PretendPhone {
  numbers(): Promise<readonly { readonly number: string; readonly whose: string }[]>;
}

/**
 * The phone of an installation without a voice provider: its ear, and a pretend provider beside it on a loopback port.
 * Nobody outside can call; whoever can read the data folder can.
 */
export async function localPhone(deps: Deps, dataFolder: string): Promise<{ ear: Ear; phone: PagePhone }> {
  const provider = await startPretendProvider({ answersAt: () => deps.publicUrl });
  const note = noteIn(dataFolder);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(note, JSON.stringify(provider.voice), { mode: 0o600 });
  return {
    phone: { ...provider.phone, numbers: () => numbersToDial(deps) },
    ear: {
      ...listen(deps, provider.voice),
      async stop() {
        await rm(note, { force: true });
        await provider.stop();
      },
    },
  };
}

/** The pretend telephone of the installation that runs on this data folder; undefined: none does. */
export async function phoneOf(dataFolder: string): Promise<PretendPhone | undefined> {
  const text = await readFile(noteIn(dataFolder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const voice = Note.parse(JSON.parse(text));
  // A server that was killed leaves its note behind.
  const answers = await fetch(voice.apiUrl, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
  return answers ? phoneAt(voice) : undefined;
}
