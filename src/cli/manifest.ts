import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../main.js';
import { type ManifestFiles, placeholder, slackFiles, teamsFiles } from '../manifest/manifest-files.js';
import { print, printError } from './print.js';

/** `attendant manifest slack`. */
export const writeSlackManifest = (options: {
  readonly url: string;
  readonly socket: boolean;
  readonly out?: string;
}) =>
  writeFiles(
    slackFiles(options.socket ? { kind: 'socket' } : { kind: 'http', url: options.url }),
    'slack.yaml',
    options.out,
  );

/** `attendant manifest teams`. */
export const writeTeamsManifest = (options: { readonly url: string; readonly appId?: string; readonly out?: string }) =>
  writeFiles(teamsFiles({ url: options.url, appId: options.appId ?? configuredAppId() }), 'manifest.json', options.out);

function configuredAppId(): string {
  const identity = readConfig().teams?.identity;
  if (identity?.kind === 'app') return identity.appId;
  printError('MICROSOFT_APP_ID is not set: put the id of your app where the zeros are.');
  return placeholder.appId;
}

/** Write the main file to standard output or to a file, or all files to a zip or a folder. */
async function writeFiles(files: ManifestFiles, main: string, out: string | undefined): Promise<void> {
  const text = String(files[main] ?? '');
  if (out === undefined) return print(text.trimEnd());
  if (/\.(ya?ml|json)$/.test(out)) return writeFile(out, text);
  if (out.endsWith('.zip')) return writeFile(out, await zipped(files));
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(out, name), content);
}

async function zipped(files: ManifestFiles): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  const bytes = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  return zipSync(Object.fromEntries(bytes));
}
