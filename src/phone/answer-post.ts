import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { callWords, companyOfNumber, languageOfCall } from '../core/calls/phone-settings.js';
import type { Locale } from '../core/chat/phrasing.js';
import { fairConcurrencyLimit } from '../core/concurrency-limit.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { asId, type TenantId } from '../core/ids.js';
import { depsForRequest } from '../core/request-deps.js';
import { requestIdOf } from '../request-id.js';
import { aboutOf, type PostContext } from './post-context.js';
import { CallPost, LinkParameters } from './read.js';
import { renderGoodbye } from './render.js';
import { unsignedLimit } from './require-signature.js';

/**
 * Posts that are handled at once; the others wait, the companies in rotation. A thousand calls in the same second would
 * otherwise wait for the database's ten connections, and give up after five seconds, while a provider waits for fifteen.
 */
const mostAtOnce = { total: 6, each: 6 };
/**
 * The same of the phone menu, where a post may wait long for a recording from the provider, without a connection to the
 * database: other callers do not wait behind those, and other companies find room beside one that has only such posts.
 */
const mostInMenu = { total: 9, each: 3 };

/** Posts in order; shared by all routes of the adapter but the phone menu's. */
export const postsInTurn = () => fairConcurrencyLimit(mostAtOnce);
/** Posts of the phone menu in order. */
export const menuPostsInTurn = () => fairConcurrencyLimit(mostInMenu);
type InTurn = ReturnType<typeof postsInTurn>;

/** Whose turn a post takes: the company in our own address, or the number that was called. */
const companyOf = (request: Request): string =>
  LinkParameters.parse(request.query).tenant ?? CallPost.partial().safeParse(request.body ?? {}).data?.To ?? '';

/**
 * Answer in TwiML, even after an error: the caller hears an apology in their language. Posts about unknown calls are
 * rate limited by address, because they have no caller waiting.
 */
export function twimlAnswers(
  attendant: Deps,
  inTurn: InTurn,
): (on: (about: PostContext) => Promise<string>) => RequestHandler {
  const slowUnknown = unsignedLimit();
  return (on) => async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      response.type('text/xml').send(await inTurn(companyOf(request), async () => on(await aboutOf(deps, request))));
    } catch (error) {
      deps.log[error instanceof UserError ? 'warn' : 'error']({ error, path: request.path }, 'voice webhook failed');
      const apologize = async () => {
        const language = await languageFor(deps, request).catch((): Locale => 'en');
        response.type('text/xml').send(renderGoodbye(callWords(language).trouble, language));
      };
      if (error instanceof UserError && error.status === 404) void slowUnknown(request, response, apologize);
      else await apologize();
    }
  };
}

/** The language of the apology, if the post reveals it. */
async function languageFor(deps: Deps, request: Request): Promise<Locale> {
  const carried = LinkParameters.parse(request.query);
  const post = CallPost.partial().safeParse(request.body ?? {}).data;
  const tenantId = carried.tenant ? asId<TenantId>(carried.tenant) : await companyOfNumber(deps, post?.To ?? '');
  return tenantId ? languageOfCall(deps, tenantId, carried.call ?? post?.CallSid ?? '') : 'en';
}

/** Handle a post for which no caller waits: it is stored, or the provider is asked to send it again. */
export const storedPost =
  (attendant: Deps, inTurn: InTurn) =>
  (note: (about: PostContext) => Promise<void>): RequestHandler =>
  async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      await inTurn(companyOf(request), async () => note(await aboutOf(deps, request)));
      response.status(204).end();
    } catch (error) {
      deps.log.error({ error, path: request.path }, 'voice callback failed');
      if (error instanceof z.ZodError) response.status(400).type('text/plain').send('This post names no call.');
      else if (error instanceof UserError) response.status(error.status).end();
      else response.status(503).type('text/plain').send('Not noted yet.');
    }
  };
