import { randomUUID } from 'node:crypto';
import { type App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { Router, raw } from 'express';
import { LRUCache } from 'lru-cache';
import type { Adapter } from '../adapter.js';
import {
  answerTakenRequest,
  dispatch,
  forgetTakenRequest,
  forgetAnsweredRequest as markAnswered,
  type TakenRequest,
  takeRequest,
  withRequestLease,
} from '../core/app/dispatch.js';
import { isReadOnly } from '../core/app/run-request.js';
import { lineCard } from '../core/chat/chat.views.js';
import type { Answer, Request } from '../core/chat/exchange.js';
import { wordsIn } from '../core/chat/words.js';
import { concurrencyLimit } from '../core/concurrency-limit.js';
import type { Deps } from '../core/deps.js';
import { asId, type RequestId } from '../core/ids.js';
import { forgetWorkspace } from '../core/members/departures/forget-workspace.js';
import { requestMemberRefresh } from '../core/members/sync/refresh-member.js';
import { depsForRequest } from '../core/request-deps.js';
import type { SlackConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { answerSubmission, valueWithin } from './answer-submission.js';
import { type AppHomes, appHomes } from './app-home.js';
import { bodyForBolt } from './body-for-bolt.js';
import { directMessages } from './direct-messages.js';
import { fetchFile } from './files.js';
import { installRoutes } from './install.js';
import { isMalformed, NO_PERSON, read, type SlackInput } from './read.js';
import { messageOf } from './render.js';
import { optionOf } from './render-form.js';
import { respond, type SlackResponder } from './respond.js';
import { type ResponseUrls, responseUrls } from './response-url.js';
import { slackWords } from './slack.words.js';
import { slackLogger, webApi } from './web-api.js';
import { type PerWorkspace, perWorkspace, type SlackTokens } from './workspaces.js';

/** The dependencies of receiving and answering a payload. */
interface Conversation extends WorkspaceParts {
  readonly deps: Deps;
  /** How often each submission was refused. The corrected form is a new request, though Slack gives it the same id. */
  readonly refused: LRUCache<string, number>;
  /** Limits how many acknowledged commands and clicks are answered at once, so that acknowledgements come first. */
  readonly turn: ReturnType<typeof concurrencyLimit>;
  /** Requests that are not answered yet. */
  readonly underWay: Set<Promise<unknown>>;
}

/** The parts of answering that act in one workspace, with its token. */
interface WorkspaceParts {
  readonly config: SlackConfig;
  readonly responder: SlackResponder;
  readonly homes: AppHomes;
}

/** The parts of a conversation before its workspace is known. */
type Reception = Omit<Conversation, keyof WorkspaceParts> & {
  readonly workspaces: PerWorkspace<WorkspaceParts>;
  readonly tokens: SlackTokens | undefined;
};

/** With fewer requests than this running, writing the row first does not delay an acknowledgement. */
const lightLoad = 4;

/**
 * Slack's adapter: `POST /slack/events` with signed requests, or Socket Mode. Bolt's receivers verify, parse and
 * acknowledge. Bolt's `App` would add listeners and authorization, which `dispatch` does, so the receivers call us
 * directly.
 */
export function slackAdapter(deps: Deps, config: SlackConfig, tokens?: SlackTokens): Adapter {
  const urls = responseUrls(config);
  const workspaces = perWorkspace(
    config,
    tokens,
    (own) => partsOf(deps, own, urls),
    ({ homes }) => homes.close(),
  );
  const reception: Reception = {
    deps,
    tokens,
    workspaces,
    refused: new LRUCache({ max: 10_000, ttl: 60 * 60 * 1000 }),
    turn: concurrencyLimit(4),
    underWay: new Set(),
  };
  const { mode, apiUrl } = config;
  const adapter =
    mode.kind === 'http' ? overHttp(reception, mode.signingSecret) : overSocket(reception, mode.appToken, apiUrl);
  if (config.oauth && tokens) adapter.router?.use(installRoutes(deps, { ...config, oauth: config.oauth }, tokens));
  return {
    name: 'slack',
    ...adapter,
    stop: async () => {
      await adapter.stop?.();
      // An event received meanwhile adds its answer to the set, so loop until the set is empty.
      while (reception.underWay.size > 0) await Promise.allSettled(reception.underWay);
      workspaces.endAll();
      await urls.close();
    },
  };
}

function partsOf(deps: Deps, config: SlackConfig, urls: ResponseUrls): WorkspaceParts {
  const web = webApi(config, deps.log);
  const responder = { web, urls, direct: directMessages(web, webApi(config, deps.log, { once: true })) };
  return { config, responder, homes: appHomes(deps, web, responder.direct) };
}

const eventsPath = '/slack/events';

function overHttp(reception: Reception, signingSecret: string): Pick<Adapter, 'router' | 'start' | 'stop'> {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [eventsPath],
    customPropertiesExtractor: (request) => ({ requestId: Reflect.get(request, 'requestId') }),
    logger: slackLogger(reception.deps.log),
    processEventErrorHandler: async ({ error, request, response }) => {
      if (response.headersSent) return false;
      const requestId = Reflect.get(request, 'requestId');
      if (!isMalformed(error)) reception.deps.log.error({ error, requestId }, 'slack request failed');
      response.writeHead(isMalformed(error) ? 400 : 500).end();
      return true;
    },
  });
  receiver.init(eventProcessor(reception));

  const router = Router();
  // Express also matches `/slack/events/` and capital letters, and Bolt throws for what is not its endpoint to the letter.
  router.post(eventsPath, raw({ type: () => true, limit: '512kb' }), bodyForBolt, (request, response) =>
    receiver.requestListener(Object.assign(request, { requestId: requestIdOf(response), url: eventsPath }), response),
  );
  return { router };
}

function overSocket(
  reception: Reception,
  appToken: string,
  slackApiUrl: string,
): Pick<Adapter, 'router' | 'start' | 'stop'> {
  const { log } = reception.deps;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: slackLogger(log),
    // This receiver passes options to its own client only in this way.
    installerOptions: { clientOptions: { slackApiUrl } },
    processEventErrorHandler: async ({ error }) => {
      log.warn({ error }, 'slack envelope refused');
      return true; // Acknowledge it anyway: the same envelope would fail again.
    },
  });
  receiver.init(eventProcessor(reception));
  return {
    start: async () => void (await receiver.start()),
    stop: () => receiver.stop(),
  };
}

/** The part of Bolt's `App` that a receiver calls: `processEvent`. */
const eventProcessor = (reception: Reception): App =>
  ({
    processEvent({ body, ack, customProperties }: ReceiverEvent) {
      // Payloads from a socket have no request id yet.
      const deps = depsForRequest(reception.deps, customProperties?.requestId ?? randomUUID());
      return trackRunning(reception, receive({ ...reception, deps }, read(body), ack));
    },
  }) as unknown as App;

/** Find the workspace of a payload, and handle it there. */
async function receive(reception: Reception, heard: SlackInput, ack: ReceiverEvent['ack']): Promise<void> {
  const { deps, tokens, workspaces } = reception;
  if (heard.kind === 'nothing') return ack();
  if (heard.kind === 'removed') {
    const { externalWorkspaceId, at = deps.clock.now() } = heard;
    // The token of a single workspace is the environment's, and its admin's to replace.
    if (!tokens) return ack();
    // Write first, acknowledge later: Slack sends an unacknowledged event again.
    const isForgotten = await forgetWorkspace(deps, { platform: 'slack', externalWorkspaceId }, at);
    tokens.forget(externalWorkspaceId);
    deps.log.info({ workspace: externalWorkspaceId, isForgotten }, 'slack workspace removed the app');
    return ack();
  }
  const { externalWorkspaceId } = heard.kind === 'member' ? heard.account : heard.request.from;
  const parts = await workspaces.of(externalWorkspaceId);
  if (parts) return handlePayload({ ...reception, ...parts }, heard, ack);
  deps.log.warn({ workspace: externalWorkspaceId }, 'slack request of a workspace without a token');
  return ack();
}

function trackRunning<Result>({ underWay }: Pick<Conversation, 'underWay'>, work: Promise<Result>): Promise<Result> {
  const ended = work.then(forget, forget);
  function forget(): void {
    underWay.delete(ended);
  }
  underWay.add(ended);
  return work;
}

/** Acknowledge a payload within 3 s and answer it. Rejects only before the acknowledgement. */
async function handlePayload(
  conversation: Conversation,
  heard: Exclude<SlackInput, { kind: 'nothing' | 'removed' }>,
  ack: ReceiverEvent['ack'],
): Promise<void> {
  const receivedAt = Date.now();
  switch (heard.kind) {
    case 'member':
      // Write first, acknowledge later: Slack sends an unacknowledged event again.
      await requestMemberRefresh(conversation.deps, heard.account, heard.said);
      return ack();
    case 'suggest':
      return ack(await suggestions(conversation, heard.request));
    case 'submit':
      return inBackground(conversation, handleSubmission(conversation, heard, ack, receivedAt));
    case 'home': {
      await ack();
      const opened = conversation.homes.opened(conversation.deps, heard.request, heard.firstTime);
      return inBackground(
        conversation,
        opened.catch((error) => apologize(conversation, heard, error)),
      );
    }
    case 'ask':
      return acceptRequest(conversation, heard, ack, receivedAt);
    default:
      return heard satisfies never;
  }
}

/**
 * Accept a request. An acknowledged request must be answered, so its row is written first and survives this process.
 * Slack shows the person an error where no acknowledgement comes. Under load, a request that only reads is acknowledged
 * before its row is written, because Slack's 3 s matter more there.
 */
async function acceptRequest(
  conversation: Conversation,
  heard: SlackInput & { kind: 'ask' },
  ack: ReceiverEvent['ack'],
  receivedAt: number,
): Promise<void> {
  const { deps } = conversation;
  const takeNow = () => takeRequest(deps, heard.request, { answersLater: true });
  const rowFirst = conversation.underWay.size <= lightLoad || !isReadOnly(heard.request);
  const taken = rowFirst ? await takeNow() : undefined;
  await ack();
  inBackground(conversation, answerRequest(conversation, heard, receivedAt, taken ?? takeNow));
}

async function answerRequest(
  conversation: Conversation,
  heard: SlackInput & { kind: 'ask' },
  receivedAt: number,
  taken: TakenRequest | (() => Promise<TakenRequest>),
): Promise<void> {
  const { deps, responder, homes, turn } = conversation;
  const { request, place } = heard;
  const inTurn = () =>
    turn(async () => {
      const held = typeof taken === 'function' ? await taken() : taken;
      return { held, answer: await answerTakenRequest(deps, held) };
    });
  // The lease on a row that is already claimed is renewed while the request waits for a slot.
  const { held, answer } = await (typeof taken === 'function' ? inTurn() : withRequestLease(deps, taken, inTurn));
  await deliver(conversation, heard, held, async () => {
    await respond(responder, place, answer, Date.now() - receivedAt);
    if (request.kind === 'click') await homes.refresh(deps, request.from);
  });
}

async function handleSubmission(
  conversation: Conversation,
  heard: SlackInput & { kind: 'submit' },
  ack: ReceiverEvent['ack'],
  receivedAt: number,
): Promise<void> {
  const { deps, refused, responder, homes } = conversation;
  const attempt = refused.get(heard.request.id) ?? 0;
  const request =
    attempt === 0 ? heard.request : { ...heard.request, id: asId<RequestId>(`${heard.request.id}#${attempt}`) };

  const { files } = heard;
  // The row does not keep files, so after a restart such a form can only be apologized for.
  const named = Object.fromEntries(Object.keys(files).map((field) => [field, noFile]));
  const taken = await takeRequest(
    deps,
    { ...request, values: { ...request.values, ...named } },
    { answersLater: true },
  );
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
 * Send the person the answer, or an apology with a reference, then delete the request's row. Rejects when neither can
 * be sent; the row stays for the sweep.
 */
async function deliver(
  conversation: Conversation,
  heard: SlackInput & { request: Request },
  taken: TakenRequest,
  bring: () => Promise<void>,
): Promise<void> {
  const { deps } = conversation;
  await withRequestLease(deps, taken, () => bring().catch((error) => apologize(conversation, heard, error)));
  markAnswered(deps, taken);
}

async function answerTo(
  { deps, config }: Conversation,
  taken: TakenRequest,
  { files, locale, request }: SlackInput & { kind: 'submit' },
): Promise<Answer> {
  try {
    const fetched = await Promise.all(
      Object.entries(files).map(async ([field, file]) => [field, await fetchFile(config, file)] as const),
    );
    const { request: asked } = taken;
    if (asked.kind !== 'submit' || fetched.length === 0) return answerTakenRequest(deps, taken);
    const values = { ...asked.values, ...Object.fromEntries(fetched) };
    return answerTakenRequest(deps, { ...taken, request: { ...asked, values } });
  } catch (error) {
    deps.log.warn({ error, request: request.id }, 'slack file not fetched');
    await forgetTakenRequest(deps, taken).catch(() => {});
    return { kind: 'say', card: lineCard(slackWords(locale).fileAway), locale };
  }
}

/** Slack shows nothing for an empty list, so an entry that selects no person gives the reason. */
async function suggestions({ deps }: Conversation, request: Request & { kind: 'suggest' }) {
  const answer = await valueWithin(2_500, dispatch(deps, request));
  const options = answer?.kind === 'suggest' ? answer.options : [];
  if (options.length > 0) return { options: options.slice(0, 100).map(optionOf) };
  return { options: [optionOf({ value: NO_PERSON, label: reasonForNoPerson(answer, request.from.locale) })] };
}

function reasonForNoPerson(answer: Answer | undefined, locale: string | undefined): string {
  if (answer?.kind === 'suggest') return answer.empty;
  if (answer && 'card' in answer) return answer.card.summary;
  return slackWords(locale?.startsWith('fr') ? 'fr' : 'en').stillLooking;
}

/** Continue an answer after the acknowledgement. */
function inBackground(conversation: Conversation, work: Promise<void>): void {
  const told = work.catch((error: unknown) => conversation.deps.log.warn({ error }, 'slack reply failed'));
  void trackRunning(conversation, told);
}

/** Log an unexpected failure, and tell the person its reference. */
async function apologize({ deps, responder }: Conversation, heard: SlackInput & { request: Request }, error: unknown) {
  const reference = randomUUID().slice(0, 8);
  const { id, from, kind } = heard.request;
  deps.log.error({ error, reference, request: id, kind }, 'slack answer failed');
  const locale = 'locale' in heard ? heard.locale : 'en';
  const line = wordsIn(locale).chat.somethingBroke(reference);
  await responder.direct.post(from.accountId, messageOf(lineCard(line)));
}
