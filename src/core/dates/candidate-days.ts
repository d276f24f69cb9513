import { type WallTime, wallDay } from '../time/wall-time.js';
import type { Day } from './phrase.types.js';
import type { Unit } from './vocabulary.js';
import type { WorkingHours } from './working-hours.js';

/** Observations during resolving that are returned with the result. */
export interface Notes {
  wrongWeekday?: { date: WallTime; weekday: number };
  apart?: true;
  skipped?: { typed: WallTime; taken: Date };
}

/** Wall days, from the first to the one after the last. */
export interface Days {
  readonly first: WallTime;
  readonly after: WallTime;
  readonly grain: 'day' | 'span';
  /** An edge has turned it into a point. */
  readonly point?: true;
}

/** Return the days that consist of this day alone. */
export const dayAt = (first: WallTime): Days => ({ first, after: first.plus({ days: 1 }), grain: 'day' });

/** The state against which named days are resolved. */
export interface Calendar {
  readonly today: WallTime;
  readonly around: WallTime;
  readonly which: 'ahead' | 'both' | 'past';
  readonly hours: WorkingHours;
  readonly hasTime: boolean;
}

/** Return the days that a named day may be, earliest first. */
export function daysOf(day: Day, calendar: Calendar, notes: Notes): Days[] {
  const { today, around } = calendar;
  switch (day.kind) {
    case 'date':
      return datesOf(day, calendar, notes);
    case 'day-of-month':
      return monthDays(day, calendar, notes);
    case 'weekday':
      return weekdays(day, calendar);
    case 'weekday-of-week': {
      const monday = today.startOf('week').plus({ weeks: day.week });
      return [dayAt(monday.plus({ days: day.weekday - 1 }) as WallTime)];
    }
    case 'shifted':
      return shifted(day, calendar, notes);
    case 'span':
      return [spanOf(day.unit, day.count, today)];
    case 'month': {
      const years = day.year === undefined ? yearsAround(calendar) : [day.year];
      return years.flatMap((year) => {
        const first = wallDay(year, day.month, 1);
        return first ? [{ first, after: first.plus({ months: 1 }), grain: 'span' as const }] : [];
      });
    }
    case 'quarter': {
      const years = day.year === undefined ? yearsAround(calendar) : [day.year];
      return years.flatMap((year) => {
        const first = wallDay(year, day.quarter * 3 - 2, 1);
        return first ? [{ first, after: first.plus({ quarters: 1 }), grain: 'span' as const }] : [];
      });
    }
    case 'impossible':
      return [];
    case 'year': {
      const first = wallDay(day.year, 1, 1);
      return first ? [{ first, after: first.plus({ years: 1 }), grain: 'span' }] : [];
    }
    case 'week-of':
      return daysOf(day.day, calendar, notes).map(({ first }) => {
        const monday = first.startOf('week') as WallTime;
        return { first: monday, after: monday.plus({ weeks: 1 }), grain: 'span' };
      });
    default:
      return (day satisfies never) ?? [around].map(dayAt);
  }
}

/** The years in which a date without a year may lie: from last year's for a beginning, up to the next leap year. */
function yearsAround({ today, around, which }: Calendar): number[] {
  const first = which === 'ahead' ? today.year : Math.min(today.year, around.year) - 1;
  return Array.from({ length: 10 }, (_, step) => first + step);
}

function datesOf(day: Day & { kind: 'date' }, calendar: Calendar, notes: Notes): Days[] {
  const years = day.year === undefined ? yearsAround(calendar) : [day.year];
  const dates = years.flatMap((year) => wallDay(year, day.month, day.day) ?? []);
  const { weekday } = day;
  if (weekday === undefined) return dates.map(dayAt);

  // Our own output contains the weekday, and names a past day of this year without its year.
  const near = dates.filter(({ year }) => day.year !== undefined || Math.abs(year - calendar.today.year) <= 1);
  const fits = near.filter((date) => date.weekday === weekday);
  const thisYear = fits.filter(({ year }) => year === calendar.today.year);
  if (fits.length > 0) return (thisYear.length > 0 ? thisYear : fits).map(dayAt);
  const meant = near.find((date) => date >= calendar.today) ?? near.at(-1);
  if (meant) notes.wrongWeekday = { date: meant, weekday };
  return dates.map(dayAt);
}

function monthDays(day: Day & { kind: 'day-of-month' }, { today, around, which }: Calendar, notes: Notes): Days[] {
  const first = (which === 'ahead' ? today : around).startOf('month');
  const months =
    day.month === undefined
      ? Array.from({ length: 14 }, (_, step) => step + (which === 'ahead' ? 0 : -1))
      : [day.month];
  const base = day.month === undefined ? first : today.startOf('month');
  const dates = months.flatMap((months) => {
    const month = base.plus({ months });
    return wallDay(month.year, month.month, day.day) ?? [];
  });
  if (day.weekday === undefined) return dates.map(dayAt);
  const fits = dates.filter(({ weekday }) => weekday === day.weekday);
  const [soon] = dates.filter((date) => date >= today);
  const near = fits.filter((date) => date < today.plus({ months: 2 }));
  if (near.length > 0) return near.map(dayAt);
  if (soon) notes.wrongWeekday = { date: soon, weekday: day.weekday };
  return dates.map(dayAt);
}

function weekdays(day: Day & { kind: 'weekday' }, { today, around, which, hasTime }: Calendar): Days[] {
  const ahead = (day.weekday - around.weekday + 7) % 7;
  if (day.which === 'last' || which === 'past') {
    const back = (today.weekday - day.weekday + 7) % 7 || (day.which === 'last' ? 7 : 0);
    return [dayAt(today.minus({ days: back }) as WallTime)];
  }
  // “Monday” on a Monday is the next one, because people say “today”; with an hour to come it is today.
  const fromToday = day.which === 'this' || hasTime || !sameDay(today, around);
  const first = ahead === 0 && !fromToday ? 7 : ahead;
  return [first, first + 7].map((days) => dayAt(around.plus({ days })));
}

function shifted(day: Day & { kind: 'shifted' }, calendar: Calendar, notes: Notes): Days[] {
  const count = Math.max(-mostMonths * 31, Math.min(day.count, mostMonths * 31));
  const bases = day.from ? daysOf(day.from, calendar, notes).map(({ first }) => first) : [calendar.today];
  return bases.map((base) => {
    switch (day.unit) {
      case 'month':
        return dayAt(base.plus({ months: count }));
      case 'business-day':
        return dayAt(workedDays(base, count, calendar.hours));
      default:
        return dayAt(base.plus({ days: count }));
    }
  });
}

function spanOf(unit: Unit, count: number, today: WallTime): Days {
  switch (unit) {
    case 'week': {
      const first = today.startOf('week').plus({ weeks: count }) as WallTime;
      return { first, after: first.plus({ weeks: 1 }), grain: 'span' };
    }
    case 'weekend': {
      const first = today.startOf('week').plus({ weeks: count, days: 5 }) as WallTime;
      return { first, after: first.plus({ days: 2 }), grain: 'span' };
    }
    case 'month':
    case 'quarter':
    case 'year': {
      const first = today.startOf(unit).plus({ [unit]: count }) as WallTime;
      return { first, after: first.plus({ [unit]: 1 }), grain: 'span' };
    }
    default:
      return dayAt(today.plus({ days: count }));
  }
}

/** Return whether two wall times are on the same day. */
export const sameDay = (one: WallTime, other: WallTime): boolean => one.hasSame(other, 'day');

/** A hundred years: more is a typing error. */
export const mostMonths = 1200;

/** Return the day after `count` working days; a day off counts from the next working day. */
export function workedDays(from: WallTime, count: number, { days }: WorkingHours): WallTime {
  if (days.length === 0) return from;
  let day = from;
  while (!days.includes(day.weekday)) day = day.plus({ days: 1 }).startOf('day');
  for (let left = Math.min(count, 2600); left > 0; left--) {
    day = day.plus({ days: 1 });
    while (!days.includes(day.weekday)) day = day.plus({ days: 1 });
  }
  return day;
}
