import { type Command, Option } from 'commander';
import type { Coverage } from '../core/calls/coverage.js';
import { coverageOf } from '../core/calls/coverage.js';
import type { Deps } from '../core/deps.js';
import { findByDid, findByExtension, resolveName } from '../core/directory/directory.js';
import { UserError } from '../core/errors.js';
import { isUuid, type TenantId, type UserId } from '../core/ids.js';
import { findTenant } from '../core/tenants/tenants.js';
import { findUser, findUserByEmail } from '../core/users/people.js';
import { migrateDatabase, type Role, readConfig, serve } from '../main.js';
import { type CallOptions, callCommand } from '../phone/pretend/make-call.js';
import { companyMeant, withInstallation } from './installation.js';
import { print, printJson } from './print.js';
import { instant } from './read.js';

/** The commands for running Attendant and for its calls. */
export function runningCommands(program: Command): void {
  program
    .command('serve')
    .addOption(new Option('--role <role>', 'what this process does').choices(['web', 'worker', 'all']).default('all'))
    .description('run Attendant until it is asked to end')
    .action(({ role }: { role: Role }) => serve(role));

  program
    .command('migrate')
    .description('bring the database to the newest schema; “serve” does so too')
    .action(async () => {
      const applied = await migrateDatabase(readConfig());
      for (const name of applied) print(`applied ${name}`);
      if (applied.length === 0) print('The database is up to date.');
    });

  program
    .command('call')
    .requiredOption('--from <number>', 'who calls')
    .requiredOption('--to <number>', 'what they dial')
    .option('--say <text>', 'what the caller says')
    .addOption(new Option('--digits <keys>', 'what the caller keys; a comma parts answers').conflicts('say'))
    .addOption(new Option('--record <file>', 'a WAV file to leave as the message').conflicts('say'))
    .addOption(
      new Option('--phones <what>', 'what the phones that ring do').choices([
        'answer',
        'no-key',
        'busy',
        'no-answer',
        'refuse',
      ]),
    )
    .option('--json', 'the call as JSON', false)
    .description('make a pretend call to the Attendant that runs, and print what is heard')
    .action(async ({ json, ...options }: CallOptions & { json: boolean }) => {
      const call = await callCommand(readConfig(), options, json ? () => {} : print);
      if (json) printJson(call);
    });

  program
    .command('explain')
    .requiredOption('--to <who>', 'an extension, a number, an e-mail address, a name or a user id')
    .option('--at <instant>', 'when, in ISO 8601; now where it is left out', instant)
    .option('--json', 'the path as JSON', false)
    .description('say what would happen to a call, and why')
    .action(explain);
}

async function explain({ to, at, json }: { to: string; at?: Date; json: boolean }): Promise<void> {
  const coverage: Coverage = await withInstallation(async (deps) => {
    const tenantId = await companyMeant(deps, undefined);
    return coverageOf(deps, tenantId, await personMeant(deps, tenantId, to), at ?? deps.clock.now(), 'en');
  });
  if (json) return printJson(coverage);
  print(`A call to ${coverage.displayName}:`);
  for (const [step, line] of coverage.because.entries()) print(`${step + 1}. ${line}`);
}

async function personMeant({ db }: Deps, tenantId: TenantId, who: string): Promise<UserId> {
  const tenant = await findTenant(db, tenantId);
  const person =
    (isUuid(who) ? await findUser(db, tenantId, who) : undefined) ??
    (who.includes('@') ? await findUserByEmail(db, tenantId, who) : undefined) ??
    (/\d/.test(who) ? await findByExtension(db, tenantId, who) : undefined) ??
    (tenant && (await findByDid(db, tenant, who)));
  if (person) return person.id;
  const named = await resolveName(db, tenantId, who);
  if (named.kind !== 'one') throw new UserError((words) => words.bulk.noSuchUser(who), 404);
  return named.person.id;
}
