import type { Length } from './phrase.types.js';
import type { Cursor, MeaningOf, Read } from './token-cursor.js';

/** Read lengths of time. */
export function lengthsOn({ tokens, match, number, count, which }: Cursor) {
  return { length, pure };

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
    // “Two weeks from now” is a point; “for two weeks from now” is a length.
    const hence = match(at, 'hence');
    if (hence && !lasting) return undefined;
    return { value: total, next: hence?.next ?? at };
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
}

function lengthOf({ value, times = 1 }: MeaningOf<'unit'>, count: number): Length {
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
