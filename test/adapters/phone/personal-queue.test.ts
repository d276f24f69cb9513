import { parseBuffer } from 'music-metadata';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { from, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';

let phone: PhoneCompany;
beforeAll(async () => {
  phone = await phoneCompany();
  const { db, cleo } = phone.company;
  await db.user.update({
    where: { id: cleo.id },
    data: { did: '+14165550103', personalQueue: true, queueSeconds: 60, language: 'en' },
  });
});
afterEach(() => expect(phone.provider.problems).toEqual([]));

const said = ({ heard }: SimulatedCall) => heard.flatMap((one) => (one.kind === 'said' ? [one.text] : []));
const cleo = '+14165550103';

test('a caller who holds hears their place now and then, and goes to the mailbox when the longest wait is over', async () => {
  await setPresence(phone.company, phone.company.cleo, 'busy');
  let call = await phone.provider.phone.start({ from, to: cleo });
  expect(said(call)).toEqual([
    expect.stringContaining('You are the next in line. Please hold. To leave a message instead, press 1.'),
  ]);
  let rounds = 0;
  for (; call.expects === 'choice'; rounds += 1) call = await phone.provider.phone.press(call.id, '');
  // Rounds of 10 s each, with music.
  expect(rounds).toBe(6);
  const music = call.heard.flatMap((one) => (one.kind === 'played' ? [one.what] : []));
  expect(music).toHaveLength(6);
  const { format } = await parseBuffer(Buffer.from(await (await fetch(music[0] ?? '')).arrayBuffer()), 'audio/wav');
  expect(format).toMatchObject({ sampleRate: 8000, duration: 9 });
  expect(said(call).filter((text) => text.startsWith('Thank you for holding'))).toHaveLength(2);
  expect(call.expects).toBe('recording');
});

test('the agent is rung as soon as they are free; a key leads to the mailbox', async () => {
  await setPresence(phone.company, phone.company.cleo, 'busy');
  const call = await phone.provider.phone.start({ from, to: cleo });
  await phone.provider.phone.press(call.id, '');
  await setPresence(phone.company, phone.company.cleo, 'available');
  const rings = await phone.provider.phone.press(call.id, '');
  expect(rings.expects).toBe('outcome');
  expect(said(rings).at(-1)).toBe('Cléo Dubois is free now. I am connecting you.');
  await phone.provider.phone.decide(call.id, 'answer');

  await setPresence(phone.company, phone.company.cleo, 'busy');
  const other = await phone.provider.phone.start({ from, to: cleo });
  expect((await phone.provider.phone.press(other.id, '1')).expects).toBe('recording');
});
