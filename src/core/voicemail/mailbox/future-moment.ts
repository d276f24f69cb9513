import type { Reader } from '../../chat/phrasing.js';
import { wordsIn } from '../../chat/words.js';
import { unclearLine } from '../../dates/date-lines.js';
import { readMoment } from '../../dates/read-when.js';
import { truncate } from '../../text.js';

/** Return the typed instant, in the future and at most `mostDays` ahead; a string says what is wrong with the text. */
export function readFutureMoment(
  reader: Reader,
  typed: string,
  { mostDays, as }: { readonly mostDays: number; readonly as: 'begin' | 'end' },
): Date | string {
  const words = wordsIn(reader.locale).claim;
  const { moment, unclear } = readMoment(typed, undefined, reader, as);
  const [problem] = unclear;
  if (problem?.kind === 'weekday' || problem?.kind === 'no-such-day') return unclearLine(reader, problem);
  if (problem || !moment) return words.notUnderstood(truncate(typed.trim(), 60));
  const left = moment.getTime() - reader.now.getTime();
  if (left <= 0) return words.inThePast;
  return left > mostDays * 24 * 3_600_000 ? words.tooLate : moment;
}
