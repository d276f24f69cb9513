import { instantOf, instantsOf, type WallTime, wallTimeOf } from '../time/wall-time.js';
import { type Days, dayAt, daysOf, mostMonths, type Notes, sameDay, workedDays } from './candidate-days.js';
import { likelyTimeOfDay, withPartner } from './complete-span.js';
import type { Begin, Day, End, Length, Phrase, Point, Time, Zone } from './phrase.types.js';
import { hoursOfPart, middleOf, type WorkingHours } from './working-hours.js';
import { namesAt } from './zone-reading.js';

/** The context in which a phrase is resolved. */
export interface ResolvingContext {
  readonly now: Date;
  readonly timeZone: string;
  readonly hours: WorkingHours;
  /** The zone of the working hours: the person’s own. */
  readonly hoursZone: string;
  /** Zones in which names of zones are looked up. */
  readonly zones: readonly string[];
}

/** The result of resolving a phrase. */
export interface Resolved {
  readonly from: Date | undefined;
  /** Exclusive. */
  readonly until: Date | undefined;
  /** The typed weekday is not the date's. */
  readonly wrongWeekday?: { readonly date: WallTime; readonly weekday: number };
  /** Two dates that are no span. */
  readonly apart?: true;
  /** A time that a clock change skips, and the one used instead. */
  readonly skipped?: { readonly typed: WallTime; readonly taken: Date };
}

/** A named stretch of time. `end` is exclusive. */
interface Span {
  readonly start: Date;
  readonly end: Date;
  /** Its precision: `point` is an instant; `part` some hours; `day` one day; `span` more. */
  readonly grain: 'point' | 'part' | 'day' | 'span';
  readonly wall: WallTime;
}

/** Resolve a phrase to instants. Days are counted in wall time, in the person's zone. */
export function resolvePhrase(phrase: Phrase, present: ResolvingContext): Resolved {
  const notes: Notes = {};
  const resolved = stretch(withPartner(phrase), present, notes);
  return { ...resolved, ...notes };
}

type Stretch = Pick<Resolved, 'from' | 'until'>;

function stretch(phrase: Phrase, present: ResolvingContext, notes: Notes): Stretch {
  const { begin, end, length } = phrase;
  const open: Stretch = { from: undefined, until: undefined };
  if (begin && end) return resolvePair(begin, end, present, notes);
  if (begin && length) return resolveLength(begin, length, present, notes);
  if (end) {
    const span = firstAhead(spansOf(end.point, present, notes), end.point, present);
    return span ? { from: undefined, until: endOf(span, end, present) } : open;
  }
  if (length) return { from: undefined, until: instantAfter(present.now, length, present) };
  if (!begin) return open;

  const which = begin.link === 'since' ? 'past' : 'ahead';
  const span = firstAhead(spansOf(begin.point, present, notes, which), begin.point, present, begin.link);
  if (!span) return open;
  const ends = begin.point.edge === 'ends' || (begin.point.time?.kind === 'day-ends' && !begin.point.day);
  if (begin.point.rest || (ends && begin.link === 'bare'))
    return { from: undefined, until: begin.point.rest ? span.end : span.start };
  const onwards = begin.link !== 'bare' || span.grain === 'point' || phrase.forever;
  return { from: span.start, until: onwards ? undefined : span.end };
}

/**
 * The first beginning whose end is still to come: “du 23 novembre au 4 décembre” has begun, and is not next year's.
 */
function resolvePair(begin: Begin, end: End, present: ResolvingContext, notes: Notes): Stretch {
  const starts = spansOf(begin.point, present, notes, begin.link === 'since' ? 'past' : 'both');
  if (begin.point.day && !end.point.day && end.point.time) {
    const start = firstAhead(starts, begin.point, present, begin.link);
    const until = start && endsAfter(start, end, present, notes, present.now);
    return { from: start?.start, until };
  }
  const fixed = isFixed(end.point) && begin.point.day !== undefined;
  const pairs = starts.flatMap((start) => {
    const ends = endsAfter(start, end, present, notes);
    return ends ? [{ start, until: ends }] : [];
  });
  const living = pairs.filter(({ until }) => until > present.now);
  // A fixed end belongs to the last beginning before it, any other to the first.
  const chosen = fixed ? living.at(-1) : living[0];
  const fallback = chosen ?? pairs.at(-1);
  if (fallback) {
    if (end.and && !isFollowing(fallback.start, end, present, notes)) notes.apart = true;
    return { from: fallback.start.start, until: fallback.until };
  }
  const start = firstAhead(starts, begin.point, present, begin.link);
  const span = firstAhead(spansOf(end.point, present, notes), end.point, present);
  return { from: start?.start, until: span && endOf(span, end, present) };
}

/** The end of a pair: the first such end after the beginning. */
function endsAfter(
  start: Span,
  end: End,
  present: ResolvingContext,
  notes: Notes,
  earliest: Date = start.start,
): Date | undefined {
  const { point } = end;
  const reference =
    point.day === undefined || isRelativeTo(point.day)
      ? isLater(start.wall, wallTimeOf(earliest, present.timeZone))
      : undefined;
  const candidates = spansOf(point, present, notes, 'both', reference);
  const sameDay = (span: Span) => span.wall.hasSame(start.wall, 'day');
  const strictly = start.grain !== 'point' && point.time === undefined;
  return candidates
    .filter((span) => !(strictly && sameDay(span) && point.day?.kind === 'weekday'))
    .map((span) => (inclusive(end, span) ? span.end : span.start))
    .find((until) => until > start.start && until > earliest);
}

const isLater = (one: WallTime, other: WallTime): WallTime => (one > other ? one : other);

/** “Monday and Tuesday”: the second begins where the first ends. */
const isFollowing = (start: Span, end: End, present: ResolvingContext, notes: Notes): boolean =>
  spansOf(end.point, present, notes, 'both', start.wall).some(
    (span) => Math.abs(span.start.getTime() - start.end.getTime()) <= 2 * 3_600_000 || start.grain === 'point',
  );

/** Days that are counted from the beginning of a pair, not from today. */
const isRelativeTo = (day: Day): boolean =>
  (day.kind === 'weekday' && day.which === 'coming') || (day.kind === 'day-of-month' && day.month === undefined);

const isFixed = ({ day, instant }: Point): boolean =>
  instant !== undefined ||
  (day !== undefined &&
    ((day.kind === 'date' && day.year !== undefined) || ['year', 'shifted', 'span'].includes(day.kind)));

function inclusive(end: End, span: Span): boolean {
  if (end.inclusive !== undefined) return end.inclusive;
  if (span.grain === 'point') return false;
  if (end.link === 'through' || end.link === 'to') return true;
  return end.link === 'jusqua' && span.grain === 'day';
}

/** “Until today” cannot mean that the person has already returned. */
function endOf(span: Span, end: End, { now }: ResolvingContext): Date {
  const begun = span.start <= now && span.end > now && end.inclusive === undefined;
  return inclusive(end, span) || begun ? span.end : span.start;
}

function resolveLength(begin: Begin, length: Length, present: ResolvingContext, notes: Notes): Stretch {
  const { hours, hoursZone, now } = present;
  const spans = spansOf(begin.point, present, notes, begin.link === 'since' ? 'past' : 'both');
  const isHalf = length.halves === 1 && length.days + length.months + length.minutes + length.businessDays === 0;
  const made = spans.map((span): { from: Date; until: Date } => {
    if (isHalf && span.grain !== 'point') return halfOf(span, begin.point, present);
    const hourly = length.minutes > 0 && length.days + length.months + length.businessDays === 0;
    const from =
      hourly && span.grain === 'day' ? instantOf(span.wall.plus({ minutes: hours.begins }), hoursZone) : span.start;
    return { from, until: instantAfter(from, length, present) };
  });
  const ahead = made.find(({ until }) => until > now);
  return ahead ?? made.at(-1) ?? { from: undefined, until: undefined };
}

/** Half of a working day: the named half, or the next to begin. */
function halfOf(span: Span, { time }: Point, { hours, hoursZone, now }: ResolvingContext): { from: Date; until: Date } {
  const middle = middleOf(hours);
  const day = span.wall.startOf('day');
  const at = (minutes: number) => instantOf(day.plus({ minutes }), hoursZone);
  const late = time?.kind === 'part' && time.part !== 'morning';
  const morning = time?.kind === 'part' ? !late : at(hours.begins) > now;
  if (morning) return { from: at(hours.begins), until: at(middle) };
  return { from: at(middle), until: at(hours.ends) };
}

/** The instant after a length. Whole days end where a day begins; hours and minutes are exact. */
function instantAfter(from: Date, length: Length, { timeZone, hours }: ResolvingContext): Date {
  const { months, days, businessDays, minutes, halves } = length;
  let wall = wallTimeOf(from, timeZone);
  if (months + days + businessDays > 0) {
    wall = wall.plus({ months: Math.min(months, mostMonths), days: Math.min(days, mostMonths * 31) });
    wall = businessDays > 0 ? workedDays(wall, businessDays, hours) : wall;
    if (minutes === 0) wall = wall.startOf('day');
  }
  if (halves > 0) {
    const half = (middleOf(hours) - hours.begins) * halves;
    const atNight = wall.hour * 60 + wall.minute < hours.begins && months + days + businessDays > 0;
    wall = atNight ? wall.startOf('day').plus({ minutes: hours.begins + half }) : wall.plus({ minutes: half });
  }
  const moved = months + days + businessDays + halves > 0 ? instantOf(wall, timeZone) : from;
  return new Date(moved.getTime() + Math.min(minutes, mostMonths * 31 * 24 * 60) * 60_000);
}

/** Of the spans that a point may be, the likeliest: the first that is not over. */
function firstAhead(
  spans: readonly Span[],
  point: Point,
  { now }: ResolvingContext,
  link: Begin['link'] = 'bare',
): Span | undefined {
  if (link === 'since') return spans.findLast(({ start }) => start <= now) ?? spans[0];
  // A named day stays the same, even if its hour has passed.
  const timeless = point.day !== undefined && point.day.kind !== 'weekday' && point.time !== undefined;
  const ahead = spans.find((span) => {
    if (span.grain !== 'point') return span.end > now;
    return timeless ? span.end > now || sameDay(span.wall, spanDayOf(now, span)) : span.start > now;
  });
  return ahead ?? spans.at(-1);
}

const spanDayOf = (now: Date, span: Span): WallTime =>
  span.wall.plus({ milliseconds: now.getTime() - span.start.getTime() });

/** Every span that a point may be, earliest first, around today or around `reference`. */
function spansOf(
  point: Point,
  present: ResolvingContext,
  notes: Notes,
  which: 'ahead' | 'both' | 'past' = 'ahead',
  reference?: WallTime,
): Span[] {
  const { now, timeZone } = present;
  if (point.instant) return [pointAt(point.instant, timeZone)];
  if (point.within !== undefined) {
    const instant = new Date(now.getTime() + Math.max(-mostMinutes, Math.min(point.within, mostMinutes)) * 60_000);
    return [pointAt(instant, timeZone)];
  }
  const today = wallTimeOf(now, timeZone).startOf('day') as WallTime;
  const around = (reference ?? today).startOf('day') as WallTime;
  const days = point.day
    ? daysOf(point.day, { today, around, which, hours: present.hours, hasTime: point.time !== undefined }, notes)
    : [0, 1].map((days) => dayAt(around.plus({ days })));
  return days.flatMap((day) => withTime(edgeOf(day, point), point, present, notes));
}

const mostMinutes = mostMonths * 31 * 24 * 60;

const pointAt = (instant: Date, timeZone: string): Span => ({
  start: instant,
  end: instant,
  grain: 'point',
  wall: wallTimeOf(instant, timeZone),
});

function edgeOf(days: Days, { edge, time }: Point): Days {
  switch (edge) {
    case undefined:
      return days;
    case 'ends':
      return time === undefined ? { ...days, first: days.after, point: true } : dayAt(days.after.minus({ days: 1 }));
    case 'begins':
      return time === undefined ? { ...days, point: true } : dayAt(days.first);
    case 'middle':
      return halfway(
        days.first.plus({
          days: Math.floor(days.after.diff(days.first, 'days').days / 2) - (days.grain === 'day' ? 0 : 1),
        }),
      );
    default:
      return edge satisfies never;
  }
}

/** The day in the middle of a span; of a month, the 15th. */
const halfway = (first: WallTime): Days => ({ ...dayAt(first), grain: 'span' });

function withTime(days: Days, { time, zone }: Point, present: ResolvingContext, notes: Notes): Span[] {
  const { timeZone, hours, hoursZone } = present;
  const wallAt = (minutes: number): WallTime => days.first.plus({ minutes });
  if (time === undefined) {
    const start = instantOf(days.first, timeZone);
    if (days.point) return [{ start, end: start, grain: 'point', wall: days.first }];
    return [{ start, end: instantOf(days.after, timeZone), grain: days.grain, wall: days.first }];
  }
  if (time.kind === 'part') {
    const { begins, ends } = hoursOfPart(time.part, hours);
    const [start, end] = [instantOf(wallAt(begins), hoursZone), instantOf(wallAt(ends), hoursZone)];
    return [{ start, end, grain: 'part', wall: wallAt(begins) }];
  }
  const minutes = minutesOf(time, hours);
  const byHours = time.kind === 'day-begins' || time.kind === 'day-ends';
  const instant = byHours ? instantOf(wallAt(minutes), hoursZone) : zoned(wallAt(minutes), zone, present, notes);
  return [{ start: instant, end: instant, grain: 'point', wall: wallAt(minutes) }];
}

function minutesOf(time: Exclude<Time, { kind: 'part' }>, hours: WorkingHours): number {
  switch (time.kind) {
    case 'clock':
      return time.open ? likelyTimeOfDay(time.minutes) : time.minutes;
    case 'midnight':
      return 24 * 60;
    case 'day-begins':
      return hours.begins;
    case 'day-ends':
      return hours.ends;
    default:
      return time satisfies never;
  }
}

function zoned(wall: WallTime, zone: Zone | undefined, present: ResolvingContext, notes: Notes): Date {
  const { timeZone } = present;
  if (zone && 'offset' in zone) return new Date(wall.toMillis() - zone.offset * 60_000);
  if (zone) {
    const named = present.zones
      .flatMap((one) => instantsOf(wall, one).map((instant) => ({ instant, one })))
      .find(({ instant, one }) => namesAt(instant, one).includes(zone.name));
    if (named) return named.instant;
  }
  const taken = instantOf(wall, timeZone);
  if (instantsOf(wall, timeZone).length === 0) notes.skipped = { typed: wall, taken };
  return taken;
}
