import type { IncomingMessage } from 'node:http';
import { type Request, type RequestHandler, type Response, urlencoded } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { Deps } from '../core/deps.js';
import type { VoiceConfig } from '../env.js';
import { clientAddress } from '../http/client-address.js';
import { requestIdOf } from '../request-id.js';
import { carriesSignature, isSigned } from './signature.js';

/**
 * Refuse posts that our provider did not sign. Each address that sends many is rate limited; signed posts are never
 * limited, whatever else their address sends.
 */
export function requireSignature(deps: Deps, voice: VoiceConfig): RequestHandler[] {
  const slowRefused = unsignedLimit();
  /** As they came, for signatures over the bytes. */
  const bodies = new WeakMap<IncomingMessage, Buffer>();
  const refuse: RequestHandler = (request, response) => {
    deps.log.warn({ requestId: requestIdOf(response), path: request.path }, 'voice signature refused');
    response.status(401).type('text/plain').send('The signature does not match.');
  };
  const refuseSlowly = (request: Request, response: Response) =>
    void slowRefused(request, response, () => refuse(request, response, () => {}));
  return [
    (request, response, proceed) => {
      // Unsigned posts are refused before their body is read.
      if (carriesSignature((name) => request.get(name))) proceed();
      else refuseSlowly(request, response);
    },
    urlencoded({
      extended: false,
      limit: '100kb',
      verify: (request, _response, body) => void bodies.set(request, body),
    }),
    (request, response, proceed) => {
      const fields = Fields.safeParse(request.body ?? {});
      const post = {
        url: `${deps.publicUrl}${request.originalUrl}`,
        fields: fields.data ?? {},
        body: bodies.get(request) ?? Buffer.alloc(0),
        header: (name: string) => request.get(name),
      };
      if (fields.success && isSigned(post, voice, deps.clock.now())) proceed();
      else refuseSlowly(request, response);
    },
  ];
}

const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Refusals a minute for one address. */
const mostRefused = 60;
/** Create a limit for each address that sends what is refused. */
export const unsignedLimit = () =>
  rateLimit({
    windowMs: 60_000,
    limit: mostRefused,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: clientAddress,
    handler: (_request, response) => void response.status(429).type('text/plain').send('Too many requests.'),
  });
