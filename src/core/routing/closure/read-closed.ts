import type { Reader } from '../../chat/phrasing.js';
import { unclearLine } from '../../dates/date-lines.js';
import { readWhen } from '../../dates/read-when.js';
import { UserError } from '../../errors.js';

/** `until 14:00 snow`, `jusqu’à demain 9 h tempête`, `snow`: until when, and what callers are told. */
export interface TypedClosure {
  readonly until: Date | undefined;
  readonly note: string;
}

/** A time has no more words: “until the end of the day after tomorrow at 5 pm”. */
const mostTimeWords = 14;

/**
 * Read what stands after `closed`. The longest beginning that is a time is the time; the rest is the note, whatever words
 * it is made of. Refuses (UserError) a time that is none, and one that begins later.
 */
export function readClosed(text: string, reader: Reader): TypedClosure {
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (let count = Math.min(words.length, mostTimeWords); count > 0; count -= 1) {
    const { from, until, unclear } = readWhen(words.slice(0, count).join(' '), reader);
    if (unclear.length > 0 || (from === undefined && until === undefined)) continue;
    if (from !== undefined && from > reader.now) throw new UserError((words) => words.closure.notLater);
    if (until !== undefined) return { until, note: words.slice(count).join(' ') };
  }
  if (/^(?:until|till|jusqu)/i.test(text)) {
    const [first] = readWhen(text, reader).unclear;
    throw new UserError((all) => (first ? unclearLine(reader, first) : all.closure.notInFuture));
  }
  return { until: undefined, note: words.join(' ') };
}
