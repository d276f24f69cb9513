import './words.js';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { introduce, refreshAccount } from '../accounts/linking.js';
import type { RunningRequest } from '../chat/actor.js';
import { lineCard } from '../chat/chat.views.js';
import type { Answer, Reply, Request } from '../chat/exchange.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import { readRequest } from '../chat/read-request.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { isUnavailable, UserError } from '../errors.js';
import { impersonationBanner } from '../impersonation/impersonation.views.js';
import { postAtOnce } from '../notices/post-at-once.js';
import { forgetRequest, markAnswered, RequestTakenUp, renewLease } from '../requests/seen-request.store.js';
import { storedRequest } from '../requests/stored-request.js';
import { whileLeased } from '../tasks/lease.js';
import { closedApp, opensCompany } from './closed-app.js';
import { type Identified, identify } from './identify.store.js';
import { noticeDefinitions } from './notice-definitions.js';
import { isStop, runRequest } from './run-request.js';

/**
 * The one way in for every chat platform: identify, allow, run, answer. Never rejects: a refusal becomes its words,
 * a bug a reference that stands in the log. A repeated request id runs nothing and is answered `done`; what changed
 * nothing may come again, and so may what was interrupted. For an adapter that answers before its platform is told that
 * the request arrived; one that acknowledges first uses `take`, `answerTaken` and `answered`.
 * What is longer than people write (`readRequest`) is refused unread.
 */
export async function dispatch(deps: Deps, asked: Request): Promise<Answer> {
  const taken = await take(deps, asked);
  const answer = await answerTaken(deps, taken);
  answered(deps, taken);
  return answer;
}

/** A request after `take`: what is known of who asks, or why nothing is. Its outcome is filled in by `answerTaken`. */
export interface TakenRequest {
  readonly request: Request;
  readonly found: Found;
  /** It is longer than people write, and was not read. */
  readonly excess: ((words: Words) => string) | undefined;
  readonly outcome: {
    /** The same request may come again. */
    changedNothing: boolean;
  };
}

type Found =
  | Identified
  | { readonly kind: 'waiting'; readonly line: string; readonly running: RunningRequest | undefined }
  /** It is not even looked up who asks. */
  | { readonly kind: 'refused'; readonly say: (words: Words) => string }
  | { readonly kind: 'failed'; readonly error: unknown; readonly running: RunningRequest | undefined };

interface Taking {
  /** The platform is told that the request arrived before it is answered: the row keeps what was asked until then. */
  readonly answersLater?: boolean;
  /** The request's row is the caller's already. */
  readonly running?: RunningRequest;
}

/** Remembers a request and finds out who asks. Never rejects. One round trip for an account that is linked. */
export async function take(
  deps: Deps,
  asked: Request,
  { answersLater = false, running }: Taking = {},
): Promise<TakenRequest> {
  const { request, refused: excess, nobodys } = readRequest(asked);
  const taken = (found: Found): TakenRequest => ({ request, found, excess, outcome: { changedNothing: false } });
  // Before the database is asked: what comes too fast must cost next to nothing.
  if (!running && !isInTime(deps, request)) return taken({ kind: 'refused', say: (words) => words.chat.tooFast });
  if (excess && nobodys) return taken({ kind: 'refused', say: excess });
  try {
    const kept = answersLater ? storedRequest(request) : undefined;
    const found = await identify(deps.db, request, deps.clock.now(), { asked: kept, running });
    return taken(found);
  } catch (error) {
    return taken({ kind: 'failed', error, running });
  }
}

function isInTime({ limits }: Deps, request: Request): boolean {
  const isTyping = request.kind === 'suggest' || request.kind === 'home';
  return (isTyping ? limits.suggestions : limits.commands).take(accountOf(request));
}

/** Runs what was taken, and holds it meanwhile. Never rejects. */
export async function answerTaken(deps: Deps, taken: TakenRequest): Promise<Answer> {
  const running = runningOf(taken);
  if (!running) return answerFor(deps, taken);
  return whileLeased(
    () => renewLease(deps.db, running),
    () => answerFor(deps, taken),
  );
}

/** The person has the answer: nothing of what was asked is kept. Nobody waits for this. */
export function answered(deps: Deps, taken: TakenRequest): void {
  const running = runningOf(taken);
  // What changed nothing is forgotten already, as far as the database could be reached.
  if (!running || taken.outcome.changedNothing) return;
  markAnswered(deps.db, running).catch((error) => deps.log.warn({ error }, 'request not marked as answered'));
}

/** Tells whose request it is as long as it is not answered: for a platform that is slow to take the answer. */
export function whileUnanswered<Result>(deps: Deps, taken: TakenRequest, work: () => Promise<Result>): Promise<Result> {
  const running = runningOf(taken);
  return running ? whileLeased(() => renewLease(deps.db, running), work) : work();
}

const runningOf = ({ found }: TakenRequest): RunningRequest | undefined =>
  'running' in found ? found.running : undefined;

async function answerFor(deps: Deps, taken: TakenRequest): Promise<Answer> {
  const { request } = taken;
  // Here and not in `take`: it may ask the platform, and nobody is acknowledged before that answers.
  const found = taken.found.kind === 'stranger' ? await introduced(deps, request, taken.found) : taken.found;
  const who = accountOf(request);
  // What the person's own chat says goes first, as `identify` has it.
  let locale = localeOf(request.from.locale, lastLocales.get(who));
  let requester: Requester | undefined;
  try {
    if (found.kind === 'refused') return answer(refused(request, found.say(wordsIn(locale))), locale);
    if (found.kind === 'failed') throw found.error;
    if (found.kind === 'waiting') return answer(refused(request, found.line), locale);
    if (found.kind === 'repeat') return await repeated(deps, taken, found, locale);
    requester = found.requester;
    locale = requester.reader.locale;
    lastLocales.set(who, locale);
    if (found.stale) refreshAccount(deps, request.from);

    const closed = closedTo(found, request);
    if (closed !== undefined) return answer(closedReply(request, closed), locale, requester);

    // Only now, because only now the person's language is known.
    if (taken.excess) throw new UserError(taken.excess, 413);

    const reply = await runRequest(deps, requester, request);
    if (reply.kind === 'invalid') await forgetTaken(deps, taken);
    return await rewritten(deps, requester, request, answer(reply, locale, requester));
  } catch (error) {
    const forgotten = forgetTaken(deps, taken).catch(() => {}); // The database may be what failed.
    if (!isUnavailable(error)) await forgotten;
    return answer(refusal(deps, error, request, locale), locale, requester);
  }
}

const accountOf = ({ from }: Request): string => `${from.platform} ${from.externalWorkspaceId} ${from.accountId}`;

/** How people read, for words that must not cost a question to the database. */
const lastLocales = new LRUCache<string, Locale>({ max: 10_000 });

/** Nothing was changed: the same request may come again. */
export async function forgetTaken(deps: Deps, taken: TakenRequest): Promise<void> {
  taken.outcome.changedNothing = true;
  const running = runningOf(taken);
  if (running) await forgetRequest(deps.db, running);
}

/** A repeat that comes while the first is at work waits for it a while: then it is done, or still under way. */
const repeatWaitsMilliseconds = 2_000;

async function repeated(
  deps: Deps,
  { request, excess }: TakenRequest,
  first: Found & { kind: 'repeat' },
  locale: Locale,
): Promise<Answer> {
  const deadline = performance.now() + repeatWaitsMilliseconds;
  let found: Identified = first;
  while (found.kind === 'repeat' && !found.done && performance.now() < deadline) {
    await pause(100);
    found = await identify(deps.db, request, deps.clock.now());
  }
  if (found.kind !== 'repeat') {
    // The first changed nothing, or was interrupted: it is this one's turn.
    const taken: TakenRequest = { request, excess, found, outcome: { changedNothing: false } };
    const late = await answerTaken(deps, taken);
    answered(deps, taken);
    return late;
  }
  const reader = found.requester?.reader.locale ?? locale;
  return { kind: 'done', locale: reader, ...(found.done ? {} : { line: wordsIn(reader).chat.underWay }) };
}

/** Somebody new is linked on the way, or told that an admin was asked. Never rejects. */
async function introduced(
  deps: Deps,
  request: Request,
  found: Identified & { kind: 'stranger' },
): Promise<Exclude<Found, { kind: 'stranger' }>> {
  const { running } = found;
  const typed = request.kind === 'command' ? request.text : '';
  try {
    const introduced = await introduce(deps, request.from, localeOf(request.from.locale), typed);
    if (introduced.kind === 'waiting') return { ...introduced, running };
    const known = await identify(deps.db, request, deps.clock.now(), { running });
    if (known.kind !== 'known') throw new Error('introduced, and still a stranger');
    return known;
  } catch (error) {
    return { kind: 'failed', error, running };
  }
}

/**
 * A message that a notice posted is written by that notice alone, so that its newest state stands there last: it is
 * posted at once, and the answer says so.
 */
async function rewritten(deps: Deps, requester: Requester, request: Request, given: Answer): Promise<Answer> {
  if (given.kind !== 'replace' || given.shows === undefined) return given;
  const on = 'on' in request ? request.on : undefined;
  if (on === undefined) return given;
  try {
    const shown = await postAtOnce(deps, noticeDefinitions, requester, given.shows, on);
    return shown ? { ...given, card: shown.card ?? given.card, posted: shown.posted } : given;
  } catch (error) {
    // Its task brings it; what was computed for this answer must not be written over it all the same.
    deps.log.warn({ error, request: request.id }, 'notice not posted at once');
    const { locale, bar } = given;
    return { kind: 'done', line: wordsIn(locale).chat.underWay, locale, ...(bar ? { bar } : {}) };
  }
}

/** Why the app is closed to this person; undefined: it is open, or open enough for this. */
function closedTo(found: Identified & { kind: 'known' }, request: Request): Card | undefined {
  if (found.requester.impersonator !== undefined && isStop(request)) return undefined;
  return opensCompany(found, request) ? undefined : closedApp(found);
}

const closedReply = (request: Request, card: Card): Reply =>
  request.kind === 'suggest' ? { kind: 'suggest', options: [], empty: card.summary } : { kind: 'say', card };

/** A reply with the bar of whoever acts as somebody else, unless the reply says how it stands with that by now. */
function answer(reply: Reply, locale: Locale, requester?: Requester): Answer {
  const { bar = requester?.impersonator ? impersonationBanner(requester) : null, ...rest } = reply;
  return { ...rest, locale, ...(bar ? { bar } : {}) };
}

function refusal(deps: Deps, error: unknown, request: Request, locale: Locale): Reply {
  const words = wordsIn(locale);
  if (error instanceof UserError) return refused(request, error.say(words));
  if (error instanceof RequestTakenUp) {
    deps.log.warn({ request: request.id }, 'request taken up by another runner');
    return { kind: 'done', line: words.chat.underWay };
  }

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference, request: request.id, kind: request.kind }, 'request failed');
  return refused(request, isUnavailable(error) ? words.chat.tryAgain : words.chat.somethingBroke(reference));
}

/** A no in one line, in the shape in which the request can be answered. */
const refused = (request: Request, line: string): Reply =>
  request.kind === 'suggest' ? { kind: 'suggest', options: [], empty: line } : { kind: 'say', card: lineCard(line) };
