import type { AddressInfo } from 'node:net';
import express from 'express';
import { parseBuffer } from 'music-metadata';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Deps } from '../../src/core/deps.js';
import { playable } from '../../src/media/audio.js';
import { listen } from '../../src/phone/listen.js';
import type { PretendCall } from '../../src/phone/pretend/call.js';
import { phoneAt } from '../../src/phone/pretend/control.js';
import { goodMoods, type PretendProvider, startPretendProvider } from '../../src/phone/pretend/provider.js';
import { hum, tape } from '../../src/phone/pretend/tape.js';
import { providerRecordings } from '../../src/phone/provider-recordings.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { textOf } from '../support/read.js';

const main = '+14165550100';
const ann = '+14165550101';
const from = '+15145550123';

let company: Company;
let provider: PretendProvider;
let publicUrl = '';
let deps: Deps;

beforeAll(async () => {
  company = await testCompany({ annIsOut: true, tenant: { mainNumbers: [main] } });
  await company.db.tenant.update({
    where: { id: company.tenantId },
    data: { operatorId: null, generalMailboxId: null },
  });
  provider = await startPretendProvider({ answersAt: () => publicUrl });
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  deps = { ...company.deps, publicUrl, providerRecordings: providerRecordings(async () => provider.voice) };
  const ear = listen(deps, provider.voice);
  if (ear.router) app.use(ear.router);
  atTheEnd(async () => {
    server.close();
    await provider.stop();
  });
});

afterEach(() => {
  expect(provider.problems).toEqual([]);
  Object.assign(provider.moods, goodMoods);
});

const lastSaid = (call: PretendCall, to = 'caller') =>
  call.heard.flatMap((heard) => (heard.kind === 'said' && heard.to === to ? [heard.text] : [])).at(-1);
const rang = (call: PretendCall) => call.heard.flatMap((heard) => (heard.kind === 'rang' ? [heard.whom] : []));
/** The message of a call, once the worker has done what is due. */
async function messagesOf(callId: string) {
  await company.tasks.work(deps);
  return company.db.voicemail.findMany({ where: { callId }, include: { recording: true } });
}
const dispositionOf = async (callId: string) =>
  (await company.db.call.findFirstOrThrow({ where: { callId } })).disposition;

/** To the moment after the tone, over the backup who does not press 1. */
async function untilTheTone() {
  const ringing = await provider.phone.start({ from, to: ann });
  expect(ringing.expects).toBe('outcome');
  return provider.phone.decide(ringing.id, 'no-key');
}

describe('the main job', () => {
  it('out of office, the backup does not press 1, a message is left, its card arrives', async () => {
    const { phone } = provider;
    const ringing = await phone.start({ from, to: ann });
    expect(rang(ringing)).toEqual(['+14165550192']);

    const tone = await phone.decide(ringing.id, 'no-key');
    expect(lastSaid(tone, 'callee')).toBe('A call for Ann Baker. Press 1 to take it.');
    expect(lastSaid(tone)).toContain('Ann Baker is out of office until');
    expect(tone.expects).toBe('recording');

    const over = await phone.leave(tone.id, wav(4));
    expect(lastSaid(over)).toBe('Thank you, your message was taken. Goodbye.');
    expect(over.expects).toBe('over');

    const [message, another] = await messagesOf(over.id);
    expect(another).toBeUndefined();
    expect(message).toMatchObject({ userId: company.ann.id, ani: from });
    expect(message?.durationSeconds).toBeCloseTo(4, 1);
    expect(await dispositionOf(over.id)).toBe('voicemail');
    expect(company.cardsOf(company.ann).map(textOf).join('\n')).toContain('514');
  });

  it('whoever picks up hears it in their own language, else in the company’s', async () => {
    const whispered = async () => {
      const ringing = await provider.phone.start({ from, to: ann });
      const call = await provider.phone.decide(ringing.id, 'no-key');
      return call.heard.flatMap((heard) => (heard.kind === 'said' && heard.to === 'callee' ? [heard] : []));
    };
    const bo = { where: { id: company.bo.id } };
    await company.db.user.update({ ...bo, data: { language: 'fr' } });
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: 'en' } });
    expect(await whispered()).toMatchObject([
      { language: 'fr', text: expect.stringMatching(/^Un appel pour Ann Baker\. Faites le 1/) },
    ]);
    await company.db.user.update({ ...bo, data: { language: null } });
    expect(await whispered()).toMatchObject([{ language: 'en' }]);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'fr' } });
    expect(await whispered()).toMatchObject([{ language: 'fr' }]);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'en' } });
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: null } });
  });

  it('the backup presses 1: the call is answered, and no message is asked for', async () => {
    const ringing = await provider.phone.start({ from, to: ann });
    const over = await provider.phone.decide(ringing.id, 'answer');
    expect(over.expects).toBe('over');
    expect(over.heard.some(({ kind }) => kind === 'tone')).toBe(false);
    expect(await dispositionOf(over.id)).toBe('answered');
  });

  it('hangs up before the tone: a missed call', async () => {
    const tone = await untilTheTone();
    await provider.phone.hangUp(tone.id);
    await company.tasks.work(deps);
    expect(await dispositionOf(tone.id)).toBe('missed');
  });
});

describe('recordings', () => {
  it('the callback comes twice: one message', async () => {
    provider.moods.recordingCallbacks = 2;
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(4));
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  it('the caller hangs up and nobody tells us of the recording: it is asked for', async () => {
    Object.assign(provider.moods, { recordingCallbacks: 0, actionAfterHangUp: false });
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(5), 'hang-up');
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await dispositionOf(tone.id)).toBe('voicemail');
  });

  it('silence is no message', async () => {
    const tone = await untilTheTone();
    const over = await provider.phone.leave(tone.id, wav(0.1));
    expect(lastSaid(over)).toBe('I heard no message. Goodbye.');
    expect(await messagesOf(tone.id)).toEqual([]);
    expect(await dispositionOf(tone.id)).toBe('missed');
  });

  it('is kept as the telephone has it and played as browsers can', async () => {
    const { audio, mimeType, durationSeconds } = await tape(hum(3), 180);
    expect(durationSeconds).toBe(3);
    expect((await parseBuffer(audio)).format.codec).toMatch(/law/i);
    const played = playable(audio, mimeType);
    const { format } = await parseBuffer(played.audio);
    expect(format).toMatchObject({ codec: 'PCM', bitsPerSample: 16, sampleRate: 8000 });
    expect(played.mimeType).toBe('audio/wav');
    expect(playable(Buffer.from('ID3…'), 'audio/mpeg').mimeType).toBe('audio/mpeg');
  });
});

describe('a call to the company', () => {
  it('by extension, by name, and by choice', async () => {
    const { phone } = provider;
    const welcome = await phone.start({ from, to: main });
    expect(lastSaid(welcome)).toContain('Thank you for calling');
    expect(rang(await phone.press(welcome.id, '102#'))).toEqual(['+14165550192']);

    const second = await phone.start({ from: '', to: main });
    const confirm = await phone.speak(second.id, 'I would like to speak to Dan O’Neil');
    expect(lastSaid(confirm)).toContain('Dan O’Neil?');
    const connected = await phone.press(confirm.id, '1');
    expect(rang(connected)).toEqual(['+14165550194']);
    const message = await phone.decide(connected.id, 'busy');
    expect(message.expects).toBe('recording');
  });

  it('says nothing three times and is told goodbye where there is no operator', async () => {
    const { phone } = provider;
    let call = await phone.start({ from, to: main });
    for (let time = 0; time < 3; time += 1) call = await phone.press(call.id, '');
    expect(lastSaid(call)).toContain('Nobody can take your call now');
    expect(call.expects).toBe('over');
    expect(await dispositionOf(call.id)).toBe('abandoned');
  });

  it('an agent is rung by SIP', async () => {
    await company.db.user.update({
      where: { id: company.cleo.id },
      data: { presence: 'available', presenceAt: company.clock.now() },
    });
    const welcome = await provider.phone.start({ from, to: main });
    expect(rang(await provider.phone.press(welcome.id, '103'))).toEqual(['sip:agent-103@agents.invalid']);
  });

  it('works from another process', async () => {
    const phone = phoneAt(provider.voice);
    const call = await phone.start({ from, to: main });
    expect(call.expects).toBe('choice');
    await expect(phone.leave(call.id, wav(1))).rejects.toThrow('refused');
    expect((await phone.hangUp(call.id)).expects).toBe('over');
  });
});

describe('whoever is not the provider', () => {
  it('is refused: no signature, another token, another body, another address', async () => {
    const fields = { CallSid: 'CA1', From: from, To: ann };
    expect((await post('/voice/incoming', fields, () => undefined)).status).toBe(401);
    expect((await post('/voice/incoming', fields, (url) => sign('other', url, fields))).status).toBe(401);
    const signed = (url: string) => sign(provider.voice.authToken, url, { ...fields, To: main });
    expect((await post('/voice/incoming', fields, signed)).status).toBe(401);
    expect((await post('/voice/status', fields, () => sign(provider.voice.authToken, publicUrl, fields))).status).toBe(
      401,
    );
    expect(await company.db.call.count({ where: { callId: 'CA1' } })).toBe(0);
  });

  it('hears an apology when something is broken', async () => {
    const answer = await post('/voice/outcome?leg=7', { CallSid: 'CA-unknown', To: ann, DialCallStatus: 'busy' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('We are sorry');
  });
});

const sign = (token: string, url: string, fields: Record<string, string>) =>
  webhooks.getExpectedTwilioSignature(token, url, fields);

function post(
  path: string,
  fields: Record<string, string>,
  signature: (url: string) => string | undefined = (url) => sign(provider.voice.authToken, url, fields),
): Promise<Response> {
  const url = `${publicUrl}${path}`;
  const signed = signature(url);
  return fetch(url, {
    method: 'POST',
    headers: signed === undefined ? {} : { 'x-twilio-signature': signed },
    body: new URLSearchParams(fields),
  });
}
