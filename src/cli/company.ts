import { readFile, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { mainNumber, seedCompany } from '../../prisma/seed.js';
import { type Exportable, exportable, exportPieces } from '../core/bulk/export.js';
import { type ImportedLine, importUsers } from '../core/bulk/import-users.js';
import { installation } from '../core/chat/actor.js';
import { wordsIn } from '../core/chat/words.js';
import { findUnreached, type Unreached } from '../core/reports/doctor.js';
import { defaultTenant } from '../core/tenants/tenants.js';
import { linkAccount } from '../core/users/linking.js';
import { companyMeant, withInstallation } from './installation.js';
import { complain, print, printTable } from './print.js';

const words = wordsIn('en').bulk;

/** The commands for a company and its people. */
export function companyCommands(program: Command): void {
  program
    .command('seed')
    .description('put a small made-up company into an empty installation; again changes nothing')
    .action(async () => {
      await withInstallation(seedCompany);
      print(`The demo company is there. Its main number is ${mainNumber}.`);
    });

  program
    .command('import')
    .argument('<file>', 'CSV of users, UTF-8, with a header')
    .option('--dry-run', 'say what would come of each line, and change nothing', false)
    .option('--json', 'the answer as JSON', false)
    .description('create and update users, each line on its own')
    .action(importFile);

  program
    .command('export')
    .addArgument(program.createArgument('<what>', 'which list').choices(exportable))
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'write there instead of on standard output')
    .description('a list of the company: its users, who is out of office, storage, the audit')
    .action(exportList);

  program
    .command('link')
    .requiredOption('--platform <name>', 'slack, teams or web')
    .requiredOption('--workspace <id>', 'the workspace, or the tenant, as the platform names it')
    .requiredOption('--account <id>', 'the account, as the platform names it')
    .requiredOption('--user <email>', 'whose account it is')
    .description('link a chat account to a user')
    .action(link);

  program
    .command('doctor')
    .option('--json', 'the answer as JSON', false)
    .description('people whom no notice can reach')
    .action(doctor);
}

async function importFile(file: string, { dryRun, json }: { dryRun: boolean; json: boolean }): Promise<void> {
  const bytes = await readFile(file);
  const lines = await withInstallation(async (deps) => {
    const tenantId = await defaultTenant(deps);
    return importUsers(deps, installation(tenantId, 'cli'), bytes, { dryRun });
  });
  printTable(
    lines.map(({ line, username, outcome, why }) => ({ line, username, outcome, reason: why?.(words) ?? '' })),
    { columns: ['line', 'username', 'outcome', 'reason'], json },
  );
  complain(`${dryRun ? 'Nothing was changed. It would be: ' : ''}${summary(lines)}.`);
}

function summary(lines: readonly ImportedLine[]): string {
  const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
  const counts = outcomes.map((outcome) => [outcome, lines.filter((line) => line.outcome === outcome).length] as const);
  const said = counts.filter(([, count]) => count > 0).map(([outcome, count]) => `${count} ${outcome}`);
  return said.length === 0 ? 'no lines' : said.join(', ');
}

async function exportList(what: Exportable, { format, out }: { format: 'csv' | 'json'; out?: string }): Promise<void> {
  await withInstallation(async (deps) => {
    const pieces = exportPieces(deps, await companyMeant(deps, undefined), what, format);
    if (out !== undefined) return writeFile(out, pieces);
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  });
}

interface LinkOptions {
  readonly platform: string;
  readonly workspace: string;
  readonly account: string;
  readonly user: string;
}

async function link({ platform, workspace, account, user }: LinkOptions): Promise<void> {
  const person = await withInstallation(async (deps) => {
    const tenantId = await companyMeant(deps, undefined);
    const key = { platform, workspaceId: workspace, accountId: account, email: user };
    return linkAccount(deps, installation(tenantId, 'cli'), key);
  });
  print(`${account} in ${platform} is ${person.displayName}.`);
}

async function doctor({ json }: { json: boolean }): Promise<void> {
  const unreached = await withInstallation(async (deps) => findUnreached(deps, await companyMeant(deps, undefined)));
  if (unreached.length === 0 && !json) return print('Everybody can be reached.');
  printTable(
    unreached.map((one) => ({ username: one.username, name: one.displayName, why: whyOf(one) })),
    { columns: ['username', 'name', 'why'], json },
  );
}

function whyOf({ why, detail }: Unreached): string {
  switch (why) {
    case 'no-account':
      return 'No chat account is linked, and mail is off or not wanted. Use “attendant link”, or let them write to the app.';
    case 'platforms-off':
      return `Only linked where this installation is not switched on: ${detail}.`;
    case 'refused':
      return `The last card was refused (${detail}).`;
    default:
      return why satisfies never;
  }
}
