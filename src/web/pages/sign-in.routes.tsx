import {
  changeLanguage,
  findDemoEmployees,
  personOfLink,
  signInAs,
  signInWithLink,
  signOut,
} from '../../core/accounts/sign-in.js';
import { UserError } from '../../core/errors.js';
import type { GuessLimits } from '../http/guess-limits.js';
import { bodyOf } from '../http/request-body.js';
import type { Routes } from '../http/route-helpers.js';
import { browserLocale, dropSession, keepSession, platform } from '../http/session.js';
import { ownPageAddress } from '../read.js';
import { webWords } from '../web.words.js';
import { LinkPage, SignInPage } from './sign-in.pages.js';

/** The routes of the sign-in page, personal links, sign-out and the language of the app. */
export function signInRoutes({ act, openPage, openAct }: Routes, demo: boolean, guesses: GuessLimits): void {
  openPage('/sign-in', async ({ deps, request, response, frame }) => {
    const locale = browserLocale(request);
    const children = (
      <SignInPage
        locale={locale}
        employees={demo ? await findDemoEmployees(deps, String(request.query.q ?? '')) : undefined}
        to={ownPageAddress(String(request.query.to ?? '/'))}
        signedOut={request.query.out !== undefined}
      />
    );
    response.send(await frame({ title: webWords(locale).signIn, children, locale }));
  });

  openPage('/sign-in/:token', async ({ deps, request, response, visitor, frame }) => {
    const locale = browserLocale(request);
    const token = String(request.params.token);
    const person = await guesses.openingLink(request, async () => {
      const whose = await personOfLink(deps, token);
      if (!whose) throw new UserError((words) => words.signIn.linkIsOver, 403);
      return whose;
    });
    const to = ownPageAddress(String(request.query.to ?? '/'));
    // A person who is signed in already does not use the link up, and can use it on another device.
    if (visitor?.session.userId === person.id && to !== '/') return response.redirect(303, to);
    const children = <LinkPage locale={locale} token={token} name={person.displayName} to={to} />;
    response.send(await frame({ title: webWords(locale).signIn, children, locale }));
  });

  openAct('/sign-in/:token', async ({ deps, request, response }) => {
    const context = { platform, locale: browserLocale(request) };
    const token = String(request.params.token);
    const session = await guesses.openingLink(request, () => signInWithLink(deps, token, context));
    keepSession(deps, response, session);
    response.redirect(303, ownPageAddress(bodyOf(request).fields.get('to')));
  });

  if (demo)
    openAct('/sign-in', async ({ deps, request, response }) => {
      guesses.signIn(request);
      const { fields } = bodyOf(request);
      const context = { platform, locale: browserLocale(request) };
      keepSession(deps, response, await signInAs(deps, fields.get('user') ?? '', context));
      response.redirect(303, ownPageAddress(fields.get('to')));
    });

  openAct('/sign-out', async ({ deps, request, response, visitor }) => {
    if (visitor) await signOut(deps, visitor.session, { platform, locale: browserLocale(request) });
    dropSession(deps, response);
    response.redirect(303, '/sign-in?out');
  });

  act('/language', async ({ deps, request, response, visitor }) => {
    const { fields } = bodyOf(request);
    await changeLanguage(deps, visitor.session, platform, fields.get('locale') === 'fr' ? 'fr' : 'en');
    response.redirect(303, ownPageAddress(fields.get('_page')));
  });
}
