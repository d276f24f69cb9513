import { DateTime } from 'luxon';
import { formatMoment, type Reader, withoutDots } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { truncate } from '../text.js';
import type { Remark, Unclear } from './read-when.js';

/** Say why a text is no date, and what to write instead. */
export function unclearLine({ locale }: Reader, unclear: Unclear): string {
  const words = wordsIn(locale).dates;
  switch (unclear.kind) {
    case 'words':
      return words.unclearWords(truncate(unclear.text, 80));
    case 'too-long':
      return words.tooLong;
    case 'no-such-day':
      return words.noSuchDay(truncate(unclear.text, 40));
    case 'weekday': {
      const monday = DateTime.utc(2024, 1, unclear.weekday);
      return words.wrongWeekday(
        onWall(locale, unclear.date, dayAndMonth),
        onWall(locale, monday.toJSDate(), { weekday: 'long' }),
      );
    }
    case 'apart':
      return words.apart;
    default:
      return unclear satisfies never;
  }
}

/** Return a remark on a date that was understood, in words. */
export function remarkLine(reader: Reader, remark: Remark): string {
  const words = wordsIn(reader.locale).dates;
  if (remark.kind === 'order') return words.order(remark.text, onWall(reader.locale, remark.date, dayAndMonth));
  const typed = withoutDots(onWall(reader.locale, remark.wall, { hour: 'numeric', minute: '2-digit' }));
  return words.skipped(typed, formatMoment(reader, remark.taken));
}

const dayAndMonth = { month: 'long', day: 'numeric' } as const;

/** A wall time, which is stored in UTC. */
const onWall = (locale: Reader['locale'], wall: Date, format: Intl.DateTimeFormatOptions): string =>
  DateTime.fromJSDate(wall, { zone: 'utc' })
    .setLocale(locale === 'fr' ? 'fr-CA' : 'en-CA')
    .toLocaleString(format);
