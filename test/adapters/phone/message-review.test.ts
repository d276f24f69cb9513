import { parseBuffer } from 'music-metadata';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { noFaults, type SimulatedProvider } from '../../../src/phone/simulator/provider.js';
import { wav } from '../../support/audio.js';
import type { Company } from '../../support/company.js';
import { ann, from, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let phone: PhoneCompany;
let company: Company;
let provider: SimulatedProvider;

beforeAll(async () => {
  phone = await phoneCompany();
  ({ company, provider } = phone);
});

afterEach(() => {
  expect(provider.problems).toEqual([]);
  Object.assign(provider.faults, noFaults);
});

const lastSaid = ({ heard }: SimulatedCall) =>
  heard.flatMap((one) => (one.kind === 'said' && one.to === 'caller' ? [one.text] : [])).at(-1);

/** A caller has spoken for so many seconds, and pressed the pound key. */
async function reviewing(seconds: number): Promise<SimulatedCall> {
  const ringing = await provider.phone.start({ from, to: ann });
  await provider.phone.decide(ringing.id, 'no-key');
  return provider.phone.leave(ringing.id, wav(seconds), 'key');
}

/** The lengths of what arrived from this call, now and when all that was lost has been looked for. */
async function arrived(callId: string) {
  await phone.work();
  company.clock.forward({ minutes: 40 });
  await sweep(phone.deps);
  await phone.work();
  const messages = await company.db.voicemail.findMany({ where: { callId }, orderBy: { receivedAt: 'asc' } });
  return messages.map(({ durationSeconds, urgent }) => [Math.round(durationSeconds), urgent]);
}

describe('After the message', () => {
  test('1 sends it; nothing is fetched before', async () => {
    const call = await reviewing(4);
    expect(lastSaid(call)).toBe(
      'To send your message, press 1 or hang up. To listen to it, press 2. To record it again, press 3. To send it as urgent, press 4.',
    );
    await phone.work();
    expect(await company.db.voicemail.count({ where: { callId: call.id } })).toBe(0);
    const over = await provider.phone.press(call.id, '1');
    expect(lastSaid(over)).toBe('Thank you, your message was taken. Goodbye.');
    await phone.work();
    expect(await company.db.voicemail.count({ where: { callId: call.id } })).toBe(1);
    expect(await arrived(call.id)).toEqual([[4, false]]);
  });

  test('2 plays it, from our own address, as the provider may ask for its credentials', async () => {
    const call = await reviewing(4);
    provider.faults.recordingsNotYet = 1;
    const again = await provider.phone.press(call.id, '2');
    const [played] = again.heard.flatMap((one) => (one.kind === 'played' ? [one.what] : []));
    expect(played).toMatch(new RegExp(`^${phone.publicUrl}/voice/recordings/`));
    const audio = await fetch(played ?? '');
    expect(audio.status).toBe(200);
    const { format } = await parseBuffer(Buffer.from(await audio.arrayBuffer()), 'audio/wav');
    expect(Math.round(format.duration ?? 0)).toBe(4);
    expect((await fetch(`${played}x`)).status).toBe(404);
    company.clock.forward({ minutes: 31 });
    expect((await fetch(played ?? '')).status).toBe(404);
    await provider.phone.hangUp(call.id);
  });

  test('3 records it again: the new one alone arrives', async () => {
    const call = await reviewing(4);
    const tone = await provider.phone.press(call.id, '3');
    expect([lastSaid(tone)?.slice(0, 6), tone.expects]).toEqual(['Record', 'recording']);
    const again = await provider.phone.leave(call.id, wav(6), 'key');
    expect(lastSaid(again)).toContain('To send your message');
    await provider.phone.press(call.id, '1');
    expect(await arrived(call.id)).toEqual([[6, false]]);
  });

  test('4 marks it as urgent, and its card says so', async () => {
    const call = await reviewing(4);
    const over = await provider.phone.press(call.id, '4');
    expect(lastSaid(over)).toBe('Thank you, your message was taken as urgent. Goodbye.');
    expect(await arrived(call.id)).toEqual([[4, true]]);
    expect(textOf(company.cardsOf(company.ann).at(-1))).toMatch(/^Urgent: Voicemail from/);
  });

  test('where the mailbox forbids it, 4 is not offered and asks again', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { urgentAllowed: false } });
    const call = await reviewing(4);
    expect(lastSaid(call)).not.toContain('4');
    const again = await provider.phone.press(call.id, '4');
    expect([lastSaid(again), again.expects]).toEqual([lastSaid(call), 'choice']);
    await provider.phone.press(call.id, '1');
    expect(await arrived(call.id)).toEqual([[4, false]]);
    await company.db.user.update({ where: { id: company.ann.id }, data: { urgentAllowed: null } });
  });

  test('who presses nothing twice has sent it', async () => {
    const call = await reviewing(4);
    expect((await provider.phone.press(call.id, '')).expects).toBe('choice');
    const over = await provider.phone.press(call.id, '');
    expect(lastSaid(over)).toBe('Thank you, your message was taken. Goodbye.');
    expect(await arrived(call.id)).toEqual([[4, false]]);
  });

  test('in French', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: 'fr' } });
    const call = await reviewing(4);
    expect(lastSaid(call)).toMatch(/^Pour envoyer.*faites le 1.* Pour l’envoyer comme urgent, faites le 4\.$/);
    await provider.phone.hangUp(call.id);
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: null } });
  });
});

describe('Who hangs up', () => {
  test.each([
    ['while asked', []],
    ['after listening', ['2']],
    ['while recording again, before the tone', ['3']],
  ])('%s: the message that was there is sent', async (_when, keys) => {
    const call = await reviewing(4);
    for (const key of keys) await provider.phone.press(call.id, key);
    await provider.phone.hangUp(call.id);
    expect(await arrived(call.id)).toEqual([[4, false]]);
    expect(await company.db.call.findFirstOrThrow({ where: { callId: call.id } })).toMatchObject({
      disposition: 'voicemail',
    });
  });

  test.each([
    ['everything', {}],
    ['nothing but the callbacks', { actionAfterHangUp: false, statusCallbacks: false }],
    ['nothing but the end of the call', { recordingCallbacks: 0, actionAfterHangUp: false }],
    ['everything twice', { recordingCallbacks: 2 }],
  ] as const)('after the second recording, where the provider tells %s: one message', async (told, faults) => {
    const call = await reviewing(4);
    Object.assign(provider.faults, faults);
    await provider.phone.press(call.id, '3');
    await provider.phone.leave(call.id, wav(6), 'hang-up');
    // Of the second recording nothing was told.
    const seconds = told === 'nothing but the end of the call' ? 4 : 6;
    expect(await arrived(call.id)).toEqual([[seconds, false]]);
  });

  test('after next to nothing the second time: the first message is sent', async () => {
    const call = await reviewing(4);
    await provider.phone.press(call.id, '3');
    await provider.phone.leave(call.id, wav(1), 'hang-up');
    expect(await arrived(call.id)).toEqual([[4, false]]);
  });

  test('and nobody tells us: the message is sent minutes later', async () => {
    provider.faults.statusCallbacks = false;
    const call = await reviewing(4);
    await provider.phone.hangUp(call.id);
    expect(await arrived(call.id)).toEqual([[4, false]]);
  });
});

test('Silence the second time leads back to the first message', async () => {
  const call = await reviewing(4);
  await provider.phone.press(call.id, '3');
  const again = await provider.phone.leave(call.id, wav(0.1), 'key');
  expect(lastSaid(again)).toMatch(/^I heard nothing new\. .* To send your message/);
  await provider.phone.press(call.id, '1');
  expect(await arrived(call.id)).toEqual([[4, false]]);
});
