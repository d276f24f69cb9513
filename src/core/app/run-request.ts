import { may } from '../chat/actor.js';
import type { Asker } from '../chat/asker.js';
import { lineCard, unknownWord } from '../chat/chat.views.js';
import { type Invalid, problems, trimmed } from '../chat/define-handler.js';
import type { Reply, Request } from '../chat/exchange.js';
import { most, tooLongIn } from '../chat/read-request.js';
import { withProblems } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { labelsOf, suggestPeople } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import { impersonationActions } from '../impersonation/impersonation.actions.js';
import { standing } from '../out-of-office/standing.js';
import { buttons, commands, forms } from './commands.js';

/** Run what is asked and return its reply. Refuses (UserError) what the asker may not do, or what is no longer there. */
export async function runRequest(deps: Deps, asker: Asker, request: Request): Promise<Reply> {
  switch (request.kind) {
    case 'command':
      return runCommand(deps, asker, request);
    case 'click':
      return runClick(deps, asker, request);
    case 'submit':
      return runSubmit(deps, asker, request);
    case 'suggest':
      return suggestPeople(deps, asker, request.query, request);
    case 'home':
      return standing(deps, asker);
    case 'unknown':
      return outdated(asker, request.what);
    default:
      return request satisfies never;
  }
}

async function runCommand(deps: Deps, asker: Asker, request: Request & { kind: 'command' }): Promise<Reply> {
  const [first = '', ...rest] = request.text.trim().split(/\s+/);
  if (first === '') return standing(deps, asker);

  const command = commandOf(first);
  if (!command) return { kind: 'say', card: unknownWord(asker, first, commands) };

  allow(asker, command);
  return command.run(deps, asker, { text: rest.join(' '), mentions: request.mentions });
}

async function runClick(deps: Deps, asker: Asker, request: Request & { kind: 'click' }): Promise<Reply> {
  const button = buttons.find(({ id }) => id === request.action);
  if (button) {
    allow(asker, button);
    return button.run(deps, asker, request.carries);
  }
  const form = forms.find(({ id }) => id === request.action);
  if (!form) return outdated(asker, request.action);
  allow(asker, form);
  return { kind: 'open', form: await form.open(deps, asker, request.carries) };
}

async function runSubmit(deps: Deps, asker: Asker, request: Request & { kind: 'submit' }): Promise<Reply> {
  const form = forms.find(({ id }) => id === request.form);
  if (!form) return outdated(asker, request.form);
  allow(asker, form);

  const words = wordsIn(asker.reader.locale);
  const typed = trimmed(request.values);
  const { open } = form;
  const read = form.values(words).safeParse(typed);
  if (!read.success) {
    return again(
      Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message]).reverse()),
    );
  }
  // The form's own limits are tighter and say so first; this stands for fields without one.
  const long = tooLongIn(typed);
  if (long.length > 0) return again(Object.fromEntries(long.map((name) => [name, words.chat.tooLong(most.value)])));
  const outcome = await form.submit(deps, asker, read.data, request.carries).catch(atTheForm);
  return outcome.kind === 'problems' ? again(outcome.problems) : outcome;

  /** Behind an open form a message is not seen: a refusal stands in the form, what was typed kept. */
  function atTheForm(error: unknown): Invalid {
    if (!(error instanceof UserError)) throw error;
    return problems({ '': error.say(words) });
  }

  async function again(problems: Invalid['problems']): Promise<Reply> {
    const opened = await open(deps, asker, request.carries);
    const chosen = opened.fields.filter(({ kind }) => kind === 'person').map(({ name }) => String(typed[name] ?? ''));
    const labels = await labelsOf(deps.db, asker.tenant.id, chosen);
    return { kind: 'invalid', form: withProblems(opened, typed, problems, labels) };
  }
}

/** What was pressed is of another version: words that say what to type instead. */
function outdated(asker: Asker, what: string): Reply {
  const { locale } = asker.reader;
  const { chat } = wordsIn(locale);
  const [feature = ''] = what.split('.');
  const command = commands.find((one) => one.actions?.includes(feature) && may(asker.actor, one.permission));
  const word = locale === 'fr' ? command?.french[0] : command?.word;
  return { kind: 'say', card: lineCard(chat.outdated(word ?? chat.helpExample)) };
}

function allow(asker: Asker, gate: { permission: Parameters<typeof may>[1]; plus?: true }): void {
  if (!may(asker.actor, gate.permission)) {
    const as = asker.impersonator && asker.user.displayName;
    throw new UserError((words) => (as ? words.impersonation.notAllowedAs(as) : words.chat.notAllowed), 403);
  }
  if (gate.plus && asker.tenant.edition !== 'attendant_plus')
    throw new UserError((words) => words.chat.notThisEdition, 403);
}

/** Does this only show something? */
export function isReadOnly(request: Request): boolean {
  switch (request.kind) {
    case 'command': {
      // A word that is no command is answered with the nearest one.
      const command = commandOf(request.text);
      return command === undefined || command.readOnly === true;
    }
    case 'click': {
      const button = buttons.find(({ id }) => id === request.action);
      return button === undefined || button.readOnly === true;
    }
    case 'submit':
      return false;
    case 'suggest':
    case 'home':
    case 'unknown':
      return true;
    default:
      return request satisfies never;
  }
}

/** The way out of acting as somebody stays open, whatever that person may not do. */
export const isStop = (request: Request): boolean =>
  (request.kind === 'click' && request.action === impersonationActions.stop) ||
  (request.kind === 'command' && commandOf(request.text)?.word === 'stop');

function commandOf(text: string) {
  const word = plain(text.trim().split(/\s+/)[0] ?? '');
  return commands.find(({ word: first, also, french }) =>
    [first, ...also, ...french].some((other) => plain(other) === word),
  );
}

/** Lower case without accents. */
const plain = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
