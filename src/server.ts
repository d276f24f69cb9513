import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Adapter } from './adapter.js';
import { localeOf } from './core/chat/phrasing.js';
import { wordsIn } from './core/chat/words.js';
import { isUnavailable, UserError } from './core/errors.js';
import { bodyDeadline } from './http/body-deadline.js';
import { limitPipelining } from './http/pipelining-limit.js';
import type { ReadinessChecks } from './ops/health.js';
import { healthRoutes } from './ops/health.js';
import { type Metrics, routeOf } from './ops/metrics.js';
import { assignRequestId, requestIdOf } from './request-id.js';

/**
 * Create the HTTP application: common middleware, the operators' paths, then every adapter's routes. An adapter reads
 * its own bodies, because each platform signs and limits them differently.
 */
export function httpApp(options: {
  readonly log: Logger;
  readonly publicUrl: string;
  readonly parts: ReadinessChecks;
  readonly metrics: Metrics;
  readonly adapters: readonly Adapter[];
  readonly trustedProxies: readonly string[];
}): Express {
  const { log, publicUrl, parts, metrics, adapters, trustedProxies } = options;
  const app = express();
  app.disable('x-powered-by');
  // Only these proxies may state the client's address and protocol; without any, the connection's own address counts.
  app.set('trust proxy', [...trustedProxies]);

  app.use(withRequestId(log), bodyDeadline(log), metrics.requests, helmet(headersFor(publicUrl)), readablePath);
  app.use(healthRoutes(parts, log), metrics.router);
  app.use(adapters.length === 0 ? healthOnly : switchedOffRoutes(adapters));
  for (const { router } of adapters) if (router) app.use(router);
  app.use(notFound, answerError(log));
  return app;
}

/** Answers on a worker's address, which is for operators only; a client sent here by mistake may retry elsewhere. */
const healthOnly: RequestHandler = (request, response) =>
  sendProblem(request, response, 503, 'This process is a worker: it answers /healthz, /readyz and /metrics only.');

/** The adapters that can be switched off, and how to switch them on. */
const switchableAdapters = [
  {
    path: '/slack',
    adapter: 'slack',
    closed: 'Slack is not set up here for HTTP (SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET).',
  },
  {
    path: '/api/messages',
    adapter: 'teams',
    closed: 'Microsoft Teams is not set up here (MICROSOFT_APP_ID, or TEAMS_COMPANY_BOTS).',
  },
  { path: '/voice', adapter: 'phone', closed: 'The phone is not set up here (VOICE_ACCOUNT_SID).' },
] as const;

/** Answer 503 for an adapter that is switched off, not 404: platforms retry later, and people read the reason. */
function switchedOffRoutes(adapters: readonly Adapter[]): Router {
  const router = Router();
  const open = new Set(adapters.filter((adapter) => adapter.router).map(({ name }) => name));
  for (const { path, adapter, closed } of switchableAdapters)
    if (!open.has(adapter)) router.use(path, (request, response) => sendProblem(request, response, 503, closed));
  return router;
}

/**
 * Start a server that answers 503 until it is given its application, so that the port is bound and known before
 * anything else starts.
 */
export async function listen(
  { host, port }: { host: string; port: number },
  log: Logger,
): Promise<{
  readonly url: string;
  serve(app: Express): void;
  /** Accept no more requests, and resolve when the running ones are answered; after ten seconds they are cut off. */
  close(): Promise<void>;
}> {
  let app: Express | undefined;
  // A request must be complete within `requestTimeout`; `bodyDeadline` ends slow ones long before.
  const times = { requestTimeout: 300_000, headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };
  const server = createServer(
    times,
    limitPipelining((request, response) => {
      if (app) app(request, response);
      else answerWhileStarting(request, response);
    }),
  );
  await bound(server, host, port);
  // Without a listener a failed `accept`, for example when all file descriptors are in use, would end the process.
  server.on('error', (error) => log.error({ error }, 'http server error'));
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${(server.address() as AddressInfo).port}`,
    serve: (given) => {
      app = given;
    },
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), 10_000);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/**
 * Answers during the start: alive, so that no supervisor restarts a process that waits for its database, but not ready.
 */
function answerWhileStarting(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/healthz')
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ status: 'alive' }));
  else if (request.url?.startsWith('/api/v1/')) {
    const problem = { type: 'about:blank', title: 'Starting', status: 503, detail: 'Ask again in a moment.' };
    const type = 'application/problem+json; charset=utf-8';
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': type }).end(JSON.stringify(problem));
  } else response.writeHead(503, { 'Retry-After': '1' }).end('Starting.\n');
}

const bound = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Give the request its id, ours or the proxy's, and log how it ended. */
const withRequestId =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const requestId = assignRequestId(request, response);
    // The client may disconnect at any moment; a stream error without a listener would end the process.
    for (const stream of [request, response])
      stream.on('error', (error) => log.debug({ requestId, error }, 'connection error'));
    const begun = performance.now();
    response.once('finish', () => {
      const { statusCode: status } = response;
      const facts = {
        requestId,
        method: request.method,
        route: routeOf(request),
        status,
        ms: Math.round(performance.now() - begun),
      };
      log[status >= 500 ? 'warn' : 'debug'](facts, 'request');
    });
    next();
  };

/** Strict headers for responses that are not pages; the web's pages set their own policy. */
const headersFor = (publicUrl: string): Parameters<typeof helmet>[0] => ({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: publicUrl.startsWith('https:'),
  referrerPolicy: { policy: 'same-origin' },
});

/** Refuse a path with U+0000 or a malformed escape, which no route of ours has, before it is used in a query. */
const readablePath: RequestHandler = (request, response, next) => {
  const path = decodedPath(request.path);
  if (path?.includes('\0') === false) return next();
  sendProblem(request, response, 400, 'This address is not written as addresses are.');
};

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const notFound: RequestHandler = (request, response) => {
  sendProblem(request, response, 404, 'There is nothing at this address.');
};

/**
 * Answer an error that no adapter answered: a refusal in its own words, a bad request, or a bug with a reference that
 * is also in the log.
 */
const answerError =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    if (response.headersSent) return void response.destroy();
    const words = wordsIn(localeOf(request.acceptsLanguages('en', 'fr') || undefined));
    if (error instanceof UserError) return sendProblem(request, response, error.status, error.say(words));

    // Body parsers and routers mark errors of the request with a status.
    const status = Number((error as { status?: unknown }).status);
    if (status >= 400 && status < 500) return sendProblem(request, response, status, (error as Error).message);

    const facts = { error, requestId: requestIdOf(response), route: routeOf(request) };
    if (isUnavailable(error)) {
      log.warn(facts, 'request failed, database unreachable');
      response.set('Retry-After', '2');
      return sendProblem(request, response, 503, words.chat.tryAgain);
    }
    const reference = randomUUID().slice(0, 8);
    log.error({ ...facts, reference }, 'request failed');
    sendProblem(request, response, 500, words.chat.somethingBroke(reference));
  };

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported kind of content',
  422: 'Refused',
  503: 'Away',
};

/** Answer with a problem document (RFC 9457) for programs, plain text for browsers. */
function sendProblem(request: Request, response: Response, status: number, detail: string): void {
  response.status(status);
  if (!request.path.startsWith('/api/')) return void response.type('text/plain').send(`${detail}\n`);
  const title = titles[status] ?? (status < 500 ? 'Refused' : 'It is our fault');
  response.type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
