import { holdMusicOf, removeHoldMusic, setHoldMusic } from '../core/calls/hold-music/hold-music.js';
import { installationActor } from '../core/chat/actor.js';
import { fileChunks } from '../file-chunks.js';
import { print, printTable } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface OfCompany {
  readonly tenant?: string;
}

/** `attendant hold-music set`: music from a file, in place of the one before. */
export async function setMusicFromFile(file: string, { tenant }: OfCompany): Promise<void> {
  const { durationSeconds } = await withInstallation(async (deps) =>
    setHoldMusic(deps, installationActor(await companyOrFirst(deps, tenant), 'cli'), fileChunks(file)),
  );
  print(`Hold music: ${durationSeconds.toFixed(1)} s.`);
}

/** `attendant hold-music remove`: waiting callers hear the music that comes with the product. */
export async function removeMusic({ tenant }: OfCompany): Promise<void> {
  await withInstallation(async (deps) =>
    removeHoldMusic(deps, installationActor(await companyOrFirst(deps, tenant), 'cli')),
  );
  print('Hold music: the music that comes with Attendant.');
}

/** `attendant hold-music show`: what waiting callers hear. */
export async function showMusic({ json, tenant }: OfCompany & { readonly json: boolean }): Promise<void> {
  const music = await withInstallation(async (deps) => holdMusicOf(deps, await companyOrFirst(deps, tenant)));
  const row = {
    music: music ? 'own' : 'built-in',
    seconds: music?.durationSeconds.toFixed(1) ?? '',
    since: music?.createdAt.toISOString() ?? '',
  };
  printTable([row], { columns: ['music', 'seconds', 'since'], json });
}
