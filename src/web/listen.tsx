import express from 'express';
import { renderToString } from 'preact-render-to-string';
import type { Adapter } from '../adapter.js';
import { dispatch } from '../core/app/dispatch.js';
import { forms } from '../core/app/handler-registry.js';
import type { Answer } from '../core/chat/exchange.js';
import type { Deps } from '../core/deps.js';
import { SuggestionsView } from './components/form-field.js';
import type { LayoutContext } from './components/layout.js';
import type { FrameHost } from './frame-host.port.js';
import { publicFolder, readAssets } from './http/asset-manifest.js';
import { audioSender } from './http/audio-sender.js';
import { guessLimits } from './http/guess-limits.js';
import { bodyOf } from './http/request-body.js';
import { NotFound, type PageRequest, type Routes, routesOf } from './http/route-helpers.js';
import { type Visitor, visitorOf } from './http/visitor.js';
import { liveStreams } from './live/live-stream.js';
import { holdMusicPages } from './pages/admin/hold-music.js';
import { impersonationPages } from './pages/admin/impersonations.js';
import { importRoutes } from './pages/admin/import.js';
import { adminPeoplePage } from './pages/admin/people.js';
import { peopleChangePages } from './pages/admin/people-change.js';
import { adminPersonPage } from './pages/admin/person.js';
import { recordRoutes } from './pages/admin/record.js';
import { reportRoutes } from './pages/admin/reports.js';
import { teamsBotPages } from './pages/admin/teams-bots.js';
import { blockedCallerPages } from './pages/blocked-callers.js';
import { callsPage } from './pages/calls.js';
import { directoryPage } from './pages/directory.js';
import { frameRoutes } from './pages/frame.js';
import { greetingRoutes } from './pages/greetings.js';
import { homePage } from './pages/home.js';
import { messageLinkPages } from './pages/message-links.js';
import { messagesPage } from './pages/messages.js';
import { notePages } from './pages/notes.js';
import { personRoutes } from './pages/person.js';
import { phoneRoutes } from './pages/phone.js';
import { playerRoutes } from './pages/player.js';
import { ownRecordPage } from './pages/record.js';
import { routePage } from './pages/route.js';
import { settingsPages } from './pages/settings.js';
import { signInRoutes } from './pages/sign-in.routes.js';
import { unsubscribePages } from './pages/unsubscribe.js';
import {
  type FormOrigin,
  isFromScript,
  readClick,
  readCommand,
  readOpening,
  readOrigin,
  readSubmit,
  readSuggest,
} from './read.js';
import { respond } from './respond.js';
import type { SimulatedPhone } from './simulated-phone.port.js';

/** The options of the browser's adapter. */
export interface WebOptions {
  /** Allow sign-in as any person: only for the demo, with its invented company. */
  readonly demo: boolean;
  /** The simulated phone, if there is one. */
  readonly phone?: SimulatedPhone;
  /** The chat client that may show our pages in a frame, if there is one. */
  readonly frame?: FrameHost;
}

/** The adapter for the browser: the third chat platform, and the pages around it. */
export function webAdapter(deps: Deps, options: WebOptions): Adapter {
  const live = liveStreams(deps);
  const house: LayoutContext = {
    assets: readAssets(),
    phone: options.phone !== undefined,
    companyBots: deps.teamsLogin !== undefined,
    framedBy: options.frame?.ancestors ?? [],
  };
  const routes = routesOf(deps, house);
  const strangers = guessLimits();
  const sendAudio = audioSender(deps);

  routes.router.use(
    '/assets',
    express.static(`${publicFolder}/assets`, { immutable: true, maxAge: '365d', index: false }),
  );
  // A HEAD request opens no stream.
  routes.router.head('/live', (_request, response) => void response.status(204).end());
  routes.router.get('/live', live.listen);
  chatRoutes(routes);
  homePage(routes);
  messageLinkPages(routes);
  messagesPage(routes);
  callsPage(routes);
  directoryPage(routes);
  personRoutes(routes);
  routePage(routes);
  playerRoutes(routes, sendAudio, strangers);
  greetingRoutes(routes, sendAudio);
  adminPeoplePage(routes);
  adminPersonPage(routes);
  importRoutes(routes);
  reportRoutes(routes);
  recordRoutes(routes);
  impersonationPages(routes);
  teamsBotPages(routes);
  ownRecordPage(routes);
  holdMusicPages(routes, sendAudio);
  peopleChangePages(routes);
  settingsPages(routes);
  blockedCallerPages(routes);
  signInRoutes(routes, options.demo, strangers);
  unsubscribePages(routes, strangers);
  notePages(routes);
  frameRoutes(routes, options.frame, strangers);
  if (options.phone) phoneRoutes(routes, options.phone);
  notFoundPage(routes);

  return { name: 'web', router: routes.router, stop: async () => live.close() };
}

/** The routes that every chat platform has: a command, a button, a form, a search while typing. */
function chatRoutes({ page, act, frameOf }: Routes): void {
  act('/say', async (asked) => {
    const body = bodyOf(asked.request);
    await answer(asked, await dispatch(asked.deps, readCommand(asked.visitor.from, body)), readOrigin(body.fields));
  });

  act('/do/:action', async (asked) => {
    const body = bodyOf(asked.request);
    const click = readClick(asked.visitor.from, String(asked.request.params.action), body);
    await answer(asked, await dispatch(asked.deps, click), readOrigin(body.fields));
  });

  page('/forms/:form', async ({ deps, request, response, visitor, frame }) => {
    const query = new URL(request.originalUrl, 'http://here').searchParams;
    const opening = readOpening(visitor.from, String(request.params.form), query);
    if (!opening) throw new NotFound();
    await respond(request, response, await dispatch(deps, opening), readOrigin(query), frame);
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
      await answer(asked, withNames(await dispatch(asked.deps, sent), names), readOrigin(body.fields));
    },
    { takesFile: ({ params }) => forms.some(({ id, takesFile }) => id === params.form && takesFile) },
  );

  page('/suggest', async ({ deps, request, response, visitor }) => {
    const { q, without } = request.query;
    const left = typeof without === 'string' ? without : undefined;
    const found = await dispatch(deps, readSuggest(visitor.from, String(q ?? ''), left));
    const why = 'card' in found ? found.card.summary : '';
    const { options, empty } = found.kind === 'suggest' ? found : { options: [], empty: why };
    response.type('html').send(renderToString(<SuggestionsView options={options} empty={empty} />));
  });

  /** A new viewer (by impersonation), or a change of the company that the frame shows, reloads the whole frame. */
  async function answer({ deps, request, response, visitor, frame }: PageRequest, said: Answer, origin: FormOrigin) {
    const after = await visitorOf(deps, request);
    const isAnother = after?.requester.user.id !== visitor.requester.user.id;
    const isReframed = isAnother || frameKey(after) !== frameKey(visitor);
    if (isReframed && isFromScript(request))
      return response
        .set('HX-Redirect', isAnother ? '/' : origin.page)
        .status(204)
        .end();
    return respond(
      request,
      response,
      said,
      origin,
      isReframed ? frameOf({ deps, request, response, visitor: after }) : frame,
    );
  }
}

/** The values, other than the person, on which the frame around a page depends. */
const frameKey = (visitor: Visitor | undefined): string =>
  `${visitor?.requester.tenant.edition} ${visitor?.closed === undefined}`;

/** Answer an unknown address: a page for a person, the server's usual answer for a program. */
function notFoundPage({ router, openPage }: Routes): void {
  router.get('/{*path}', (request, _response, next) => {
    next(request.get('accept')?.includes('text/html') ? undefined : 'router');
  });
  openPage('/{*path}', async () => {
    throw new NotFound();
  });
}

/** Put the typed names back into person fields; the core knows only the ids. */
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
