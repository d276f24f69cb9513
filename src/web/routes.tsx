import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { renderToString } from 'preact-render-to-string';
import { wordsIn } from '../core/chat/words.js';
import type { Deps } from '../core/deps.js';
import { isAway, UserError } from '../core/errors.js';
import { forRequest } from '../core/for-request.js';
import { requestIdOf } from '../request-id.js';
import { ample, readBody, small, TooLarge } from './body.js';
import { type Frame, frameFor } from './frame.js';
import { pageHeaders, sameOrigin } from './guard.js';
import type { House } from './layout.js';
import { SorryPage } from './pages/sign-in.js';
import { isLive } from './read.js';
import { browserLocale, holdsSession } from './session.js';
import { sendToSignIn, type Visitor, visitorOf } from './visitor.js';
import { webWords } from './web.words.js';

/** What a page's handler is given. */
export interface Asked {
  /** What the core may use for this request. */
  readonly deps: Deps;
  readonly request: Request;
  readonly response: Response;
  readonly visitor: Visitor;
  readonly frame: Frame;
}

/** The same where nobody need be signed in. */
type AskedAtTheDoor = Omit<Asked, 'visitor'> & { readonly visitor: Visitor | undefined };

/** How this ear's files put handlers on their paths. */
export interface Routes {
  readonly router: Router;
  /** For people who are signed in; others are sent to the door. */
  page(path: string, handle: (asked: Asked) => Promise<unknown>): void;
  act(path: string, handle: (asked: Asked) => Promise<unknown>): void;
  /** For everybody. */
  openPage(path: string, handle: (asked: AskedAtTheDoor) => Promise<unknown>): void;
  openAct(path: string, handle: (asked: AskedAtTheDoor) => Promise<unknown>): void;
  /** The frame as this visitor sees it. */
  frameOf(asked: Omit<AskedAtTheDoor, 'frame'>): Frame;
}

/** There is nothing at this address. */
export class NotFound extends Error {}

/** A router whose every page knows who asks, whatever goes wrong. */
export function routesOf(attendant: Deps, house: House): Routes {
  const router = Router();
  const reading = [pageHeaders];
  const acting = [pageHeaders, sameOrigin, readBody(small)];
  const actingSignedIn = [pageHeaders, sameOrigin, withSession(attendant), readBody(ample)];

  const frameOf: Routes['frameOf'] = ({ deps, request, response, visitor }) =>
    frameFor(deps, house, request, response, visitor);

  const open =
    (handle: (asked: AskedAtTheDoor) => Promise<unknown>) => async (request: Request, response: Response) => {
      const deps = forRequest(attendant, requestIdOf(response));
      let visitor: Visitor | undefined;
      try {
        visitor = await visitorOf(deps, request);
        if (request.body instanceof TooLarge) throw request.body;
        await handle({ deps, request, response, visitor, frame: frameOf({ deps, request, response, visitor }) });
      } catch (error) {
        // What could not be read for the page cannot be read for its frame either; a refusal is no such trouble.
        const calm = error instanceof UserError || error instanceof NotFound || error instanceof TooLarge;
        const frame = frameOf({ deps, request, response, visitor: calm ? visitor : undefined });
        await sorry({ deps, request, response, visitor, frame }, error);
      }
    };
  const known = (handle: (asked: Asked) => Promise<unknown>) =>
    open(async ({ visitor, ...asked }) => {
      if (!visitor) return sendToSignIn(asked.request, asked.response);
      if (visitor.refused === undefined) return handle({ ...asked, visitor });
      const { locale } = visitor.asker.reader;
      const children = <SorryPage title="Attendant" line={visitor.refused} locale={locale} />;
      return asked.response.status(403).send(await asked.frame({ title: 'Attendant', children }));
    });
  return {
    router,
    page: (path, handle) => void router.get(path, reading, known(handle)),
    act: (path, handle) => void router.post(path, actingSignedIn, known(handle)),
    openPage: (path, handle) => void router.get(path, reading, open(handle)),
    openAct: (path, handle) => void router.post(path, acting, open(handle)),
    frameOf,
  };
}

/** Sends strangers to the door before a word of theirs is read. */
const withSession =
  (deps: Deps): RequestHandler =>
  (request, response, next) =>
    holdsSession(deps, request) ? next() : sendToSignIn(request, response);

/** What a page says when it cannot be shown: a refusal's own words, or a reference that stands in the log. */
async function sorry(asked: AskedAtTheDoor, error: unknown): Promise<void> {
  const { deps, request, response, visitor, frame } = asked;
  if (response.headersSent) {
    deps.log.warn({ error }, 'a page broke off');
    return void response.destroy();
  }
  const locale = visitor?.asker.reader.locale ?? browserLocale(request);
  const words = webWords(locale);
  if (error instanceof UserError) return say(error.status, error.say(wordsIn(locale)), '');
  if (error instanceof TooLarge) return say(413, words.tooLarge, words.tooLargeHint);
  if (error instanceof NotFound) return say(404, words.notFound, words.notFoundHint);

  if (isAway(error)) return say(503, wordsIn(locale).chat.tryAgain, '');

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference }, 'page failed');
  return say(500, words.broke, words.brokeHint(reference));

  async function say(status: number, title: string, line: string): Promise<void> {
    // A part of a page stays as it is, with what was typed; the words stand at the foot.
    if (request.method === 'POST' && isLive(request))
      return void response
        .set({ 'HX-Retarget': '#toast', 'HX-Reswap': 'innerHTML', 'HX-Reselect': 'p' })
        .status(422)
        .type('html')
        .send(renderToString(<p dir="auto">{[title, line].filter(Boolean).join(' ')}</p>));
    const children = <SorryPage title={title} line={line} locale={locale} />;
    response.status(status).send(await frame({ title, children, locale }));
  }
}
