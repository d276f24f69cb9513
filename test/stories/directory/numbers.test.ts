import { beforeAll, describe, expect, test } from 'vitest';
import { lettersOf } from '../../../src/core/directory/matching/find-spelled.js';
import { type NameIndex, openNameIndex, type QueryKind } from '../../../src/core/directory/matching/name-index.js';
import { readingsOf } from '../../../src/core/directory/matching/spoken-digits.js';

let index: NameIndex;

beforeAll(() => {
  index = openNameIndex();
  const people = [
    ['ann', 'Ann', 'Lee', '5489', '+14165550100'],
    ['bo', 'Bo', 'Kowalski', '0123', '+442071234567'],
    ['cleo', 'Cléo', 'Smith', '2001', '+33140025863'],
    ['dan', 'Dan', 'Smyth', '40001', '+15145550100'],
  ] as const;
  for (const [id, firstName, lastName, extension, did] of people)
    index.put({ id, firstName, lastName, extension, did });
});

const ids = (query: string, kind: QueryKind, nbest: string[] = []) =>
  index.search(query, { kind, nbest }).map(({ id }) => id);

describe('a number', () => {
  test.each([
    ['fifty-four eighty-nine', '5489'],
    ['five four eight nine', '5489'],
    ['ext. 5489', '5489'],
    ['x5489', '5489'],
    ['double five oh one', '5501'],
    ['cinquante-quatre quatre-vingt-neuf', '5489'],
    ['poste soixante et onze dix-sept', '7117'],
    ['quatre-vingt-dix-sept trente', '9730'],
    ['two thousand and one', '2001'],
    ['deux mille un', '2001'],
    ['connect me to extension five two', '52'],
    ['+1 (416) 555-0100', '14165550100'],
    ['٥٤٨٩', '5489'],
  ])('%s is %s', (said, digits) => expect(readingsOf(said)[0]).toBe(digits));

  test.each([
    ['five thousand four hundred eighty nine', 'ann'],
    ['extension oh one two three', 'bo'],
    ['vingt zéro un', 'cleo'],
    ['forty thousand one', 'dan'],
    ['four double oh oh one', 'dan'],
  ])('%s reaches %s', (said, id) => expect(ids(said, 'extension')[0]).toBe(id));

  test('is taken from a later transcript where the first leads nowhere', () => {
    expect(ids('five four eight five', 'extension', ['five four eight', 'five four eight nine'])).toEqual(['ann']);
  });

  test.each([
    ['+14165550100', 'ann'],
    ['416-555-0100', 'ann'],
    ['011 44 20 7123 4567', 'bo'],
    ['+44 (0)20 7123 4567', 'bo'],
    ['020 7123 4567', 'bo'],
    ['01 40 02 58 63', 'cleo'],
    ['four one six five five five zero one zero zero', 'ann'],
  ])('%s is the DID of %s', (query, id) => expect(ids(query, 'did')).toEqual([id]));

  test('is of everybody whose local number it is', () => expect(ids('555 0100', 'did')).toEqual(['ann', 'dan']));
});

describe('a spelled name', () => {
  test.each([
    ['s as in sam m i t h', 'Smith'],
    ['sierra mike india tango hotel', 'SMITH'],
    ['b like boy o double t', 'Bott'],
    ['B comme Berthe, E, deux L', 'Bell'],
    ['k o double v a', 'kowa'],
    ['kay oh double you a', 'kowa'],
    ['ka o double vé a', 'kowa'],
    ['bee oh', 'bo'],
    ['nom de famille dé u bé o i esse', 'dubois'],
  ])('“%s” is %s', (said, letters) => expect(lettersOf(said)).toBe(letters));

  test.each([
    ['s m i t h', 'cleo'],
    ['f m i p h', 'cleo'],
    ['s m y t h', 'dan'],
    ['k o w a l s k i', 'bo'],
    ['k as in king o w a l f k y', 'bo'],
  ])('“%s” finds %s', (said, id) => expect(ids(said, 'spell')[0]).toBe(id));
});

describe('keys', () => {
  test.each([
    ['76484', ['cleo']],
    ['764842', ['cleo']],
    ['5692', ['bo']],
    ['266533', ['ann']],
    ['533', ['ann']],
    ['2', []],
    ['100', []],
  ])('%s are %j', (keys, people) => expect(ids(keys, 'keypad')).toEqual(people));
});
