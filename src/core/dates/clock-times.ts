import type { Time } from './phrase.types.js';
import type { Cursor, MeaningOf, Read } from './token-cursor.js';

/** Read times of the day. */
export function clockTimesOn({ tokens, match, number, count }: Cursor, hours24: boolean) {
  return { clockAt };

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
      const open = !hours24 && /^[1-9]:/.test(token.raw) && clock.minutes < 12 * 60;
      const h = tokens[from + 1]?.word === 'h' ? from + 2 : from + 1;
      return meridiem({ value: open ? { ...clock, open: true } : clock, next: h });
    }
    return hourWordAt(from);
  }

  function namedTime(named: Read<MeaningOf<'time'>>): Read<Time> {
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
    // People say “à cinq heures” of the afternoon too, but write `5 h` of the morning only.
    const spoken = ['o', 'oclock', 'heure', 'heures'].includes(tokens[after]?.word ?? '');
    const oclock = spoken && tokens[after]?.word.startsWith('o');
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
      ...(spoken && !exact && hour <= 12 ? { open: true as const } : {}),
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

  function shortMeridiem(at: number): Read<MeaningOf<'meridiem'>> | undefined {
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
}

const fractions: readonly (readonly [string, number])[] = [
  ['et demie', 30],
  ['et demi', 30],
  ['et quart', 15],
  ['moins le quart', -15],
  ['moins quart', -15],
];

/** Return the clock time of `17:30` or `17:30:05`; undefined: invalid. */
export function clockOf(raw: string): (Time & { kind: 'clock' }) | undefined {
  const [hour = 0, minutes = 0, seconds = 0] = raw.split(':').map(Number);
  if (hour > 24 || minutes > 59 || seconds >= 60 || (hour === 24 && minutes > 0)) return undefined;
  return { kind: 'clock', minutes: hour * 60 + minutes };
}

/** Set the half of the day that a part names: “8 du soir”, “morning at 9”. */
export function withPartOfDay(clock: Time & { kind: 'clock' }, part: string): Time {
  const hour = clock.minutes / 60;
  const late = part === 'afternoon' || part === 'evening' || part === 'night';
  if (late && hour < 12) return { kind: 'clock', minutes: clock.minutes + 12 * 60 };
  return {
    kind: 'clock',
    minutes: part === 'morning' && hour >= 12 && hour < 13 ? clock.minutes - 12 * 60 : clock.minutes,
  };
}

/** Return an hour without am or pm. */
export const openHour = (hour: number): Time => ({
  kind: 'clock',
  minutes: hour * 60,
  ...(hour >= 1 && hour <= 12 ? { open: true } : {}),
});
