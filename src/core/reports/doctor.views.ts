import type { Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { UnreachablePerson } from './unreachable-people.js';

/** The most people on a card. */
const mostShown = 15;

/** Return the card of the people whom no notice reaches, each with the reason and what would help. */
export function doctorCard(reader: Reader, people: readonly UnreachablePerson[]): Card {
  const words = wordsIn(reader.locale).doctor;
  if (people.length === 0)
    return { title: words.title, summary: words.nobody, blocks: [{ kind: 'text', text: words.nobody }] };
  const more = people.length - mostShown;
  return {
    title: words.title,
    summary: `${words.title}: ${people.length}`,
    blocks: [
      {
        kind: 'facts',
        facts: people.slice(0, mostShown).map(({ displayName, why, detail, mail }) => ({
          label: displayName,
          value: [words.whys[why], detail, words.mails[mail]].filter(Boolean).join(' '),
        })),
      },
      ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
    ],
  };
}
