import { DateTime } from 'luxon';

export type Locale = 'en' | 'fr';

/** How somebody reads: their language, their zone, and the instant at which they do. */
export interface Reader {
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
}

/** `fr-CA` → `fr`; what is neither English nor French → `fallback`. */
export function localeOf(tag: string | null | undefined, fallback: Locale = 'en'): Locale {
  const language = tag?.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'en' ? language : fallback;
}

const at = (reader: Reader, instant: Date) =>
  DateTime.fromJSDate(instant, { zone: reader.timeZone }).setLocale(reader.locale === 'fr' ? 'fr-CA' : 'en-CA');

/** `2:05 pm`, or with its day when that is not the reader's today: `Fri, Nov 27, 2:05 pm` */
export function moment(reader: Reader, instant: Date): string {
  const then = at(reader, instant);
  const today = at(reader, reader.now);
  if (then.toISODate() === today.toISODate())
    return withoutDots(then.toLocaleString({ hour: 'numeric', minute: '2-digit' }));
  return withoutDots(
    then.toLocaleString({
      ...dayOf(reader),
      hour: 'numeric',
      minute: '2-digit',
      ...(then.year === today.year ? {} : { year: 'numeric' }),
    }),
  );
}

/** A moment at which something begins or ends: midnight is not said, only its day. */
export function edge(reader: Reader, instant: Date): string {
  const then = at(reader, instant);
  if (then.toMillis() !== then.startOf('day').toMillis()) return moment(reader, instant);
  return then.toLocaleString({
    ...dayOf(reader),
    ...(then.year === at(reader, reader.now).year ? {} : { year: 'numeric' }),
  });
}

/** French months are written out: `1 déc.` at the end of a sentence would end it twice, as `5:00 p.m.` would. */
const dayOf = ({ locale }: Reader) =>
  ({ weekday: 'short', month: locale === 'fr' ? 'long' : 'short', day: 'numeric' }) as const;

/** `5:00 p.m.` → `5:00 pm`. */
export const withoutDots = (time: string): string => time.replace(/\b([ap])\.(\s?)m\./g, '$1m');

/** Seconds as people say them: `47 s`, `2 min 5 s`. The same in both languages. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** `Caller: Ann`, `Appelant : Ann`: French keeps a space before its colon, at which no line ends. */
export const labelled = (locale: Locale, label: string, value: string): string =>
  `${label}${locale === 'fr' ? '\u00a0' : ''}: ${value}`;

/** `Ann, Bo and Cy` / `Ann, Bo et Cy`. */
export const list = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

/** `Ann, Bo or Cy` / `Ann, Bo ou Cy`. */
export const either = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(items);
