import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Adapter } from '../adapter.js';
import type { Deps } from '../core/deps.js';
import { depsForRequest } from '../core/request-deps.js';
import { isLoopback } from '../env.js';
import { requestIdOf } from '../request-id.js';
import { Activity } from './activity.js';
import type { Bot } from './bot-framework.js';
import { conversation, conversationMemory } from './handle-activity.js';
import { KeysUnavailable, tokenCheck, tokenCovers, type VerifiedToken } from './token-check.js';

/** Teams' adapter: all activities arrive at `POST /api/messages`. */
export function teamsAdapter(deps: Deps, bot: Bot): Adapter {
  const router = Router();
  router.post(
    '/api/messages',
    verifyToken(deps, bot),
    express.json({ limit: '1mb', type: () => true }),
    handleActivity(deps, bot),
  );
  router.use('/api/messages', bodyErrors);
  return { name: 'teams', router };
}

/**
 * Without credentials every sender is accepted, so only this machine may call: a proxy would forward the whole
 * internet, and a page in a local browser could post to us under a host name that resolves to this machine.
 */
function onlyLocal(deps: Deps): RequestHandler {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];
  return (request, response, next) => {
    const header = proxied.find((name) => request.headers[name] !== undefined);
    if (header === undefined && isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) return next();
    deps.log.warn({ header, requestId: requestIdOf(response) }, 'TEAMS_ANONYMOUS refused a request through a proxy');
    response
      .status(403)
      .type('text')
      .send('TEAMS_ANONYMOUS takes requests of this machine only. Set MICROSOFT_APP_ID.\n');
  };
}

/** Verify the token before the body is read. */
function verifyToken(deps: Deps, { config }: Bot): RequestHandler {
  const { identity, openIdMetadataUrl } = config;
  if (identity.kind === 'anonymous') return onlyLocal(deps);

  const check = tokenCheck(identity.appId, openIdMetadataUrl);
  return async (request, response, next) => {
    try {
      const token = await check(request.get('authorization'));
      if (!token) {
        response.status(401).end();
        return;
      }
      response.locals.token = token;
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

function handleActivity(deps: Deps, bot: Bot): RequestHandler {
  const memory = conversationMemory();
  return async (request, response) => {
    const parsed = Activity.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).end();
      return;
    }
    const activity = parsed.data;
    const token = response.locals.token as VerifiedToken | undefined;
    if (token && !tokenCovers(token, activity)) {
      response.status(401).end();
      return;
    }
    const answer = conversation(depsForRequest(deps, requestIdOf(response)), bot, memory);
    const { status, body } = await bot.runTurn(activity, (turn) => answer(activity, turn));
    response.status(status);
    if (body === undefined) response.end();
    else response.json(body);
  };
}
