import type { ParsedComponents, ParsedResult } from 'chrono-node';
// By language: the package as a whole loads a dozen of them, which is felt at every start.
import * as chronoEn from 'chrono-node/en';
import * as chronoFr from 'chrono-node/fr';
import { DateTime } from 'luxon';
import { isDuration, isOnwards, type Link, meaningful, splitAtLink, tidy, unitOf } from './date-words.js';

/** Against what a date is read: the present instant, in the person's zone (an IANA name). */
export interface Here {
  readonly now: Date;
  readonly timeZone: string;
  /** Tried first; people mix. */
  readonly locale: 'en' | 'fr';
}

/** A stretch of time as somebody said it. Both ends may be missing: from now on, open-ended. */
export interface Stretch {
  readonly from: Date | undefined;
  /** Exclusive. */
  readonly until: Date | undefined;
  /** Words that are no date and mean nothing here; empty when everything was understood. */
  readonly leftOver: string;
}

/**
 * Reads “until Friday 5pm”, “tomorrow”, “for 2 hours”, “from Dec 24 to Jan 2”, “du 3 au 7 janvier”, “2026-11-27”.
 * A day that something lasts *to* is part of it; one that it lasts *until* is the day of return.
 */
export function readStretch(text: string, here: Here): Stretch {
  const readings = languagesOf(here).map((language) => readIn(language, tidy(text), here));
  return readings.reduce((best, one) => (one.leftOver.length < best.leftOver.length ? one : best));
}

/**
 * Reads one moment of a form: `2026-11-27`, `2026-11-27T17:00`, or loose text. A day without a time begins at
 * its first instant; `time` (`17:00`) sets another. Undefined: not understood.
 */
export function readMoment(text: string, time: string | undefined, here: Here): Date | undefined {
  if (isoMoment.test(text)) {
    const written = time !== undefined && isoDay.test(text) ? `${text}T${time}` : text;
    const moment = DateTime.fromISO(written, { zone: here.timeZone });
    return moment.isValid ? moment.toJSDate() : undefined;
  }
  const { from, leftOver } = readStretch(time === undefined ? text : `${text} ${time}`, here);
  return leftOver === '' ? from : undefined;
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const isoMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/;

interface Language {
  readonly parse: typeof chronoEn.parse;
  /** What makes a moment of a duration: “in 2 hours”. */
  readonly within: string;
}
type Named = ParsedComponents;

const english: Language = { parse: chronoEn.parse, within: 'in' };
const french: Language = { parse: chronoFr.parse, within: 'dans' };

const languagesOf = ({ locale }: Here): readonly Language[] =>
  locale === 'fr' ? [french, english] : [english, french];

function readIn(language: Language, text: string, here: Here): Stretch {
  const { before, link, after } = splitAtLink(text);
  if (link === undefined) return readAlone(language, before, here);

  const start = readStart(language, before, here);
  // “Monday until Friday”: the Friday after that Monday.
  const end = readEnd(language, link, after, { ...here, now: latest(start.from, here.now) });
  return { from: start.from, until: end.until, leftOver: `${start.leftOver} ${end.leftOver}`.trim() };
}

/** Nothing links it to an end: a range, a beginning, a duration, or all of a named day, week or month. */
function readAlone(language: Language, text: string, here: Here): Stretch {
  const found = parse(language, text, here);
  if (!found) return { from: undefined, until: undefined, leftOver: meaningful(text) };

  const { result, leftOver } = found;
  const { start, end } = spanOf(result.start, result.text, here);
  if (result.end) {
    const last = spanOf(result.end, result.text, here);
    const until = last.end ?? last.start;
    return { from: start, until: until > start ? until : aWeekLater(until), leftOver };
  }
  if (isDuration(result.text)) return { from: undefined, until: start, leftOver };
  return { from: start, until: isOnwards(text) ? undefined : end, leftOver };
}

function readStart(language: Language, text: string, here: Here): { from: Date | undefined; leftOver: string } {
  const found = parse(language, text, here);
  if (!found || found.result.end) return { from: undefined, leftOver: meaningful(text) };
  return { from: spanOf(found.result.start, found.result.text, here).start, leftOver: found.leftOver };
}

function readEnd(
  language: Language,
  link: Link,
  text: string,
  here: Here,
): { until: Date | undefined; leftOver: string } {
  if (link === 'forever') return { until: undefined, leftOver: meaningful(text) };
  const found = parse(language, link === 'for' ? `${language.within} ${text.trim()}` : text, here);
  if (!found || found.result.end) return { until: undefined, leftOver: text.trim() || '…' };

  const { start, end, days } = spanOf(found.result.start, found.result.text, here);
  // “Until today” cannot mean that the person is back already.
  const lastDay = days && (link === 'through' || start <= here.now);
  return { until: lastDay ? end : start, leftOver: found.leftOver };
}

/** The one date in a text, and what else the text says. Two dates that nothing links are not understood. */
function parse(
  language: Language,
  text: string,
  { now, timeZone }: Here,
): { result: ParsedResult; leftOver: string } | undefined {
  const timezone = DateTime.fromJSDate(now, { zone: timeZone }).offset;
  const [result, another] = language.parse(text, { instant: now, timezone }, { forwardDate: true });
  if (!result || another) return undefined;
  const around = `${text.slice(0, result.index)} ${text.slice(result.index + result.text.length)}`;
  return { result, leftOver: meaningful(around) };
}

interface Span {
  readonly start: Date;
  /** Exclusive; absent where a point in time is named. */
  readonly end?: Date;
  /** Whole days, weeks or months. */
  readonly days: boolean;
}

/**
 * How long the named thing lasts. The calendar is the zone's own, because the parser knows only offsets, and those
 * change with the clocks.
 */
function spanOf(named: Named, text: string, { now, timeZone }: Here): Span {
  if (named.isCertain('timezoneOffset')) return { start: named.date(), days: false };

  const day = DateTime.fromObject(
    { year: named.get('year') ?? 0, month: named.get('month') ?? 1, day: named.get('day') ?? 1 },
    { zone: timeZone },
  );
  if (named.isCertain('hour')) {
    const start = day.set({ hour: named.get('hour') ?? 0, minute: named.get('minute') ?? 0 });
    return { start: ahead(start, named, now).toJSDate(), days: false };
  }
  const part = partsOfDay.find(({ tag }) => named.tags().has(tag));
  if (part) {
    const hours = part.ends - part.begins;
    const start = day.set({ hour: part.begins });
    return { start: start.toJSDate(), end: start.plus({ hours }).toJSDate(), days: false };
  }
  const unit = unitOf(text) ?? 'day';
  const start = ahead(day.startOf(unit), named, now);
  return { start: start.toJSDate(), end: start.plus({ [unit]: 1 }).toJSDate(), days: true };
}

/** “Until 9am” said at ten is tomorrow's; “Monday” said on a Monday is the next: people say “today”. */
function ahead(start: DateTime, named: Named, now: Date): DateTime {
  if (start.toJSDate() > now || named.isCertain('day')) return start;
  if (named.isCertain('weekday')) return start.plus({ weeks: 1 });
  return named.isCertain('hour') ? start.plus({ days: 1 }) : start;
}

const partsOfDay = [
  { tag: 'casualReference/morning', begins: 8, ends: 12 },
  { tag: 'casualReference/noon', begins: 12, ends: 13 },
  { tag: 'casualReference/afternoon', begins: 12, ends: 18 },
  { tag: 'casualReference/evening', begins: 18, ends: 24 },
  { tag: 'casualReference/tonight', begins: 18, ends: 24 },
] as const;

const latest = (moment: Date | undefined, now: Date): Date => (moment !== undefined && moment > now ? moment : now);

const aWeekLater = (moment: Date): Date => DateTime.fromJSDate(moment).plus({ weeks: 1 }).toJSDate();
