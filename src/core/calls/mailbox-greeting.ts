import { DateTime } from 'luxon';
import { type Locale, withoutDots } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Greeting } from '../routing/decision-reason.js';
import type { RoutingCompany, RoutingPeriod, RoutingPerson } from '../routing/routing-rows.js';
import { clocksDiffer, zoneName } from '../time/zone-names.js';

/**
 * Return the spoken greeting of a person without a recorded one: made from the name, saying no more about an absence
 * than its privacy level allows. Ends with the instruction to the caller.
 */
export function spokenGreeting(
  kind: Greeting,
  person: RoutingPerson,
  away: RoutingPeriod | undefined,
  company: RoutingCompany,
  locale: Locale,
): string {
  const { greeting } = wordsIn(locale).calls;
  const note = away && away.note !== '' ? ` ${sentence(away.note)}` : '';
  switch (kind) {
    case 'out-of-office':
      return `${absence()}${note} ${greeting.leave}`;
    case 'after-hours':
      return `${greeting.afterHours(person.name)} ${greeting.leave}`;
    case 'unavailable':
      return `${greeting.unavailable(person.name)} ${greeting.leave}`;
    default:
      return kind satisfies never;
  }

  function absence(): string {
    if (!away || away.privacy === 'nothing') return greeting.unavailable(person.name);
    if (away.privacy !== 'away_until' || !away.endsAt) return greeting.outOfOffice(person.name);
    const zones = { zone: person.timeZone, companyZone: company.timeZone };
    return greeting.outOfOfficeUntil(person.name, spokenMoment(away.endsAt, zones, locale));
  }
}

/**
 * `Friday, November 27 at 5:00 pm`; midnight is left out. A zone whose clocks differ from the company's is named:
 * callers know the company, not where the person is.
 */
function spokenMoment(
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

const sentence = (text: string): string => (/[.!?…]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`);
