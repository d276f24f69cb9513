import { Command, Option } from 'commander';
import { listNames } from '../core/reports/list-names.js';
import { teamsBotTypes } from '../core/teams-bots/teams-bot.types.js';
import { greetingKinds } from '../core/voicemail/greetings/greeting-kind.js';
import { version } from '../manifest/version.js';
import type { CallerTurn } from '../phone/simulator/make-call.js';
import { parseInstant, parsePublicAddress } from './arguments.js';

/**
 * Define every command of CONTRACT.md §1. Each implementation is loaded only when called, so that help and usage errors
 * are fast.
 */
export function attendantProgram(): Command {
  const program = new Command('attendant');
  program
    .description('A company’s virtual receptionist, worked from Slack and Microsoft Teams')
    .version(version(), '-V, --version', 'which version this is')
    .exitOverride();
  toRun(program);
  forCalls(program);
  forCompany(program);
  forTenants(program);
  forKeys(program);
  forTeamsBots(program);
  forManifests(program);
  printUsageError(program, 'attendant');
  return program;
}

/** Print a usage error in one line, with the command whose help to read. */
function printUsageError(command: Command, path: string): void {
  const line = (text: string) =>
    text
      .trim()
      .replace(/^error: /, 'attendant: ')
      .replaceAll('\n', ' ');
  const help = ` (“${path} --help” shows what there is)\n`;
  command.configureOutput({ outputError: (text, write) => write(`${line(text)}${help}`) });
  for (const sub of command.commands) printUsageError(sub, `${path} ${sub.name()}`);
}

const asJson = () => new Option('--json', 'the answer as JSON').default(false);
const ofTenant = () => new Option('--tenant <id>', 'the company; the first where it is left out');

function toRun(program: Command): void {
  program
    .command('serve')
    .addOption(new Option('--role <role>', 'what this process does').choices(['web', 'worker', 'all']).default('all'))
    .description('run Attendant until it is asked to end')
    .action(async ({ role }) => (await import('../main.js')).serve(role));
  program
    .command('migrate')
    .description('bring the database to the newest schema; “serve” does so too')
    .action(async () => (await import('./company-commands.js')).runMigrations());
  program
    .command('seed')
    .description('put a small made-up company into an empty installation; again changes nothing')
    .action(async () => (await import('./company-commands.js')).seedDemoCompany());
}

function forCalls(program: Command): void {
  const whatPhonesDo = ['answer', 'no-key', 'busy', 'no-answer', 'refuse'];
  // `--say` and `--digits` fill one list in the order given, because the caller's turns have an order.
  const turns: CallerTurn[] = [];
  const said = new Option('--say <text>', 'what the caller says; again for the next answer').argParser((text) => {
    turns.push({ say: text });
    return text;
  });
  const keyed = new Option('--digits <keys>', 'what the caller keys; again, or after a comma, the next answer');
  keyed.argParser((text) => {
    turns.push(...text.split(',').map((keys) => ({ keys })));
    return text;
  });
  program
    .command('call')
    .requiredOption('--from <number>', 'who calls')
    .requiredOption('--to <number>', 'what they dial: a number, or an extension')
    .addOption(said)
    .addOption(keyed)
    .addOption(new Option('--record <file>', 'a WAV file to leave as the message'))
    .addOption(new Option('--phones <what>', 'what the phones that ring do').choices(whatPhonesDo))
    .addOption(asJson())
    .description('make a simulated call to the Attendant that runs, and print what is heard')
    .addHelpText(
      'after',
      `
--say and --digits may stand as often as the caller is asked something, in the order they answer:

  attendant call --from +14165550123 --to +14165550198 --say "Étienne Roy" --say yes --phones answer
  attendant call --from +14165550123 --to +14165550198 --digits 769 --digits 1
  attendant call --from +14165550123 --to 104 --record message.wav

What is left to say after the tone is the message. A caller with nothing left to say presses 1, three times,
then hangs up.`,
    )
    .action(async ({ say, digits, ...options }) => (await import('./calls.js')).runCall({ ...options, turns }));
  program
    .command('explain')
    .addOption(ofTenant())
    .requiredOption('--to <who>', 'an extension, a number, an e-mail address, a name or a user id')
    .option('--at <instant>', 'when, in ISO 8601; now where it is left out', parseInstant)
    .addOption(asJson())
    .description('say what would happen to a call, and why')
    .action(async (options) => (await import('./calls.js')).explainRoute(options));
}

function forCompany(program: Command): void {
  program
    .command('import')
    .argument('[file]', 'CSV of users, UTF-8, with a header')
    .option('--dry-run', 'say what would come of each line, and change nothing', false)
    .option('--revert <run>', 'take back an import of the last 24 hours, but for people who were changed since')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('create and update users, each line on its own; ends with 1 if a line was refused')
    .action(async (file, options, command: Command) => {
      if ((file === undefined) === (options.revert === undefined)) command.error('error: give a file, or --revert');
      await (await import('./import-commands.js')).importOrRevert(file, options);
    });
  program
    .command('settings')
    .argument('[key]', 'one setting; all where it is left out')
    .argument('[value]', 'what to set it to; “-” clears an own value')
    .option('--user <email>', 'of this person; of the company where it is left out')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('show or set what the company or a person has: value, source, who set it and when')
    .action(async (key, value, options) => (await import('./settings.js')).showSettings(key, value, options));
  const greeting = program.command('greeting').description('what callers hear before they leave a message');
  greeting
    .command('set')
    .argument('<file>', 'WAV or MP3')
    .requiredOption('--user <email>', 'whose mailbox; a general mailbox too')
    .addOption(new Option('--kind <kind>', 'which').choices(greetingKinds).makeOptionMandatory())
    .addOption(ofTenant())
    .description('record a greeting from a file, in place of the one before')
    .action(async (file, options) => (await import('./greetings.js')).setFromFile(file, options));
  greeting
    .command('list')
    .requiredOption('--user <email>', 'whose mailbox')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('which greetings are recorded, and which one callers hear now')
    .action(async (options) => (await import('./greetings.js')).listGreetings(options));
  const music = program.command('hold-music').description('what callers hear while they wait for somebody');
  music
    .command('set')
    .argument('<file>', 'WAV or MP3')
    .addOption(ofTenant())
    .description('play this music, in place of the one before')
    .action(async (file, options) => (await import('./hold-music.js')).setMusicFromFile(file, options));
  music
    .command('remove')
    .addOption(ofTenant())
    .description('play the music that comes with Attendant')
    .action(async (options) => (await import('./hold-music.js')).removeMusic(options));
  music
    .command('show')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('which music plays')
    .action(async (options) => (await import('./hold-music.js')).showMusic(options));
  program
    .command('closed')
    .addOption(new Option('--until <instant>', 'when it opens by itself, in ISO 8601').argParser(parseInstant))
    .option('--note <text>', 'what callers are told beside that', '')
    .addOption(ofTenant())
    .description('close the company for now: nothing rings, and callers hear it')
    .action(async (options) => (await import('./closed.js')).closed(options));
  program
    .command('open')
    .addOption(ofTenant())
    .description('open the company again')
    .action(async (options) => (await import('./closed.js')).open(options));
  program
    .command('export')
    .addArgument(program.createArgument('<what>', 'which list').choices(listNames))
    .addOption(new Option('--format <format>', 'how it is written').choices(['csv', 'json']).default('csv'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .option('--out <file>', 'write there instead of on standard output')
    .option('--person <who>', 'of this person alone: an e-mail address, an extension, an id')
    .option('--from <day>', 'from this day on, as 2026-11-23')
    .option('--until <day>', 'to this day, included')
    .option('--actor <who>', 'audit: what this person did, as others too')
    .option('--event <event>', 'audit: one event, or all of a feature such as "voicemail.*"')
    .option('--session <id>', 'audit: what was done in one impersonation')
    .addOption(ofTenant())
    .description(
      'a list of the company: its users, who is out of office, gaps in cover, storage now and by day, the audit …',
    )
    .action(async (what, options) => (await import('./export.js')).exportList(what, options));
  program
    .command('link')
    .addOption(new Option('--platform <name>', 'where').choices(['slack', 'teams', 'web']).makeOptionMandatory())
    .requiredOption('--workspace <id>', 'the workspace, or the tenant, as the platform names it')
    .requiredOption('--account <id>', 'the account, as the platform names it')
    .requiredOption('--user <email>', 'whose account it is')
    .addOption(ofTenant())
    .description('link a chat account to a user')
    .action(async (options) => (await import('./company-commands.js')).linkAccountCommand(options));
  program
    .command('doctor')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('who gets no notice, neither in chat nor by mail, why, and what helps')
    .action(async (options) => (await import('./company-commands.js')).printDoctorReport(options));
  program
    .command('members')
    .option('--refresh', 'read the lists now', false)
    .addOption(ofTenant())
    .addOption(asJson())
    .description('who is in the workspaces: how many, how many are employees, who is new, who left')
    .action(async (options) => (await import('./members.js')).printMembers(options));
}

function forTenants(program: Command): void {
  const tenant = program.command('tenant').description('the companies that this installation serves');
  tenant
    .command('create')
    .argument('<name>', 'what the company is called')
    .addOption(asJson())
    .description('found a company and print its id, which --tenant takes')
    .action(async (name, options) => (await import('./tenants.js')).createTenant(name, options));
  tenant
    .command('list')
    .addOption(asJson())
    .description('every company: id, name, edition, whether it is on, how many users it has')
    .action(async (options) => (await import('./tenants.js')).printTenants(options));
  tenant
    .command('disable')
    .argument('<id>', 'the company')
    .description('switch a company off: sessions end, callers hear that it is out of service; nothing is lost')
    .action(async (id) => (await import('./tenants.js')).disableTenant(id));
}

function forKeys(program: Command): void {
  const keys = program.command('api-key').description('keys to the JSON API, and for voicemails by e-mail');
  keys
    .command('create')
    .addOption(ofTenant())
    .option('--mail', 'a key for the address of voicemails by e-mail', false)
    .description('make a key and print it: it can be read only now')
    .action(async (options) => (await import('./keys.js')).createKey(options));
  keys
    .command('revoke')
    .argument('<key>', 'the key, or its first characters, as “list” shows them')
    .addOption(ofTenant())
    .description('make a key worthless')
    .action(async (key, options) => (await import('./keys.js')).revokeKey(key, options));
  keys
    .command('list')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('the first characters of every key')
    .action(async (options) => (await import('./keys.js')).listKeys(options));

  const audit = program.command('audit').description('the record of every change');
  audit
    .command('verify')
    .addOption(asJson())
    .description('read it all and check that no line was changed, removed or moved')
    .action(async (options) => (await import('./audit.js')).verifyAudit(options));
}

function forTeamsBots(program: Command): void {
  const bots = program.command('teams-bot').description('companies’ own bots in Microsoft Teams');
  const types = new Option('--type <type>', 'of the Azure bot').choices(teamsBotTypes).default(teamsBotTypes[0]);
  bots
    .command('add')
    .addOption(ofTenant())
    .requiredOption('--app-id <guid>', 'the Microsoft app id of the bot')
    .requiredOption('--entra-tenant <guid>', 'the Entra tenant whose people it serves')
    .addOption(types)
    .description('set the bot of an Entra tenant; its client secret is read from standard input')
    .action(async (options) => (await import('./teams-bots.js')).addTeamsBot(options));
  bots
    .command('list')
    .addOption(ofTenant())
    .addOption(asJson())
    .description('the company’s own bots, without their secrets')
    .action(async (options) => (await import('./teams-bots.js')).printTeamsBots(options));
  bots
    .command('remove')
    .argument('<app-id>', 'the Microsoft app id of the bot')
    .addOption(ofTenant())
    .description('remove a bot and its secret')
    .action(async (appId, options) => (await import('./teams-bots.js')).removeTeamsBotCommand(appId, options));
}

function forManifests(program: Command): void {
  const manifest = program.command('manifest').description('what a chat platform must know of this installation');
  const at = () => new Option('--url <url>', 'where this installation is reached').argParser(parsePublicAddress);
  manifest
    .command('slack')
    .addOption(at().makeOptionMandatory())
    .option('--socket', 'for Socket Mode: Slack calls no address', false)
    .option('--out <file>', 'write there instead of on standard output')
    .description('the app’s manifest as YAML')
    .action(async (options) => (await import('./manifest.js')).writeSlackManifest(options));
  manifest
    .command('teams')
    .addOption(at().makeOptionMandatory())
    .option('--app-id <guid>', 'the Microsoft app id; MICROSOFT_APP_ID where it is left out')
    .option('--tenant <id>', 'the company whose own bot it is for')
    .option('--out <file>', 'write manifest.json there, or the app package: zipped (….zip), or its files into a folder')
    .description('the app’s manifest.json')
    .action(async (options) => (await import('./manifest.js')).writeTeamsManifest(options));
}
