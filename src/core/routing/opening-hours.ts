/**
 * A week of opening hours, in the simple part of OpenStreetMap's opening_hours: `Mo-Fr 09:00-12:00,13:00-17:00; Sa off`.
 * Rules stand between semicolons; of two for one day the later counts. A rule without days is for every day.
 */

/** Open from one minute of the day to another; over midnight `until` is more than a day. */
export interface OpenSpan {
  readonly from: number;
  /** Exclusive. */
  readonly until: number;
}

/** A week as it was read. */
export interface OpeningHours {
  /** Monday first. */
  readonly week: readonly (readonly OpenSpan[])[];
  /** The same hours in one way of writing. */
  readonly text: string;
}

const days = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const minutesOfDay = 24 * 60;
/** As many as anybody needs: a longer text is none. */
const mostRules = 20;

/** Undefined: the text is none. */
export function readOpeningHours(text: string): OpeningHours | undefined {
  const typed = text.split(';').map((rule) => rule.trim());
  if (typed.at(-1) === '') typed.pop();
  // Often copied along, and true of every week: the company's holidays have a setting of their own.
  if (/^PH,? *(off|closed)$/i.test(typed.at(-1) ?? '')) typed.pop();
  const rules = typed.slice(0, mostRules).map(readRule);
  if (typed.length === 0 || typed.length > mostRules) return undefined;

  const week: (readonly OpenSpan[])[] = days.map(() => []);
  const texts: string[] = [];
  for (const rule of rules) {
    if (!rule) return undefined;
    for (const day of rule.days) week[day] = rule.spans;
    texts.push(rule.text);
  }
  return { week, text: texts.join('; ') };
}

interface Rule {
  /** 0 is Monday. */
  readonly days: readonly number[];
  readonly spans: readonly OpenSpan[];
  readonly text: string;
}

function readRule(text: string): Rule | undefined {
  if (text === '24/7') return { days: days.map((_, day) => day), spans: [{ from: 0, until: minutesOfDay }], text };
  // `Mo-Fr , Su  9:00 - 17:00`: blanks stand only between the days and the times.
  const tight = text.replace(/\s+/g, ' ').replace(/ ?([-,]) ?/g, '$1');
  const [, dayText, timeText = ''] = /^(?:([a-z][a-z,-]*) )?(\S+)$/i.exec(tight) ?? [];
  const ruleDays = dayText === undefined ? { days: days.map((_, day) => day), text: '' } : readDays(dayText);
  const times = /^(off|closed)$/i.test(timeText) ? { spans: [], text: 'off' } : readSpans(timeText);
  if (!ruleDays || !times) return undefined;
  return { days: ruleDays.days, spans: times.spans, text: `${ruleDays.text} ${times.text}`.trim() };
}

/** `Mo-We,Fr`; a range may go over Sunday. */
function readDays(text: string): { days: readonly number[]; text: string } | undefined {
  const found: number[] = [];
  const texts: string[] = [];
  for (const part of text.split(',')) {
    const [first, last, ...more] = part.split('-').map((name) => days.findIndex((day) => same(day, name)));
    if (first === undefined || first === -1 || last === -1 || more.length > 0) return undefined;
    const length = last === undefined ? 1 : ((last - first + 7) % 7) + 1;
    for (let day = 0; day < length; day += 1) found.push((first + day) % 7);
    texts.push(last === undefined ? `${days[first]}` : `${days[first]}-${days[last]}`);
  }
  return { days: found, text: texts.join(',') };
}

/** `09:00-12:00,13:00-17:00`, one after the other. */
function readSpans(text: string): { spans: readonly OpenSpan[]; text: string } | undefined {
  const spans: OpenSpan[] = [];
  for (const part of text.split(',')) {
    const span = readTimeSpan(part);
    if (!span || span.from < (spans.at(-1)?.until ?? 0)) return undefined;
    spans.push(span);
  }
  return { spans, text: spans.map(shownSpan).join(',') };
}

const shownSpan = ({ from, until }: OpenSpan): string =>
  `${shownTime(from)}-${shownTime(until > minutesOfDay ? until - minutesOfDay : until)}`;
const shownTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** `22:00-07:00`, over midnight where the end is not after the start; undefined: it is none, or it is no time at all. */
export function readTimeSpan(text: string): OpenSpan | undefined {
  const [from, until, ...more] = text.split('-').map(minutesIn);
  if (from === undefined || until === undefined || more.length > 0) return undefined;
  if (from === until || from === minutesOfDay) return undefined;
  return { from, until: until > from ? until : until + minutesOfDay };
}

/** `9:30`, `09:30`, and `24:00` as an end. */
function minutesIn(text: string): number | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour !== '' && minutes <= minutesOfDay ? minutes : undefined;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Is this a day of the calendar, as `2026-12-24`? */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
