import type { AuditEventName } from '../audit-chain/audit-event.js';
import { formatMoment, type Reader } from '../chat/phrasing.js';
import type { Card } from '../chat/view.js';
import { type Words, wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';

/** An audit line with names instead of ids. */
export interface TellableLine {
  readonly at: Date;
  readonly event: string;
  /** Undefined: the installation itself. */
  readonly who: string | undefined;
  readonly via: string;
  readonly impersonator: string | undefined;
  readonly reason: string | undefined;
}

/** Return the card of the newest lines about a person. */
export function auditCard(reader: Reader, name: string, lines: readonly TellableLine[]): Card {
  const words = wordsIn(reader.locale).audit;
  if (lines.length === 0) {
    return {
      title: words.title(name),
      summary: words.nothing(name),
      blocks: [{ kind: 'text', text: words.nothing(name) }],
    };
  }
  return {
    title: words.title(name),
    summary: words.summary(name, lines.length),
    blocks: [
      {
        kind: 'table',
        columns: [words.when, words.who, words.what],
        rows: lines.map((line) => [formatMoment(reader, line.at), actorText(words, line), changeText(words, line)]),
      },
      { kind: 'note', text: words.newest(lines.length) },
    ],
  };
}

/** `Amara Osei as Marie Gagnon`. */
function actorText(words: Words['audit'], line: TellableLine): string {
  if (line.who === undefined) return line.via === 'link' ? words.byLink : words.system(line.via);
  return line.impersonator === undefined ? line.who : words.actingAs(line.impersonator, line.who);
}

function changeText(words: Words['audit'], line: TellableLine): string {
  const event = eventText(words, line.event);
  return line.reason === undefined ? event : `${event} (${words.because(truncate(line.reason, 120))})`;
}

/** The event in words; an event of a later version by its name. */
const eventText = (words: Words['audit'], event: string): string => words.events[event as AuditEventName] ?? event;
