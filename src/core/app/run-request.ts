import { hasPermission } from '../chat/actor.js';
import { lineCard, unknownWordCard } from '../chat/chat.views.js';
import { type FormProblems, formProblems, trimmedValues } from '../chat/define-handler.js';
import type { Reply, Request } from '../chat/exchange.js';
import { overlongFields, requestLimits } from '../chat/read-request.js';
import type { Requester } from '../chat/requester.js';
import { formWithProblems } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { labelsOf, suggestPeople } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import { impersonationActions } from '../impersonation/impersonation.action-ids.js';
import { overview } from '../out-of-office/overview.js';
import { newestMessages } from '../voicemail/mailbox/list-card.js';
import { buttons, commands, forms } from './handler-registry.js';
import { splitCommand } from './split-command.js';

/**
 * Run a request and return its reply. Throws UserError if the requester may not do this, or its subject no longer
 * exists.
 */
export async function runRequest(deps: Deps, requester: Requester, request: Request): Promise<Reply> {
  switch (request.kind) {
    case 'command':
      return runCommand(deps, requester, request);
    case 'click':
      return runClick(deps, requester, request);
    case 'submit':
      return runSubmit(deps, requester, request);
    case 'suggest':
      return suggestPeople(deps, requester, request.query, request);
    case 'home':
      return home(deps, requester, request.withMessages);
    case 'unknown':
      return outdatedReply(requester, request.what);
    default:
      return request satisfies never;
  }
}

/** Return the overview; on a home that has room for them, with the newest messages beneath. */
async function home(deps: Deps, requester: Requester, withMessages = false): Promise<Reply> {
  const standing = await overview(deps, requester);
  if (!withMessages || requester.tenant.edition !== 'attendant_plus' || standing.kind !== 'say') return standing;
  const newest = await newestMessages(deps, requester);
  return { ...standing, card: { ...standing.card, blocks: [...standing.card.blocks, ...newest] } };
}

async function runCommand(deps: Deps, requester: Requester, request: Request & { kind: 'command' }): Promise<Reply> {
  const [first = ''] = request.text.trim().split(/\s+/);
  if (first === '') return overview(deps, requester);

  const typed = splitCommand(request.text);
  if (!typed) return { kind: 'say', card: unknownWordCard(requester, first, commands) };

  requirePermission(requester, typed.command);
  return typed.command.run(deps, requester, { text: typed.rest, mentions: request.mentions });
}

async function runClick(deps: Deps, requester: Requester, request: Request & { kind: 'click' }): Promise<Reply> {
  const button = buttons.find(({ id }) => id === request.action);
  if (button) {
    requirePermission(requester, button);
    return button.run(deps, requester, request.carries);
  }
  const form = forms.find(({ id }) => id === request.action);
  if (!form) return outdatedReply(requester, request.action);
  requirePermission(requester, form);
  return { kind: 'open', form: await form.open(deps, requester, request.carries) };
}

async function runSubmit(deps: Deps, requester: Requester, request: Request & { kind: 'submit' }): Promise<Reply> {
  const form = forms.find(({ id }) => id === request.form);
  if (!form) return outdatedReply(requester, request.form);
  requirePermission(requester, form);

  const words = wordsIn(requester.reader.locale);
  const typed = trimmedValues(request.values);
  const { open } = form;
  const read = form.values(words).safeParse(typed);
  if (!read.success) {
    return again(
      Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message]).reverse()),
    );
  }
  // The form's own limits are tighter and refuse first; this covers fields without one.
  const long = overlongFields(typed);
  if (long.length > 0)
    return again(Object.fromEntries(long.map((name) => [name, words.chat.tooLong(requestLimits.value)])));
  const outcome = await form.submit(deps, requester, read.data, request.carries).catch(atTheForm);
  return outcome.kind === 'problems' ? again(outcome.problems) : outcome;

  /** An open form hides messages, so a refusal is shown in the form, with the typed values kept. */
  function atTheForm(error: unknown): FormProblems {
    if (!(error instanceof UserError)) throw error;
    return formProblems({ '': error.say(words) });
  }

  async function again(problems: FormProblems['problems']): Promise<Reply> {
    const opened = await open(deps, requester, request.carries);
    const chosen = opened.fields.filter(({ kind }) => kind === 'person').map(({ name }) => String(typed[name] ?? ''));
    const labels = await labelsOf(deps.db, requester.tenant.id, chosen);
    return { kind: 'invalid', form: formWithProblems(opened, typed, problems, labels) };
  }
}

/** The control belongs to another version: say what to type instead. */
function outdatedReply(requester: Requester, what: string): Reply {
  const { locale } = requester.reader;
  const { chat } = wordsIn(locale);
  const [feature = ''] = what.split('.');
  const command = commands.find(
    (one) => one.actions?.includes(feature) && hasPermission(requester.actor, one.permission),
  );
  const word = locale === 'fr' ? command?.french[0] : command?.word;
  return { kind: 'say', card: lineCard(chat.outdated(word ?? chat.helpExample)) };
}

function requirePermission(
  requester: Requester,
  gate: { permission: Parameters<typeof hasPermission>[1]; plus?: true },
): void {
  if (!hasPermission(requester.actor, gate.permission)) {
    const as = requester.impersonator && requester.user.displayName;
    throw new UserError((words) => (as ? words.impersonation.notAllowedAs(as) : words.chat.notAllowed), 403);
  }
  if (gate.plus && requester.tenant.edition !== 'attendant_plus')
    throw new UserError((words) => words.chat.notThisEdition, 403);
}

/** Return whether the request changes nothing. */
export function isReadOnly(request: Request): boolean {
  switch (request.kind) {
    case 'command': {
      // An unknown word is answered with the nearest command.
      const command = splitCommand(request.text)?.command;
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

/** Return whether the request ends an impersonation: always allowed, whatever the impersonated user may do. */
export const isStopImpersonation = (request: Request): boolean =>
  (request.kind === 'click' && request.action === impersonationActions.stop) ||
  (request.kind === 'command' && splitCommand(request.text)?.command.word === 'stop');

/** Return whether the request ends an impersonation of the requester: nobody’s settings may prevent that. */
export const isEndOfOwnImpersonation = (request: Request): boolean =>
  request.kind === 'click' && request.action === impersonationActions.endMine;
