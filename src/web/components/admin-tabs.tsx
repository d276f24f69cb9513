import type { Requester } from '../../core/chat/requester.js';
import { adminPagesFor } from '../pages/admin/nav.js';
import { webWords } from '../web.words.js';

/** The way from one page of the admin area to another; nothing where there is only one. */
export function AdminTabs(props: { requester: Requester; house: { readonly companyBots: boolean }; path: string }) {
  const { requester, house, path } = props;
  const { locale } = requester.reader;
  const pages = adminPagesFor(requester, house);
  if (pages.length < 2) return null;
  return (
    <nav class="admin-tabs" aria-label={webWords(locale).adminArea}>
      {pages.map(({ href, label }) => (
        <a href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
          {label(locale)}
        </a>
      ))}
    </nav>
  );
}
