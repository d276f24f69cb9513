import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../main.js';
import { type Files, placeholder, slackFiles, teamsFiles } from '../manifest/files.js';
import { complain, print } from './print.js';
import { publicAddress } from './read.js';

/** The commands that describe this installation to a chat platform. */
export function manifestCommand(program: Command): void {
  const manifest = program.command('manifest').description('what a chat platform must know of this installation');
  manifest
    .command('slack')
    .requiredOption('--url <url>', 'where this installation is reached, https://…', publicAddress)
    .option('--socket', 'for Socket Mode: Slack calls no address', false)
    .option('--out <file>', 'write there instead of on standard output')
    .description('the app’s manifest as YAML')
    .action(({ url, socket, out }: { url: string; socket: boolean; out?: string }) =>
      give(slackFiles(socket ? { kind: 'socket' } : { kind: 'http', url }), 'slack.yaml', out),
    );
  manifest
    .command('teams')
    .requiredOption('--url <url>', 'where this installation is reached, https://…', publicAddress)
    .option('--app-id <guid>', 'the Microsoft app id; MICROSOFT_APP_ID where it is left out')
    .option('--out <file>', 'write manifest.json there, or, into a folder, all that the app package holds')
    .description('the app’s manifest.json')
    .action(({ url, appId, out }: { url: string; appId?: string; out?: string }) =>
      give(teamsFiles({ url, appId: appId ?? configuredAppId() }), 'manifest.json', out),
    );
}

function configuredAppId(): string {
  const identity = readConfig().teams?.identity;
  if (identity?.kind === 'app') return identity.appId;
  complain('MICROSOFT_APP_ID is not set: put the id of your app where the zeros are.');
  return placeholder.appId;
}

/** The main file on standard output or in a file; into a folder, all of them. */
async function give(files: Files, main: string, out: string | undefined): Promise<void> {
  const text = String(files[main] ?? '');
  if (out === undefined) return print(text.trimEnd());
  if (/\.(ya?ml|json)$/.test(out)) return writeFile(out, text);
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(out, name), content);
}
