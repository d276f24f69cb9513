import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { Adapter } from '../adapter.js';
import type { Deps } from '../core/deps.js';
import { depsForRequest } from '../core/request-deps.js';
import { isLoopback } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { Activity, isWith, tenantOf } from './activity.js';
import type { Bot } from './bot-framework.js';
import type { TeamsBots } from './bots.js';
import { conversation, conversationMemory } from './handle-activity.js';
import { KeysUnavailable, tokenCheck, tokenCovers, type VerifiedToken } from './token-check.js';

/** Teams' adapter: the activities of all bots arrive at `POST /api/messages`. */
export function teamsAdapter(deps: Deps, bots: TeamsBots): Adapter {
  const router = Router();
  router.post(
    '/api/messages',
    verifyToken(deps, bots),
    express.json({ limit: '1mb', type: () => true }),
    handleActivity(deps, bots),
  );
  router.use('/api/messages', bodyErrors);
  return { name: 'teams', router };
}

/**
 * Without credentials every sender is accepted, so only programs of this machine may call: a proxy would forward the
 * whole internet, and a page in a local browser could post to us, at this address or under a host name of its own that
 * resolves to this machine.
 */
function onlyLocal(deps: Deps, bot: Bot): RequestHandler {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];
  // Desktop programs built on Chromium send `none`, and no page can.
  const isFromPage = (name: string, value: unknown) =>
    name === 'origin' || (name === 'sec-fetch-site' && value !== 'none');
  return (request, response, next) => {
    const sent = Object.entries(request.headers);
    const [header] = sent.find(([name, value]) => proxied.includes(name) || isFromPage(name, value)) ?? [];
    if (header === undefined && isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) {
      setAddressee(response, { bot, token: undefined });
      return next();
    }
    deps.log.warn(
      { header, requestId: requestIdOf(response) },
      'TEAMS_ANONYMOUS refused a request of a proxy or a page',
    );
    response
      .status(403)
      .type('text')
      .send('TEAMS_ANONYMOUS takes requests of programs on this machine only. Set MICROSOFT_APP_ID.\n');
  };
}

/** The bot that a request is for, and its token; an anonymous bot is sent none. */
interface Addressee {
  readonly bot: Bot;
  readonly token: VerifiedToken | undefined;
}

const setAddressee = (response: Response, addressee: Addressee): void => {
  response.locals.addressee = addressee;
};
const addresseeOf = (response: Response): Addressee => response.locals.addressee as Addressee;

/** Verify the token before the body is read; its audience then chooses the bot. */
function verifyToken(deps: Deps, bots: TeamsBots): RequestHandler {
  const { shared, config } = bots;
  if (shared?.config.identity.kind === 'anonymous') return onlyLocal(deps, shared);

  const check = tokenCheck(config.openIdMetadataUrl);
  return async (request, response, next) => {
    try {
      const token = await check(request.get('authorization'));
      const bot = token && (await bots.forApp(token.appId));
      if (!bot) {
        response.status(401).end();
        return;
      }
      setAddressee(response, { bot, token });
      next();
    } catch (error) {
      if (!(error instanceof KeysUnavailable)) throw error;
      deps.log.error({ error: error.cause, requestId: requestIdOf(response) }, 'teams signing keys unavailable');
      response.status(503).end();
    }
  };
}

/** Answers a body that is too long or is not JSON. */
const bodyErrors: ErrorRequestHandler = (error, _request, response, next) => {
  const status = (error as { status?: number }).status;
  if (status === undefined || status >= 500) return next(error);
  response.status(status).end();
};

function handleActivity(deps: Deps, bots: TeamsBots): RequestHandler {
  const memory = conversationMemory();
  return async (request, response) => {
    const parsed = Activity.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).end();
      return;
    }
    const activity = parsed.data;
    const { bot, token } = addresseeOf(response);
    if (token && !tokenCovers(token, activity)) {
      response.status(401).end();
      return;
    }
    const refusal = token && (await refusalOf(bots, bot, activity));
    if (refusal !== undefined) {
      deps.log.warn({ refusal, app: bot.appId, requestId: requestIdOf(response) }, 'teams activity refused');
      response.status(403).end();
      return;
    }
    const answer = conversation(depsForRequest(deps, requestIdOf(response)), bot, memory);
    const { status, body } = await bot.runTurn(activity, (turn) => answer(activity, turn));
    response.status(status);
    if (body === undefined) response.end();
    else response.json(body);
  };
}

/**
 * Why a bot does not take an activity, though Bot Framework signed for it; undefined: it does. On other channels of an
 * Azure bot (Direct Line, web chat) the sender writes the tenant and the person into the activity; in Teams Microsoft does.
 */
async function refusalOf(bots: TeamsBots, bot: Bot, activity: Activity): Promise<string | undefined> {
  if (activity.channelId !== 'msteams') return 'another channel';
  if (!(await serves(bots, bot, tenantOf(activity)))) return 'another tenant';
  return isWith(bot, { botId: activity.recipient.id }) ? undefined : 'another recipient';
}

/** A company's own bot, looked up for this activity, serves its one tenant; the environment's those without their own. */
const serves = async (bots: TeamsBots, { appId, onlyTenant }: Bot, entraTenantId: string): Promise<boolean> =>
  onlyTenant === undefined ? (await bots.forTenant(entraTenantId))?.appId === appId : onlyTenant === entraTenantId;
