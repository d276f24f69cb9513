import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { renderToString } from 'preact-render-to-string';
import { wordsIn } from '../../core/chat/words.js';
import type { Deps } from '../../core/deps.js';
import { isUnavailable, UserError } from '../../core/errors.js';
import { depsForRequest } from '../../core/request-deps.js';
import { LinkClosed } from '../../core/voicemail/sharing/player-link.js';
import { FormRefused } from '../../http/form-body.js';
import { NoSlot } from '../../http/upload-slots.js';
import { requestIdOf } from '../../request-id.js';
import type { LayoutContext } from '../components/layout.js';
import { type Frame, frameFor } from '../page-frame.js';
import { SorryPage } from '../pages/sign-in.pages.js';
import { isLive } from '../read.js';
import { webWords } from '../web.words.js';
import { bodyReader } from './request-body.js';
import { pageHeaders, sameOrigin } from './security-headers.js';
import { browserLocale } from './session.js';
import { sendToSignIn, type Visitor, visitorOf } from './visitor.js';

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

/** How this adapter's files put handlers on their paths. */
export interface Routes {
  readonly router: Router;
  /** For people who are signed in; others are sent to the door. */
  page(path: string, handle: (asked: Asked) => Promise<unknown>): void;
  act(path: string, handle: (asked: Asked) => Promise<unknown>, options?: ActOptions): void;
  /** For everybody. */
  openPage(path: string, handle: (asked: AskedAtTheDoor) => Promise<unknown>): void;
  openAct(path: string, handle: (asked: AskedAtTheDoor) => Promise<unknown>): void;
  /** The frame as this visitor sees it. */
  frameOf(asked: Omit<AskedAtTheDoor, 'frame'>): Frame;
}

/** What an address that takes forms may be sent. */
export interface ActOptions {
  /** Whether the form at this address has a file field. A file that comes to any other form is refused unread. */
  readonly takesFile?: (request: Request) => boolean;
  /** The handler reads the body itself, as it comes: a file that is too large to be held. */
  readonly readsBody?: true;
}

/** There is nothing at this address. */
export class NotFound extends Error {}

/** A router whose every page knows who asks, whatever goes wrong. */
export function routesOf(attendant: Deps, house: LayoutContext): Routes {
  const router = Router();
  const bodies = bodyReader();
  const reading = [pageHeaders];
  const acting = [pageHeaders, sameOrigin];

  const frameOf: Routes['frameOf'] = ({ deps, request, response, visitor }) =>
    frameFor(deps, house, request, response, visitor);

  const open =
    (handle: (asked: AskedAtTheDoor) => Promise<unknown>) => async (request: Request, response: Response) => {
      const deps = depsForRequest(attendant, requestIdOf(response));
      let visitor: Visitor | undefined;
      try {
        visitor = await visitorOf(deps, request);
        await handle({ deps, request, response, visitor, frame: frameOf({ deps, request, response, visitor }) });
      } catch (error) {
        // What could not be read for the page cannot be read for its frame either; a refusal is no such trouble.
        const calm = error instanceof UserError || error instanceof NotFound || refusalOfBody(error) !== undefined;
        const frame = frameOf({ deps, request, response, visitor: calm ? visitor : undefined });
        await sorry({ deps, request, response, visitor, frame }, error);
      }
    };
  const known = (handle: (asked: Asked) => Promise<unknown>) =>
    open(async ({ visitor, ...asked }) => {
      if (!visitor) return sendToSignIn(asked.request, asked.response);
      if (visitor.refused === undefined) return handle({ ...asked, visitor });
      const { locale } = visitor.requester.reader;
      const children = <SorryPage title="Attendant" line={visitor.refused} locale={locale} />;
      return asked.response.status(403).send(await asked.frame({ title: 'Attendant', children }));
    });
  /** The body is read here, once the session is looked up: nothing of a stranger's is held in memory. */
  const withBody =
    (handle: (asked: Asked) => Promise<unknown>, { takesFile = () => false, readsBody }: ActOptions) =>
    async (asked: Asked) => {
      const { request, visitor } = asked;
      if (readsBody) return handle(asked);
      if (!takesFile(request)) {
        request.body = await bodies.signedIn(request);
        return handle(asked);
      }
      const { body, release } = await bodies.upload(request, visitor.session.userId);
      try {
        request.body = body;
        return await handle(asked);
      } finally {
        release();
      }
    };
  const withSmallBody = (handle: (asked: AskedAtTheDoor) => Promise<unknown>) => async (asked: AskedAtTheDoor) => {
    asked.request.body = await bodies.stranger(asked.request);
    return handle(asked);
  };
  return {
    router,
    page: (path, handle) => void router.get(path, reading, known(handle)),
    act: (path, handle, options = {}) => void router.post(path, acting, known(withBody(handle, options))),
    openPage: (path, handle) => void router.get(path, reading, open(handle)),
    openAct: (path, handle) => void router.post(path, acting, open(withSmallBody(handle))),
    frameOf,
  };
}

/** How a body that was not taken is answered; undefined: the error is none of a body's. */
function refusalOfBody(
  error: unknown,
): { status: number; words: 'tooLarge' | 'badForm' | 'noFile' | 'busy' } | undefined {
  if (error instanceof NoSlot) return { status: error.whose === 'yours' ? 429 : 503, words: 'busy' };
  if (!(error instanceof FormRefused)) return undefined;
  switch (error.why) {
    case 'too-large':
    case 'too-many':
      return { status: 413, words: 'tooLarge' };
    case 'unexpected-file':
      return { status: 400, words: 'noFile' };
    case 'not-a-form':
    case 'broken':
      return { status: 400, words: 'badForm' };
    default:
      return error.why satisfies never;
  }
}

/** What a page says when it cannot be shown: a refusal's own words, or a reference that stands in the log. */
async function sorry(asked: AskedAtTheDoor, error: unknown): Promise<void> {
  const { deps, request, response, visitor, frame } = asked;
  // The client went away, so nobody reads an answer.
  if (error instanceof FormRefused && response.destroyed) return;
  if (response.headersSent) {
    deps.log.warn({ error }, 'a page broke off');
    return void response.destroy();
  }
  const personal = error instanceof LinkClosed ? error.locale : browserLocale(request);
  const locale = visitor?.requester.reader.locale ?? personal;
  const words = webWords(locale);
  if (error instanceof UserError) return say(error.status, error.say(wordsIn(locale)), '');
  const refusal = refusalOfBody(error);
  if (refusal) {
    if (error instanceof NoSlot) response.set('Retry-After', String(error.retrySeconds));
    return say(refusal.status, words[refusal.words], words[`${refusal.words}Hint`]);
  }
  if (error instanceof NotFound) return say(404, words.notFound, words.notFoundHint);

  if (isUnavailable(error)) {
    response.set('Retry-After', '5');
    return say(503, wordsIn(locale).chat.tryAgain, '');
  }

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
