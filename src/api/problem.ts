import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { localeOf } from '../core/chat/phrasing.js';
import { wordsIn } from '../core/chat/words.js';
import { isUnavailable, UserError } from '../core/errors.js';
import { requestIdOf } from '../request-id.js';

/** A problem document, RFC 9457. */
export const Problem = z
  .object({
    type: z.string().meta({ description: 'What kind of problem it is: a name that does not change.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened and what to do next.' }),
    instance: z.string().meta({ description: 'The id of this request; the log has the rest.' }),
    errors: z
      .array(z.object({ at: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'What is wrong where, in a body or a query that cannot be read.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

const titles = {
  'bad-request': 'The request cannot be read',
  unauthorized: 'No valid API key',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'This address does not know that method',
  conflict: 'It conflicts with what is there',
  'too-large': 'Too large',
  'unsupported-media': 'This kind of content is not accepted',
  refused: 'Refused',
  'too-many-requests': 'Too many requests',
  'our-fault': 'Something went wrong on our side',
  away: 'Out of order for a moment',
} as const;
type ProblemName = keyof typeof titles;

const nameOf: Record<UserError['status'], ProblemName> = {
  400: 'bad-request',
  403: 'not-allowed',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media',
  422: 'refused',
  429: 'too-many-requests',
};

/** A refusal by the API itself, about keys, methods or bodies. In English, for the developer of the client. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: ProblemName,
    readonly detail: string,
    readonly more: { readonly errors?: Problem['errors']; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

/** Answer a handler's error with a problem document; log it when it is a bug. */
export const problemHandler =
  (log: Logger): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const problem = problemOf(error, request);
    const facts = { error, requestId: requestIdOf(response), path: request.path };
    if (problem.problem === 'our-fault') log.error(facts, 'api request failed');
    if (problem.problem === 'away') log.warn(facts, 'api request failed, database unreachable');
    sendProblem(response, problem);
  };

/** Send a problem document. */
export function sendProblem(response: Response, problem: ApiProblem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { errors, headers } = problem.more;
  const body: Problem = {
    type: `urn:attendant:problem:${problem.problem}`,
    title: titles[problem.problem],
    status: problem.status,
    detail: problem.detail,
    instance: requestIdOf(response),
    ...(errors ? { errors } : {}),
  };
  response
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', ...headers })
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

function problemOf(error: unknown, request: Request): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof UserError) {
    const locale = localeOf(request.acceptsLanguages('en', 'fr') || 'en');
    return new ApiProblem(error.status, nameOf[error.status], error.say(wordsIn(locale)));
  }
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.parse.failed')
    return new ApiProblem(400, 'bad-request', 'The body is not valid JSON. Check quotation marks and commas.');
  if (type === 'entity.too.large') return new ApiProblem(413, 'too-large', 'The body is larger than 64 kB.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ApiProblem(status, status === 415 ? 'unsupported-media' : 'bad-request', 'The request cannot be read.');
  if (isUnavailable(error))
    return new ApiProblem(503, 'away', 'Attendant cannot reach its data just now. Nothing was changed. Try again.', {
      headers: { 'Retry-After': '5' },
    });
  return new ApiProblem(500, 'our-fault', 'It is our fault. Try again; if it stays so, quote the instance.');
}
