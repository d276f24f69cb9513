import { DateTime } from 'luxon';
import { clocksDiffer, zoneName } from '../time/zone-names.js';
import { type Locale, withoutDots } from './phrasing.js';

/**
 * `Friday, November 27 at 5:00 pm`, `vendredi 27 novembre à 17 heures`: to be spoken. Midnight is left out, as people do. A
 * zone whose clocks are not the company's is said: callers know the company, not where the person is.
 */
export function spokenMoment(
  instant: Date,
  { zone, companyZone }: { readonly zone: string; readonly companyZone: string },
  locale: Locale,
): string {
  const then = DateTime.fromJSDate(instant, { zone });
  const elsewhere = clocksDiffer(instant, zone, companyZone);
  if (then.hour === 0 && then.minute === 0 && !elsewhere) return spokenDay(then, locale);
  const said = `${spokenDay(then, locale)} ${locale === 'fr' ? 'à' : 'at'} ${spokenTime(then, locale)}`;
  if (!elsewhere) return said;
  return `${said}${locale === 'fr' ? ',' : ''} ${zoneName(instant, zone, locale, 'long')}`;
}

/** Return a time of day as it is said: `5:05 pm`, `17 heures 5`, since voices read “17 h 05” letter by letter; `noon`. */
export function spokenTime(then: DateTime, locale: Locale): string {
  const { hour, minute } = then;
  const isNoon = hour === 12 && minute === 0;
  if (locale === 'en')
    return isNoon
      ? 'noon'
      : withoutDots(then.setLocale('en-CA').toLocaleString({ hour: 'numeric', minute: '2-digit' }));
  if (isNoon) return 'midi';
  const hours = `${hour} ${hour < 2 ? 'heure' : 'heures'}`;
  return minute === 0 ? hours : `${hours} ${minute}`;
}

/** `Tuesday, December 1`, `mardi 1er décembre`. */
function spokenDay(then: DateTime, locale: Locale): string {
  const day = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  if (locale === 'en') return then.setLocale('en-CA').toLocaleString(day);
  return then.setLocale('fr-CA').toLocaleString(day).replace(' 1 ', ' 1er ');
}
