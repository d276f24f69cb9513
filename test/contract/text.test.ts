import { describe, expect, test } from 'vitest';
import {
  firstCharacters,
  manyLines,
  oneLine,
  truncate,
  typedLine,
  wellFormed,
  wellFormedJson,
  withoutTrailing,
} from '../../src/core/text.js';

const family = '👩‍👩‍👧';

describe('cutting', () => {
  test('never ends inside a surrogate pair, a letter with its marks or an emoji of several parts', () => {
    for (const text of ['📞'.repeat(20), 'e\u0301'.repeat(20), family.repeat(20), '🇨🇦'.repeat(20), '각'.repeat(20)]) {
      for (let length = 1; length < text.length; length += 1) {
        for (const short of [firstCharacters(text, length), truncate(text, length)]) {
          expect(short.isWellFormed(), `${text} at ${length}`).toBe(true);
          expect(short.length).toBeLessThanOrEqual(length);
        }
        const whole = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
        const kept = firstCharacters(text, length);
        // An emoji that does not fit at all is cut between its code points rather than omitted.
        if (length >= (whole[0] ?? '').length) expect(whole.join('').startsWith(kept) && kept).toBe(kept);
      }
    }
    expect(firstCharacters(`${family}${family}`, 10)).toBe(family);
    expect(truncate(`Ann ${'📞'.repeat(9)}`, 8)).toBe('Ann 📞…');
  });

  test('leaves text that fits as it is', () => {
    expect(truncate('Ann 📞', 6)).toBe('Ann 📞');
    expect(firstCharacters('', 3)).toBe('');
  });

  test('bounds a letter with a thousand marks', () => {
    expect(firstCharacters(`a${'\u0301'.repeat(1_000)}`, 10)).toHaveLength(10);
  });
});

describe('a name', () => {
  test.each([
    ['Ann\u202Egnp.exe', 'Anngnp.exe'],
    ['\u2066Ann\u2069 \u200bBaker\ufeff', 'Ann Baker'],
    ['Ann\u00adBaker', 'AnnBaker'],
    ['Ann\n\tBaker\u0000\u2028', 'Ann Baker'],
    ['Ann\u00a0\u3000Baker', 'Ann Baker'],
    ['Rene\u0301', 'René'],
    ['Ann\ud800 \udc00Bo', 'Ann Bo'],
    ['An\u200dn', 'Ann'],
    ['\u3164\uffa0', ''],
  ])('%j becomes %j', (typed, shown) => {
    expect(oneLine(typed, 80)).toBe(shown);
  });

  test.each([family, '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'क्‍ष', 'O’Brien', 'Étienne d’Août', 'שרה', 'Nguyễn'])(
    'keeps what %s is written with',
    (name) => {
      expect(oneLine(name, 80)).toBe(name.normalize('NFC'));
    },
  );

  test('is cut after it was cleaned, and cleaning a megabyte ends at once', () => {
    expect(oneLine(`${'\u200b'.repeat(300)}Ann`, 40)).toBe('Ann');
    expect(oneLine('(\u200d'.repeat(500_000), 40).length).toBeLessThanOrEqual(40);
    expect(oneLine(`${'x'.repeat(119)}📞`, 120)).toBe('x'.repeat(119));
  });
});

test('text of several lines keeps its lines and loses what nobody sees', () => {
  expect(manyLines('One\r\ntwo\u2028three\u202e\u0007\tfour', 100)).toBe('One\ntwo\nthree\tfour');
});

test('JSON keeps its shape and loses what PostgreSQL refuses', () => {
  const at = new Date(0);
  expect(wellFormedJson({ 'a\0': ['\ud800x', 1, null, at, { b: 'é\0' }] })).toEqual({
    a: ['\ufffdx', 1, null, at, { b: 'é' }],
  });
  expect(wellFormed('\udfff📞\0')).toBe('\ufffd📞');
});

describe('a typed line', () => {
  test.each([
    ['ooo until “friday 5pm”', 'ooo until friday 5pm'],
    ['ooo until «\u00a0vendredi\u00a0»', 'ooo until vendredi'],
    ['ooo friday — 5pm', 'ooo friday - 5pm'],
    ['ooo 3–7 jan', 'ooo 3-7 jan'],
    ["ooo until 'friday 5pm'!", 'ooo until friday 5pm'],
    ['ooo until friday.', 'ooo until friday'],
    ['ooo until 5 p.m.', 'ooo until 5 p.m.'],
    ['retour\u202f?', 'retour'],
    ['ｏｏｏ　１０　ｊａｎ', 'ooo 10 jan'],
    ['o\u200boo\u00a0until\u2009friday\ufeff', 'ooo until friday'],
    ['find O’Brien', "find O'Brien"],
    ['trouver Étienne d’Août', "trouver Étienne d'Août"],
    ["ooo 'til friday", "ooo 'til friday"],
    ['“', ''],
  ])('%s is read as %s', (typed, plain) => {
    expect(typedLine(typed)).toBe(plain);
  });
});

test('an end is taken off once, however long it is', () => {
  expect(withoutTrailing('https://a.example///', '/')).toBe('https://a.example');
  expect(withoutTrailing(`${'/'.repeat(500_000)}x`, '/')).toHaveLength(500_001);
});
