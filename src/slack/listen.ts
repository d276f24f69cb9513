import { randomUUID } from 'node:crypto';
import { type App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { type RequestHandler, Router, raw } from 'express';
import { LRUCache } from 'lru-cache';
import type { Adapter } from '../adapter.js';
import {
  answerTaken,
  dispatch,
  forgetTaken,
  answered as markAnswered,
  type TakenRequest,
  take,
  whileUnanswered,
} from '../core/app/dispatch.js';
import { isReadOnly } from '../core/app/run-request.js';
import { lineCard } from '../core/chat/chat.views.js';
import type { Answer, Request } from '../core/chat/exchange.js';
import { wordsIn } from '../core/chat/words.js';
import { concurrencyLimit } from '../core/concurrency-limit.js';
import type { Deps } from '../core/deps.js';
import { as, type RequestId } from '../core/ids.js';
import { requestMemberRefresh } from '../core/members/sync/refresh-member.js';
import { forRequest } from '../core/request-deps.js';
import type { SlackConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { type Homes, homes } from './app-home.js';
import { directMessages } from './direct-messages.js';
import { fetchFile } from './files.js';
import { optionOf } from './forms.js';
import { type Heard, isMalformed, NOBODY, read } from './read.js';
import { messageOf } from './render.js';
import { respond, type SlackResponder } from './respond.js';
import { responseUrls } from './response-url.js';
import { slackWords } from './slack.words.js';
import { answerSubmission, within } from './submission.js';
import { slackLogger, webApi } from './web-api.js';

/** Everything that hearing and answering takes. */
interface Conversation {
  readonly deps: Deps;
  readonly config: SlackConfig;
  readonly responder: SlackResponder;
  readonly homes: Homes;
  /** How often a submission was refused: sent again it is a new one, though Slack gives it no new name. */
  readonly refused: LRUCache<string, number>;
  /** Commands and clicks have been acknowledged: so many at once that acknowledging goes before answering. */
  readonly turn: ReturnType<typeof concurrencyLimit>;
  /** What came in and is not answered yet. */
  readonly underWay: Set<Promise<unknown>>;
}

/** With fewer than this under way, a row costs nobody the acknowledgement. */
const quiet = 4;

/**
 * Slack's adapter: `POST /slack/events` with signed requests, or Socket Mode. Bolt's receivers check, parse and
 * acknowledge; what its `App` would add (listeners, authorization) is the work of `dispatch`, so theirs goes straight there.
 */
export function slackAdapter(deps: Deps, config: SlackConfig): Adapter {
  const conversation = conversationWith(deps, config);
  const { mode } = config;
  const adapter =
    mode.kind === 'http' ? overHttp(conversation, mode.signingSecret) : overSocket(conversation, mode.appToken);
  return {
    name: 'slack',
    ...adapter,
    stop: async () => {
      await adapter.stop?.();
      // What is heard just now adds its answer to these.
      while (conversation.underWay.size > 0) await Promise.allSettled(conversation.underWay);
      conversation.homes.close();
      await conversation.responder.urls.close();
    },
  };
}

function conversationWith(deps: Deps, config: SlackConfig): Conversation {
  const web = webApi(config, deps.log);
  const responder = {
    web,
    urls: responseUrls(config),
    direct: directMessages(web, webApi(config, deps.log, { once: true })),
  };
  return {
    deps,
    config,
    responder,
    homes: homes(deps, web, responder.direct),
    refused: new LRUCache({ max: 10_000, ttl: 60 * 60 * 1000 }),
    turn: concurrencyLimit(4),
    underWay: new Set(),
  };
}

function overHttp(conversation: Conversation, signingSecret: string): Pick<Adapter, 'router' | 'stop'> {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    customPropertiesExtractor: (request) => ({ requestId: Reflect.get(request, 'requestId') }),
    logger: slackLogger(conversation.deps.log),
    processEventErrorHandler: async ({ error, request, response }) => {
      if (response.headersSent) return false;
      const requestId = Reflect.get(request, 'requestId');
      if (!isMalformed(error)) conversation.deps.log.error({ error, requestId }, 'slack request failed');
      response.writeHead(isMalformed(error) ? 400 : 500).end();
      return true;
    },
  });
  receiver.init(listener(conversation));

  const router = Router();
  router.post('/slack/events', raw({ type: () => true, limit: '512kb' }), readable, (request, response) =>
    receiver.requestListener(Object.assign(request, { requestId: requestIdOf(response) }), response),
  );
  return { router };
}

/** Bolt knows a form by the bare name of its type alone, and ends the process over a body that is `null`. */
const readable: RequestHandler = (request, response, next) => {
  const { body } = request;
  if (!Buffer.isBuffer(body) || /^\s*(payload=)?null\s*$/.test(body.toString('latin1', 0, 64)))
    return void response.status(400).end();
  if (request.is('urlencoded')) request.headers['content-type'] = 'application/x-www-form-urlencoded';
  Object.assign(request, { rawBody: body });
  next();
};

function overSocket(conversation: Conversation, appToken: string): Pick<Adapter, 'start' | 'stop'> {
  const { log } = conversation.deps;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: slackLogger(log),
    // The only way in which this receiver hands options to its own client.
    installerOptions: { clientOptions: { slackApiUrl: conversation.config.apiUrl } },
    processEventErrorHandler: async ({ error }) => {
      log.warn({ error }, 'slack envelope refused');
      return true; // Acknowledged all the same: the same envelope again would be no better.
    },
  });
  receiver.init(listener(conversation));
  return {
    start: async () => void (await receiver.start()),
    stop: () => receiver.stop(),
  };
}

/** What a receiver asks of an `App`: to take what comes in. */
const listener = (conversation: Conversation): App =>
  ({
    processEvent({ body, ack, customProperties }: ReceiverEvent) {
      // What comes by a socket has no name yet.
      const deps = forRequest(conversation.deps, customProperties?.requestId ?? randomUUID());
      return underWay(conversation, hear({ ...conversation, deps }, read(body), ack));
    },
  }) as unknown as App;

function underWay<Result>({ underWay }: Conversation, work: Promise<Result>): Promise<Result> {
  const ended = work.then(forget, forget);
  function forget(): void {
    underWay.delete(ended);
  }
  underWay.add(ended);
  return work;
}

/** Acknowledges within 3 s and answers. Rejects only before the acknowledgement. */
async function hear(conversation: Conversation, heard: Heard, ack: ReceiverEvent['ack']): Promise<void> {
  const receivedAt = Date.now();
  switch (heard.kind) {
    case 'nothing':
      return ack();
    case 'member':
      // Noted first: Slack sends again what we could not note.
      await requestMemberRefresh(conversation.deps, heard.account, heard.said);
      return ack();
    case 'suggest':
      return ack(await suggestions(conversation, heard.request));
    case 'submit':
      return inBackground(conversation, submitted(conversation, heard, ack, receivedAt));
    case 'home': {
      await ack();
      const opened = conversation.homes.opened(conversation.deps, heard.request, heard.firstTime);
      return inBackground(
        conversation,
        opened.catch((error) => apologize(conversation, heard, error)),
      );
    }
    case 'ask':
      return ask(conversation, heard, ack, receivedAt);
    default:
      return heard satisfies never;
  }
}

/**
 * Acknowledged means promised: the request's row comes first, so that its answer outlives this process. Slack shows the
 * person an error where no acknowledgement comes. In a busy hour what only shows something is acknowledged before its
 * row, which comes with its turn: Slack's 3 s are worth more there.
 */
async function ask(
  conversation: Conversation,
  heard: Heard & { kind: 'ask' },
  ack: ReceiverEvent['ack'],
  receivedAt: number,
): Promise<void> {
  const { deps } = conversation;
  const takeNow = () => take(deps, heard.request, { answersLater: true });
  const rowFirst = conversation.underWay.size <= quiet || !isReadOnly(heard.request);
  const taken = rowFirst ? await takeNow() : undefined;
  await ack();
  inBackground(conversation, answered(conversation, heard, receivedAt, taken ?? takeNow));
}

async function answered(
  conversation: Conversation,
  heard: Heard & { kind: 'ask' },
  receivedAt: number,
  taken: TakenRequest | (() => Promise<TakenRequest>),
): Promise<void> {
  const { deps, responder, homes, turn } = conversation;
  const { request, place } = heard;
  const inTurn = () =>
    turn(async () => {
      const held = typeof taken === 'function' ? await taken() : taken;
      return { held, answer: await answerTaken(deps, held) };
    });
  // A row that is taken already is held while it waits for its turn, too.
  const { held, answer } = await (typeof taken === 'function' ? inTurn() : whileUnanswered(deps, taken, inTurn));
  await deliver(conversation, heard, held, async () => {
    await respond(responder, place, answer, Date.now() - receivedAt);
    if (request.kind === 'click') await homes.refresh(deps, request.from);
  });
}

async function submitted(
  conversation: Conversation,
  heard: Heard & { kind: 'submit' },
  ack: ReceiverEvent['ack'],
  receivedAt: number,
): Promise<void> {
  const { deps, refused, responder, homes } = conversation;
  const attempt = refused.get(heard.request.id) ?? 0;
  const request =
    attempt === 0 ? heard.request : { ...heard.request, id: as<RequestId>(`${heard.request.id}#${attempt}`) };

  const { files } = heard;
  // A file is never kept: such a form can only be told of.
  const named = Object.fromEntries(Object.keys(files).map((field) => [field, noFile]));
  const taken = await take(deps, { ...request, values: { ...request.values, ...named } }, { answersLater: true });
  const answering = answerTo(conversation, taken, heard).then((answer) => {
    if (answer.kind === 'invalid') refused.set(heard.request.id, attempt + 1);
    return answer;
  });
  await deliver(conversation, heard, taken, async () => {
    await answerSubmission(responder, heard, answering, ack, receivedAt);
    await homes.refresh(deps, request.from);
  });
}

const noFile = { fileName: '', content: Buffer.alloc(0) };

/**
 * Brings the person an answer, or an apology with a reference; then nothing is kept of what they asked. Where neither
 * can be brought it rejects, and the request's row stays for the sweep.
 */
async function deliver(
  conversation: Conversation,
  heard: Heard & { request: Request },
  taken: TakenRequest,
  bring: () => Promise<void>,
): Promise<void> {
  const { deps } = conversation;
  await whileUnanswered(deps, taken, () => bring().catch((error) => apologize(conversation, heard, error)));
  markAnswered(deps, taken);
}

async function answerTo(
  { deps, config }: Conversation,
  taken: TakenRequest,
  { files, locale, request }: Heard & { kind: 'submit' },
): Promise<Answer> {
  try {
    const fetched = await Promise.all(
      Object.entries(files).map(async ([field, file]) => [field, await fetchFile(config, file)] as const),
    );
    const { request: asked } = taken;
    if (asked.kind !== 'submit' || fetched.length === 0) return answerTaken(deps, taken);
    const values = { ...asked.values, ...Object.fromEntries(fetched) };
    return answerTaken(deps, { ...taken, request: { ...asked, values } });
  } catch (error) {
    deps.log.warn({ error, request: request.id }, 'slack file not fetched');
    await forgetTaken(deps, taken).catch(() => {});
    return { kind: 'say', card: lineCard(slackWords(locale).fileAway), locale };
  }
}

/** Slack shows nothing at all where there is nobody to choose: a line that stands for nobody says why. */
async function suggestions({ deps }: Conversation, request: Request & { kind: 'suggest' }) {
  const answer = await within(2_500, dispatch(deps, request));
  const options = answer?.kind === 'suggest' ? answer.options : [];
  if (options.length > 0) return { options: options.slice(0, 100).map(optionOf) };
  return { options: [optionOf({ value: NOBODY, label: whyNobody(answer, request.from.locale) })] };
}

function whyNobody(answer: Answer | undefined, locale: string | undefined): string {
  if (answer?.kind === 'suggest') return answer.empty;
  if (answer && 'card' in answer) return answer.card.summary;
  return slackWords(locale?.startsWith('fr') ? 'fr' : 'en').stillLooking;
}

/** Lets an answer go on after the acknowledgement. */
function inBackground(conversation: Conversation, work: Promise<void>): void {
  const told = work.catch((error: unknown) => conversation.deps.log.warn({ error }, 'slack person not told'));
  void underWay(conversation, told);
}

/** Something failed that should not: logged, and the person told with a reference. */
async function apologize({ deps, responder }: Conversation, heard: Heard & { request: Request }, error: unknown) {
  const reference = randomUUID().slice(0, 8);
  const { id, from, kind } = heard.request;
  deps.log.error({ error, reference, request: id, kind }, 'slack answer failed');
  const locale = 'locale' in heard ? heard.locale : 'en';
  const line = wordsIn(locale).chat.somethingBroke(reference);
  await responder.direct.post(from.accountId, messageOf(lineCard(line)));
}
