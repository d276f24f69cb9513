import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { renderToString } from 'preact-render-to-string';
import { hasPermission, type Permission } from '../../core/chat/actor.js';
import { wordsIn } from '../../core/chat/words.js';
import type { Deps } from '../../core/deps.js';
import { isUnavailable, UserError } from '../../core/errors.js';
import { depsForRequest } from '../../core/request-deps.js';
import { companyActions } from '../../core/settings/settings.action-ids.js';
import { LinkClosed } from '../../core/voicemail/sharing/player-link.js';
import { FormRefused } from '../../http/form-body.js';
import { NoUploadSlot } from '../../http/upload-slots.js';
import { requestIdOf } from '../../request-id.js';
import type { LayoutContext } from '../components/layout.js';
import { frameFor, type RenderPage } from '../page-frame.js';
import { SorryPage } from '../pages/sign-in.pages.js';
import { isFromScript } from '../read.js';
import { CardView } from '../render.js';
import { webWords } from '../web.words.js';
import { leadToEndedSession } from './acting-page.js';
import { bodyReader } from './request-body.js';
import { pageHeaders, sameOrigin } from './security-headers.js';
import { browserLocale } from './session.js';
import { sendToSignIn, type Visitor, visitorOf } from './visitor.js';

/** The input of a page's handler. */
export interface PageRequest {
  /** The dependencies of this request. */
  readonly deps: Deps;
  readonly request: Request;
  readonly response: Response;
  readonly visitor: Visitor;
  readonly frame: RenderPage;
}

/** Return the request of a visitor who has a permission. Throws UserError (403) for others. */
export function permitted(asked: PageRequest, permission: Permission): PageRequest {
  if (!hasPermission(asked.visitor.requester.actor, permission))
    throw new UserError((words) => words.chat.notAllowed, 403);
  return asked;
}

/** The input of a handler that also serves visitors who are not signed in. */
export type OpenPageRequest = Omit<PageRequest, 'visitor'> & { readonly visitor: Visitor | undefined };

/** Registers handlers on paths. */
export interface Routes {
  readonly router: Router;
  /** A page for signed-in people; others are redirected to the sign-in page. */
  page(path: string, handle: (asked: PageRequest) => Promise<unknown>): void;
  act(path: string, handle: (asked: PageRequest) => Promise<unknown>, options?: PostOptions): void;
  /** A page for everybody. */
  openPage(path: string, handle: (asked: OpenPageRequest) => Promise<unknown>): void;
  /** `fieldBytes`: the longest field, where the usual limit for visitors is too short. */
  openAct(path: string, handle: (asked: OpenPageRequest) => Promise<unknown>, fieldBytes?: number): void;
  /** The frame for this visitor. */
  frameOf(asked: Omit<OpenPageRequest, 'frame'>): RenderPage;
}

/** The options of an address that receives forms. */
export interface PostOptions {
  /** Whether the form at this address has a file field. A file sent to any other form is refused unread. */
  readonly takesFile?: (request: Request) => boolean;
  /** The handler reads the body itself, as it comes: a file that is too large to be held. */
  readonly readsBody?: true;
}

/** There is nothing at this address. */
export class NotFound extends Error {}

/** Create a router that knows each request's visitor and answers errors with a page. */
export function routesOf(attendant: Deps, house: LayoutContext): Routes {
  const router = Router();
  const bodies = bodyReader();
  const headers = pageHeaders(house.framedBy);
  const reading = [headers];
  const acting = [headers, sameOrigin];

  const frameOf: Routes['frameOf'] = ({ deps, request, response, visitor }) =>
    frameFor(deps, house, request, response, visitor);

  const open =
    (handle: (asked: OpenPageRequest) => Promise<unknown>) => async (request: Request, response: Response) => {
      const deps = depsForRequest(attendant, requestIdOf(response));
      let visitor: Visitor | undefined;
      try {
        visitor = await visitorOf(deps, request);
        await handle({ deps, request, response, visitor, frame: frameOf({ deps, request, response, visitor }) });
      } catch (error) {
        // When the database fails the frame cannot be loaded either; after a refusal it can.
        const calm = error instanceof UserError || error instanceof NotFound || refusalOfBody(error) !== undefined;
        const frame = frameOf({ deps, request, response, visitor: calm ? visitor : undefined });
        await answerError({ deps, request, response, visitor, frame }, error);
      }
    };
  const known = (handle: (asked: PageRequest) => Promise<unknown>) =>
    open(async ({ visitor, ...asked }) => {
      if (!visitor) return sendToSignIn(asked.request, asked.response);
      if (await leadToEndedSession({ ...asked, visitor })) return;
      const { closed } = visitor;
      // The one button that works while a company is closed, if `dispatch` agrees.
      const opens = asked.request.path === `/do/${companyActions.switchOn}`;
      if (closed === undefined || opens) return handle({ ...asked, visitor });
      const { locale } = visitor.requester.reader;
      const children = (
        <div class="door">
          <h1 class="unseen">Attendant</h1>
          <CardView card={closed} place={{ locale, page: '/' }} />
        </div>
      );
      return asked.response.status(403).send(await asked.frame({ title: 'Attendant', children }));
    });
  /** Read the body only after the session is looked up, so that little of a stranger's body is held in memory. */
  const withBody =
    (handle: (asked: PageRequest) => Promise<unknown>, { takesFile = () => false, readsBody }: PostOptions) =>
    async (asked: PageRequest) => {
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
  const withSmallBody =
    (handle: (asked: OpenPageRequest) => Promise<unknown>, fieldBytes?: number) => async (asked: OpenPageRequest) => {
      asked.request.body = await bodies.stranger(asked.request, fieldBytes);
      return handle(asked);
    };
  return {
    router,
    page: (path, handle) => void router.get(path, reading, known(handle)),
    act: (path, handle, options = {}) => void router.post(path, acting, known(withBody(handle, options))),
    openPage: (path, handle) => void router.get(path, reading, open(handle)),
    openAct: (path, handle, fieldBytes) => void router.post(path, acting, open(withSmallBody(handle, fieldBytes))),
    frameOf,
  };
}

/** The answer to a refused body; undefined when the error concerns something else. */
function refusalOfBody(
  error: unknown,
): { status: number; words: 'tooLarge' | 'badForm' | 'noFile' | 'busy' } | undefined {
  if (error instanceof NoUploadSlot) return { status: error.whose === 'yours' ? 429 : 503, words: 'busy' };
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

/** Answer a failed request: with the refusal's own words, or with a reference that is also in the log. */
async function answerError(asked: OpenPageRequest, error: unknown): Promise<void> {
  const { deps, request, response, visitor, frame } = asked;
  // The client has disconnected; no answer can be read.
  if (error instanceof FormRefused && response.destroyed) return;
  if (response.headersSent) {
    deps.log.warn({ error }, 'page response interrupted');
    return void response.destroy();
  }
  const personal = error instanceof LinkClosed ? error.locale : browserLocale(request);
  const locale = visitor?.requester.reader.locale ?? personal;
  const words = webWords(locale);
  if (error instanceof UserError) return say(error.status, error.say(wordsIn(locale)), '');
  const refusal = refusalOfBody(error);
  if (refusal) {
    if (error instanceof NoUploadSlot) response.set('Retry-After', String(error.retrySeconds));
    return say(refusal.status, words[refusal.words], words[`${refusal.words}Hint`]);
  }
  if (error instanceof NotFound) return say(404, words.notFound, words.notFoundHint);

  if (isUnavailable(error)) {
    deps.log.warn({ error }, 'page unavailable');
    response.set('Retry-After', '5');
    return say(503, wordsIn(locale).chat.tryAgain, '');
  }

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference }, 'page failed');
  return say(500, words.broke, words.brokeHint(reference));

  async function say(status: number, title: string, line: string): Promise<void> {
    // A swap leaves that part of the page unchanged, with the typed text; the message is shown at the foot.
    if (request.method === 'POST' && isFromScript(request))
      return void response
        .set({ 'HX-Retarget': '#toast', 'HX-Reswap': 'innerHTML', 'HX-Reselect': 'p' })
        .status(422)
        .type('html')
        .send(renderToString(<p dir="auto">{[title, line].filter(Boolean).join(' ')}</p>));
    const children = <SorryPage title={title} line={line} locale={locale} />;
    response.status(status).send(await frame({ title, children, locale }));
  }
}
