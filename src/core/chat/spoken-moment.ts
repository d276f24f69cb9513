import { DateTime } from 'luxon';
import { clocksDiffer, zoneName } from '../time/zone-names.js';
import { type Locale, withoutDots } from './phrasing.js';

/**
 * `Friday, November 27 at 5:00 pm`; midnight is left out, as people do. A zone whose clocks are not the company's is
 * said: callers know the company, not where the person is.
 */
export function spokenMoment(
  instant: Date,
  { zone, companyZone }: { readonly zone: string; readonly companyZone: string },
  locale: Locale,
): string {
  const then = DateTime.fromJSDate(instant, { zone }).setLocale(locale === 'fr' ? 'fr-CA' : 'en-CA');
  const day = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  const elsewhere = clocksDiffer(instant, zone, companyZone);
  const isMidnight = then.hour === 0 && then.minute === 0 && !elsewhere;
  const said = withoutDots(then.toLocaleString(isMidnight ? day : { ...day, hour: 'numeric', minute: '2-digit' }));
  return elsewhere ? `${said} ${zoneName(instant, zone, locale, 'long')}` : said;
}
