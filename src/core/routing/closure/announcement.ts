import type { Locale } from '../../chat/phrasing.js';
import { spokenMoment } from '../../chat/spoken-moment.js';
import { wordsIn } from '../../chat/words.js';
import { sentence } from '../../text.js';
import type { Closure } from './closure.types.js';

/** What callers hear while the company is closed: until when, in its own zone, and the note as it was typed. */
export function closedAnnouncement(
  { name, timeZone }: { readonly name: string; readonly timeZone: string },
  { until, note }: Pick<Closure, 'until' | 'note'>,
  locale: Locale,
): string {
  const zones = { zone: timeZone, companyZone: timeZone };
  const words = wordsIn(locale).closure;
  const said = until ? words.announceUntil(name, spokenMoment(until, zones, locale)) : words.announce(name);
  return note === '' ? said : `${said} ${sentence(note)}`;
}
