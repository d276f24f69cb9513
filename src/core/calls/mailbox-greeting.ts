import type { Locale } from '../chat/phrasing.js';
import { spokenMoment } from '../chat/spoken-moment.js';
import { wordsIn } from '../chat/words.js';
import { closedAnnouncement } from '../routing/closure/announcement.js';
import type { Closure } from '../routing/closure/closure.types.js';
import type { Greeting } from '../routing/decision-reason.js';
import type { RoutingCompany, RoutingPeriod, RoutingPerson } from '../routing/routing-rows.js';
import { sentence } from '../text.js';

/** The owner of the mailbox, and what is known of why nobody answers. */
interface GreetedMailbox {
  readonly kind: Greeting;
  readonly person: RoutingPerson;
  readonly company: RoutingCompany;
  readonly away: RoutingPeriod | undefined;
  /** The company is closed now. */
  readonly closure: Closure | undefined;
  /** When the person’s hours begin again. */
  readonly opens: Date | undefined;
}

/**
 * Return the spoken greeting of a person without a recorded one: made from the name, saying no more about an absence
 * than its privacy level allows. Ends with the instruction to the caller.
 */
export function spokenGreeting(
  { kind, person, company, away, closure, opens }: GreetedMailbox,
  locale: Locale,
): string {
  const { greeting } = wordsIn(locale).calls;
  const zones = { zone: person.timeZone, companyZone: company.timeZone };
  const closed = closure ? `${closedAnnouncement(company, closure, locale)} ` : '';
  const note = away && away.note !== '' ? ` ${sentence(away.note)}` : '';
  switch (kind) {
    case 'out-of-office':
      return `${closed}${absence()}${note} ${greeting.leave}`;
    case 'after-hours':
      return `${closed === '' ? afterHours() : closed.trim()} ${greeting.leave}`;
    case 'unavailable':
      return `${greeting.unavailable(person.name)} ${greeting.leave}`;
    default:
      return kind satisfies never;
  }

  function afterHours(): string {
    const said = greeting.afterHours(person.name);
    return opens ? `${said} ${greeting.opensAgain(spokenMoment(opens, zones, locale))}` : said;
  }

  function absence(): string {
    if (!away || away.privacy === 'nothing') return greeting.unavailable(person.name);
    if (away.privacy !== 'away_until' || !away.endsAt) return greeting.outOfOffice(person.name);
    return greeting.outOfOfficeUntil(person.name, spokenMoment(away.endsAt, zones, locale));
  }
}
