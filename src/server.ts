import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { localeOf } from './core/chat/phrasing.js';
import { wordsIn } from './core/chat/words.js';
import { isAway, UserError } from './core/errors.js';
import type { Ear } from './ear.js';
import type { Parts } from './ops/health.js';
import { health } from './ops/health.js';
import { type Metrics, routeOf } from './ops/metrics.js';
import { giveId, requestIdOf } from './request-id.js';

/**
 * The HTTP table: what stands in front of everything, the operators' paths, then every ear's own. An ear reads its own
 * bodies, since each platform signs them or limits them in its own way.
 */
export function httpApp(options: {
  readonly log: Logger;
  readonly publicUrl: string;
  readonly parts: Parts;
  readonly metrics: Metrics;
  readonly ears: readonly Ear[];
}): Express {
  const { log, publicUrl, parts, metrics, ears } = options;
  const app = express();
  app.disable('x-powered-by');
  // A proxy on this machine or network may say who called; anybody else may not.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);

  app.use(identified(log), metrics.requests, helmet(headersFor(publicUrl)), readablePath);
  app.use(health(parts, log), metrics.router);
  for (const { router } of ears) if (router) app.use(router);
  app.use(nothingHere, failed(log));
  return app;
}

/** A server that listens and, until it is given its work, says 503: so its port is known, and ours, before all else. */
export async function listen({ host, port }: { host: string; port: number }): Promise<{
  readonly url: string;
  serve(app: Express): void;
  /** Takes no more, and resolves when what runs is answered; after ten seconds it is cut off. */
  close(): Promise<void>;
}> {
  let app: Express | undefined;
  const server = createServer((request, response) => {
    if (app) app(request, response);
    else response.writeHead(503, { 'Retry-After': '1' }).end('Starting.\n');
  });
  await bound(server, host, port);
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

const bound = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Gives the request its id, ours or the one that a proxy gave it, and logs how it ended. */
const identified =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const requestId = giveId(request, response);
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

/** Strict, for whatever has no pages; the web's pages say for themselves what they load. */
const headersFor = (publicUrl: string): Parameters<typeof helmet>[0] => ({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  strictTransportSecurity: publicUrl.startsWith('https:'),
  referrerPolicy: { policy: 'same-origin' },
});

/** No address of ours holds U+0000 or half an escape: such a path is refused before anybody looks something up by it. */
const readablePath: RequestHandler = (request, response, next) => {
  const path = decodedPath(request.path);
  if (path?.includes('\0') === false) return next();
  refuse(request, response, 400, 'This address is not written as addresses are.');
};

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const nothingHere: RequestHandler = (request, response) => {
  refuse(request, response, 404, 'There is nothing at this address.');
};

/** What no ear answered itself: a refusal in its words, a bad request, or a bug with a reference that the log has too. */
const failed =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    if (response.headersSent) return void response.destroy();
    const words = wordsIn(localeOf(request.acceptsLanguages('en', 'fr') || undefined));
    if (error instanceof UserError) return refuse(request, response, error.status, error.say(words));

    // Body parsers and routers say so themselves when the request was at fault.
    const status = Number((error as { status?: unknown }).status);
    if (status >= 400 && status < 500) return refuse(request, response, status, (error as Error).message);

    const facts = { error, requestId: requestIdOf(response), route: routeOf(request) };
    if (isAway(error)) {
      log.warn(facts, 'request came while the data was away');
      response.set('Retry-After', '2');
      return refuse(request, response, 503, words.chat.tryAgain);
    }
    const reference = randomUUID().slice(0, 8);
    log.error({ ...facts, reference }, 'request failed');
    refuse(request, response, 500, words.chat.somethingBroke(reference));
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

/** A problem document (RFC 9457) for programs, plain text for everybody else. */
function refuse(request: Request, response: Response, status: number, detail: string): void {
  response.status(status);
  if (!request.path.startsWith('/api/')) return void response.type('text/plain').send(`${detail}\n`);
  const title = titles[status] ?? (status < 500 ? 'Refused' : 'It is our fault');
  response.type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
