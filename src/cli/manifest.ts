import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listTeamsBots } from '../core/teams-bots/teams-bots.js';
import { readConfig } from '../main.js';
import { appPackage } from '../manifest/app-package.js';
import { type ManifestFiles, placeholder, slackFiles, teamsFiles } from '../manifest/manifest-files.js';
import { InvalidUsage } from './arguments.js';
import { print, printError } from './print.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

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
export async function writeTeamsManifest(options: {
  readonly url: string;
  readonly appId?: string;
  readonly tenant?: string;
  readonly out?: string;
}): Promise<void> {
  const { url, out, tenant } = options;
  const appId = options.appId ?? (tenant === undefined ? undefined : await companysAppId(tenant)) ?? configuredAppId();
  await writeFiles(teamsFiles({ url, appId }), 'manifest.json', out);
}

/** The app of the company's own bot; undefined: it has none. */
async function companysAppId(tenant: string): Promise<string | undefined> {
  const bots = await withInstallation(async (deps) => listTeamsBots(deps, await companyOrFirst(deps, tenant)));
  if (bots.length > 1) throw new InvalidUsage('The company has several bots: name one with --app-id.');
  return bots[0]?.appId;
}

function configuredAppId(): string {
  const identity = readConfig().teams?.identity;
  if (identity?.kind === 'app') return identity.appId;
  printError('There is no bot: put the id of your app where the zeros are (MICROSOFT_APP_ID, or a company’s own bot).');
  return placeholder.appId;
}

/** Write the main file to standard output or to a file, or all files to a zip or a folder. */
async function writeFiles(files: ManifestFiles, main: string, out: string | undefined): Promise<void> {
  const text = String(files[main] ?? '');
  if (out === undefined) return print(text.trimEnd());
  if (/\.(ya?ml|json)$/.test(out)) return writeFile(out, text);
  if (out.endsWith('.zip')) return writeFile(out, await appPackage(files));
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(out, name), content);
}
