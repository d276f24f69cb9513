import { Command, CommanderError } from 'commander';
import { wordsIn } from '../core/chat/words.js';
import { isAway, UserError } from '../core/errors.js';
import { WrongEnvironment } from '../env.js';
import { companyCommands } from './company.js';
import { keyCommands } from './keys.js';
import { manifestCommand } from './manifest.js';
import { complain } from './print.js';
import { runningCommands } from './running.js';

/** 0: done. 1: refused or failed, with one line on standard error. 2: wrong usage. */
process.exitCode = await run(process.argv);

async function run(argv: readonly string[]): Promise<number> {
  // `attendant export users | head` ends when head does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await attendant().parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    complain(`attendant: ${reasonOf(error)}`);
    return 1;
  }
}

function attendant(): Command {
  const program = new Command('attendant');
  program
    .description('A company’s virtual receptionist, worked from Slack and Microsoft Teams')
    .exitOverride()
    .showHelpAfterError('(“attendant --help” shows what there is)');
  runningCommands(program);
  companyCommands(program);
  keyCommands(program);
  manifestCommand(program);
  return program;
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.say(wordsIn('en'));
  if (error instanceof WrongEnvironment) return error.message;
  if (isAway(error)) return 'The database cannot be reached. Check DATABASE_URL, or try again in a moment.';
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined) return `There is no file ${path}.`;
  return (message ?? String(error)).trim().split('\n').at(-1) ?? '';
}
