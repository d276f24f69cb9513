import express from 'express';
import { renderToString } from 'preact-render-to-string';
import type { Adapter } from '../adapter.js';
import { forms } from '../core/app/commands.js';
import { dispatch } from '../core/app/dispatch.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Deps } from '../core/deps.js';
import { SuggestionsView } from './components/fields.js';
import type { LayoutContext } from './components/layout.js';
import { publicFolder, readAssets } from './http/asset-manifest.js';
import { audioSender } from './http/audio-sender.js';
import { guessLimits } from './http/guess-limits.js';
import { bodyOf } from './http/request-body.js';
import { type Asked, NotFound, type Routes, routesOf } from './http/route-helpers.js';
import { visitorOf } from './http/visitor.js';
import { liveStream } from './live/live-stream.js';
import { importRoutes } from './pages/admin/import.js';
import { adminPeoplePage } from './pages/admin/people.js';
import { adminPersonPage } from './pages/admin/person.js';
import { reportRoutes } from './pages/admin/reports.js';
import { directoryPage } from './pages/directory.js';
import { homePage } from './pages/home.js';
import { messagesPage } from './pages/messages.js';
import { personRoutes } from './pages/person.js';
import { phoneRoutes } from './pages/phone.js';
import { playerRoutes } from './pages/player.js';
import { signInRoutes } from './pages/sign-in.routes.js';
import { isLive, type Origin, originIn, readClick, readCommand, readOpening, readSubmit, readSuggest } from './read.js';
import { respond } from './respond.js';
import type { SimulatedPhone } from './simulated-phone.port.js';

export interface WebOptions {
  /** Lets anybody be anybody: only for the demo, on a made-up company. */
  readonly demo: boolean;
  /** The simulated telephone, where there is one. */
  readonly phone?: SimulatedPhone;
}

/** Attendant in the browser: the third chat platform, and the pages around it. */
export function webAdapter(deps: Deps, options: WebOptions): Adapter {
  const live = liveStream(deps);
  const house: LayoutContext = { assets: readAssets(), phone: options.phone !== undefined };
  const routes = routesOf(deps, house);
  const strangers = guessLimits();

  routes.router.use(
    '/assets',
    express.static(`${publicFolder}/assets`, { immutable: true, maxAge: '365d', index: false }),
  );
  // A request that only looks opens no stream.
  routes.router.head('/live', (_request, response) => void response.status(204).end());
  routes.router.get('/live', live.listen);
  chatRoutes(routes);
  homePage(routes);
  messagesPage(routes);
  directoryPage(routes);
  personRoutes(routes);
  adminPeoplePage(routes);
  adminPersonPage(routes);
  importRoutes(routes);
  reportRoutes(routes);
  playerRoutes(routes, audioSender(deps), strangers);
  signInRoutes(routes, options.demo, strangers);
  if (options.phone) phoneRoutes(routes, options.phone);
  nothingHere(routes);

  return { name: 'web', router: routes.router, stop: async () => live.close() };
}

/** The one conversation that all platforms have: a word, a button, a form, a name being typed. */
function chatRoutes({ page, act, frameOf }: Routes): void {
  act('/say', async (asked) => {
    const body = bodyOf(asked.request);
    await answer(asked, await dispatch(asked.deps, readCommand(asked.visitor.from, body)), originIn(body.fields));
  });

  act('/do/:action', async (asked) => {
    const body = bodyOf(asked.request);
    const click = readClick(asked.visitor.from, String(asked.request.params.action), body);
    await answer(asked, await dispatch(asked.deps, click), originIn(body.fields));
  });

  page('/forms/:form', async ({ deps, request, response, visitor, frame }) => {
    const query = new URL(request.originalUrl, 'http://here').searchParams;
    const opening = readOpening(visitor.from, String(request.params.form), query);
    if (!opening) throw new NotFound();
    await respond(request, response, await dispatch(deps, opening), originIn(query), frame);
  });

  act(
    '/forms/:form',
    async (asked) => {
      const body = bodyOf(asked.request);
      const { request: sent, names } = await readSubmit(
        asked.deps,
        asked.visitor.from,
        String(asked.request.params.form),
        body,
      );
      await answer(asked, withNames(await dispatch(asked.deps, sent), names), originIn(body.fields));
    },
    { takesFile: ({ params }) => forms.some(({ id, takesFile }) => id === params.form && takesFile) },
  );

  page('/suggest', async ({ deps, request, response, visitor }) => {
    const found = await dispatch(deps, readSuggest(visitor.from, String(request.query.q ?? '')));
    const why = 'card' in found ? found.card.summary : '';
    const { options, empty } = found.kind === 'suggest' ? found : { options: [], empty: why };
    response.type('html').send(renderToString(<SuggestionsView options={options} empty={empty} />));
  });

  /** Whoever began or ended acting as somebody else sees everything as another person: the frame comes anew too. */
  async function answer({ deps, request, response, visitor, frame }: Asked, said: Answer, origin: Origin) {
    const after = await visitorOf(deps, request);
    const turned = after?.requester.user.id !== visitor.requester.user.id;
    if (turned && isLive(request)) return response.set('HX-Redirect', '/').status(204).end();
    return respond(
      request,
      response,
      said,
      origin,
      turned ? frameOf({ deps, request, response, visitor: after }) : frame,
    );
  }
}

/** A person who mistyped an address gets a page; a program gets what the server says to programs. */
function nothingHere({ router, openPage }: Routes): void {
  router.get('/{*path}', (request, _response, next) => {
    next(request.get('accept')?.includes('text/html') ? undefined : 'router');
  });
  openPage('/{*path}', async () => {
    throw new NotFound();
  });
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
