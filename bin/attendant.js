#!/usr/bin/env node
// Compiled where that is as new as the sources, else straight from the sources, which are made ready first.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/src/cli/main.js', import.meta.url);

if (changedAt(built) >= newestIn(fileURLToPath(new URL('../src', import.meta.url)))) {
  await import(built.href);
} else {
  const { makeReady } = await import('../scripts/bootstrap.mjs');
  makeReady();
  // Else tsx reads the one of the folder in which the command is given.
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL('../src/cli/main.ts', import.meta.url).href);
}

/** 0 where there is no such file. */
function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When anything in the folder last changed; 0 where only the compiled output was shipped. */
function newestIn(folder) {
  if (changedAt(folder) === 0) return 0;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Math.max(
    ...entries.filter((entry) => entry.isFile()).map((entry) => changedAt(`${entry.parentPath}/${entry.name}`)),
  );
}
