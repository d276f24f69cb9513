import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Adapter } from '../adapter.js';
import type { Deps } from '../core/deps.js';
import { rateLimit as ratedBy } from '../core/rate-limit.js';
import { depsForRequest } from '../core/request-deps.js';
import { isEnabled } from '../core/tenants/tenants.js';
import { requestIdOf } from '../request-id.js';
import { apiKeyReader } from './api-key-reader.js';
import { getCall, getCoverage, postCall, postCallEnd, postCallOutcome, postTransfer } from './calls.js';
import { getDirectory, putPresence } from './directory.js';
import { openApi } from './openapi.js';
import { ApiProblem, problemHandler, sendProblem } from './problem.js';
import type { ApiRequest } from './request-input.js';
import { uploadReader } from './upload.js';
import { getDeliveries, getVoicemail, getVoicemails, postVoicemail } from './voicemails.js';

/** The options of the JSON API. */
export interface ApiOptions {
  /** The default company's key from the environment, in addition to the keys stored as hashes. */
  readonly apiKey: string | undefined;
  /** Per company; above it the answer is 429; 0: no limit. */
  readonly requestsPerMinute?: number;
}

type Handler = (asked: ApiRequest) => Promise<void>;

/** The JSON API for phone systems and contact centres (CONTRACT.md §3). */
export function apiAdapter(deps: Deps, { apiKey, requestsPerMinute = 12_000 }: ApiOptions): Adapter {
  const router = Router();
  const tenantOf = apiKeyReader(deps, apiKey, ratedBy({ burst: 60, perMinute: 60 }));
  const json = express.json({ limit: '64kb', type: ['application/json', 'application/*+json'] });
  const limits = { windowMs: 60_000, standardHeaders: 'draft-7', legacyHeaders: false, handler: tooMany } as const;
  const slowKeys = rateLimit({
    ...limits,
    limit: requestsPerMinute,
    skip: () => requestsPerMinute === 0,
    keyGenerator: (_request, response) => response.locals.tenantId,
  });

  const identify: RequestHandler = async (request, response, next) => {
    try {
      response.locals.tenantId = await tenantOf(request);
      next();
    } catch (error) {
      next(error);
    }
  };
  const calling =
    (handle: Handler): RequestHandler =>
    (request, response) =>
      handle({
        deps: depsForRequest(deps, requestIdOf(response)),
        tenantId: response.locals.tenantId,
        request,
        response,
      });

  router.get('/api/v1/openapi.json', (_request, response) => void response.json(openApi(deps.publicUrl)));
  router.use('/api/v1', identify, slowKeys);

  // For a disabled company the features answer and explain calls and refuse messages; the rest is refused here.
  const whileEnabled =
    (handle: Handler): Handler =>
    async (asked) => {
      if (!(await isEnabled(asked.deps.db, asked.tenantId))) throw switchedOff();
      return handle(asked);
    };

  const routes: readonly (readonly [path: string, methods: Readonly<Record<string, Handler>>])[] = [
    ['/api/v1/calls', { post: postCall }],
    ['/api/v1/calls/:callId', { get: whileEnabled(getCall) }],
    ['/api/v1/calls/:callId/end', { post: postCallEnd }],
    ['/api/v1/calls/:callId/outcome', { post: postCallOutcome }],
    ['/api/v1/calls/:callId/transfer', { post: postTransfer }],
    ['/api/v1/voicemails', { post: postVoicemail(uploadReader()), get: whileEnabled(getVoicemails) }],
    ['/api/v1/voicemails/:id', { get: whileEnabled(getVoicemail) }],
    ['/api/v1/voicemails/:id/deliveries', { get: whileEnabled(getDeliveries) }],
    ['/api/v1/agents/:agentId/presence', { put: whileEnabled(putPresence) }],
    ['/api/v1/directory', { get: whileEnabled(getDirectory) }],
    ['/api/v1/users/:id/coverage', { get: getCoverage }],
  ];
  for (const [path, { get, post, put }] of routes) {
    const route = router.route(path);
    if (get) route.get(calling(get));
    // Multipart bodies are read by their own handler; the JSON parser ignores them.
    if (post) route.post(json, calling(post));
    if (put) route.put(json, calling(put));
    const allow = Object.entries({ GET: get, POST: post, PUT: put }).flatMap(([name, handle]) => (handle ? name : []));
    route.all((_request, _response, next) => next(wrongMethod(allow)));
  }
  router.use('/api/v1', (_request, _response, next) => next(notFound()));
  router.use('/api/v1', problemHandler(deps.log));
  return { name: 'api', router };
}

const tooMany = (_request: Request, response: Response): void => {
  const seconds = String(response.getHeader('Retry-After') ?? 60);
  sendProblem(
    response,
    new ApiProblem(429, 'too-many-requests', `Slow down, and try again in ${seconds} s.`, {
      headers: { 'Retry-After': seconds },
    }),
  );
};

const wrongMethod = (allow: readonly string[]): ApiProblem =>
  new ApiProblem(405, 'method-not-allowed', `Use ${allow.join(' or ')}.`, { headers: { Allow: allow.join(', ') } });

const switchedOff = (): ApiProblem =>
  new ApiProblem(403, 'not-allowed', 'This company is switched off. “attendant settings enabled yes” switches it on.');

const notFound = (): ApiProblem =>
  new ApiProblem(404, 'not-found', 'There is nothing at this address. /api/v1/openapi.json lists what there is.');
