import type { Request } from 'express';
import { wordsIn } from '../../core/chat/words.js';
import { readUnsubscribeLink, type Unsubscription, unsubscribe } from '../../core/notices/unsubscribe.js';
import type { GuessLimits } from '../http/guess-limits.js';
import type { Routes } from '../http/route-helpers.js';

/**
 * The page behind an e-mail's own link, which needs no sign-in. Opening it stops nothing, since scanners open links; its
 * button does, and so does a mail program's own button, by one POST (RFC 8058).
 */
export function unsubscribePages({ openPage, openAct }: Routes, guesses: GuessLimits): void {
  openPage('/unsubscribe/:token', async ({ deps, request, response, frame }) => {
    const link = await guesses.openingLink(request, () => readUnsubscribeLink(deps, tokenIn(request)));
    const { locale } = link;
    const title = wordsIn(locale).unsubscribe.titles[link.from];
    const children = <AskPage link={link} path={request.path} />;
    response.send(await frame({ title, children, locale }));
  });

  openAct('/unsubscribe/:token', async ({ deps, request, response, frame }) => {
    const { locale } = await guesses.openingLink(request, () => unsubscribe(deps, tokenIn(request)));
    const words = wordsIn(locale).unsubscribe;
    const children = (
      <div class="sign-in-page">
        <div class="card">
          <h1 class="card-title">{words.doneTitle}</h1>
          <p class="text">{words.done}</p>
          <p>
            <a href="/settings">{words.settings}</a>
          </p>
        </div>
      </div>
    );
    response.send(await frame({ title: words.doneTitle, children, locale }));
  });
}

const tokenIn = (request: Request): string => String(request.params.token);

function AskPage({ link: { from, email, locale }, path }: { link: Unsubscription; path: string }) {
  const words = wordsIn(locale).unsubscribe;
  return (
    <div class="sign-in-page">
      <form class="card" method="post" action={path}>
        <h1 class="card-title">{words.titles[from]}</h1>
        <p class="text">{words.line(email)}</p>
        <div class="buttons">
          <button class="button main wide" type="submit">
            {words.stop}
          </button>
        </div>
      </form>
    </div>
  );
}
