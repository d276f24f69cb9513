import { expect, test } from 'vitest';
import {
  countryNames,
  formatNumber,
  mayBeDialled,
  readDestinationNumber,
  readNumber,
  telLink,
} from '../../../src/core/phone-number.js';

test.each([
  '+1 (416) 555-0368 ext. 5',
  '416 555-0368 x5',
  '416-555-0368 poste 5',
  '416-555-0368 #5',
  '4165550368,5',
  '+14165550368,,5#',
  '+14165550368;ext=5',
  '(416) 555-0368 extension: 12',
])('an extension is not dropped in silence: %s', (typed) => {
  expect(readNumber(typed, 'CA')).toEqual({ kind: 'extension' });
  expect(readDestinationNumber(typed, { country: 'CA', allowedCountries: [] })).toEqual({ kind: 'extension' });
});

test.each(['call 416 555 0368', '416-555-0368 / 514-555-0123', '416-555-0368 or so'])(
  'what is more than a number is none: %s',
  (typed) => {
    expect(readNumber(typed, 'CA')).toEqual({ kind: 'invalid' });
  },
);

test('a number with no end is none', () => {
  expect(readNumber(`416${'('.repeat(100_000)}`, 'CA')).toEqual({ kind: 'invalid' });
});

const costly = [
  '+8816 123 45678',
  '+870 773 111 632',
  '+882 13 300 655',
  '+883 510 012 345 678',
  '+979 1 2345 6789',
  '+800 1234 5678',
  '+1 900 555 0100',
  '+1 500 234 5678',
  '+1 600 201 2345',
  '+1 622 201 2345',
  '+1 416 976 1234',
  '+44 70 1234 5678',
  '+44 76 0012 3456',
  '+33 899 12 34 56',
  '+41 860 79 123 45 67',
];
test.each(costly)('%s costs whoever dials it, and is never a destination', (typed) => {
  const everywhere = { country: 'CA', allowedCountries: ['CA', 'GB', 'FR', 'CH'] };
  expect(readDestinationNumber(typed, everywhere)).toEqual({ kind: 'premium' });
  expect(mayBeDialled(typed.replaceAll(' ', ''), everywhere)).toBe(false);
});

test.each([
  ['CA', [], '+14165550100', true],
  ['CA', [], '+12125550100', true],
  ['US', [], '+14165550100', true],
  ['CA', [], '+18005550100', true],
  ['CA', [], '+18765551234', false], // Jamaica
  ['CA', [], '+18095551234', false], // Dominican Republic
  ['CA', [], '+33612345678', false],
  ['CA', ['CA', 'FR'], '+33612345678', true],
  ['CA', ['fr'], '+33612345678', true],
  ['CA', ['FR'], '+14165550100', false],
  ['GB', [], '+447624123456', false], // Isle of Man
  ['GB', [], '+443001234567', true],
] as const)('a company in %s that allows %j may dial %s: %s', (country, allowedCountries, number, may) => {
  expect(mayBeDialled(number, { country, allowedCountries })).toBe(may);
});

test('a refusal names the countries that are allowed, in the reader’s language', () => {
  const read = readDestinationNumber('+33 6 12 34 56 78', { country: 'CA', allowedCountries: [] });
  expect(read).toEqual({ kind: 'abroad', allowed: ['CA', 'US'] });
  expect(countryNames('en', ['CA', 'US'])).toBe('Canada and United States');
  expect(countryNames('fr', ['CA', 'US'])).toBe('Canada et États-Unis');
});

test('a number keeps its country where it is not valid, and only what can be dialled is a link', () => {
  expect(formatNumber('+44207946000')).toMatch(/^\+44 /);
  expect(formatNumber('+44207946000', 'GB')).toMatch(/^\+44 /);
  expect(telLink('+44207946000')).toBeUndefined();
  expect(telLink('1001')).toBeUndefined();
  expect(telLink('+266696687')).toBeUndefined();
  expect(telLink('+14165550100')).toBe('tel:+14165550100');
});
