import { CommanderError } from 'commander';
import { InvalidUsage } from './arguments.js';
import { printError } from './print.js';
import { attendantProgram } from './program.js';

/** 0: done. 1: refused or failed, with one line on standard error. 2: invalid usage. */
process.exitCode = await run(process.argv);

async function run(argv: readonly string[]): Promise<number> {
  // `attendant export users | head` closes the pipe early, which is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await attendantProgram().parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { reasonOf } = await import('./failure-reason.js');
    printError(`attendant: ${reasonOf(error)}`);
    return error instanceof InvalidUsage ? 2 : 1;
  }
}
