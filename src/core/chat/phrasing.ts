import { DateTime } from 'luxon';
import { instantOf, instantsOf, type WallTime, wallTimeOf } from '../time/wall-time.js';
import { clocksDiffer, zoneName } from '../time/zone-names.js';

/** The languages of the product. */
export const locales = ['en', 'fr'] as const;
/** A language of the product. */
export type Locale = (typeof locales)[number];

/** How a person reads: their language, their zone, and the current instant. */
export interface Reader {
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
  /** ISO 3166, as in `en-GB`: decides the order of day and month. */
  readonly region?: string | undefined;
  /**
   * The zone in which the person's times are kept: their own or their company's. If the reader's clocks show another
   * time, every time names its zone.
   */
  readonly ownTimeZone?: string | undefined;
}

/** Return the product's language for a language tag: `fr-CA` → `fr`; neither English nor French → `fallback`. */
export function localeOf(tag: string | null | undefined, fallback: Locale = 'en'): Locale {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'en' ? language : fallback;
}

/** Return the region of a language tag: `en-GB` → `GB`. Undefined: the tag names none, or is invalid. */
export function regionOf(tag: string | null | undefined): string | undefined {
  return /^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})(?![a-z])/i.exec(tag?.slice(0, 35) ?? '')?.[1]?.toUpperCase();
}

const at = (reader: Reader, instant: Date) =>
  DateTime.fromJSDate(instant, { zone: reader.timeZone }).setLocale(reader.locale === 'fr' ? 'fr-CA' : 'en-CA');

/**
 * Format an instant: `2:05 pm`, or with its day when that is not the reader's today: `Fri, Nov 27, 2:05 pm`. The zone
 * is named if the person's own clocks show another time, and in the hour that a clock change repeats: `1:05 am EST`.
 * `readWhen` parses every such text.
 */
export function formatMoment(reader: Reader, instant: Date): string {
  const then = at(reader, instant);
  const today = at(reader, reader.now);
  const day = then.toISODate() === today.toISODate() ? {} : { ...dayOf(reader), ...yearOf(then, today) };
  const time = withoutDots(then.toLocaleString({ ...day, hour: 'numeric', minute: '2-digit' }));
  const zone = zoneShown(reader, instant);
  return zone === undefined ? time : `${time} ${zone}`;
}

/** Put “on” before a moment that was formatted with its day, and “at” before a time of today. */
export const englishAt = (moment: string): string => `${isTimeOfToday(moment) ? 'at' : 'on'} ${moment}`;

/** The same in French: `le ven. 4 décembre à 17 h 00`, `à 17 h 00`. */
export const frenchAt = (moment: string): string => `${isTimeOfToday(moment) ? 'à' : 'le'} ${moment}`;

/** French “until” before a formatted moment: `jusqu’au ven. 4 décembre à 17 h 00`, `jusqu’à 17 h 00`. */
export const frenchUntil = (moment: string): string => `jusqu’${isTimeOfToday(moment) ? 'à' : 'au'} ${moment}`;

/** A moment after “depuis” or “avant”: `le ven. 4 décembre à 17 h 00`, `17 h 00`. */
export const frenchThe = (moment: string): string => (isTimeOfToday(moment) ? moment : `le ${moment}`);

/** A day begins with its name in both languages. */
const isTimeOfToday = (moment: string): boolean => /^\d/.test(moment);

/** Format the instant at which a period begins or ends: for midnight, only its day. */
export function formatPeriodEdge(reader: Reader, instant: Date): string {
  if (isElsewhere(reader, instant) || !beginsDay(reader, instant)) return formatMoment(reader, instant);
  const then = at(reader, instant);
  return then.toLocaleString({ ...dayOf(reader), ...yearOf(then, at(reader, reader.now)) });
}

const yearOf = (then: DateTime, today: DateTime) => (then.year === today.year ? {} : ({ year: 'numeric' } as const));

function beginsDay({ timeZone }: Reader, instant: Date): boolean {
  const midnight = wallTimeOf(instant, timeZone).startOf('day') as WallTime;
  return instantOf(midnight, timeZone).getTime() === instant.getTime();
}

/** Return whether the person's own clocks show another time than the reader's. */
const isElsewhere = ({ timeZone, ownTimeZone }: Reader, instant: Date): boolean =>
  ownTimeZone !== undefined && clocksDiffer(instant, timeZone, ownTimeZone);

/** The zone's name, if a time without it would be ambiguous. */
function zoneShown(reader: Reader, instant: Date): string | undefined {
  const { timeZone, locale } = reader;
  const instants = instantsOf(wallTimeOf(instant, timeZone), timeZone);
  if (!isElsewhere(reader, instant) && instants.length < 2) return undefined;
  const name = zoneName(instant, timeZone, locale);
  const alike = instants.filter((one) => zoneName(one, timeZone, locale) === name);
  return alike.length > 1 ? `UTC${at(reader, instant).toFormat('ZZ')}` : name;
}

/** Return the reader's zone if their clocks differ from the person's own. Shown once beside fields for times. */
export const differingZone = (reader: Reader): string | undefined =>
  isElsewhere(reader, reader.now) ? zoneName(reader.now, reader.timeZone, reader.locale) : undefined;

/** French months are written out: `1 déc.` would put two full stops at the end of a sentence, as `5:00 p.m.` would. */
const dayOf = ({ locale }: Reader) =>
  ({ weekday: 'short', month: locale === 'fr' ? 'long' : 'short', day: 'numeric' }) as const;

/** Remove the dots of a.m. and p.m.: `5:00 p.m.` → `5:00 pm`. */
export const withoutDots = (time: string): string => time.replace(/\b([ap])\.(\s?)m\./g, '$1m');

/** Format a count: `12,000` / `12 000`. */
export const formatCount = (locale: Locale, count: number): string => count.toLocaleString(`${locale}-CA`);

/** Format seconds: `47 s`, `2 min 5 s`. The same in both languages. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/**
 * Format a label and its value: `Caller: Ann`, `Appelant : Ann`. French puts a non-breaking space before the colon.
 */
export const formatLabelled = (locale: Locale, label: string, value: string): string =>
  `${label}${locale === 'fr' ? '\u00a0' : ''}: ${value}`;

/** Join items with "and": `Ann, Bo and Cy` / `Ann, Bo et Cy`. */
export const joinWithAnd = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

/** Join items with "or": `Ann, Bo or Cy` / `Ann, Bo ou Cy`. */
export const joinWithOr = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(items);
