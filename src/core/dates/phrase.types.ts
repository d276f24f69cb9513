import type { EndLink, Unit } from './vocabulary.js';
import type { PartOfDay } from './working-hours.js';

/** The day, week, month or year that was named, before any calendar is consulted. */
export type Day =
  | {
      readonly kind: 'date';
      readonly year?: number;
      readonly month: number;
      readonly day: number;
      readonly weekday?: number;
    }
  /** A day of a month that is not named, or (`month`) is counted from this one. */
  | {
      readonly kind: 'day-of-month';
      readonly day: number;
      readonly weekday?: number;
      readonly month?: number /** With its partner’s month: “Dec 24-28, 2026”. */;
      readonly year?: number;
    }
  /** `coming`: the next such day, not today; `inWeek`: that of the week counted from this one. */
  | {
      readonly kind: 'weekday';
      readonly weekday: number;
      readonly which: 'coming' | 'this' | 'last';
      readonly weeks?: number;
    }
  | { readonly kind: 'weekday-of-week'; readonly weekday: number; readonly week: number }
  /** Today, in three days, a week from Friday. */
  | { readonly kind: 'shifted'; readonly unit: Unit; readonly count: number; readonly from?: Day }
  /** A whole week, weekend, month, quarter or year, counted from the present one. */
  | { readonly kind: 'span'; readonly unit: Unit; readonly count: number }
  | { readonly kind: 'month'; readonly month: number; readonly year?: number }
  | { readonly kind: 'quarter'; readonly quarter: number; readonly year?: number }
  | { readonly kind: 'year'; readonly year: number }
  /** A day that no calendar has. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'week-of'; readonly day: Day };

/** A time of the day, or a part of the day. */
export type Time =
  /** Minutes after midnight. `open`: neither morning nor afternoon is given. */
  | { readonly kind: 'clock'; readonly minutes: number; readonly open?: true }
  | { readonly kind: 'part'; readonly part: PartOfDay }
  | { readonly kind: 'midnight' | 'day-begins' | 'day-ends' };

/** A point or span of time as it was typed. */
export interface Point {
  readonly day?: Day;
  readonly time?: Time;
  /** The beginning, the middle or the end of the named time. */
  readonly edge?: 'begins' | 'middle' | 'ends';
  /** The rest of the named time, from now on. */
  readonly rest?: true;
  /** A number alone: an hour or a day of the month, by its partner. */
  readonly bare?: number;
  /** The time precedes the day: “9 to 5 pm tomorrow”. */
  readonly timeFirst?: true;
  readonly zone?: Zone;
  readonly instant?: Date;
  /** Minutes from now. */
  readonly within?: number;
}

/** A zone as it was typed. */
export type Zone = { readonly offset: number } | { readonly name: string };

/** How long a period lasts. */
export interface Length {
  readonly months: number;
  readonly days: number;
  readonly businessDays: number;
  readonly minutes: number;
  /** Halves of a working day. */
  readonly halves: number;
}

/** The beginning of a phrase. */
export interface Begin {
  readonly link: 'from' | 'since' | 'bare';
  readonly point: Point;
}

/** The end of a phrase. */
export interface End {
  readonly link: EndLink;
  readonly point: Point;
  /** Given in words: “included”, “exclu”. */
  readonly inclusive?: boolean;
  /** Linked by “and”: two consecutive days. */
  readonly and?: true;
}

/** The times in a typed line. */
export interface Phrase {
  readonly begin?: Begin;
  readonly end?: End;
  readonly length?: Length;
  readonly forever: boolean;
  readonly now: boolean;
  /** Places in the text without a meaning. */
  readonly leftOver: readonly { readonly start: number; readonly end: number }[];
  /** A day that no calendar has, as it was typed. */
  readonly noSuchDay?: string;
  /** Dates in numbers that could be read in two orders. */
  readonly typedDates: readonly { readonly raw: string; readonly month: number; readonly day: number }[];
}
