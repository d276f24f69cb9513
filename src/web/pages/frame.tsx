import { randomUUID } from 'node:crypto';
import { signInByAccount } from '../../core/accounts/sign-in.js';
import { dispatch } from '../../core/app/dispatch.js';
import type { Locale } from '../../core/chat/phrasing.js';
import { UserError } from '../../core/errors.js';
import { asId, type RequestId } from '../../core/ids.js';
import type { FrameHost } from '../frame-host.port.js';
import type { GuessLimits } from '../http/guess-limits.js';
import { bodyOf } from '../http/request-body.js';
import type { OpenPageRequest, Routes } from '../http/route-helpers.js';
import { browserLocale, dropSession, keepSession, platform } from '../http/session.js';
import { ownPageAddress } from '../read.js';
import { webWords } from '../web.words.js';

/** A token that lists the groups of its person is larger than the fields of other forms. */
const longestToken = 16 * 1024;

const signInPath = '/teams/frame/sign-in';

/**
 * The page that a chat client loads in a frame, and its sign-in. Without such a client the page leads on to the page
 * that was asked for, and so it does outside a frame for whoever is signed in. Within one the account is always asked
 * for: the client may be another person's since, on the same computer.
 */
export function frameRoutes({ openPage, openAct }: Routes, host: FrameHost | undefined, guesses: GuessLimits): void {
  openPage('/teams/frame', async ({ request, response, visitor, frame }) => {
    const to = ownPageAddress(String(request.query.to ?? '/'));
    const isFramed = request.get('sec-fetch-dest') === 'iframe';
    if (!host || (visitor && !isFramed)) return response.redirect(303, to);
    const locale = browserLocale(request);
    const children = <EnterPage locale={locale} to={to} />;
    response.send(await frame({ title: webWords(locale).signIn, children, scripts: ['frame.js'], locale }));
  });

  if (!host) return;
  const signIn = async ({ deps, request, response, visitor }: OpenPageRequest) => {
    const account = await host.accountOf(bodyOf(request).fields.get('token') ?? '');
    if (!account) throw new UserError((words) => words.signIn.tokenRefused, 403);
    const context = { platform, locale: browserLocale(request) };
    const linked = await signInByAccount(deps, account, context, visitor?.session);
    if (linked) return linked;
    // Opening the home links an account whose e-mail address is an employee's.
    await dispatch(deps, { kind: 'home', id: asId<RequestId>(`frame:${randomUUID()}`), from: account });
    const session = await signInByAccount(deps, account, context);
    if (session) return session;
    if (visitor) dropSession(deps, response);
    throw new UserError((words) => words.signIn.accountNotLinked, 403);
  };
  const enter = async (asked: OpenPageRequest) => {
    const session = await guesses.openingLink(asked.request, () => signIn(asked));
    keepSession(asked.deps, asked.response, session, true);
    asked.response.status(204).end();
  };
  openAct(signInPath, enter, longestToken);
}

/** Shows that the sign-in runs; the script goes on, or shows the second part. */
function EnterPage({ locale, to }: { locale: Locale; to: string }) {
  const words = webWords(locale).framed;
  const opensAlone = to.startsWith('/v/') ? { 'data-opens-alone': '' } : {};
  return (
    <div class="sign-in-page" data-frame data-to={to} data-sign-in={signInPath} {...opensAlone}>
      <p class="lead" role="status" data-frame-waiting>
        {words.entering}
      </p>
      <div class="card" hidden>
        <h1 class="card-title">{words.title}</h1>
        <p class="text">{words.line}</p>
        <p>
          <code class="typed">/attendant app</code>
        </p>
        <div class="buttons">
          <a class="button main wide" href={to} target="_blank" rel="noopener">
            {words.openOutside}
          </a>
        </div>
      </div>
      <noscript>
        <a class="button main wide" href={to} target="_blank" rel="noopener">
          {words.openOutside}
        </a>
      </noscript>
    </div>
  );
}
