import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../../core/chat/phrasing.js';
import type { Requester } from '../../core/chat/requester.js';
import type { Banner } from '../../core/chat/view.js';
import { wordsIn } from '../../core/chat/words.js';
import { actingAs, actingHeader } from '../http/acting-page.js';
import type { Assets } from '../http/asset-manifest.js';
import { adminPagesFor } from '../pages/admin/nav.js';
import { BannerView, HiddenFields } from '../render.js';
import { webWords } from '../web.words.js';
import { AdminTabs } from './admin-tabs.js';
import { Icon, type IconName } from './icons.js';

/** The installation's facts that every page shows. */
export interface LayoutContext {
  readonly assets: Assets;
  /** Whether there is a simulated phone. */
  readonly phone: boolean;
  /** Whether companies may have Teams bots of their own. */
  readonly companyBots: boolean;
  /** The sites that may show our pages in a frame. */
  readonly framedBy: readonly string[];
}

/** A page, before the frame is added. */
export interface Page {
  readonly house: LayoutContext;
  readonly locale: Locale;
  readonly title: string;
  /** Path and query. */
  readonly address: string;
  /** Absent on pages for visitors who are not signed in. */
  readonly visitor?: {
    readonly requester: Requester;
    readonly bar: Banner | undefined;
    readonly unheard: number;
    /** Whether the person may not use the app: they get no page and no stream. */
    readonly closed: boolean;
  };
  /** The scripts of this page only, by their plain names. */
  readonly scripts?: readonly string[];
  readonly nonce?: string;
  /** Whether parts of the page reload when something changes. */
  readonly live?: boolean;
  readonly children: ComponentChildren;
}

const htmxConfig = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

/** Render the whole document. */
export const documentOf = (page: Page): string => `<!doctype html>${renderToString(<Document {...page} />)}`;

function Document(page: Page) {
  const { house, locale, title, visitor } = page;
  const words = webWords(locale);
  const isOpen = visitor?.closed === false;
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <title>{`${title} · Attendant`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f3f6f3" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#101614" media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="noindex" />
        <meta name="htmx-config" content={htmxConfig} />
        {page.nonce && <meta name="style-nonce" content={page.nonce} />}
        <Asset assets={house.assets} name="icon.svg">
          {(href) => <link rel="icon" href={href} type="image/svg+xml" />}
        </Asset>
        <Asset assets={house.assets} name="app.css">
          {(href) => <link rel="stylesheet" href={href} />}
        </Asset>
        {['app.js', ...(page.scripts ?? [])].map((name) => (
          <Asset assets={house.assets} name={name}>
            {(src) => <script type="module" src={src} />}
          </Asset>
        ))}
      </head>
      <body
        hx-ext={isOpen ? 'sse' : undefined}
        sse-connect={isOpen ? '/live' : undefined}
        hx-headers={visitor && JSON.stringify({ [actingHeader]: actingAs(visitor.requester) })}
      >
        <a class="skip" href="#main">
          {words.skip}
        </a>
        {visitor?.bar && <BannerView bar={visitor.bar} place={{ locale, page: page.address }} />}
        {visitor && <Header page={page} />}
        {page.live && (
          <div
            hx-get={page.address}
            hx-trigger="sse:change delay:120ms, attendant:changed from:body delay:120ms"
            hx-select="#live"
            hx-target="#live"
            hx-swap="outerHTML"
            hx-select-oob="#unheard"
            data-quiet
            hx-sync="this:queue last"
          />
        )}
        <main id="main" tabIndex={-1}>
          <div id="answer" aria-live="polite" />
          {isOpen && page.address.startsWith('/admin/') && (
            <AdminTabs house={house} requester={visitor.requester} path={page.address} />
          )}
          {page.children}
        </main>
        <p id="said" class="unseen" role="status" />
        <div id="toast" role="status" aria-live="polite" data-failed={words.failed} data-offline={words.offline} />
        <dialog id="sheet" aria-labelledby="form-title" />
      </body>
    </html>
  );
}

function Header({ page }: { page: Page }) {
  const { house, locale, address, visitor } = page;
  const words = webWords(locale);
  const path = address.split('?')[0] ?? '/';
  const own = visitor?.requester.impersonator?.displayName ?? visitor?.requester.user.displayName ?? '';
  const [adminHome] = visitor ? adminPagesFor(visitor.requester, house) : [];
  const entries: [string, IconName, string][] = [
    ['/', 'home', words.home],
    ...(visitor?.requester.tenant.edition === 'attendant_plus'
      ? ([['/messages', 'messages', words.messages]] as [string, IconName, string][])
      : []),
    ['/calls', 'calls', wordsIn(locale).calls.history.title],
    ['/directory', 'directory', words.directory],
    ...(house.phone ? ([['/phone', 'phone', words.phone]] as [string, IconName, string][]) : []),
    ...(adminHome ? ([[adminHome.href, 'admin', words.adminArea]] as [string, IconName, string][]) : []),
  ];
  return (
    <header class="top">
      <a class="brand" href="/">
        <span class="lamp" aria-hidden="true" />
        Attendant
      </a>
      {visitor?.closed === false && (
        <nav aria-label={words.navigation}>
          {entries.map(([href, icon, label]) => (
            <a href={href} aria-current={path === href ? 'page' : isWithin(path, href) ? 'true' : undefined}>
              <Icon name={icon} />
              <span>{label}</span>
              {href === '/messages' && <Unheard count={visitor?.unheard ?? 0} locale={locale} />}
            </a>
          ))}
        </nav>
      )}
      <details class="me">
        <summary>
          <span class="face" aria-hidden="true">
            {initials(own)}
          </span>
          <span class="unseen">{words.signedInAs(own)}</span>
        </summary>
        <div class="me-menu">
          <p class="me-name">{own}</p>
          <p class="me-company">{visitor?.requester.tenant.name}</p>
          {visitor?.closed === false && (
            <>
              <a class="row" href="/settings" aria-current={path === '/settings' ? 'page' : undefined}>
                {words.settings}
              </a>
              <a class="row" href="/record" aria-current={path === '/record' ? 'page' : undefined}>
                {wordsIn(locale).audit.mine}
              </a>
              <form method="post" action="/language">
                <HiddenFields carries={{}} place={{ locale, page: address }} />
                <button class="row" type="submit" name="locale" value={locale === 'fr' ? 'en' : 'fr'}>
                  <span lang={locale === 'fr' ? 'en' : 'fr'}>{words.otherLanguage}</span>
                </button>
              </form>
            </>
          )}
          <form method="post" action="/sign-out">
            <button class="row" type="submit">
              {words.signOut}
            </button>
          </form>
        </div>
      </details>
    </header>
  );
}

/** Whether a page without its own menu entry belongs to this entry. */
const isWithin = (path: string, href: string): boolean =>
  (href === '/directory' && path.startsWith('/people/')) || (href.startsWith('/admin/') && path.startsWith('/admin/'));

const Unheard = ({ count, locale }: { count: number; locale: Locale }) => (
  <span id="unheard" class="count" hidden={count === 0}>
    <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
    <span class="unseen">{webWords(locale).unheard(count)}</span>
  </span>
);

function Asset(props: { assets: Assets; name: string; children: (address: string) => ComponentChildren }) {
  const address = props.assets(props.name);
  return address === undefined ? null : props.children(address);
}

/** `MG` for Marie Gagnon; one letter for a single name. */
export const initials = (name: string): string => {
  const parts = name.split(/[\s-]+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
};
