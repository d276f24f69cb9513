import { formatCount, formatLabelled, type Reader } from '../chat/phrasing.js';
import type { Block, Button, Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import type { FailureCause } from './failed-deliveries.js';
import { reportActions } from './reports.action-ids.js';
import type { UnreachablePerson } from './unreachable-people.js';

/** The most people on a card. */
export const mostShown = 15;

/** Return the card of the people whom no notice reaches, each with the reason and what would help. */
export function doctorCard(
  reader: Reader,
  {
    total,
    people,
    causes,
  }: {
    readonly total: number;
    readonly people: readonly UnreachablePerson[];
    /** Why the last deliveries did not arrive, also to people who are reached in another way. */
    readonly causes: readonly FailureCause[];
  },
): Card {
  const words = wordsIn(reader.locale).doctor;
  if (people.length === 0)
    return {
      title: words.title,
      summary: words.nobody,
      blocks: [{ kind: 'text', text: words.nobody }, ...causeBlocks(words, causes)],
    };
  const more = total - people.length;
  const whole: Button = {
    kind: 'action',
    action: reportActions.page,
    label: wordsIn(reader.locale).reports.inBrowser,
    carries: { list: 'unreachable' },
  };
  return {
    title: words.title,
    summary: formatLabelled(reader.locale, words.title, formatCount(reader.locale, total)),
    blocks: [
      {
        kind: 'facts',
        facts: people.map(({ displayName, why, detail, mail }) => ({
          label: displayName,
          value: [words.whys[why], detail, words.mails[mail]].filter(Boolean).join(' '),
        })),
      },
      ...(more > 0 ? [{ kind: 'note', text: words.more(more) } as const] : []),
      ...causeBlocks(words, causes),
      { kind: 'buttons', buttons: [whole] },
    ],
  };
}

/** The causes and the people on a card. */
const mostCauses = 5;
const mostNamed = 3;

function causeBlocks(words: Words['doctor'], causes: readonly FailureCause[]): Block[] {
  if (causes.length === 0) return [];
  return [
    { kind: 'divider' },
    { kind: 'text', text: words.failedTitle },
    {
      kind: 'facts',
      facts: causes.slice(0, mostCauses).map(({ platform, why, people }) => ({
        label: platform === 'mail' ? words.byMail : platform.charAt(0).toUpperCase() + platform.slice(1),
        value: [
          truncate(why, 150),
          words.failedBy(
            people
              .slice(0, mostNamed)
              .map((name) => truncate(name, 80))
              .join(', '),
            Math.max(0, people.length - mostNamed),
          ),
        ]
          .filter(Boolean)
          .join(' · '),
      })),
    },
  ];
}
