import type { Locale } from '../chat/phrasing.js';
import { type WallTime, wallTimeOf } from '../time/wall-time.js';
import { dayOrderOf } from './numeric-date.js';
import { readPhrase } from './read-phrase.js';
import { type ResolvingContext, resolvePhrase } from './resolve-phrase.js';
import { tidyText, tokensOf } from './tokens.js';
import { knownWords } from './vocabulary.js';
import { defaultHours, type WorkingHours } from './working-hours.js';

/** The context of a typed date: the present instant, the person's zone and their conventions. */
export interface ReadingContext {
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
  /** Both languages are read in any case; this decides what is ambiguous between them. */
  readonly locale: Locale;
  /** ISO 3166, as in `en-GB`: the order of day and month in `4/12`. */
  readonly region?: string | undefined;
  /** The person’s own zone, if it is not `timeZone`: the zone of their working hours, and its names are read too. */
  readonly ownTimeZone?: string | undefined;
  readonly hours?: WorkingHours | undefined;
}

/** Why a text, or a part of it, is no date. */
export type Unclear =
  /** Words without a meaning in a date. */
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'too-long' }
  /** 31 February. */
  | { readonly kind: 'no-such-day'; readonly text: string }
  /** The date's day of the week is not the typed one. */
  | { readonly kind: 'weekday'; readonly date: Date; readonly weekday: number }
  /** Two dates that are no span. */
  | { readonly kind: 'apart'; readonly text: string };

/** A remark on a date that was understood. */
export type Remark =
  /** `4/12` can be read in two orders. */
  | { readonly kind: 'order'; readonly text: string; readonly date: Date }
  /** A clock change skips this time (as its wall time in UTC); `taken` is used instead. */
  | { readonly kind: 'skipped'; readonly wall: Date; readonly taken: Date };

/** A span of time as it was typed. Both ends may be missing: from now on, open-ended. */
export interface TypedSpan {
  readonly from: Date | undefined;
  /** Exclusive. */
  readonly until: Date | undefined;
  /** Empty if everything was understood. */
  readonly unclear: readonly Unclear[];
  readonly remarks: readonly Remark[];
}

/** The most characters of a typed date. */
const longest = 200;

/**
 * Parse a typed span of time in English or French: `until Friday 5pm`, `du 3 au 7 janvier`, `pour deux jours`, `half
 * day tomorrow`, and everything that `phrasing.ts` writes. The rules are in docs/decisions/0026.
 *
 * @example
 * readWhen('jusqu’à ven. 4 décembre à 17 h 00', { now, timeZone: 'America/Toronto', locale: 'fr' }).until
 */
export function readWhen(text: string, here: ReadingContext): TypedSpan {
  return readText(text, here, 'begin');
}

/**
 * Parse one moment of a form: `2026-11-27`, `2026-11-27T17:00`, or text. A day without a time is its first instant;
 * `time` (`17:00`, `5pm`) sets another. `as: 'end'`: the end of the moment (“end of month” is the instant after it).
 */
export function readMoment(
  text: string,
  time: string | undefined,
  here: ReadingContext,
  as: 'begin' | 'end',
): { readonly moment?: Date; readonly unclear: readonly Unclear[]; readonly remarks: readonly Remark[] } {
  const whole = time === undefined ? text : `${text} ${time}`;
  const { from, until, unclear, remarks } = readText(whole, here, as);
  const moment = as === 'end' ? until : (from ?? until);
  if (moment === undefined && unclear.length === 0) return { unclear: [{ kind: 'words', text: whole }], remarks };
  return { ...(moment === undefined ? {} : { moment }), unclear, remarks };
}

function readText(text: string, here: ReadingContext, expects: 'begin' | 'end'): TypedSpan {
  const nothing = { from: undefined, until: undefined, remarks: [] };
  if (text.length > longest) return { ...nothing, unclear: [{ kind: 'too-long' }] };

  const tidy = tidyText(text);
  const { now, timeZone, locale, ownTimeZone } = here;
  const zones = ownTimeZone === undefined ? [timeZone] : [timeZone, ownTimeZone];
  const phrase = readPhrase(tokensOf(tidy, knownWords), {
    order: dayOrderOf(locale, here.region),
    hours24: locale === 'fr',
    expects,
    zones,
    now,
  });
  const present: ResolvingContext = {
    now,
    timeZone,
    hours: here.hours ?? defaultHours,
    hoursZone: ownTimeZone ?? timeZone,
    zones,
  };
  const { from, until, wrongWeekday, apart, skipped } = resolvePhrase(phrase, present);

  const leftOver = joinPlaces(tidy, phrase.leftOver);
  const unclear: Unclear[] = [
    ...(leftOver === '' ? [] : [{ kind: 'words' as const, text: leftOver }]),
    ...(phrase.noSuchDay === undefined ? [] : [{ kind: 'no-such-day' as const, text: phrase.noSuchDay }]),
    ...(wrongWeekday
      ? [{ kind: 'weekday' as const, date: wrongWeekday.date.toJSDate(), weekday: wrongWeekday.weekday }]
      : []),
    ...(apart ? [{ kind: 'apart' as const, text: tidy }] : []),
  ];
  const remarks: Remark[] = [
    ...phrase.typedDates.map(({ raw, month, day }) => ({
      kind: 'order' as const,
      text: raw,
      date: dateNear(month, day, wallTimeOf(now, timeZone)),
    })),
    ...(skipped ? [{ kind: 'skipped' as const, wall: skipped.typed.toJSDate(), taken: skipped.taken }] : []),
  ];
  return { from: valid(from), until: valid(until), unclear, remarks };
}

const dateNear = (month: number, day: number, { year }: WallTime): Date => new Date(Date.UTC(year, month - 1, day));

const valid = (instant: Date | undefined): Date | undefined =>
  instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant;

/** The parts that were not understood, as they were typed; adjacent pieces stay together. */
function joinPlaces(text: string, places: readonly { start: number; end: number }[]): string {
  let said = '';
  let last = -1;
  for (const { start, end } of places) {
    said += `${said === '' || start === last ? '' : ' '}${text.slice(start, end)}`;
    last = end;
  }
  return said.trim();
}
