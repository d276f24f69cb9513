import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Button, Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { closedAnnouncement } from './announcement.js';
import { closureActions } from './closure.action-ids.js';
import type { Closure } from './closure.types.js';

/** The company as far as its closing is concerned. */
interface ShownCompany {
  readonly name: string;
  readonly timeZone: string;
  readonly hasPlus: boolean;
}

/** The company is closed: until when, and what callers hear. */
export function closedCard(reader: Reader, company: ShownCompany, closure: Closure): Card {
  const words = wordsIn(reader.locale).closure;
  const summary =
    closure.until === undefined ? words.closedOpenEnded : words.closedUntil(formatMoment(reader, closure.until));
  return {
    title: words.title,
    summary,
    blocks: [
      { kind: 'text', text: summary },
      {
        kind: 'facts',
        facts: [
          { label: words.since, value: formatMoment(reader, closure.closedAt) },
          { label: words.callersHear, value: closedAnnouncement(company, closure, reader.locale) },
        ],
      },
      { kind: 'note', text: company.hasPlus ? words.mailboxes : words.hangsUp },
      {
        kind: 'buttons',
        buttons: [{ kind: 'action', action: closureActions.open, label: words.open, tone: 'main', carries: {} }],
      },
    ],
  };
}

/** The company is open, and how to close it. */
export function openCard(reader: Reader): Card {
  const words = wordsIn(reader.locale).closure;
  const close = (label: string, until: string): Button => ({
    kind: 'action',
    action: closureActions.close,
    label,
    carries: { until },
  });
  return {
    title: words.openTitle,
    summary: words.isOpen,
    blocks: [
      { kind: 'text', text: words.isOpen },
      { kind: 'note', text: words.howTo },
      { kind: 'buttons', buttons: [close(words.closeToday, 'today'), close(words.closeOpenEnded, 'opened')] },
    ],
  };
}
