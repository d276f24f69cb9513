import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { buttons, commands, forms } from '../commands.js';
import type { Deps } from '../deps.js';
import { labelsOf, suggestPeople } from '../directory/person-field.js';
import { isAway, UserError } from '../errors.js';
import { impersonationBar } from '../impersonation/impersonation.views.js';
import { standing } from '../out-of-office/standing.js';
import { introduce, refreshAccount } from '../users/linking.js';
import { may } from './actor.js';
import type { Asker } from './asker.js';
import { forget, type Identified, identify } from './asker.store.js';
import { lineCard, unknownWord } from './chat.views.js';
import { type Invalid, problems, trimmed } from './define.js';
import type { Answer, Reply, Request } from './exchange.js';
import { type Locale, localeOf } from './phrasing.js';
import { most, readRequest, tooLongIn } from './read-request.js';
import { withProblems } from './view.js';
import { wordsIn } from './words.js';

/**
 * The one way in for every chat platform: identify, allow, run, answer. Never rejects: a refusal becomes its words,
 * a bug a reference that stands in the log. A repeated request id runs nothing and is answered `done`; what changed
 * nothing may come again. What is longer than people write (`readRequest`) is refused unread.
 */
export async function dispatch(deps: Deps, asked: Request): Promise<Answer> {
  const { request, refused: excess, nobodys } = readRequest(asked);
  const who = accountOf(request);
  let locale = lastLocales.get(who) ?? localeOf(request.from.locale);
  let asker: Asker | undefined;
  const { commands: acts, suggestions } = deps.limits;
  const isTyping = request.kind === 'suggest' || request.kind === 'home';
  // Before the database is asked: what comes too fast must cost next to nothing.
  if (!(isTyping ? suggestions : acts).take(who)) return answer(refused(request, wordsIn(locale).chat.tooFast), locale);
  if (excess && nobodys) return answer(refused(request, excess(wordsIn(locale))), locale);
  try {
    const found = await identifyOrIntroduce(deps, request, locale);
    if (found.kind === 'waiting') return answer(refused(request, found.line), locale);
    if (found.kind === 'repeat') return { kind: 'done', locale: found.asker?.reader.locale ?? locale };
    asker = found.asker;
    locale = asker.reader.locale;
    lastLocales.set(who, locale);
    if (found.stale) refreshAccount(deps, request.from);

    const closed = closedTo(found, request);
    if (closed !== undefined) return answer(refused(request, closed), locale, asker);

    // Only now, because only now the person's language is known.
    if (excess) throw new UserError(excess, 413);

    const reply = await run(deps, asker, request);
    if (reply.kind === 'invalid') await forget(deps.db, request);
    return answer(reply, locale, asker);
  } catch (error) {
    const forgotten = forget(deps.db, request).catch(() => {}); // The database may be what failed.
    if (!isAway(error)) await forgotten;
    return answer(refusal(deps, error, request, locale), locale, asker);
  }
}

const accountOf = ({ from }: Request): string => `${from.platform} ${from.workspaceId} ${from.accountId}`;

/** How people read, for words that must not cost a question to the database. */
const lastLocales = new LRUCache<string, Locale>({ max: 10_000 });

/** Who asks. Somebody new is linked on the way, or told that an admin was asked. */
async function identifyOrIntroduce(
  deps: Deps,
  request: Request,
  locale: Locale,
): Promise<Exclude<Identified, { kind: 'stranger' }> | { readonly kind: 'waiting'; readonly line: string }> {
  const now = deps.clock.now();
  const found = await identify(deps.db, request, now);
  if (found.kind !== 'stranger') return found;

  const typed = request.kind === 'command' ? request.text : '';
  const introduced = await introduce(deps, request.from, locale, typed);
  if (introduced.kind === 'waiting') return introduced;
  await forget(deps.db, request);
  const known = await identify(deps.db, request, now);
  if (known.kind === 'stranger') throw new Error('introduced, and still a stranger');
  return known;
}

/** Why the app is closed to this person, in words; undefined: it is open. */
function closedTo(found: Identified & { kind: 'known' }, request: Request): string | undefined {
  const { asker, tenantEnabled, appAllowed } = found;
  const words = wordsIn(asker.reader.locale).chat;
  if (asker.impersonator !== undefined && isStop(request)) return undefined;
  if (!tenantEnabled) return words.tenantOff;
  return appAllowed && asker.user.access !== 'none' ? undefined : words.noAccess;
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
  return commands.find(({ word: first, also, french }) =>
    [first, ...also, ...french].some((other) => plain(other) === word),
  );
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
      return suggestPeople(deps, asker, request.query, request);
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
  if (error instanceof UserError) return refused(request, error.say(words));

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference, request: request.id, kind: request.kind }, 'request failed');
  return refused(request, isAway(error) ? words.chat.tryAgain : words.chat.somethingBroke(reference));
}

/** A no in one line, in the shape in which the request can be answered. */
const refused = (request: Request, line: string): Reply =>
  request.kind === 'suggest' ? { kind: 'suggest', options: [], empty: line } : { kind: 'say', card: lineCard(line) };

/** Lower case without accents. */
const plain = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
