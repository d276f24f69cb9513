import { DateTime } from 'luxon';
import { formatDuration, formatMoment, type Reader } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import type { ListRow } from './company-list.js';

/** A cell of a list as a person reads it; a file has it as it is. */
export function shownCell(reader: Reader, words: Words['reports'], column: string, row: ListRow): string {
  // A day's total is nobody's own.
  if (column === 'name' && row.day !== undefined && row.username === '') return words.company;
  // Where no colleague covers, a number may.
  if (column === 'backup_name' && row.backup_name === '') return formatNumber(row.number ?? '');
  return shownValue(reader, words, column, row[column] ?? '');
}

function shownValue(reader: Reader, words: Words['reports'], column: string, value: string): string {
  if (value === '') return column === 'until' ? words.openEnd : '';
  switch (column) {
    case 'from':
    case 'until':
    case 'at':
    case 'set_at':
    case 'received':
      return formatMoment(reader, new Date(value));
    case 'day':
      return formatDay(reader, value);
    case 'bytes':
      return formatMegabytes(reader, Number(value));
    case 'seconds':
      return formatDuration(Number(value));
    case 'caller':
    case 'did':
    case 'number':
      return formatNumber(value);
    case 'access':
      return peopleText(reader, 'accesses', value);
    case 'role':
      return peopleText(reader, 'roles', value);
    case 'user_type':
      return peopleText(reader, 'types', value);
    case 'answer':
    case 'ended':
    case 'mail':
    case 'result':
    case 'set_by':
    case 'status':
    case 'why':
      return words.values[value] ?? value;
    default:
      return value;
  }
}

/** What the forms of people call a value. */
function peopleText({ locale }: Reader, of: 'accesses' | 'roles' | 'types', value: string): string {
  const texts: Readonly<Record<string, string>> = wordsIn(locale).peopleAdmin[of];
  return texts[value] ?? value;
}

/** `Nov 30, 2026`; the day is a date, not an instant. */
export const formatDay = ({ locale }: Reader, day: string): string =>
  DateTime.fromISO(day, { zone: 'utc' })
    .setLocale(`${locale}-CA`)
    .toLocaleString({ year: 'numeric', month: 'short', day: 'numeric' });

/** `12.3 MB`, `12,3 Mo`. */
const formatMegabytes = ({ locale }: Reader, bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString(`${locale}-CA`, { maximumFractionDigits: 1 })} ${locale === 'fr' ? 'Mo' : 'MB'}`;
