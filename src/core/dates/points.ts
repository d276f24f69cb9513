import { calendarDatesOn, withTime } from './calendar-dates.js';
import { clockTimesOn, openHour, withPartOfDay } from './clock-times.js';
import { lengthsOn } from './lengths.js';
import { namedDaysOn } from './named-days.js';
import type { DayOrder } from './numeric-date.js';
import type { Point } from './phrase.types.js';
import type { Cursor, Read } from './token-cursor.js';
import { zoneAt } from './zone-reading.js';

/** The reader's conventions by which points are read. */
export interface Grammar {
  readonly order: DayOrder;
  /** The reader writes hours up to 24: `3:30` is in the morning. */
  readonly hours24: boolean;
  /** How a text without a link begins. */
  readonly expects: 'begin' | 'end';
  /** The zones in which names of zones are looked up first. */
  readonly zones: readonly string[];
  readonly now: Date;
}

/** Read points and spans of time: a day, a time of the day, or both, in any order. */
export function pointsOn(cursor: Cursor, grammar: Grammar) {
  const { tokens, match, number } = cursor;
  const { length, pure } = lengthsOn(cursor);
  const { clockAt } = clockTimesOn(cursor, grammar.hours24);
  const dates = calendarDatesOn(cursor, clockAt, grammar);
  const { dayPiece, monthOfAt, namedUnit, withinAt } = namedDaysOn(cursor, dates, pure, grammar.hours24);
  const { isoPiece, datePiece, typedDates, noSuchDay } = dates;
  return { point, length, clockAt, withinAt, typedDates, noSuchDay };

  /** A point or a span of time: pieces that belong together, in any order. */
  function point(from: number, numbersAreDays: boolean): Read<Point> | undefined {
    let value: Point = {};
    let at = from;
    let read = false;
    for (;;) {
      const piece =
        pieceAt(at, value, numbersAreDays && !read) ?? (read ? afterGlue(at, value) : afterArticle(at, value));
      if (!piece) break;
      value = piece.value;
      at = piece.next;
      read = true;
    }
    return read ? { value, next: at } : undefined;
  }

  function afterGlue(at: number, value: Point): Read<Point> | undefined {
    let place = at;
    let said = false;
    for (let count = 0; count < 3; count++) {
      if (tokens[place]?.raw === ',') place++;
      else if (tokens[place]?.raw === '(') place++;
      else {
        const glue = match(place, 'of') ?? match(place, 'at');
        if (!glue) break;
        said ||= match(place, 'at') !== undefined;
        place = glue.next;
      }
    }
    if (place === at) return undefined;
    const piece =
      pieceAt(place, value, false) ??
      (said && !value.time && value.bare === undefined ? hourAt(place, value) : undefined);
    // “17 h à samedi”, “vendredi au 7”: before a day, `à` and `au` introduce an end.
    const leads = tokens.slice(at, place).some(({ word }) => word === 'a' || word === 'au' || word === 'aux');
    const isEnd = tokens.slice(at, place).some(({ word }) => word === 'au' || word === 'aux');
    if (leads && piece && (piece.value.day !== value.day || (isEnd && piece.value.time?.kind === 'clock')))
      return undefined;
    return piece && tokens[piece.next]?.raw === ')' ? { ...piece, next: piece.next + 1 } : piece;
  }

  /** “The 4th”, “le 4”, “at 5”, “on Friday”, “à 17 h”. */
  function afterArticle(at: number, value: Point): Read<Point> | undefined {
    const article = match(at, 'at') ?? match(at, 'the');
    if (!article) return undefined;
    const isDay =
      match(at, 'the') !== undefined ||
      tokens[article.next - 1]?.word === 'the' ||
      ['au', 'du'].includes(tokens[at]?.word ?? '');
    const second = match(article.next, 'the');
    const next = second && !pieceAt(article.next, value, isDay) ? second.next : article.next;
    return pieceAt(next, value, isDay || second !== undefined) ?? hourAt(next, value);
  }

  function hourAt(at: number, value: Point): Read<Point> | undefined {
    const hour = number(at) ?? match(at, 'count')?.value.value;
    if (hour === undefined || hour > 24 || value.time || tokens[at]?.word === 'a' || tokens[at]?.word === 'an')
      return undefined;
    const next = number(at) === undefined ? (match(at, 'count')?.next ?? at + 1) : at + 1;
    if (match(next, 'unit') || match(next, 'month')) return undefined;
    return { value: withTime(value, openHour(hour)), next };
  }

  function pieceAt(at: number, value: Point, numberIsDay: boolean): Read<Point> | undefined {
    if (value.instant || value.within !== undefined) return undefined;
    return (
      isoPiece(at, value) ??
      edgePiece(at, value) ??
      restPiece(at, value) ??
      timePiece(at, value) ??
      dayPiece(at, value) ??
      datePiece(at, value, numberIsDay) ??
      zonePiece(at, value)
    );
  }

  /** “The end of next month”, “fin janvier”, “mid-January”. */
  function edgePiece(at: number, value: Point): Read<Point> | undefined {
    if (value.day || value.edge) return undefined;
    const article = match(at, 'the')?.next ?? at;
    if (match(article, 'unit')?.value.value === 'weekend') return undefined;
    for (const start of [at, article]) {
      const edge = match(start, 'edge');
      if (!edge || match(start, 'time')) continue;
      const dash = tokens[edge.next]?.raw === '-' ? edge.next + 1 : edge.next;
      const day = dayPiece(dash, {}) ?? datePiece(dash, {}, true) ?? namedUnit(dash);
      if (day?.value.day) return { value: { ...value, ...day.value, edge: edge.value.value }, next: day.next };
    }
    return undefined;
  }

  /** “The rest of the week”, “all next month”, “toute la journée”. */
  function restPiece(at: number, value: Point): Read<Point> | undefined {
    const rest = match(at, 'rest');
    if (rest && !value.day) {
      const day = dayPiece(rest.next, {}) ?? namedUnit(rest.next);
      return day && { value: { ...day.value, rest: true }, next: day.next };
    }
    const whole = match(at, 'whole');
    if (!whole) return undefined;
    const of = match(whole.next, 'of')?.next ?? whole.next;
    // “All day tomorrow”, “demain toute la journée”: the named day says it.
    const unit = match(match(of, 'the')?.next ?? of, 'unit');
    if (unit?.value.value === 'day' && !unit.value.close) {
      const after = dayPiece(unit.next, value) ?? datePiece(unit.next, value, true);
      if (value.day || after) return after ?? { value, next: unit.next };
      return { value: { day: { kind: 'shifted', unit: 'day', count: 0 } }, next: unit.next };
    }
    if (value.day) return undefined;
    return (
      monthOfAt(match(of, 'the')?.next ?? of) ?? dayPiece(of, value) ?? datePiece(of, value, true) ?? namedUnit(of)
    );
  }

  /** Times of the day and parts of it. */
  function timePiece(at: number, value: Point): Read<Point> | undefined {
    const part = match(at, 'part') ?? (match(at, 'the') ? match(at + 1, 'part') : undefined);
    if (part && !part.value.today) {
      const { bare, ...rest } = value;
      if (bare !== undefined && bare <= 12)
        return {
          value: { ...rest, time: withPartOfDay({ kind: 'clock', minutes: bare * 60 }, part.value.value) },
          next: part.next,
        };
      if (value.time?.kind === 'clock')
        return { value: { ...value, time: withPartOfDay(value.time, part.value.value) }, next: part.next };
      if (value.time?.kind === 'part' || value.time) return undefined;
      return { value: withTime(value, { kind: 'part', part: part.value.value }), next: part.next };
    }
    const clock = clockAt(at);
    if (!clock) return undefined;
    if (value.bare !== undefined) return undefined;
    if (value.time?.kind === 'part' && clock.value.kind === 'clock')
      return { value: { ...value, time: withPartOfDay(clock.value, value.time.part) }, next: clock.next };
    if (value.time) return undefined;
    return { value: withTime(value, clock.value), next: clock.next };
  }

  function zonePiece(at: number, value: Point): Read<Point> | undefined {
    if (!value.time || value.zone) return undefined;
    const zone = zoneAt(tokens, at, grammar);
    return zone && { value: { ...value, zone: zone.value }, next: zone.next };
  }
}
