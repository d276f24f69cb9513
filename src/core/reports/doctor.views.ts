import { formatLabelled, type Reader } from '../chat/phrasing.js';
import type { Button, Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { reportActions } from './reports.action-ids.js';
import type { UnreachablePerson } from './unreachable-people.js';

/** The most people on a card. */
export const mostShown = 15;

/** Return the card of the people whom no notice reaches, each with the reason and what would help. */
export function doctorCard(
  reader: Reader,
  { total, people }: { readonly total: number; readonly people: readonly UnreachablePerson[] },
): Card {
  const words = wordsIn(reader.locale).doctor;
  if (people.length === 0)
    return { title: words.title, summary: words.nobody, blocks: [{ kind: 'text', text: words.nobody }] };
  const more = total - people.length;
  const whole: Button = {
    kind: 'action',
    action: reportActions.page,
    label: wordsIn(reader.locale).reports.inBrowser,
    carries: { list: 'unreachable' },
  };
  return {
    title: words.title,
    summary: formatLabelled(reader.locale, words.title, String(total)),
    blocks: [
      {
        kind: 'facts',
        facts: people.map(({ displayName, why, detail, mail }) => ({
          label: displayName,
          value: [words.whys[why], detail, words.mails[mail]].filter(Boolean).join(' '),
        })),
      },
      ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
      { kind: 'buttons', buttons: [whole] },
    ],
  };
}
