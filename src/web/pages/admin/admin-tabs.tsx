import type { Requester } from '../../../core/chat/requester.js';
import { webWords } from '../../web.words.js';
import { adminPagesFor } from './nav.js';

/** The pages of the admin area, one beside the other. */
export const AdminTabs = ({ requester, path }: { requester: Requester; path: string }) => (
  <nav class="admin-tabs" aria-label={webWords(requester.reader.locale).adminArea}>
    {adminPagesFor(requester).map(({ href, label }) => (
      <a href={href} aria-current={path.startsWith(href) ? 'page' : undefined}>
        {label(requester.reader.locale)}
      </a>
    ))}
  </nav>
);
