import type { Locale } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { webWords } from '../web.words.js';

/**
 * The way through a list that grows at its head while somebody reads: the ones before, and the newest. `page`: the
 * address without the place, perhaps with a query.
 */
export function OlderPages(props: { page: string; locale: Locale; before: string | undefined; isLater: boolean }) {
  const { page, locale, before, isLater } = props;
  if (before === undefined && !isLater) return null;
  const words = wordsIn(locale).audit;
  return (
    <nav class="pages" aria-label={webWords(locale).pages}>
      {isLater ? (
        <a class="button" href={page}>
          {words.latest}
        </a>
      ) : (
        <span />
      )}
      {before !== undefined && (
        <a
          class="button"
          rel="next"
          href={`${page}${page.includes('?') ? '&' : '?'}before=${encodeURIComponent(before)}`}
        >
          {words.older}
        </a>
      )}
    </nav>
  );
}
