/**
 * Generates the Prisma client. `prisma generate` requires an engine that it does not run. When it has not been
 * downloaded (npm scripts off, no network) this script passes a stand-in for it, for this command only.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { root } from '../src/root-folder.js';

const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
});
process.exitCode = status ?? 1;
