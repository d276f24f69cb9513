import type { Command } from 'commander';
import { createApiKey, findKeys, revokeApiKey } from '../core/api-keys/api-keys.js';
import { verifyChain } from '../core/audit/verify.js';
import { installation } from '../core/chat/actor.js';
import { findTenants } from '../core/tenants/tenants.js';
import { companyMeant, withInstallation } from './installation.js';
import { print, printTable } from './print.js';

/** The commands for API keys and the audit. */
export function keyCommands(program: Command): void {
  const keys = program.command('api-key').description('keys to the JSON API');
  keys
    .command('create')
    .option('--tenant <id>', 'the company; the first where it is left out')
    .description('make a key and print it: it can be read only now')
    .action(async ({ tenant }: { tenant?: string }) => {
      const key = await withInstallation(async (deps) =>
        createApiKey(deps, installation(await companyMeant(deps, tenant), 'cli')),
      );
      print(key);
    });
  keys
    .command('revoke')
    .argument('<key>', 'the key, or its first 12 characters')
    .option('--tenant <id>', 'the company; the first where it is left out')
    .description('make a key worthless')
    .action(async (key: string, { tenant }: { tenant?: string }) => {
      const revoked = await withInstallation(async (deps) =>
        revokeApiKey(deps, installation(await companyMeant(deps, tenant), 'cli'), key),
      );
      if (revoked === 0)
        throw new Error('There is no such key, or it is revoked already. “attendant api-key list” shows them.');
      print('The key is revoked.');
    });
  keys
    .command('list')
    .option('--tenant <id>', 'the company; the first where it is left out')
    .option('--json', 'the answer as JSON', false)
    .description('the first characters of every key')
    .action(async ({ tenant, json }: { tenant?: string; json: boolean }) => {
      const found = await withInstallation(async (deps) => findKeys(deps.db, await companyMeant(deps, tenant)));
      printTable(
        found.map(({ hint, createdAt, revokedAt }) => ({
          key: `${hint}…`,
          created: createdAt.toISOString(),
          revoked: revokedAt?.toISOString() ?? '',
        })),
        { columns: ['key', 'created', 'revoked'], json },
      );
    });

  program
    .command('audit')
    .description('the record of every change')
    .command('verify')
    .option('--json', 'the answer as JSON', false)
    .description('read it all and check that no line was changed, removed or moved')
    .action(verify);
}

async function verify({ json }: { json: boolean }): Promise<void> {
  const verdicts = await withInstallation(async (deps) => {
    const tenants = await findTenants(deps.db);
    return Promise.all(tenants.map(async ({ id, name }) => ({ id, name, verdict: await verifyChain(deps, id) })));
  });
  printTable(
    verdicts.map(({ name, verdict }) =>
      verdict.kind === 'whole'
        ? { company: name, audit: 'whole', lines: verdict.lines, detail: `ends with ${verdict.hash}` }
        : { company: name, audit: 'broken', lines: verdict.line - 1, detail: `line ${verdict.line} is ${verdict.how}` },
    ),
    { columns: ['company', 'audit', 'lines', 'detail'], json },
  );
  const broken = verdicts.filter(({ verdict }) => verdict.kind === 'broken').map(({ name }) => name);
  if (broken.length > 0) throw new Error(`The audit of ${broken.join(', ')} is not as it was written.`);
}
