import { formatMoment, type Reader } from '../../chat/phrasing.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import type { Coverage } from '../explain.js';
import { explainActions } from './explain.action-ids.js';

/** Where a call to somebody goes, in numbered steps. */
export function explainCard(reader: Reader, { userId, displayName, at, because }: Coverage): Card {
  const words = wordsIn(reader.locale).routing;
  const title = words.title(displayName, formatMoment(reader, new Date(at)));
  return {
    title,
    summary: title,
    blocks: [
      { kind: 'text', text: numbered(because) },
      { kind: 'note', text: words.nothingRang },
      {
        kind: 'buttons',
        buttons: [
          { kind: 'action', action: explainActions.days, label: words.showDays, carries: { user: userId, at } },
        ],
      },
    ],
  };
}

/** Where a call to the company’s own number goes. */
export function explainNumberCard(
  reader: Reader,
  country: string,
  explained: { readonly number: string; readonly at: Date; readonly because: readonly string[] },
): Card {
  const words = wordsIn(reader.locale).routing;
  const title = words.numberTitle(formatNumber(explained.number, country), formatMoment(reader, explained.at));
  return {
    title,
    summary: title,
    blocks: [
      { kind: 'text', text: numbered(explained.because) },
      { kind: 'note', text: words.nothingRang },
    ],
  };
}

const numbered = (lines: readonly string[]): string => lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
