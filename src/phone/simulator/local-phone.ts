import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../adapter.js';
import { type NumberToDial, numbersToDial } from '../../core/calls/phone-settings.js';
import type { Deps } from '../../core/deps.js';
import { audioFactsOf } from '../../core/voicemail/arrival/probe-audio.js';
import { headBytes } from '../../core/voicemail/ports.js';
import { listen } from '../listen.js';
import { readAccountFile, removeAccountFile, writeAccountFile } from './account-file.js';
import type { SimulatedPhone } from './call.types.js';
import { remotePhone } from './control-server.js';
import { startSimulatedProvider } from './provider.js';

/** A simulated phone that also lists numbers to dial. */
interface PagePhone extends SimulatedPhone {
  numbers(): Promise<readonly NumberToDial[]>;
}

/**
 * The phone of an installation without a voice provider: its adapter, and a simulated provider on a loopback port. It
 * cannot be called from outside; every user who can read the data folder can call. `reachedAt`: our address on this
 * machine, if it differs from the public one.
 */
export async function localPhone(
  deps: Deps,
  dataFolder: string,
  reachedAt: string = deps.publicUrl,
): Promise<{ adapter: Adapter; phone: PagePhone }> {
  const provider = await startSimulatedProvider({ answersAt: () => deps.publicUrl, reachedAt });
  await writeAccountFile(dataFolder, provider.voice);
  return {
    phone: {
      ...provider.phone,
      numbers: () => numbersToDial(deps),
      // The provider trusts its input and would parse a malformed header in the event loop, so the audio is checked
      // here.
      leave: async (callId, audio, end) => {
        await checkAudio(deps, audio);
        return provider.phone.leave(callId, await deps.audio.toPlainWav(audio), end);
      },
    },
    adapter: {
      ...listen(deps, provider.voice),
      async stop() {
        await removeAccountFile(dataFolder);
        await provider.stop();
      },
    },
  };
}

/** Refuse (UserError) what the upload routes refuse. The audio is read as a file, like every outside input. */
async function checkAudio(deps: Deps, audio: Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-said-'));
  try {
    const path = join(folder, 'audio');
    await writeFile(path, audio);
    const head = audio.subarray(0, headBytes);
    await audioFactsOf(deps, { path, bytes: audio.length, head }, { retried: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The simulated phone of the installation that runs on this data folder; undefined when none runs. */
export async function phoneOf(dataFolder: string): Promise<SimulatedPhone | undefined> {
  const voice = await readAccountFile(dataFolder);
  if (!voice) return undefined;
  // A killed server leaves its file behind.
  const answers = await fetch(voice.apiUrl, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
  return answers ? remotePhone(voice) : undefined;
}
