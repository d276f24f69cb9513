import { expect, test } from 'vitest';
import { readCallerId } from '../../../src/core/caller-id.js';

test.each([
  ['+14165550100', '+14165550100', ''],
  ['(416) 555-0100', '+14165550100', ''],
  ['14165550100', '+14165550100', ''],
  ['442079460958', '+442079460958', ''],
  ['00442079460958', '+442079460958', ''],
  ['011442079460958', '+442079460958', ''],
  ['sip:+14165550100@sip.example.net;user=phone', '+14165550100', ''],
  ['sips:4165550100@sip.example.net:5061', '+14165550100', ''],
  ['sip:%2B14165550100@sip.example.net', '+14165550100', ''],
  ['tel:+1-416-555-0100;ext=5', '+14165550100', ''],
  ['tel:5550100;phone-context=+1416', '+14165550100', ''],
  ['+14165550100@sip.example.net', '+14165550100', ''],
  ['sip:1001:secret@pbx.example.net', '1001', ''],
  ['sip:alice@pbx.example.net', '', 'alice'],
  ['client:anna', '', 'anna'],
  ['client:1001', '', ''],
  ['1001', '1001', ''],
  ['0042', '0042', ''],
  ['+1001', '1001', ''],
  ['"Ann Lee" <1001>', '1001', 'Ann Lee'],
  ['Ann Lee <sip:1001@pbx.example.net>', '1001', 'Ann Lee'],
  ['"4165550100" <4165550100>', '+14165550100', ''],
  ['"Anonymous" <sip:anonymous@anonymous.invalid>', '', ''],
  ['sip:anonymous@anonymous.invalid', '', ''],
  ['李安 <1001>', '1001', '李安'],
  ['+44207946000', '+44207946000', ''],
  ['', '', ''],
  ['+', '', ''],
  ['0000000000', '', ''],
])('%s is the number “%s” and the name “%s”', (told, number, name) => {
  expect(readCallerId(told, 'CA')).toEqual({ number, name });
});

test.each([
  '+266696687',
  '266696687',
  '+86282452253',
  '86282452253',
  '+7378742833',
  '7378742833',
  '+2562533',
  '2562533',
  'sip:+266696687@sip.example.net',
  'Anonymous',
  'RESTRICTED',
  'Private',
  'Private Number',
  'unavailable',
  'Unknown Caller',
  'Withheld',
  'blocked',
  'anonyme',
  'Numéro masqué',
  'Numéro privé',
  'Inconnu',
  'indisponible',
  'Non disponible',
  'Appel restreint',
])('%s is neither a number nor a name', (told) => {
  expect(readCallerId(told, 'CA')).toEqual({ number: '', name: '' });
  expect(readCallerId('+14165550100', 'CA', told)).toEqual({ number: '+14165550100', name: '' });
});

test('a name that is told beside the number goes before one within it', () => {
  expect(readCallerId('"PBX 7" <1001>', 'CA', 'ANN LEE').name).toBe('ANN LEE');
  expect(readCallerId('"Ann Lee" <1001>', 'CA', '1001').name).toBe('Ann Lee');
});

test('a name is one line of whole characters that run forwards', () => {
  expect(readCallerId('1001', 'CA', 'Ann\u202e\r\n\0Lee').name).toBe('Ann Lee');
  expect(readCallerId('1001', 'CA', `${'x'.repeat(119)}😀`).name).not.toMatch(/\p{Cs}/u);
  expect(readCallerId('1001', 'CA', `Ann \ud83d`).name).toBe('Ann');
});

test.each(['(', '"', '<', '<>', '@', ';', '+1', ' ', 'x1', 'ext ', '%', 'é'])(
  'a hundred thousand times “%s” is soon read, and shown on one line',
  (one) => {
    const { number, name } = readCallerId(one.repeat(100_000), 'CA', one.repeat(100_000));
    expect(number.length).toBeLessThan(30);
    expect(name.length).toBeLessThanOrEqual(120);
  },
);
