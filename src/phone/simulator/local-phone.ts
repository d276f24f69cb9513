import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '../../adapter.js';
import { numbersToDial } from '../../core/calls/phone-settings.js';
import type { Deps } from '../../core/deps.js';
import { factsOf } from '../../core/voicemail/arrival/probe-audio.js';
import { headBytes } from '../../core/voicemail/ports.js';
import { listen } from '../listen.js';
import type { SimulatedPhone } from './call.types.js';
import { phoneAt } from './control-server.js';
import { forgetVoice, notedVoice, noteVoice } from './noted-voice.js';
import { startSimulatedProvider } from './provider.js';

/** A telephone that also knows numbers worth dialling. */
interface PagePhone extends SimulatedPhone {
  numbers(): Promise<readonly { readonly number: string; readonly whose: string }[]>;
}

/**
 * The phone of an installation without a voice provider: its adapter, and a simulated provider beside it on a loopback port.
 * Nobody outside can call; whoever can read the data folder can.
 */
export async function localPhone(deps: Deps, dataFolder: string): Promise<{ adapter: Adapter; phone: PagePhone }> {
  const provider = await startSimulatedProvider({ answersAt: () => deps.publicUrl });
  await noteVoice(dataFolder, provider.voice);
  return {
    phone: {
      ...provider.phone,
      numbers: () => numbersToDial(deps),
      // The provider believes what it is given and would read a lying header in the event loop.
      leave: async (callId, audio, end) => {
        await mustBeAudio(deps, audio);
        return provider.phone.leave(callId, await deps.audio.toPlainWav(audio), end);
      },
    },
    adapter: {
      ...listen(deps, provider.voice),
      async stop() {
        await forgetVoice(dataFolder);
        await provider.stop();
      },
    },
  };
}

/** Refuses (UserError) what no door takes. It is read as a file, like everything from outside. */
async function mustBeAudio(deps: Deps, audio: Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'attendant-said-'));
  try {
    const path = join(folder, 'audio');
    await writeFile(path, audio);
    const head = audio.subarray(0, headBytes);
    await factsOf(deps, { path, bytes: audio.length, head }, { retried: false });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The simulated telephone of the installation that runs on this data folder; undefined: none does. */
export async function phoneOf(dataFolder: string): Promise<SimulatedPhone | undefined> {
  const voice = await notedVoice(dataFolder);
  if (!voice) return undefined;
  // A server that was killed leaves its note behind.
  const answers = await fetch(voice.apiUrl, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
  return answers ? phoneAt(voice) : undefined;
}
