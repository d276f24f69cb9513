import { type DayOrder, numericDay } from './numeric-date.js';
import type { Begin, Day, End, Length, Phrase, Point, Time } from './phrase.js';
import type { Token } from './tokens.js';
import { type EndLink, type Meaning, phrasesFrom, type Unit } from './vocabulary.js';
import { zoneAt } from './zone-reading.js';

type Is = Meaning['is'];
type Of<K extends Is> = Meaning extends infer M
  ? M extends { readonly is: infer I }
    ? K extends I
      ? Omit<M, 'is'> & { readonly is: K }
      : never
    : never
  : never;
/** Something read, and the place of the token after it. */
interface Read<Value> {
  readonly value: Value;
  readonly next: number;
}

export interface Grammar {
  readonly order: DayOrder;
  /** The reader writes hours up to 24: `3:30` is in the morning. */
  readonly hours24: boolean;
  /** What a text without a link begins with. */
  readonly expects: 'begin' | 'end';
  /** The zones in which names of zones are looked up first. */
  readonly zones: readonly string[];
  readonly now: Date;
}

/** Read a line of tokens. Each step goes forward, so the work is bounded by the number of tokens. */
export function readPhrase(tokens: readonly Token[], grammar: Grammar): Phrase {
  const reader = readerOf(tokens, grammar);
  const found: Found = { leftOver: [], forever: false, now: false, typedDates: reader.typedDates };
  let role: Role = grammar.expects === 'end' ? { kind: 'end', link: 'until' } : { kind: 'bare' };
  let numbersAreDays = false;
  let at = 0;

  while (at < tokens.length) {
    const step = reader.link(at, found, role);
    if (step) {
      ({ role } = step);
      numbersAreDays = step.numbersAreDays;
      at = step.next;
      continue;
    }
    const length = role.kind === 'bare' ? reader.lengthAlone(at, role.lasting === true) : undefined;
    if (length && found.length === undefined && !(found.end && role.kind === 'bare')) {
      found.length = length.value;
      role = { kind: 'bare' };
      at = length.next;
      continue;
    }
    const point = reader.point(at, numbersAreDays);
    if (point && place(found, role, point.value)) {
      role = { kind: 'bare' };
      numbersAreDays = false;
      at = point.next;
      continue;
    }
    const within = role.kind === 'bare' ? undefined : reader.length(at);
    if (within && place(found, role, pointIn(within.value))) {
      role = { kind: 'bare' };
      at = within.next;
      continue;
    }
    const idle = point ? undefined : reader.match(at, 'noise');
    const token = tokens[at];
    if (idle) at = idle.next;
    else {
      const next = point?.next ?? at + 1;
      if (token && (point || !ignored.has(token.raw)))
        found.leftOver.push({ start: token.start, end: tokens[next - 1]?.end ?? token.end });
      at = next;
    }
  }
  const { between: _, ...phrase } = found;
  return {
    ...phrase,
    typedDates: [...new Map(found.typedDates.map((one) => [one.raw, one])).values()],
    ...(reader.noSuchDay() === undefined ? {} : { noSuchDay: reader.noSuchDay() ?? '' }),
  };
}

/** Marks that stand around dates and mean nothing. */
const ignored: ReadonlySet<string> = new Set([',', '.', ';', ':', '!', '?', '(', ')', '-', '/', '…', '·', '•']);

type Role =
  | { readonly kind: 'bare'; readonly lasting?: true }
  | { readonly kind: 'begin'; readonly link: 'from' | 'since' }
  | { readonly kind: 'end'; readonly link: EndLink; readonly and?: true };

/** A phrase while it is read. */
interface Found {
  begin?: Begin;
  end?: End;
  length?: Length;
  leftOver: { start: number; end: number }[];
  typedDates: { raw: string; month: number; day: number }[];
  forever: boolean;
  now: boolean;
  between?: true;
}

/** Put a point where its role says. False: there is one already. */
function place(found: Found, role: Role, point: Point): boolean {
  if (role.kind === 'end') {
    if (found.end) return false;
    found.end = { link: role.link, point, ...(role.and ? { and: true } : {}) };
    return true;
  }
  const { begin } = found;
  if (begin) {
    const joined = joinedPoints(begin.point, point);
    if (!joined) return false;
    found.begin = { link: role.kind === 'begin' ? role.link : begin.link, point: joined };
    return true;
  }
  if (found.end && role.kind === 'bare') {
    // “Until Friday — 5 pm”.
    const joined = joinedPoints(found.end.point, point);
    if (joined) found.end = { ...found.end, point: joined };
    return joined !== undefined;
  }
  found.begin = { link: role.kind === 'begin' ? role.link : 'bare', point };
  return true;
}

/** “Tomorrow from 9”: a day and a time that belong together. */
function joinedPoints(one: Point, other: Point): Point | undefined {
  const [day, time] = one.day && !one.time ? [one, other] : [other, one];
  if (!day.day || day.time || time.day || day.edge || time.edge) return undefined;
  if (time.bare !== undefined && time.bare < 24) return { ...day, time: openHour(time.bare) };
  return time.time ? { ...day, time: time.time, ...(time.zone ? { zone: time.zone } : {}) } : undefined;
}

const openHour = (hour: number): Time => ({
  kind: 'clock',
  minutes: hour * 60,
  ...(hour >= 1 && hour <= 12 ? { open: true } : {}),
});

/** “In two weeks” as a point. */
const pointIn = (length: Length, sign = 1, from?: Day): Point => {
  const base = from ? { from } : {};
  if (length.months !== 0) return { day: { kind: 'shifted', unit: 'month', count: sign * length.months, ...base } };
  if (length.businessDays !== 0)
    return { day: { kind: 'shifted', unit: 'business-day', count: sign * length.businessDays, ...base } };
  if (length.minutes === 0 && length.halves === 0)
    return { day: { kind: 'shifted', unit: 'day', count: sign * length.days, ...base } };
  return { within: sign * (length.minutes + length.days * 24 * 60 + length.halves * 4 * 60) };
};

interface LinkStep {
  readonly role: Role;
  readonly numbersAreDays: boolean;
  readonly next: number;
}

function readerOf(tokens: readonly Token[], grammar: Grammar) {
  let noSuchDay: string | undefined;
  const typedDates: { raw: string; month: number; day: number }[] = [];
  return { match, link, length, lengthAlone, point, typedDates, noSuchDay: () => noSuchDay };

  /** The longest phrase of a kind that begins at a token. */
  function match<K extends Is>(at: number, is: K): Read<Of<K>> | undefined {
    const token = tokens[at];
    if (!token || (token.kind !== 'word' && token.kind !== 'mark')) return undefined;
    for (const { words, meaning } of phrasesFrom(token.word)) {
      if (meaning.is !== is) continue;
      const next = phraseEnds(at, words);
      if (next !== undefined) return { value: meaning as unknown as Of<K>, next };
    }
    return undefined;
  }

  /** After a phrase's words; a hyphen may stand between them, and a full stop after each. */
  function phraseEnds(at: number, words: readonly string[]): number | undefined {
    let place = at;
    for (const [index, word] of words.entries()) {
      if (index > 0 && (tokens[place]?.raw === '-' || tokens[place]?.raw === '.')) place++;
      if (tokens[place]?.word !== word) return undefined;
      place++;
    }
    return tokens[place]?.raw === '.' && tokens[place]?.start === tokens[place - 1]?.end ? place + 1 : place;
  }

  function number(at: number): number | undefined {
    const token = tokens[at];
    return token?.kind === 'number' && /^\d{1,4}$/.test(token.raw) ? Number(token.raw) : undefined;
  }

  /** `3`, `1.5`, `two`, `une`. */
  function count(at: number): Read<number> | undefined {
    const token = tokens[at];
    if (token?.kind === 'number' && token.raw.length <= 5)
      return { value: Number(token.raw.replace(',', '.')), next: at + 1 };
    const word = match(at, 'count');
    return word && { value: word.value.value, next: word.next };
  }

  /** A word that says what part the next date plays. */
  function link(at: number, found: Found, role: Role): LinkStep | undefined {
    const step = (next: number, role: Role, numbersAreDays = false): LinkStep => ({ role, numbersAreDays, next });
    const forever = match(at, 'forever');
    if (forever) {
      found.forever = true;
      return step(forever.next, { kind: 'bare' });
    }
    const now = match(at, 'now');
    if (now && !found.begin && role.kind !== 'end') {
      found.now = true;
      return step(now.next, { kind: 'bare' });
    }
    const inclusive = match(at, 'inclusive') ?? match(at, 'exclusive');
    if (inclusive && found.end) {
      found.end = { ...found.end, inclusive: inclusive.value.is === 'inclusive' };
      return step(inclusive.next, { kind: 'bare' });
    }
    if (role.kind === 'end' && role.link === 'until' && inclusive?.value.is === 'inclusive')
      return step(inclusive.next, { kind: 'end', link: 'through' });

    const range = rangeLink(at, found, role);
    if (range) return range;

    const end = match(at, 'end');
    if (end && end.value.value !== 'to' && !found.end) {
      return step(end.next, { kind: 'end', link: end.value.value }, end.value.day);
    }
    const begin = match(at, 'begin');
    if (begin && !found.begin?.point.time && role.kind === 'bare') {
      if (pointOrNow(begin.next, begin.value.day === true)) {
        if (begin.value.value === 'between') found.between = true;
        const link = begin.value.value === 'between' ? 'from' : begin.value.value;
        return step(begin.next, { kind: 'begin', link }, begin.value.day);
      }
    }
    const lasting = match(at, 'for');
    if (lasting && (length(lasting.next, true) || point(lasting.next, false)))
      return step(lasting.next, { kind: 'bare', lasting: true });
    return undefined;
  }

  /** “To”, “au”, “à”, a dash or “and” between two dates. */
  function rangeLink(at: number, found: Found, role: Role): LinkStep | undefined {
    if (found.end || role.kind !== 'bare') return undefined;
    const end = match(at, 'end');
    const to = end?.value.value === 'to' ? end : undefined;
    const and = match(at, 'and');
    const dash = tokens[at]?.raw === '-' ? { next: at + 1 } : undefined;
    const joint = to ?? and ?? dash;
    // Without a beginning only “to” itself names an end: “à” and “au” stand before beginnings too.
    if (!joint || !(found.begin || found.now || (to && tokens[at]?.word === 'to'))) return undefined;
    const numbersAreDays = to?.value.day === true;
    const second = point(joint.next, numbersAreDays);
    if (!second) return undefined;
    const first = found.begin?.point;
    const spaced = tokens[at - 1]?.end !== tokens[at]?.start;
    // “Friday — 5 pm” is one point.
    if (dash && spaced && first?.day && !first.time && second.value.time && !second.value.day) return undefined;
    const link: Role = { kind: 'end', link: 'to', ...(and && !to && !found.between ? { and: true } : {}) };
    return { role: link, numbersAreDays, next: joint.next };
  }

  function pointOrNow(at: number, days: boolean): boolean {
    return point(at, days) !== undefined || match(at, 'now') !== undefined;
  }

  /** `2 hours`, `une heure et demie`, `half a day`, `2 min 5 s`, `the next three weeks`. */
  function length(from: number, lasting = false): Read<Length> | undefined {
    let at = from;
    let total: Length = { months: 0, days: 0, businessDays: 0, minutes: 0, halves: 0 };
    let pieces = 0;
    while (at < tokens.length) {
      const joint = pieces > 0 ? (match(at, 'and')?.next ?? (tokens[at]?.raw === ',' ? at + 1 : at)) : at;
      const piece = lengthPiece(joint, pieces === 0);
      if (!piece) break;
      total = added(total, piece.value);
      at = piece.next;
      pieces++;
    }
    if (pieces === 0 || match(at, 'ago')) return undefined;
    // “Two weeks from now” is a point; “for two weeks from now” lasts.
    const hence = match(at, 'hence');
    if (hence && !lasting) return undefined;
    return { value: total, next: hence?.next ?? at };
  }

  /** A length where a time could stand as well: `2h` and `1h30` last, `2 h 05`, `17h30`, “5 heures moins le quart” are times. */
  function lengthAlone(at: number, lasting: boolean): Read<Length> | undefined {
    const read = length(at, lasting);
    if (!read || lasting) return read;
    const clock = clockAt(at);
    const spaced =
      tokens[at + 1]?.word === 'h' && tokens[at + 1]?.start !== tokens[at]?.end && number(at + 2) !== undefined;
    const isHour =
      clock && (clock.next > read.next || (clock.next === read.next && (spaced || (number(at) ?? 0) > 12)));
    // “A week from Friday” is a day, as “in a week” is.
    const isPoint =
      (tokens[at]?.word === 'a' || tokens[at]?.word === 'an') && match(read.next, 'begin') && withinAt(at);
    return isHour || isPoint ? undefined : read;
  }

  function lengthPiece(from: number, first: boolean): Read<Length> | undefined {
    const none: Length = { months: 0, days: 0, businessDays: 0, minutes: 0, halves: 0 };
    const halfDay = match(from, 'half-day');
    if (halfDay) return { value: { ...none, halves: 1 }, next: halfDay.next };

    const half = match(from, 'half');
    if (half && first) {
      const article =
        match(half.next, 'count')?.value.value === 1 ? (match(half.next, 'count')?.next ?? half.next) : half.next;
      const dash = tokens[article]?.raw === '-' ? article + 1 : article;
      const unit = match(dash, 'unit');
      return unit && { value: lengthOf(unit.value, 0.5), next: unit.next };
    }
    let at = match(from, 'the')?.next ?? from;
    at = which(at)?.next ?? at;
    let many = count(at);
    if (!many && at > from && which(match(from, 'the')?.next ?? from)) return undefined;
    if (!many) return undefined;
    at = many.next;
    // “One and a half hours”, “une demi-heure”.
    const andHalf = match(at, 'half');
    if (andHalf) {
      const plain = tokens[at]?.word === 'demi' || tokens[at]?.word === 'demie' || tokens[at]?.word === 'half';
      many = { value: plain ? many.value * 0.5 : many.value + 0.5, next: andHalf.next };
      at = many.next;
    }
    if (tokens[at]?.raw === '-') at++;
    at = which(at)?.next ?? at;
    const unit = match(at, 'unit');
    if (!unit || unit.value.value === 'weekend' || unit.value.value === 'quarter') return undefined;
    const touches = tokens[at]?.start === tokens[at - 1]?.end;
    if (unit.value.close && !touches) return undefined;
    let value = lengthOf(unit.value, many.value);
    let next = unit.next;
    // `1h30`, `2 h 15`.
    const minutes = unit.value.value === 'hour' && tokens[at]?.word === 'h' ? number(next) : undefined;
    if (minutes !== undefined && tokens[next]?.raw.length === 2 && minutes < 60 && !match(next + 1, 'unit')) {
      value = { ...value, minutes: value.minutes + minutes };
      next++;
    }
    const trailing = match(next, 'half');
    if (trailing && match(next, 'and')) {
      value = added(value, lengthOf(unit.value, 0.5));
      next = trailing.next;
    }
    next = which(next) && !match(next, 'begin') ? (which(next)?.next ?? next) : next;
    return { value, next };
  }

  function which(at: number): Read<Of<'which'>> | undefined {
    return match(at, 'which');
  }

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
    // “17 h à samedi”, “vendredi au 7”: before a day, `à` and `au` lead to an end.
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

  function isoPiece(at: number, value: Point): Read<Point> | undefined {
    const token = tokens[at];
    if (!token || value.day) return undefined;
    if (token.kind === 'iso') {
      const [, year, month, day, time, zone] =
        /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-].*)?)?$/i.exec(token.raw) ?? [];
      if (zone !== undefined) {
        const instant = new Date(token.raw.replace(' ', 'T'));
        return Number.isNaN(instant.getTime()) ? undefined : { value: { instant }, next: at + 1 };
      }
      const clock = time === undefined ? undefined : clockOf(time);
      if (time !== undefined && !clock) return undefined;
      const date = realDate(token.raw, { year: Number(year), month: Number(month), day: Number(day) });
      return {
        value: { ...value, day: date ?? { kind: 'impossible' }, ...(clock ? { time: clock } : {}) },
        next: at + 1,
      };
    }
    if (token.kind !== 'date') return undefined;
    const read = numericDay(token.raw, grammar.order);
    if (!read) {
      noSuchDay = token.raw;
      return { value: dated(value, { kind: 'impossible' }), next: at + 1 };
    }
    const date = realDate(token.raw, read);
    if (read.open) typedDates.push({ raw: token.raw, month: read.month, day: read.day });
    return { value: dated(value, date ?? { kind: 'impossible' }), next: at + 1 };
  }

  /** A date that some year has. */
  function realDate(
    raw: string,
    { year, month, day }: { year?: number | undefined; month: number; day: number },
  ): Day | undefined {
    const leap = year ?? 2024;
    const last = month >= 1 && month <= 12 ? new Date(Date.UTC(leap, month, 0)).getUTCDate() : 0;
    if (day < 1 || day > last || leap < 1900 || leap > 2999) {
      noSuchDay = raw;
      return undefined;
    }
    return { kind: 'date', month, day, ...(year === undefined ? {} : { year }) };
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

  /** “The month”, “la semaine”, “l’année”: the present one. */
  function namedUnit(at: number): Read<Point> | undefined {
    const unit = match(match(at, 'the')?.next ?? at, 'unit');
    if (!unit || unit.value.close || unit.value.value === 'hour' || unit.value.value === 'minute') return undefined;
    return { value: { day: spanDay(unit.value.value, 0) }, next: unit.next };
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
    // “All day tomorrow”, “demain toute la journée”: the day that is named says it.
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

  /** Days, weeks, months and years that are not dates. */
  function dayPiece(from: number, value: Point): Read<Point> | undefined {
    const joined = weekOfDay(from, value);
    if (joined) return joined;
    if (value.day || value.bare !== undefined) return undefined;
    let at = from;
    for (let articles = 0; articles < 2; articles++) {
      const day = dayAt(at);
      if (day)
        return { value: { ...dated(value, day.value.day ?? { kind: 'year', year: 0 }), ...day.value }, next: day.next };
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

  function stepOf({ value }: Of<'which'>): number {
    return { this: 0, next: 1, prochain: 1, last: -1 }[value];
  }

  function whichWeekday(weekday: number, { value }: Of<'which'>): Day {
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
    return !grammar.hours24 && number(next) !== undefined && !match(next + 1, 'month');
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

  /** A length, whatever follows it. */
  function pure(at: number): Read<Length> | undefined {
    let total: Length | undefined;
    let place = at;
    for (let pieces = 0; pieces < 3; pieces++) {
      const joint = pieces > 0 ? (match(place, 'and')?.next ?? place) : place;
      const piece = lengthPiece(joint, pieces === 0);
      if (!piece) break;
      total = total ? added(total, piece.value) : piece.value;
      place = piece.next;
    }
    return total && { value: total, next: place };
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

  /** A year after a date: `2026`, `, 2026`. */
  function yearAt(at: number): Read<{ year: number }> | undefined {
    const place = tokens[at]?.raw === ',' || tokens[at]?.word === 'of' || tokens[at]?.word === 'de' ? at + 1 : at;
    const year = number(place);
    const isYear = year !== undefined && tokens[place]?.raw.length === 4 && year >= 1900 && year <= 2999;
    return isYear && !match(place + 1, 'clock') ? { value: { year }, next: place + 1 } : undefined;
  }

  /** `4 December`, `Dec 4th, 2026`, `le 4`, `the 4th`, `1er`, `January 2027`. */
  function datePiece(at: number, value: Point, numberIsDay: boolean): Read<Point> | undefined {
    const weekday = value.day?.kind === 'weekday' && value.day.which === 'coming' ? value.day.weekday : undefined;
    if ((value.day && weekday === undefined) || value.bare !== undefined) {
      const name = match(at, 'weekday');
      if (name && value.day?.kind === 'date' && value.day.weekday === undefined)
        return { value: { ...value, day: { ...value.day, weekday: name.value.value } }, next: name.next };
      return undefined;
    }
    if (weekday !== undefined) {
      const numeric = isoPiece(at, { ...value, day: undefined } as unknown as Point);
      if (numeric?.value.day?.kind === 'date' && numeric.value.day.weekday === undefined)
        return { value: { ...value, ...numeric.value, day: { ...numeric.value.day, weekday } }, next: numeric.next };
    }
    const named = weekday === undefined ? {} : { weekday };
    const monthFirst = match(at, 'month');
    if (monthFirst && !(tokens[at]?.word === 'sept' && match(monthFirst.next, 'unit'))) {
      const the = match(monthFirst.next, 'the')?.next ?? monthFirst.next;
      const day = dayNumber(the);
      if (
        day &&
        day.value < 100 &&
        !match(day.next, 'month') &&
        !(match(day.next, 'clock') && tokens[day.next]?.word !== 'h') &&
        !clocked(the)
      ) {
        const year = yearAt(day.next);
        return dateRead(
          at,
          value,
          { month: monthFirst.value.value, day: day.value, ...year?.value, ...named },
          year?.next ?? day.next,
        );
      }
      if (weekday !== undefined) return undefined;
      const year = yearAt(monthFirst.next);
      const month: Day = { kind: 'month', month: monthFirst.value.value, ...year?.value };
      return { value: dated(value, month), next: year?.next ?? monthFirst.next };
    }
    const day = dayNumber(at);
    if (!day) return undefined;
    const of = match(day.next, 'of')?.next ?? day.next;
    const month = match(tokens[of]?.raw === '-' ? of + 1 : of, 'month');
    if (month) {
      const year = yearAt(month.next);
      return dateRead(
        at,
        value,
        { month: month.value.value, day: day.value, ...year?.value, ...named },
        year?.next ?? month.next,
      );
    }
    return aloneDay(at, value, day, numberIsDay, weekday);
  }

  /** Is the number at this token an hour? */
  function clocked(at: number): boolean {
    return clockAt(at) !== undefined;
  }

  function aloneDay(
    at: number,
    value: Point,
    day: Read<number> & { readonly ordinal: boolean },
    numberIsDay: boolean,
    weekday: number | undefined,
  ): Read<Point> | undefined {
    const year = number(at);
    if (year !== undefined && year >= 2000 && year <= 2100 && weekday === undefined)
      return { value: dated(value, { kind: 'year', year }), next: at + 1 };
    if (day.value > 31 || day.value < 1) return undefined;
    if (match(day.next, 'unit') && !day.ordinal) return undefined;
    const frenchDay = weekday !== undefined && grammar.hours24;
    if (day.ordinal || numberIsDay || frenchDay)
      return {
        value: dated(value, { kind: 'day-of-month', day: day.value, ...(weekday === undefined ? {} : { weekday }) }),
        next: day.next,
      };
    if (weekday !== undefined)
      return value.time ? undefined : { value: withTime(value, openHour(day.value)), next: day.next };
    if (value.time || number(at) === undefined) return undefined;
    return { value: { ...value, bare: day.value }, next: day.next };
  }

  function dayNumber(at: number): (Read<number> & { readonly ordinal: boolean }) | undefined {
    const word = match(at, 'ordinal');
    if (word) return { value: word.value.value, next: word.next, ordinal: true };
    const value = number(at);
    if (value === undefined) return undefined;
    const suffix = tokens[at + 1];
    const ordinal = suffix !== undefined && suffix.start === tokens[at]?.end && ordinals.has(suffix.word);
    return { value, next: ordinal ? (tokens[at + 2]?.raw === '.' ? at + 3 : at + 2) : at + 1, ordinal };
  }

  function dateRead(
    at: number,
    value: Point,
    { weekday, ...date }: { month: number; day: number; year?: number; weekday?: number },
    next: number,
  ): Read<Point> | undefined {
    const raw = tokens
      .slice(at, next)
      .map(({ raw }) => raw)
      .join(' ');
    const real = realDate(raw, date);
    if (real?.kind !== 'date') return { value: dated(value, { kind: 'impossible' }), next };
    return { value: dated(value, weekday === undefined ? real : { ...real, weekday }), next };
  }

  /** Times of the day and parts of it. */
  function timePiece(at: number, value: Point): Read<Point> | undefined {
    const part = match(at, 'part') ?? (match(at, 'the') ? match(at + 1, 'part') : undefined);
    if (part && !part.value.today) {
      const { bare, ...rest } = value;
      if (bare !== undefined && bare <= 12)
        return {
          value: { ...rest, time: inPart({ kind: 'clock', minutes: bare * 60 }, part.value.value) },
          next: part.next,
        };
      if (value.time?.kind === 'clock')
        return { value: { ...value, time: inPart(value.time, part.value.value) }, next: part.next };
      if (value.time?.kind === 'part' || value.time) return undefined;
      return { value: withTime(value, { kind: 'part', part: part.value.value }), next: part.next };
    }
    const clock = clockAt(at);
    if (!clock) return undefined;
    if (value.bare !== undefined) return undefined;
    if (value.time?.kind === 'part' && clock.value.kind === 'clock')
      return { value: { ...value, time: inPart(clock.value, value.time.part) }, next: clock.next };
    if (value.time) return undefined;
    return { value: withTime(value, clock.value), next: clock.next };
  }

  function clockAt(from: number): Read<Time> | undefined {
    const half = match(from, 'half-past') ?? match(from, 'quarter-past') ?? match(from, 'quarter-to');
    if (half) {
      const hour = count(half.next);
      if (!hour || hour.value > 12) return undefined;
      const more = { 'half-past': 30, 'quarter-past': 15, 'quarter-to': -15 }[half.value.is as 'half-past'];
      return meridiem({ value: { kind: 'clock', minutes: hour.value * 60 + more, open: true }, next: hour.next });
    }
    const named = match(from, 'time');
    if (named) return namedTime(named);

    const token = tokens[from];
    if (token?.kind === 'clock') {
      const clock = clockOf(token.raw);
      if (!clock) return undefined;
      const open = !grammar.hours24 && /^[1-9]:/.test(token.raw) && clock.minutes < 12 * 60;
      const h = tokens[from + 1]?.word === 'h' ? from + 2 : from + 1;
      return meridiem({ value: open ? { ...clock, open: true } : clock, next: h });
    }
    return hourWordAt(from);
  }

  function namedTime(named: Read<Of<'time'>>): Read<Time> {
    const { value } = named.value;
    if (value !== 'noon') return { value: { kind: value }, next: named.next };
    const half = match(named.next, 'half');
    const and = half && match(named.next, 'and') ? half : undefined;
    return { value: { kind: 'clock', minutes: 12 * 60 + (and ? 30 : 0) }, next: and?.next ?? named.next };
  }

  /** `5pm`, `17h`, `17 h 30`, `17 heures et demie`, `5 o’clock`, `1700`. */
  function hourWordAt(from: number): Read<Time> | undefined {
    const token = tokens[from];
    const digits = token?.kind === 'number' ? token.raw : undefined;
    if (
      digits !== undefined &&
      /^([01]\d|2[0-3])[0-5]\d$/.test(digits) &&
      !(Number(digits) >= 1900 && Number(digits) <= 2100 && !match(from + 1, 'clock'))
    ) {
      const next = match(from + 1, 'clock')?.next ?? from + 1;
      return { value: { kind: 'clock', minutes: Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)) }, next };
    }
    const dotted = digits === undefined ? null : /^(\d{1,2})[.](\d{2})$/.exec(digits);
    if (
      dotted &&
      (match(from + 1, 'meridiem') || match(from + 1, 'clock')) &&
      Number(dotted[2]) < 60 &&
      Number(dotted[1]) < 24
    )
      return meridiem({
        value: { kind: 'clock', minutes: Number(dotted[1]) * 60 + Number(dotted[2]), open: true },
        next: match(from + 1, 'clock')?.next ?? from + 1,
      });

    const hour = number(from) ?? match(from, 'count')?.value.value;
    if (
      hour === undefined ||
      hour > 24 ||
      (token?.kind === 'word' && hour === 1 && token.word.length <= 2 && token.word !== 'un')
    )
      return undefined;
    const after = number(from) === undefined ? (match(from, 'count')?.next ?? from + 1) : from + 1;
    const said = match(after, 'meridiem') ?? shortMeridiem(after);
    if (said && hour >= 1 && hour <= 12)
      return meridiem({ value: { kind: 'clock', minutes: hour * 60, open: true }, next: after });

    const clock = match(after, 'clock');
    if (!clock) return undefined;
    const oclock = tokens[after]?.word === 'o' || tokens[after]?.word === 'oclock';
    const minutes = number(clock.next);
    const exact =
      minutes !== undefined &&
      tokens[clock.next]?.raw.length === 2 &&
      minutes < 60 &&
      !oclock &&
      !match(clock.next + 1, 'month') &&
      match(clock.next + 1, 'unit')?.value.value !== 'minute';
    const base = {
      kind: 'clock',
      minutes: hour * 60 + (exact ? minutes : 0),
      ...(oclock && hour <= 12 ? { open: true as const } : {}),
    } as const;
    if (exact) return { value: base, next: clock.next + 1 };
    return meridiem(frenchFraction({ value: base, next: clock.next }));
  }

  /** “Et demie”, “et quart”, “moins le quart”. */
  function frenchFraction(read: Read<Time & { kind: 'clock' }>): Read<Time & { kind: 'clock' }> {
    const words = [0, 1, 2].map((step) => tokens[read.next + step]?.word ?? '').join(' ');
    const [text, minutes] = fractions.find(([text]) => words.startsWith(text)) ?? [];
    if (text === undefined || minutes === undefined) return read;
    return {
      value: { ...read.value, minutes: read.value.minutes + minutes },
      next: read.next + text.split(' ').length,
    };
  }

  function shortMeridiem(at: number): Read<Of<'meridiem'>> | undefined {
    const token = tokens[at];
    if (!token || token.start !== tokens[at - 1]?.end || (token.word !== 'p' && token.word !== 'a')) return undefined;
    return { value: { is: 'meridiem', value: token.word === 'p' ? 'pm' : 'am' }, next: at + 1 };
  }

  /** A clock time with the am or pm that may follow it. */
  function meridiem({ value, next }: Read<Time & { kind: 'clock' }>): Read<Time> {
    const said = match(next, 'meridiem') ?? shortMeridiem(next);
    if (!said) return { value, next };
    const within = value.minutes % (12 * 60);
    if (value.minutes >= 13 * 60) return { value: { kind: 'clock', minutes: value.minutes }, next: said.next };
    return { value: { kind: 'clock', minutes: within + (said.value.value === 'pm' ? 12 * 60 : 0) }, next: said.next };
  }

  function zonePiece(at: number, value: Point): Read<Point> | undefined {
    if (!value.time || value.zone) return undefined;
    const zone = zoneAt(tokens, at, grammar);
    return zone && { value: { ...value, zone: zone.value }, next: zone.next };
  }
}

const ordinals: ReadonlySet<string> = new Set(['st', 'nd', 'rd', 'th', 'er', 're', 'e', 'eme']);
const fractions: readonly (readonly [string, number])[] = [
  ['et demie', 30],
  ['et demi', 30],
  ['et quart', 15],
  ['moins le quart', -15],
  ['moins quart', -15],
];

const dated = (value: Point, day: Day): Point => ({ ...value, day, ...(value.time ? { timeFirst: true } : {}) });
const withTime = (value: Point, time: Time): Point => ({ ...value, time });

/** “8 du soir”, “morning at 9”: the part says which half of the day. */
function inPart(clock: Time & { kind: 'clock' }, part: string): Time {
  const hour = clock.minutes / 60;
  const late = part === 'afternoon' || part === 'evening' || part === 'night';
  if (late && hour < 12) return { kind: 'clock', minutes: clock.minutes + 12 * 60 };
  return {
    kind: 'clock',
    minutes: part === 'morning' && hour >= 12 && hour < 13 ? clock.minutes - 12 * 60 : clock.minutes,
  };
}

function clockOf(raw: string): (Time & { kind: 'clock' }) | undefined {
  const [hour = 0, minutes = 0, seconds = 0] = raw.split(':').map(Number);
  if (hour > 24 || minutes > 59 || seconds >= 60 || (hour === 24 && minutes > 0)) return undefined;
  return { kind: 'clock', minutes: hour * 60 + minutes };
}

function spanDay(unit: Unit, count: number): Day {
  if (unit === 'day' || unit === 'business-day') return { kind: 'shifted', unit, count };
  return { kind: 'span', unit, count };
}

function lengthOf({ value, times = 1 }: Of<'unit'>, count: number): Length {
  const none: Length = { months: 0, days: 0, businessDays: 0, minutes: 0, halves: 0 };
  const whole = Math.floor(count);
  const part = count - whole;
  switch (value) {
    case 'minute':
      return { ...none, minutes: Math.round(count) };
    case 'hour':
      return { ...none, minutes: Math.round(count * 60) };
    case 'business-day':
      return { ...none, businessDays: whole, halves: part === 0.5 ? 1 : 0 };
    case 'day':
      return { ...none, days: whole, halves: part === 0.5 ? 1 : 0 };
    case 'week':
    case 'weekend':
      return { ...none, days: Math.ceil(count * 7 * times) };
    case 'month':
      return { ...none, months: whole, days: Math.round(part * 30) };
    case 'quarter':
      return { ...none, months: Math.round(count * 3) };
    case 'year':
      return { ...none, months: Math.round(count * 12) };
    default:
      return value satisfies never;
  }
}

const added = (one: Length, other: Length): Length => ({
  months: one.months + other.months,
  days: one.days + other.days,
  businessDays: one.businessDays + other.businessDays,
  minutes: one.minutes + other.minutes,
  halves: one.halves + other.halves,
});
