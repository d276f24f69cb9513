import { randomUUID } from 'node:crypto';
import { buttons, commands, forms } from '../commands.js';
import type { Deps } from '../deps.js';
import { suggestPeople } from '../directory/directory.js';
import { isAway, UserError } from '../errors.js';
import { impersonationBar } from '../impersonation/impersonation.views.js';
import { standing } from '../out-of-office/standing.js';
import { introduce } from '../users/linking.js';
import { may } from './actor.js';
import type { Asker } from './asker.js';
import { identify } from './asker.store.js';
import { lineCard, unknownWord } from './chat.views.js';
import { type FormHandler, trimmed } from './define.js';
import type { Answer, Reply, Request } from './exchange.js';
import { type Locale, localeOf } from './phrasing.js';
import { withProblems } from './view.js';
import { wordsIn } from './words.js';

/**
 * The one way in for every chat platform: identify, allow, run, answer. Never rejects: a refusal becomes its words,
 * a bug a reference that stands in the log. A repeated request id runs nothing and is answered `done`.
 */
export async function dispatch(deps: Deps, request: Request): Promise<Answer> {
  let locale = localeOf(request.from.locale);
  let asker: Asker | undefined;
  try {
    const now = deps.clock.now();
    let found = await identify(deps.db, request, now);
    if (found.kind === 'stranger') {
      const introduced = await introduce(deps, request.from, locale);
      if (introduced.kind === 'waiting') return answer(say(introduced.line), locale);
      found = await identify(deps.db, request, now);
      if (found.kind === 'stranger') throw new Error('introduced, and still a stranger');
    }
    asker = found.asker;
    locale = asker.reader.locale;
    if (found.kind === 'repeat') return { kind: 'done', locale };

    const words = wordsIn(locale).chat;
    const stopping = asker.impersonator !== undefined && isStop(request);
    if (!found.tenantEnabled && !stopping) return answer(say(words.tenantOff), locale, asker);
    if (!(found.appAllowed && asker.user.access !== 'none') && !stopping)
      return answer(say(words.noAccess), locale, asker);

    return answer(await run(deps, asker, request), locale, asker);
  } catch (error) {
    return answer(refusal(deps, error, request, locale), locale, asker);
  }
}

/** A reply with the bar of whoever acts as somebody else, unless the reply says how it stands with that by now. */
function answer(reply: Reply, locale: Locale, asker?: Asker): Answer {
  const { bar = asker?.impersonator ? impersonationBar(asker) : null, ...rest } = reply;
  return { ...rest, locale, ...(bar ? { bar } : {}) };
}

/** The way out of acting as somebody stays open, whatever that person may not do. */
const isStop = (request: Request): boolean =>
  (request.kind === 'click' && request.action === 'impersonation.stop') ||
  (request.kind === 'command' && commandOf(request.text)?.word === 'stop');

function commandOf(text: string) {
  const word = plain(text.trim().split(/\s+/)[0] ?? '');
  return commands.find((one) => one.word === word || one.also.some((other) => plain(other) === word));
}

function run(deps: Deps, asker: Asker, request: Request): Promise<Reply> {
  switch (request.kind) {
    case 'command':
      return runCommand(deps, asker, request);
    case 'click':
      return runClick(deps, asker, request);
    case 'submit':
      return runSubmit(deps, asker, request);
    case 'suggest':
      return suggestPeople(deps, asker, request.query);
    case 'home':
      return standing(deps, asker);
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
  if (!form) throw new Error(`no button or form ${request.action}`);
  allow(asker, form);
  return { kind: 'open', form: await form.open(deps, asker, request.carries) };
}

async function runSubmit(deps: Deps, asker: Asker, request: Request & { kind: 'submit' }): Promise<Reply> {
  const form = forms.find(({ id }) => id === request.form);
  if (!form) throw new Error(`no form ${request.form}`);
  allow(asker, form);

  const typed = trimmed(request.values);
  const read = form.values(wordsIn(asker.reader.locale)).safeParse(typed);
  if (!read.success) {
    return again(
      Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message]).reverse()),
    );
  }
  const outcome = await form.submit(deps, asker, read.data, request.carries);
  return outcome.kind === 'problems' ? again(outcome.problems) : outcome;

  async function again(problems: Readonly<Record<string, string>>): Promise<Reply> {
    const opened = await (form as FormHandler<unknown>).open(deps, asker, request.carries);
    return { kind: 'invalid', form: withProblems(opened, typed, problems) };
  }
}

function allow(asker: Asker, gate: { permission: Parameters<typeof may>[1]; plus?: true }): void {
  if (!may(asker.actor, gate.permission)) {
    const as = asker.impersonator && asker.user.displayName;
    throw new UserError((words) => (as ? words.impersonation.notAllowedAs(as) : words.chat.notAllowed), 403);
  }
  if (gate.plus && asker.tenant.edition !== 'attendant_plus')
    throw new UserError((words) => words.chat.notThisEdition, 403);
}

function refusal(deps: Deps, error: unknown, request: Request, locale: Locale): Reply {
  const words = wordsIn(locale);
  if (error instanceof UserError) return say(error.say(words));

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference, requestId: request.id, kind: request.kind }, 'request failed');
  return say(isAway(error) ? words.chat.tryAgain : words.chat.somethingBroke(reference));
}

const say = (line: string) => ({ kind: 'say' as const, card: lineCard(line) });

/** Lower case without accents. */
const plain = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
