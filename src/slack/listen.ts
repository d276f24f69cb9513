import { randomUUID } from 'node:crypto';
import { type App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { type RequestHandler, Router, raw } from 'express';
import { LRUCache } from 'lru-cache';
import { lineCard } from '../core/chat/chat.views.js';
import { dispatch } from '../core/chat/dispatch.js';
import type { Answer, Request } from '../core/chat/exchange.js';
import { wordsIn } from '../core/chat/words.js';
import type { Deps } from '../core/deps.js';
import { forRequest } from '../core/for-request.js';
import { as, type RequestId } from '../core/ids.js';
import { inTurn } from '../core/in-turn.js';
import { noticeMember } from '../core/members/look.js';
import type { Ear } from '../ear.js';
import type { SlackConfig } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { type Homes, homes } from './app-home.js';
import { directMessages } from './direct-messages.js';
import { fetchFile } from './files.js';
import { optionOf } from './forms.js';
import { type Heard, isMalformed, NOBODY, read } from './read.js';
import { messageOf } from './render.js';
import { type Mouth, respond } from './respond.js';
import { responseUrls } from './response-url.js';
import { slackWords } from './slack.words.js';
import { answerSubmission, within } from './submission.js';
import { slackLogger, webApi } from './web-api.js';

/** Everything that hearing and answering takes. */
interface Conversation {
  readonly deps: Deps;
  readonly config: SlackConfig;
  readonly mouth: Mouth;
  readonly homes: Homes;
  /** How often a submission was refused: sent again it is a new one, though Slack gives it no new name. */
  readonly refused: LRUCache<string, number>;
  /** Commands and clicks have been acknowledged: so many at once that acknowledging goes before answering. */
  readonly turn: ReturnType<typeof inTurn>;
  /** Answers that are on their way after the acknowledgement. */
  readonly underWay: Set<Promise<void>>;
}

/**
 * Slack's ear: `POST /slack/events` with signed requests, or Socket Mode. Bolt's receivers check, parse and
 * acknowledge; what its `App` would add (listeners, authorization) is the work of `dispatch`, so theirs goes straight there.
 */
export function slackEar(deps: Deps, config: SlackConfig): Ear {
  const conversation = conversationWith(deps, config);
  const { mode } = config;
  const ear =
    mode.kind === 'http' ? overHttp(conversation, mode.signingSecret) : overSocket(conversation, mode.appToken);
  return {
    name: 'slack',
    ...ear,
    stop: async () => {
      await ear.stop?.();
      await Promise.all(conversation.underWay);
      conversation.homes.close();
      await conversation.mouth.urls.close();
    },
  };
}

function conversationWith(deps: Deps, config: SlackConfig): Conversation {
  const web = webApi(config, deps.log);
  const mouth = {
    web,
    urls: responseUrls(config),
    direct: directMessages(web, webApi(config, deps.log, { once: true })),
  };
  return {
    deps,
    config,
    mouth,
    homes: homes(deps, web, mouth.direct),
    refused: new LRUCache({ max: 10_000, ttl: 60 * 60 * 1000 }),
    turn: inTurn(4),
    underWay: new Set(),
  };
}

function overHttp(conversation: Conversation, signingSecret: string): Pick<Ear, 'router' | 'stop'> {
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

function overSocket(conversation: Conversation, appToken: string): Pick<Ear, 'start' | 'stop'> {
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
      return hear({ ...conversation, deps }, read(body), ack);
    },
  }) as unknown as App;

/** Acknowledges within 3 s and answers. Rejects only before the acknowledgement. */
async function hear(conversation: Conversation, heard: Heard, ack: ReceiverEvent['ack']): Promise<void> {
  const receivedAt = Date.now();
  switch (heard.kind) {
    case 'nothing':
      return ack();
    case 'member':
      // Noted first: Slack sends again what we could not note.
      await noticeMember(conversation.deps, heard.account, heard.said);
      return ack();
    case 'suggest':
      return ack(await suggestions(conversation, heard.request));
    case 'submit':
      return inBackground(conversation, heard, submitted(conversation, heard, ack));
    case 'home':
      await ack();
      return inBackground(
        conversation,
        heard,
        conversation.homes.opened(conversation.deps, heard.request, heard.firstTime),
      );
    case 'ask':
      await ack();
      return inBackground(conversation, heard, answered(conversation, heard, receivedAt));
    default:
      return heard satisfies never;
  }
}

async function answered(
  { deps, mouth, homes, turn }: Conversation,
  heard: Heard & { kind: 'ask' },
  receivedAt: number,
): Promise<void> {
  const { request, place } = heard;
  const answer = await turn(() => dispatch(deps, request));
  await respond(mouth, place, answer, Date.now() - receivedAt);
  if (request.kind === 'click') await homes.refresh(deps, request.from);
}

async function submitted(
  conversation: Conversation,
  heard: Heard & { kind: 'submit' },
  ack: ReceiverEvent['ack'],
): Promise<void> {
  const { deps, refused, mouth, homes } = conversation;
  const attempt = refused.get(heard.request.id) ?? 0;
  const request =
    attempt === 0 ? heard.request : { ...heard.request, id: as<RequestId>(`${heard.request.id}#${attempt}`) };

  const answering = answerTo(conversation, request, heard).then((answer) => {
    if (answer.kind === 'invalid') refused.set(heard.request.id, attempt + 1);
    return answer;
  });
  await answerSubmission(mouth, heard, answering, ack);
  await homes.refresh(deps, request.from);
}

async function answerTo(
  { deps, config }: Conversation,
  request: Request & { kind: 'submit' },
  { files, locale }: Heard & { kind: 'submit' },
): Promise<Answer> {
  try {
    const fetched = await Promise.all(
      Object.entries(files).map(async ([field, file]) => [field, await fetchFile(config, file)] as const),
    );
    return dispatch(deps, { ...request, values: { ...request.values, ...Object.fromEntries(fetched) } });
  } catch (error) {
    deps.log.warn({ error, request: request.id }, 'slack file not fetched');
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

/** Lets an answer go on after the acknowledgement; one that fails is logged, and the person told with a reference. */
function inBackground(
  { deps, mouth, underWay }: Conversation,
  heard: Heard & { request: Request },
  work: Promise<void>,
): void {
  const watched = work
    .catch(async (error: unknown) => {
      const reference = randomUUID().slice(0, 8);
      const { id, from, kind } = heard.request;
      deps.log.error({ error, reference, request: id, kind }, 'slack answer failed');
      const locale = 'locale' in heard ? heard.locale : 'en';
      const line = wordsIn(locale).chat.somethingBroke(reference);
      await mouth.direct.post(from.accountId, messageOf(lineCard(line)));
    })
    .catch((error: unknown) => deps.log.warn({ error }, 'slack person not told'))
    .finally(() => underWay.delete(watched));
  underWay.add(watched);
}
