import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { renderToString } from 'preact-render-to-string';
import { dispatch } from '../core/chat/dispatch.js';
import type { Answer } from '../core/chat/exchange.js';
import { wordsIn } from '../core/chat/words.js';
import type { Deps } from '../core/deps.js';
import { isAway, UserError } from '../core/errors.js';
import type { Ear } from '../ear.js';
import { publicFolder, readAssets } from './assets.js';
import { audioSender, type ToPlayable } from './audio.js';
import { bodyOf, readBody } from './body.js';
import { SuggestionsView } from './fields.js';
import { type Frame, frameFor } from './frame.js';
import { pageHeaders, sameOrigin } from './guard.js';
import type { House } from './layout.js';
import { liveStream } from './live.js';
import { directoryPage } from './pages/directory.js';
import { doorRoutes } from './pages/door.js';
import { homePage } from './pages/home.js';
import { messagesPage } from './pages/messages.js';
import { phoneRoutes } from './pages/phone.js';
import { playerRoutes } from './pages/player.js';
import { SorryPage } from './pages/sign-in.js';
import type { PhonePane } from './phone-pane.js';
import { type Origin, originIn, readClick, readCommand, readOpening, readSubmit, readSuggest } from './read.js';
import { isLive, respond } from './respond.js';
import { browserLocale } from './session.js';
import { sendToSignIn, type Visitor, visitorOf } from './visitor.js';
import { webWords } from './web.words.js';

export interface WebOptions {
  /** Lets anybody be anybody: only for the demo, on a made-up company. */
  readonly demo: boolean;
  /** The pretend telephone, where there is one. */
  readonly phone?: PhonePane;
  /** From `media`: this folder knows nothing of codecs. */
  readonly toPlayable: ToPlayable;
}

/** What a page's handler is given. */
export interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly visitor: Visitor;
  readonly frame: Frame;
}

/** The same where nobody need be signed in. */
export type AskedAtTheDoor = Omit<Asked, 'visitor'> & { readonly visitor: Visitor | undefined };

/** How this ear's files put handlers on their paths. */
export interface Routes {
  readonly deps: Deps;
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

/** Attendant in the browser: the third chat platform, and the pages around it. */
export function webEar(deps: Deps, options: WebOptions): Ear {
  const live = liveStream(deps);
  const house: House = { assets: readAssets(), phone: options.phone !== undefined };
  const routes = routesOf(deps, house);

  routes.router.use(
    '/assets',
    express.static(`${publicFolder}/assets`, { immutable: true, maxAge: '365d', index: false }),
  );
  routes.router.get('/live', live.listen);
  chatRoutes(routes);
  homePage(routes);
  messagesPage(routes);
  directoryPage(routes);
  playerRoutes(routes, audioSender(deps.recordings, options.toPlayable));
  doorRoutes(routes, options.demo);
  if (options.phone) phoneRoutes(routes, options.phone);

  return { name: 'web', router: routes.router, stop: async () => live.close() };
}

/** The one conversation that all platforms have: a word, a button, a form, a name being typed. */
function chatRoutes({ deps, page, act, frameOf }: Routes): void {
  act('/say', async (asked) => {
    const body = bodyOf(asked.request);
    await answer(asked, await dispatch(deps, readCommand(asked.visitor.from, body)), originIn(body.fields));
  });

  act('/do/:action', async (asked) => {
    const body = bodyOf(asked.request);
    const click = readClick(asked.visitor.from, String(asked.request.params.action), body);
    await answer(asked, await dispatch(deps, click), originIn(body.fields));
  });

  page('/forms/:form', async ({ request, response, visitor, frame }) => {
    const query = new URL(request.originalUrl, 'http://here').searchParams;
    const opening = readOpening(visitor.from, String(request.params.form), query);
    if (!opening) throw new NotFound();
    await respond(request, response, await dispatch(deps, opening), originIn(query), frame);
  });

  act('/forms/:form', async (asked) => {
    const body = bodyOf(asked.request);
    const { request: sent, names } = await readSubmit(
      deps,
      asked.visitor.from,
      String(asked.request.params.form),
      body,
    );
    await answer(asked, withNames(await dispatch(deps, sent), names), originIn(body.fields));
  });

  page('/suggest', async ({ request, response, visitor }) => {
    const found = await dispatch(deps, readSuggest(visitor.from, String(request.query.q ?? '')));
    const { options, empty } = found.kind === 'suggest' ? found : { options: [], empty: '' };
    response.type('html').send(renderToString(<SuggestionsView options={options} empty={empty} />));
  });

  /** Whoever began or ended acting as somebody else sees everything as another person: the frame comes anew too. */
  async function answer({ request, response, visitor, frame }: Asked, said: Answer, origin: Origin) {
    const after = await visitorOf(deps, request);
    const turned = after?.asker.user.id !== visitor.asker.user.id;
    if (turned && isLive(request)) return response.set('HX-Redirect', '/').status(204).end();
    return respond(request, response, said, origin, turned ? frameOf({ request, response, visitor: after }) : frame);
  }
}

/** Person fields that come back show the name that was typed; the core knows only the id. */
function withNames(answer: Answer, names: Readonly<Record<string, string>>): Answer {
  if (answer.kind !== 'invalid') return answer;
  const fields = answer.form.fields.map((field) => {
    const label = names[field.name];
    return field.kind === 'person' && field.value && label !== undefined
      ? { ...field, value: { ...field.value, label } }
      : field;
  });
  return { ...answer, form: { ...answer.form, fields } };
}

/** There is nothing at this address. */
export class NotFound extends Error {}

function routesOf(deps: Deps, house: House): Routes {
  const router = Router();
  const reading = [pageHeaders];
  const acting = [pageHeaders, sameOrigin, readBody];

  const frameOf: Routes['frameOf'] = ({ request, response, visitor }) =>
    frameFor(deps, house, request, response, visitor);

  const open =
    (handle: (asked: AskedAtTheDoor) => Promise<unknown>) => async (request: Request, response: Response) => {
      let visitor: Visitor | undefined;
      try {
        visitor = await visitorOf(deps, request);
        await handle({ request, response, visitor, frame: frameOf({ request, response, visitor }) });
      } catch (error) {
        // Drawn without the visitor: what could not be read for the page cannot be read for its frame.
        const frame = frameOf({ request, response, visitor: undefined });
        await sorry(deps, { request, response, visitor, frame }, error);
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
    deps,
    router,
    page: (path, handle) => void router.get(path, reading, known(handle)),
    act: (path, handle) => void router.post(path, acting, known(handle)),
    openPage: (path, handle) => void router.get(path, reading, open(handle)),
    openAct: (path, handle) => void router.post(path, acting, open(handle)),
    frameOf,
  };
}

/** What a page says when it cannot be shown: a refusal's own words, or a reference that stands in the log. */
async function sorry(deps: Deps, { request, response, visitor, frame }: AskedAtTheDoor, error: unknown): Promise<void> {
  if (response.headersSent) {
    deps.log.warn({ error }, 'a page broke off');
    return void response.destroy();
  }
  const locale = visitor?.asker.reader.locale ?? browserLocale(request);
  const words = webWords(locale);
  if (error instanceof UserError) return say(error.status, error.say(wordsIn(locale)), '');
  if (error instanceof NotFound) return say(404, words.notFound, words.notFoundHint);

  if (isAway(error)) return say(503, wordsIn(locale).chat.tryAgain, '');

  const reference = randomUUID().slice(0, 8);
  deps.log.error({ error, reference }, 'page failed');
  return say(500, words.broke, words.brokeHint(reference));

  async function say(status: number, title: string, line: string): Promise<void> {
    const children = <SorryPage title={title} line={line} locale={locale} />;
    response.status(status).send(await frame({ title, children, locale }));
  }
}
