import { DateTime } from 'luxon';
import type { Reader } from '../../chat/phrasing.js';
import { spokenMoment, spokenTime } from '../../chat/spoken-moment.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';

/** Return digits as they are said one by one: `1 0 1`. */
export const spokenDigits = (digits: string): string => [...digits].join(' ');

/** Return a phone number as it is said, in its groups: `5 1 4, 5 5 5, 0 1 2 3`. */
export const spokenNumber = (number: string, country: string): string =>
  (formatNumber(number, country).match(/\d+/g) ?? []).map(spokenDigits).join(', ');

/** Return an instant as it is said: `today at 2:05 pm`, otherwise with its day. */
export function spokenWhen({ locale, timeZone, now }: Reader, instant: Date): string {
  const words = wordsIn(locale).phoneMenu;
  const then = DateTime.fromJSDate(instant, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  const time = spokenTime(then, locale);
  if (then.hasSame(today, 'day')) return words.today(time);
  if (then.hasSame(today.minus({ days: 1 }), 'day')) return words.yesterday(time);
  return words.onDay(spokenMoment(instant, { zone: timeZone, companyZone: timeZone }, locale));
}

/** Return a length as it is said: `1 minute 5 seconds`. */
export function spokenLength({ locale }: Pick<Reader, 'locale'>, seconds: number): string {
  const { minutes, seconds: rest } = wordsIn(locale).phoneMenu;
  const whole = Math.max(1, Math.round(seconds));
  const parts = [Math.floor(whole / 60), whole % 60] as const;
  return [parts[0] > 0 ? minutes(parts[0]) : '', parts[1] > 0 ? rest(parts[1]) : '']
    .filter((part) => part !== '')
    .join(' ');
}
