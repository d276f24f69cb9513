import '../core/app/register-words.js';
import { wordsIn } from '../core/chat/words.js';
import { isUnavailable, UserError } from '../core/errors.js';
import { RecordingsAway } from '../core/recordings/ports.js';
import { InvalidEnvironment } from '../env.js';

/** Say in one line why a command failed; for an invalid environment, list every invalid variable. */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.say(wordsIn('en'));
  if (error instanceof InvalidEnvironment) return error.message;
  if (error instanceof RecordingsAway) return `The ${error.message}. Check RECORDINGS_URL, or try again in a moment.`;
  if (isUnavailable(error)) return 'The database cannot be reached. Check DATABASE_URL, or try again in a moment.';
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined) return `There is no file ${path}.`;
  return (message ?? String(error)).trim().split('\n').at(-1) ?? '';
}
