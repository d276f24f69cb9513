import type { Locale } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';

/** The personal way into the browser. */
export function signInCard(locale: Locale, url: string, minutes: number): Card {
  const words = wordsIn(locale).signIn;
  return {
    title: words.title,
    summary: words.line(minutes),
    blocks: [
      { kind: 'text', text: words.line(minutes) },
      { kind: 'buttons', buttons: [{ kind: 'link', action: 'app.open', label: words.open, tone: 'main', url }] },
      { kind: 'note', text: words.note },
    ],
  };
}
