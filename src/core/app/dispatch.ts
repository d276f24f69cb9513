import './register-words.js';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { linkOrAskAdmins, refreshAccount } from '../accounts/linking.js';
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
import { forgetRequest, markAnswered, RequestTakenUp, renewLease } from '../requests/request-row.store.js';
import { storedRequest } from '../requests/stored-request.js';
import { runLeased } from '../tasks/lease.js';
import { closedApp, worksWhileClosed } from './closed-app-card.js';
import { type Identification, identify } from './identify.store.js';
import { refuseLate, withActing, withoutActing } from './late-requests.js';
import { noticeDefinitions } from './notice-definitions.js';
import { isEndOfOwnImpersonation, isStopImpersonation, runRequest } from './run-request.js';

/**
 * Handle a request of any chat platform: identify, authorize, run, answer. Never rejects: a refusal becomes its words,
 * a bug becomes a reference that is also in the log. A repeated request id runs nothing and is answered `done`, except
 * that a request which changed nothing or was interrupted may be delivered again. Use this in an adapter that answers
 * before it acknowledges the request; an adapter that acknowledges first uses `takeRequest`, `answerTakenRequest` and
 * `forgetAnsweredRequest`. A request over the limits of `readRequest` is refused unread.
 */
export async function dispatch(deps: Deps, asked: Request): Promise<Answer> {
  const taken = await takeRequest(deps, asked);
  const answer = await answerTakenRequest(deps, taken);
  forgetAnsweredRequest(deps, taken);
  return answer;
}

/**
 * A request after `takeRequest`: the identified requester, or why there is none. `answerTakenRequest` sets the outcome.
 */
export interface TakenRequest {
  readonly request: Request;
  readonly found: FoundRequester;
  /** Why the request is over the limits and was not read. */
  readonly excess: ((words: Words) => string) | undefined;
  readonly outcome: {
    /** The same request may be delivered again. */
    changedNothing: boolean;
  };
}

type FoundRequester =
  | Identification
  | { readonly kind: 'waiting'; readonly line: string; readonly running: RunningRequest | undefined }
  /** Refused before the requester was looked up. */
  | { readonly kind: 'refused'; readonly say: (words: Words) => string }
  | { readonly kind: 'failed'; readonly error: unknown; readonly running: RunningRequest | undefined };

interface TakeOptions {
  /** The adapter acknowledges the request before it is answered: the row keeps the request until then. */
  readonly answersLater?: boolean;
  /** The caller already holds the request's row. */
  readonly running?: RunningRequest;
}

/** Record a request and identify the requester. Never rejects. One round trip for a linked account. */
export async function takeRequest(
  deps: Deps,
  asked: Request,
  { answersLater = false, running }: TakeOptions = {},
): Promise<TakenRequest> {
  const { request, refused: excess, nobodys } = readRequest(asked);
  const taken = (found: FoundRequester): TakenRequest => ({
    request,
    found,
    excess,
    outcome: { changedNothing: false },
  });
  // Before the database is queried: a request over the rate limit must cost almost nothing.
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

/** Run a taken request and renew its lease meanwhile. Never rejects. */
export async function answerTakenRequest(deps: Deps, taken: TakenRequest): Promise<Answer> {
  const running = runningOf(taken);
  if (!running) return answerFor(deps, taken);
  return runLeased(
    () => renewLease(deps.db, running),
    () => answerFor(deps, taken),
  );
}

/** Delete the stored request once the person has the answer. Returns at once; the deletion runs in the background. */
export function forgetAnsweredRequest(deps: Deps, taken: TakenRequest): void {
  const running = runningOf(taken);
  // A request that changed nothing is forgotten already, if the database was reachable.
  if (!running || taken.outcome.changedNothing) return;
  markAnswered(deps.db, running).catch((error) => deps.log.warn({ error }, 'marking the request as answered failed'));
}

/** Keep the lease on an unanswered request while `work` runs, for a platform that is slow to accept the answer. */
export function withRequestLease<Result>(
  deps: Deps,
  taken: TakenRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  const running = runningOf(taken);
  return running ? runLeased(() => renewLease(deps.db, running), work) : work();
}

const runningOf = ({ found }: TakenRequest): RunningRequest | undefined =>
  'running' in found ? found.running : undefined;

async function answerFor(deps: Deps, taken: TakenRequest): Promise<Answer> {
  const { request } = taken;
  // Here and not in `takeRequest`: it may ask the platform, and the request must be acknowledged before that answers.
  const found = taken.found.kind === 'stranger' ? await linkRequester(deps, request, taken.found) : taken.found;
  const who = accountOf(request);
  // The language of the person's own chat goes first, as in `identify`.
  let locale = localeOf(request.from.locale, lastLocales.get(who));
  let requester: Requester | undefined;
  try {
    if (found.kind === 'refused') return answer(refusalReply(request, found.say(wordsIn(locale))), locale);
    if (found.kind === 'failed') throw found.error;
    if (found.kind === 'waiting') return answer(refusalReply(request, found.line), locale);
    if (found.kind === 'repeat') return await waitForFirst(deps, taken, found, locale);
    requester = found.requester;
    locale = requester.reader.locale;
    lastLocales.set(who, locale);
    if (found.stale) refreshAccount(deps, request.from);

    const closed = await closedCard(deps, found, request);
    if (closed !== undefined) return answer(closedReply(request, closed), locale, requester);

    // Refused this late because only now the person's language is known.
    if (taken.excess) throw new UserError(taken.excess, 413);

    const late = await refuseLate(deps, found, request);
    if (late) return answer(late, locale, requester);

    const reply = await runRequest(deps, requester, withoutActing(request));
    if (reply.kind === 'invalid') await forgetTakenRequest(deps, taken);
    return await postClickedNotice(deps, requester, request, answer(reply, locale, requester));
  } catch (error) {
    const forgotten = forgetTakenRequest(deps, taken).catch(() => {}); // The database may be what failed.
    if (!isUnavailable(error)) await forgotten;
    return answer(refusal(deps, error, request, locale), locale, requester);
  }
}

const accountOf = ({ from }: Request): string => `${from.platform} ${from.externalWorkspaceId} ${from.accountId}`;

/** Locales of recent requesters, for refusals that must not cost a query. */
const lastLocales = new LRUCache<string, Locale>({ max: 10_000 });

/** Forget a request that changed nothing, so that the same request may be delivered again. */
export async function forgetTakenRequest(deps: Deps, taken: TakenRequest): Promise<void> {
  taken.outcome.changedNothing = true;
  const running = runningOf(taken);
  if (running) await forgetRequest(deps.db, running);
}

/** How long a repeated request waits while the first one runs; then it is done, or still under way. */
const repeatWaitsMilliseconds = 2_000;

async function waitForFirst(
  deps: Deps,
  { request, excess }: TakenRequest,
  first: FoundRequester & { kind: 'repeat' },
  locale: Locale,
): Promise<Answer> {
  const deadline = performance.now() + repeatWaitsMilliseconds;
  let found: Identification = first;
  while (found.kind === 'repeat' && !found.done && performance.now() < deadline) {
    await pause(100);
    found = await identify(deps.db, request, deps.clock.now());
  }
  if (found.kind !== 'repeat') {
    // The first one changed nothing or was interrupted, so this one runs.
    const taken: TakenRequest = { request, excess, found, outcome: { changedNothing: false } };
    const late = await answerTakenRequest(deps, taken);
    forgetAnsweredRequest(deps, taken);
    return late;
  }
  const reader = found.requester?.reader.locale ?? locale;
  return { kind: 'done', locale: reader, ...(found.done ? {} : { line: wordsIn(reader).chat.underWay }) };
}

/** Link a new account or tell its person that an admin was asked. Never rejects. */
async function linkRequester(
  deps: Deps,
  request: Request,
  found: Identification & { kind: 'stranger' },
): Promise<Exclude<FoundRequester, { kind: 'stranger' }>> {
  const { running } = found;
  const typed = request.kind === 'command' ? request.text : '';
  try {
    const introduced = await linkOrAskAdmins(deps, request.from, localeOf(request.from.locale), typed);
    if (introduced.kind === 'waiting') return { ...introduced, running };
    const known = await identify(deps.db, request, deps.clock.now(), { running });
    if (known.kind !== 'known') throw new Error('account still not linked');
    return known;
  } catch (error) {
    return { kind: 'failed', error, running };
  }
}

/**
 * Only the notice writes a message that it posted, so that its newest state wins: post the notice at once, and say so
 * in the answer.
 */
async function postClickedNotice(deps: Deps, requester: Requester, request: Request, given: Answer): Promise<Answer> {
  if (given.kind !== 'replace' || given.shows === undefined) return given;
  const on = 'on' in request ? request.on : undefined;
  if (on === undefined) return given;
  try {
    const shown = await postAtOnce(deps, noticeDefinitions, requester, given.shows, on);
    return shown ? { ...given, card: shown.card ?? given.card, posted: shown.posted } : given;
  } catch (error) {
    // The notice's task retries; this answer's card must not overwrite the message all the same.
    deps.log.warn({ error, request: request.id }, 'immediate notice post failed');
    const { locale, bar } = given;
    return { kind: 'done', line: wordsIn(locale).chat.underWay, locale, ...(bar ? { bar } : {}) };
  }
}

/** Return why the app is closed to this person; undefined: it is open, or open enough for this. */
async function closedCard(
  deps: Deps,
  found: Identification & { kind: 'known' },
  request: Request,
): Promise<Card | undefined> {
  if (found.requester.impersonator !== undefined && isStopImpersonation(request)) return undefined;
  if (isEndOfOwnImpersonation(request)) return undefined;
  return worksWhileClosed(found, request) ? undefined : closedApp(deps, found);
}

const closedReply = (request: Request, card: Card): Reply =>
  request.kind === 'suggest' ? { kind: 'suggest', options: [], empty: card.summary } : { kind: 'say', card };

/** Add the impersonation banner to a reply, unless the reply sets it. */
function answer(reply: Reply, locale: Locale, requester?: Requester): Answer {
  const { bar = requester?.impersonator ? impersonationBanner(requester) : null, ...rest } = withActing(
    reply,
    requester,
  );
  return { ...rest, locale, ...(bar ? { bar } : {}) };
}

function refusal(deps: Deps, error: unknown, request: Request, locale: Locale): Reply {
  const words = wordsIn(locale);
  if (error instanceof UserError) return refusalReply(request, error.say(words));
  if (error instanceof RequestTakenUp) {
    deps.log.warn({ request: request.id }, 'request taken over by another runner');
    return { kind: 'done', line: words.chat.underWay };
  }

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference, request: request.id, kind: request.kind }, 'request failed');
  return refusalReply(request, isUnavailable(error) ? words.chat.tryAgain : words.chat.somethingBroke(reference));
}

/** Return a refusal of one line in the shape that the request expects. */
const refusalReply = (request: Request, line: string): Reply =>
  request.kind === 'suggest' ? { kind: 'suggest', options: [], empty: line } : { kind: 'say', card: lineCard(line) };
