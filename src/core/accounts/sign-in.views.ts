import type { Locale } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { signInActions } from './sign-in.action-ids.js';

/** Return the card with the personal link into the browser; `way`: where the link leads, if to one particular page. */
export function signInCard(
  locale: Locale,
  url: string,
  minutes: number,
  way?: { readonly title: string; readonly open: string },
): Card {
  const words = wordsIn(locale).signIn;
  const { title, open } = way ?? words;
  return {
    title,
    summary: way ? `${title}: ${words.line(minutes)}` : words.line(minutes),
    blocks: [
      { kind: 'text', text: words.line(minutes) },
      { kind: 'buttons', buttons: [{ kind: 'link', action: signInActions.open, label: open, tone: 'main', url }] },
      { kind: 'note', text: words.note },
    ],
  };
}
