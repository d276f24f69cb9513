import { describe, expect, test } from 'vitest';
import type { SimulatedCall, SimulatedPhone } from '../../../src/phone/simulator/call.types.js';
import { lineOf, makeCall } from '../../../src/phone/simulator/make-call.js';
import { readTwiml } from '../../../src/phone/simulator/twiml.js';

const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

describe('the simulated provider refuses what the real one refuses', () => {
  test.each([
    ['no XML', 'Hello', 'no XML'],
    ['another root', '<Hello/>', 'root'],
    ['an unknown verb', response('<Shout>Hi</Shout>'), 'Shout cannot stand in Response'],
    ['an unknown attribute', response('<Say colour="red">Hi</Say>'), 'Say knows no colour'],
    [
      'a verb in the wrong place',
      response('<Gather><Dial>+14165550100</Dial></Gather>'),
      'Dial cannot stand in Gather',
    ],
    ['saying nothing', response('<Say></Say>'), 'says nothing'],
    ['a number that is none', response('<Dial><Number>Bo</Number></Dial>'), 'is no number'],
    ['an address that is none', response('<Dial action="http://"><Number>+14165550100</Number></Dial>'), 'action'],
    ['too many hints', response(`<Gather hints="${Array(501).fill('Bo').join(',')}"/>`), 'more than 500'],
    ['a hint that is too long', response(`<Gather hints="${'o'.repeat(101)}"/>`), 'longer than 100'],
    ['a timeout out of range', response('<Dial timeout="900"><Number>+14165550100</Number></Dial>'), 'timeout'],
    ['too much', response(`<Say>${'a'.repeat(4000)}</Say>`.repeat(17)), 'larger than 64 KB'],
  ])('%s', (_what, body, why) => {
    expect(() => readTwiml(body)).toThrow(why);
  });

  test('and performs what is right', () => {
    const [say, dial] = readTwiml(
      response('<Say language="fr-CA">L’été &amp; après</Say><Dial action="/a?b=1&amp;c=2"><Sip>sip:a@b</Sip></Dial>'),
    );
    expect(say).toMatchObject({ name: 'Say', text: 'L’été & après', attributes: { language: 'fr-CA' } });
    expect(dial).toMatchObject({ attributes: { action: '/a?b=1&c=2' }, children: [{ name: 'Sip', text: 'sip:a@b' }] });
  });
});

test('a caller keys and says one answer after the other, and hangs up when nothing is left to say', async () => {
  const done: string[] = [];
  const states: SimulatedCall['expects'][] = ['choice', 'choice', 'outcome', 'recording', 'over'];
  const step = async (what: string): Promise<SimulatedCall> => {
    done.push(what);
    return { id: 'CA1', from: '', to: '', heard: [], expects: states.shift() ?? 'over' };
  };
  const phone: SimulatedPhone = {
    start: ({ to }) => step(`start ${to}`),
    press: (_id, keys) => step(`press ${keys}`),
    speak: (_id, text) => step(`speak ${text}`),
    talk: () => step('talk'),
    decide: (_id, outcome) => step(outcome),
    leave: () => step('leave'),
    hangUp: () => step('hang up'),
    ringing: async () => [],
    find: async () => undefined,
  };
  await makeCall(phone, { from: '', to: '+14165550100', turns: [{ keys: '9' }, { say: 'Bo Chen' }] }, () => {});
  expect(done).toEqual(['start +14165550100', 'press 9', 'speak Bo Chen', 'no-answer', 'hang up']);
});

test('tells a call in lines', () => {
  expect(lineOf({ kind: 'said', to: 'callee', text: 'A call for Ann.', language: 'en' })).toContain('A call for Ann.');
  expect(lineOf({ kind: 'outcome', outcome: 'no-key' })).toContain('nobody presses 1');
});
