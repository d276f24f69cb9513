import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  englishAt,
  formatMoment,
  formatPeriodEdge,
  frenchAt,
  frenchThe,
  frenchUntil,
  type Locale,
  type Reader,
} from '../../../src/core/chat/phrasing.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { readMoment, readWhen } from '../../../src/core/dates/read-when.js';

/** Clock changes of an hour, of half an hour, at midnight; offsets of halves and quarters of an hour; both sides of the date line. */
const zones = [
  'America/Toronto',
  'America/Vancouver',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Phoenix',
  'Europe/London',
  'Europe/Paris',
  'Europe/Dublin',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Honolulu',
  'UTC',
];

const minute = 60_000;
const instants = fc
  .integer({ min: Date.UTC(2022, 0, 1) / minute, max: Date.UTC(2033, 0, 1) / minute })
  .map((minutes) => new Date(minutes * minute));
/** Instants within a day of a clock change, where most errors occur. */
const nearChanges = fc
  .tuple(
    fc.constantFrom(...zones),
    fc.integer({ min: 2022, max: 2032 }),
    fc.boolean(),
    fc.integer({ min: -180, max: 180 }),
  )
  .map(([timeZone, year, autumn, shift]) => ({ timeZone, instant: changeIn(timeZone, year, autumn, shift) }));
const readers = fc.record({
  locale: fc.constantFrom<Locale>('en', 'fr'),
  timeZone: fc.constantFrom(...zones),
  ownTimeZone: fc.option(fc.constantFrom(...zones), { nil: undefined }),
  region: fc.constantFrom(undefined, 'CA', 'US', 'GB', 'FR', 'IN'),
  now: instants,
});

function changeIn(timeZone: string, year: number, autumn: boolean, shift: number): Date {
  const start = Date.UTC(year, autumn ? 6 : 0, 1);
  const offset = (hours: number) => DateTime.fromMillis(start + hours * 3_600_000, { zone: timeZone }).offset;
  let [low, high] = [0, 180 * 24];
  if (offset(low) === offset(high)) return new Date(start + shift * minute);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === offset(low)) low = middle;
    else high = middle;
  }
  return new Date(start + high * 3_600_000 + shift * minute);
}

/**
 * A bare clock time means the next one, so a time that is past today is written without its day and is not typed again.
 */
const isPastToday = (reader: Reader, instant: Date): boolean =>
  instant <= reader.now &&
  DateTime.fromJSDate(instant, { zone: reader.timeZone }).hasSame(
    DateTime.fromJSDate(reader.now, { zone: reader.timeZone }),
    'day',
  );

const runs = { numRuns: 1000, seed: 20261129 };

function holds(
  write: (reader: Reader, instant: Date) => string,
  read: (text: string, reader: Reader) => Date | undefined,
) {
  const check = (reader: Reader, instant: Date) => {
    fc.pre(!isPastToday(reader, instant));
    const text = write(reader, instant);
    expect({ text, read: read(text, reader)?.toISOString() }).toEqual({ text, read: instant.toISOString() });
  };
  fc.assert(fc.property(readers, instants, check), runs);
  fc.assert(
    fc.property(readers, nearChanges, fc.boolean(), (reader, { timeZone, instant }, soon) =>
      check({ ...reader, timeZone, ...(soon ? { now: new Date(instant.getTime() - 26 * 60 * minute) } : {}) }, instant),
    ),
    runs,
  );
}

describe('what the product writes is read back to the same instant', () => {
  test('a moment', () => {
    holds(formatMoment, (text, reader) => readMoment(text, undefined, reader, 'begin').moment);
  });

  test('an edge as the end of an absence', () => {
    holds(
      (reader, instant) => wordsIn(reader.locale).outOfOffice.untilLine(formatPeriodEdge(reader, instant)),
      (text, reader) => whole(text, reader).until,
    );
  });

  test('the end of a closure, in French', () => {
    holds(
      (reader, instant) => frenchUntil(formatMoment({ ...reader, locale: 'fr' }, instant)),
      (text, reader) => whole(text, { ...reader, locale: 'fr' }).until,
    );
  });

  test('an edge as the beginning of an absence', () => {
    holds(
      formatPeriodEdge,
      (text, reader) => whole(`${reader.locale === 'fr' ? 'à partir de' : 'from'} ${text}`, reader).from,
    );
  });

  test('a moment in capitals, with plain or odd spaces and quotes around it', () => {
    holds(
      (reader, instant) => `« ${formatMoment(reader, instant).toUpperCase().replace(/\s/g, '\u00a0 ')} »`,
      (text, reader) => readMoment(text, undefined, reader, 'end').moment,
    );
  });

  test('a whole line of an echo, with its beginning and its end', () => {
    fc.assert(
      fc.property(readers, instants, instants, (reader, one, other) => {
        const [from, until] = one < other ? [one, other] : [other, one];
        fc.pre(from < until && !isPastToday(reader, from) && !isPastToday(reader, until));
        const words = wordsIn(reader.locale).outOfOffice;
        const lines = [
          words.understoodLine(formatPeriodEdge(reader, from), words.untilLine(formatPeriodEdge(reader, until))),
          words.coverLine(formatPeriodEdge(reader, from), words.untilLine(formatPeriodEdge(reader, until))),
          words.gapSpan(formatPeriodEdge(reader, from), formatMoment(reader, until)),
        ];
        for (const text of lines)
          expect({ text, ...instantsIn(text, reader) }).toEqual({
            text,
            from: from.toISOString(),
            until: until.toISOString(),
          });
      }),
      runs,
    );
  });

  const whole = (text: string, reader: Reader) => {
    const read = readWhen(text, reader);
    expect({ text, unclear: read.unclear }).toEqual({ text, unclear: [] });
    return read;
  };
  const instantsIn = (text: string, reader: Reader) => {
    const { from, until } = whole(text, reader);
    return { from: from?.toISOString(), until: until?.toISOString() };
  };
});

test('a day and a time of today take different prepositions', () => {
  const reader: Reader = { locale: 'fr', timeZone: 'America/Toronto', now: new Date('2026-11-24T12:00:00Z') };
  const [today, friday] = [new Date('2026-11-24T22:00:00Z'), new Date('2026-11-27T22:00:00Z')];
  expect(frenchAt(formatMoment(reader, today))).toBe('à 17 h 00');
  expect(frenchAt(formatMoment(reader, friday))).toBe('le ven. 27 novembre à 17 h 00');
  expect(frenchUntil(formatMoment(reader, today))).toBe('jusqu’à 17 h 00');
  expect(frenchUntil(formatMoment(reader, friday))).toBe('jusqu’au ven. 27 novembre à 17 h 00');
  expect(wordsIn('fr').claim.promised(formatMoment(reader, today))).toBe('Rappel promis avant 17 h 00.');
  expect(frenchThe(formatMoment(reader, friday))).toBe('le ven. 27 novembre à 17 h 00');
  expect(englishAt(formatMoment({ ...reader, locale: 'en' }, today))).toBe('at 5:00 pm');
  expect(englishAt(formatMoment({ ...reader, locale: 'en' }, friday))).toBe('on Fri, Nov 27, 5:00 pm');
});

describe('an hour that comes twice', () => {
  const reader: Reader = { locale: 'en', timeZone: 'America/Toronto', now: new Date('2026-10-30T12:00:00Z') };

  test('is written with its zone, and read back to the one that was meant', () => {
    expect(formatMoment(reader, new Date('2026-11-01T05:30:00Z'))).toMatch(/1:30 am EDT$/);
    expect(formatMoment(reader, new Date('2026-11-01T06:30:00Z'))).toMatch(/1:30 am EST$/);
    expect(formatMoment({ ...reader, locale: 'fr' }, new Date('2026-11-01T06:30:00Z'))).toMatch(/1 h 30 HNE$/);
    expect(readWhen('until Nov 1 1:30 am EST', reader).until).toEqual(new Date('2026-11-01T06:30:00Z'));
  });

  test('is the first of the two where no zone is said', () => {
    expect(readWhen('until Nov 1 1:30 am', reader).until).toEqual(new Date('2026-11-01T05:30:00Z'));
  });
});

test('an hour that the clocks skip is moved on by the skipped hour, and told', () => {
  const reader: Reader = { locale: 'en', timeZone: 'America/Toronto', now: new Date('2026-03-06T12:00:00Z') };
  expect(readWhen('until Sunday 2:30 am', reader)).toMatchObject({
    until: new Date('2026-03-08T07:30:00Z'),
    remarks: [{ kind: 'skipped', taken: new Date('2026-03-08T07:30:00Z') }],
  });
});
