import { DateTime } from 'luxon';
import { type Locale, withoutDots } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Greeting } from './call-plan.js';
import type { Away, Company, Reachable } from './path.js';

/**
 * The greeting that is spoken where the person recorded none: made from the name, saying no more about an absence
 * than its privacy level allows. Ends with what the caller is to do.
 */
export function spokenGreeting(
  kind: Greeting,
  person: Reachable,
  away: Away | undefined,
  company: Company,
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
    const zone = person.timeZone ?? company.timeZone;
    return greeting.outOfOfficeUntil(person.name, spokenMoment(away.endsAt, zone, locale));
  }
}

/** `Friday, November 27 at 5:00 pm`; midnight is left out, as people do. */
function spokenMoment(instant: Date, timeZone: string, locale: Locale): string {
  const then = DateTime.fromJSDate(instant, { zone: timeZone }).setLocale(locale === 'fr' ? 'fr-CA' : 'en-CA');
  const day = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  const isMidnight = then.hour === 0 && then.minute === 0;
  return withoutDots(then.toLocaleString(isMidnight ? day : { ...day, hour: 'numeric', minute: '2-digit' }));
}

const sentence = (text: string): string => (/[.!?…]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`);
