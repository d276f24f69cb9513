import { type calendarDatesOn, withDay } from './calendar-dates.js';
import type { Day, Length, Point } from './phrase.types.js';
import type { Cursor, MeaningOf, Read } from './token-cursor.js';
import type { Unit } from './vocabulary.js';

/** Read days without a date: tomorrow, next Friday, in two weeks, the week of the 7th. */
export function namedDaysOn(
  { tokens, match, number, which }: Cursor,
  { isoPiece, datePiece, yearAt }: ReturnType<typeof calendarDatesOn>,
  pure: (at: number) => Read<Length> | undefined,
  hours24: boolean,
) {
  return { dayPiece, monthOfAt, namedUnit, withinAt };

  /** Days, weeks, months and years that are not dates. */
  function dayPiece(from: number, value: Point): Read<Point> | undefined {
    const joined = weekOfDay(from, value);
    if (joined) return joined;
    if (value.day || value.bare !== undefined) return undefined;
    let at = from;
    for (let articles = 0; articles < 2; articles++) {
      const day = dayAt(at);
      if (day)
        return {
          value: { ...withDay(value, day.value.day ?? { kind: 'year', year: 0 }), ...day.value },
          next: day.next,
        };
      const article = match(at, 'the');
      if (!article) return undefined;
      at = article.next;
    }
    return undefined;
  }

  function dayAt(at: number): Read<Point> | undefined {
    const shifted = match(at, 'day');
    if (shifted) {
      const day: Day = { kind: 'shifted', unit: 'day', count: shifted.value.value };
      return weeksAfter(day, shifted.next) ?? { value: { day }, next: shifted.next };
    }
    const part = match(at, 'part');
    if (part?.value.today)
      return {
        value: { day: { kind: 'shifted', unit: 'day', count: 0 }, time: { kind: 'part', part: part.value.value } },
        next: part.next,
      };
    const weekOf = weekOfAt(at) ?? monthOfAt(at);
    if (weekOf) return weekOf;

    const holiday = match(at, 'holiday');
    if (holiday) {
      const { month, day } = holiday.value;
      return {
        value: { day: { kind: 'date', month, day, ...yearAt(holiday.next)?.value } },
        next: yearAt(holiday.next)?.next ?? holiday.next,
      };
    }
    return quarterAt(at) ?? whichAt(at) ?? weekdayAt(at) ?? withinAt(at);
  }

  /** “The month”, “la semaine”, “l’année”: the present one. */
  function namedUnit(at: number): Read<Point> | undefined {
    const unit = match(match(at, 'the')?.next ?? at, 'unit');
    if (!unit || unit.value.close || unit.value.value === 'hour' || unit.value.value === 'minute') return undefined;
    return { value: { day: spanDay(unit.value.value, 0) }, next: unit.next };
  }

  /** `Q1`, `T1`. */
  function quarterAt(at: number): Read<Point> | undefined {
    const quarter = number(at + 1);
    if ((tokens[at]?.word !== 'q' && tokens[at]?.word !== 't') || !quarter || quarter > 4) return undefined;
    const year = yearAt(at + 2);
    return { value: { day: { kind: 'quarter', quarter, ...year?.value } }, next: year?.next ?? at + 2 };
  }

  /** “The month of January”, “le mois de janvier”. */
  function monthOfAt(at: number): Read<Point> | undefined {
    const unit = match(at, 'unit');
    const of = unit?.value.value === 'month' ? match(unit.next, 'of') : undefined;
    const month = of && match(of.next, 'month');
    if (!month) return undefined;
    const year = yearAt(month.next);
    return {
      value: { day: { kind: 'month', month: month.value.value, ...year?.value } },
      next: year?.next ?? month.next,
    };
  }

  /** “The week of December 7”, “la semaine du 7”. */
  function weekOfAt(at: number): Read<Point> | undefined {
    const week = match(at, 'unit');
    if (week?.value.value !== 'week' || week.value.close || week.value.times !== undefined) return undefined;
    const of = match(week.next, 'of') ?? match(week.next, 'begin');
    if (!of) return undefined;
    const start = match(of.next, 'the')?.next ?? of.next;
    const day = datePiece(start, {}, true) ?? isoPiece(start, {});
    return day?.value.day && { value: { day: { kind: 'week-of', day: day.value.day } }, next: day.next };
  }

  /** “Next Friday”, “this week”, “le mois prochain”, “vendredi prochain”, “next January”. */
  function whichAt(at: number): Read<Point> | undefined {
    const before = which(at);
    if (before) {
      const unit = match(before.next, 'unit');
      if (unit && !unit.value.close && unit.value.value !== 'hour' && unit.value.value !== 'minute')
        return { value: { day: spanDay(unit.value.value, stepOf(before.value)) }, next: unit.next };
      const weekday = match(before.next, 'weekday');
      if (weekday) return { value: { day: whichWeekday(weekday.value.value, before.value) }, next: weekday.next };
      const month = match(before.next, 'month');
      if (month) return { value: { day: { kind: 'month', month: month.value.value } }, next: month.next };
    }
    const unit = match(at, 'unit');
    const after = unit && !unit.value.close ? which(unit.next) : undefined;
    if (unit && after) return { value: { day: spanDay(unit.value.value, stepOf(after.value)) }, next: after.next };
    if (unit?.value.value === 'weekend') return { value: { day: spanDay('weekend', 0) }, next: unit.next };
    const month = match(at, 'month');
    const following = month && which(month.next);
    if (month && following)
      return { value: { day: { kind: 'month', month: month.value.value } }, next: following.next };
    return undefined;
  }

  function stepOf({ value }: MeaningOf<'which'>): number {
    return { this: 0, next: 1, prochain: 1, last: -1 }[value];
  }

  function whichWeekday(weekday: number, { value }: MeaningOf<'which'>): Day {
    if (value === 'next') return { kind: 'weekday-of-week', weekday, week: 1 };
    return { kind: 'weekday', weekday, which: value === 'this' ? 'this' : value === 'last' ? 'last' : 'coming' };
  }

  function weekdayAt(at: number): Read<Point> | undefined {
    const weekday = match(at, 'weekday');
    if (!weekday || shadowed(at, weekday.next)) return undefined;
    const { value } = weekday.value;
    const after = which(weekday.next);
    if (after && !match(after.next, 'unit') && !match(after.next, 'month'))
      return { value: { day: whichWeekday(value, after.value) }, next: after.next };
    const day: Day = { kind: 'weekday', weekday: value, which: 'coming' };
    return weeksAfter(day, weekday.next) ?? { value: { day }, next: weekday.next };
  }

  /** `mar` is March before a number in English and after one; “mon retour” is no Monday. */
  function shadowed(at: number, next: number): boolean {
    const word = tokens[at]?.word;
    if (word === 'mon') return match(next, 'end') !== undefined && tokens[next]?.word === 'retour';
    if (word !== 'mar') return false;
    if (number(at - 1) !== undefined) return true;
    return !hours24 && number(next) !== undefined && !match(next + 1, 'month');
  }

  /** “Tomorrow week”, “vendredi en huit”: a week later. */
  function weeksAfter(day: Day, at: number): Read<Point> | undefined {
    const [week, fortnight] = [match(at, 'week-hence'), match(at, 'fortnight-hence')];
    const found = fortnight ?? week;
    return (
      found && {
        value: { day: { kind: 'shifted', unit: 'day', count: fortnight ? 14 : 7, from: day } },
        next: found.next,
      }
    );
  }

  /** “In two weeks”, “dans 2 jours”, “two weeks from now”, “a week from Friday”, “3 days ago”. */
  function withinAt(at: number): Read<Point> | undefined {
    const ago = match(at, 'ago');
    const within = ago ?? match(at, 'within');
    const long = pure(within?.next ?? at);
    if (!long) return undefined;
    if (within) {
      const time = match(long.next, 'hence');
      return { value: pointIn(long.value, ago ? -1 : 1), next: time?.next ?? long.next };
    }
    const after = match(long.next, 'ago');
    if (after) return { value: pointIn(long.value, -1), next: after.next };
    const hence = match(long.next, 'hence');
    if (hence) return { value: pointIn(long.value), next: hence.next };
    const from = match(long.next, 'begin');
    if (from?.value.value !== 'from' || long.value.minutes > 0) return undefined;
    const day = dayAt(from.next);
    return day?.value.day && { value: { ...day.value, ...pointIn(long.value, 1, day.value.day) }, next: day.next };
  }

  /** “Friday of next week”, “vendredi de la semaine prochaine”, “Monday in two weeks”, “le 3 du mois prochain”. */
  function weekOfDay(at: number, value: Point): Read<Point> | undefined {
    const { day } = value;
    if (day?.kind === 'weekday' && day.which === 'coming') {
      const span = whichAt(match(at, 'the')?.next ?? at) ?? withinAt(at);
      const other = span?.value.day;
      if (span && other?.kind === 'span' && other.unit === 'week')
        return {
          value: { ...value, day: { kind: 'weekday-of-week', weekday: day.weekday, week: other.count } },
          next: span.next,
        };
      if (span && other?.kind === 'shifted' && other.unit === 'day' && other.count % 7 === 0 && !other.from)
        return {
          value: { ...value, day: { kind: 'weekday-of-week', weekday: day.weekday, week: other.count / 7 } },
          next: span.next,
        };
    }
    if (day?.kind === 'day-of-month' || value.bare !== undefined) {
      const span = whichAt(match(at, 'the')?.next ?? at);
      const other = span?.value.day;
      const number = day?.kind === 'day-of-month' ? day.day : (value.bare ?? 0);
      if (span && other?.kind === 'span' && other.unit === 'month') {
        const { bare: _, ...rest } = value;
        return { value: { ...rest, day: { kind: 'day-of-month', day: number, month: other.count } }, next: span.next };
      }
    }
    return undefined;
  }
}

function spanDay(unit: Unit, count: number): Day {
  if (unit === 'day' || unit === 'business-day') return { kind: 'shifted', unit, count };
  return { kind: 'span', unit, count };
}

/** “In two weeks” as a point. */
export const pointIn = (length: Length, sign = 1, from?: Day): Point => {
  const base = from ? { from } : {};
  if (length.months !== 0) return { day: { kind: 'shifted', unit: 'month', count: sign * length.months, ...base } };
  if (length.businessDays !== 0)
    return { day: { kind: 'shifted', unit: 'business-day', count: sign * length.businessDays, ...base } };
  if (length.minutes === 0 && length.halves === 0)
    return { day: { kind: 'shifted', unit: 'day', count: sign * length.days, ...base } };
  return { within: sign * (length.minutes + length.days * 24 * 60 + length.halves * 4 * 60) };
};
