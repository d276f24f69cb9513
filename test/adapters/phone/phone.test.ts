import { parseBuffer } from 'music-metadata';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { removeGreeting, setGreeting } from '../../../src/core/voicemail/greetings/greetings.js';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { remotePhone } from '../../../src/phone/simulator/control-server.js';
import { noFaults, type SimulatedProvider } from '../../../src/phone/simulator/provider.js';
import { asPhoneRecording, steadyTone } from '../../../src/phone/simulator/spoken-audio.js';
import { wav } from '../../support/audio.js';
import type { Company } from '../../support/company.js';
import { ann, from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';
import { textOf } from '../../support/read.js';

let phone: PhoneCompany;
let company: Company;
let provider: SimulatedProvider;
let publicUrl = '';

beforeAll(async () => {
  phone = await phoneCompany();
  ({ company, provider, publicUrl } = phone);
});

afterEach(() => {
  expect(provider.problems).toEqual([]);
  Object.assign(provider.faults, noFaults);
});

const lastSaid = (call: SimulatedCall, to = 'caller') =>
  call.heard.flatMap((heard) => (heard.kind === 'said' && heard.to === to ? [heard.text] : [])).at(-1);
const textOfCall = (call: SimulatedCall) =>
  call.heard.flatMap((heard) => (heard.kind === 'said' ? [heard.text] : [])).join('\n');
const rang = (call: SimulatedCall) => call.heard.flatMap((heard) => (heard.kind === 'rang' ? [heard.whom] : []));
/** The message of a call, once the worker has run the due tasks. */
async function messagesOf(callId: string) {
  await phone.work();
  return company.db.voicemail.findMany({ where: { callId }, include: { recording: true } });
}
const dispositionOf = async (callId: string) =>
  (await company.db.call.findFirstOrThrow({ where: { callId } })).disposition;

/** Continue a call to the moment after the tone; the backup does not press 1. */
async function untilTheTone() {
  const ringing = await provider.phone.start({ from, to: ann });
  expect(ringing.expects).toBe('outcome');
  return provider.phone.decide(ringing.id, 'no-key');
}

describe('the main job', () => {
  test('out of office, the backup does not press 1, a message is left, its card arrives', async () => {
    const line = provider.phone;
    const ringing = await line.start({ from, to: ann });
    expect(rang(ringing)).toEqual(['+14165550192']);

    const tone = await line.decide(ringing.id, 'no-key');
    expect(lastSaid(tone, 'callee')).toBe('A call for Ann Baker. To take it, press 1.');
    expect(lastSaid(tone)).toContain('Ann Baker is out of office until');
    expect(tone.expects).toBe('recording');

    await line.leave(tone.id, wav(4), 'key');
    const over = await line.press(tone.id, '1');
    expect(lastSaid(over)).toBe('Thank you, your message was taken. Goodbye.');
    expect(over.expects).toBe('over');

    const [message, another] = await messagesOf(over.id);
    expect(another).toBeUndefined();
    expect(message).toMatchObject({ userId: company.ann.id, ani: from });
    expect(message?.durationSeconds).toBeCloseTo(4, 1);
    expect(await dispositionOf(over.id)).toBe('voicemail');
    expect(company.cardsOf(company.ann).map(textOf).join('\n')).toContain('514');
  });

  test('whoever picks up hears it in their own language, else in the company’s', async () => {
    const whispered = async () => {
      const ringing = await provider.phone.start({ from, to: ann });
      const call = await provider.phone.decide(ringing.id, 'no-key');
      return call.heard.flatMap((heard) => (heard.kind === 'said' && heard.to === 'callee' ? [heard] : []));
    };
    const bo = { where: { id: company.bo.id } };
    await company.db.user.update({ ...bo, data: { language: 'fr' } });
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: 'en' } });
    expect(await whispered()).toMatchObject([
      { language: 'fr', text: expect.stringMatching(/^Un appel pour Ann Baker\. .*faites le 1/) },
    ]);
    await company.db.user.update({ ...bo, data: { language: null } });
    expect(await whispered()).toMatchObject([{ language: 'en' }]);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'fr' } });
    expect(await whispered()).toMatchObject([{ language: 'fr' }]);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'en' } });
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: null } });
  });

  test('the backup presses 1: the call is answered, and no message is asked for', async () => {
    const ringing = await provider.phone.start({ from, to: ann });
    const over = await provider.phone.decide(ringing.id, 'answer');
    expect(over.expects).toBe('over');
    expect(over.heard.some(({ kind }) => kind === 'tone')).toBe(false);
    expect(await dispositionOf(over.id)).toBe('answered');
  });

  test('hears the recorded greeting, which the provider fetches without a signature', async () => {
    const audio = wav(5);
    const set = { userId: company.ann.id, kind: 'out-of-office', audio } as const;
    await setGreeting(phone.deps, installationActor(company.tenantId, 'cli'), set);
    const tone = await untilTheTone();
    const [played] = tone.heard.flatMap((heard) => (heard.kind === 'played' ? [heard.what] : []));
    expect(textOfCall(tone)).not.toContain('Ann Baker is out of office until');
    const fetched = await fetch(played ?? '');
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(audio);
    expect((await fetch(`${played}x`)).status).toBe(404);

    await removeGreeting(phone.deps, installationActor(company.tenantId, 'cli'), set);
    expect((await fetch(played ?? '')).status).toBe(404);
    await provider.phone.hangUp(tone.id);
  });

  test('hangs up before the tone: a missed call', async () => {
    const tone = await untilTheTone();
    await provider.phone.hangUp(tone.id);
    await phone.work();
    expect(await dispositionOf(tone.id)).toBe('missed');
  });
});

describe('recordings', () => {
  test('the callback comes twice: one message', async () => {
    provider.faults.recordingCallbacks = 2;
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(4));
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  test('the caller hangs up and nobody tells us of the recording: it is asked for', async () => {
    Object.assign(provider.faults, { recordingCallbacks: 0, actionAfterHangUp: false });
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(5), 'hang-up');
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await dispositionOf(tone.id)).toBe('voicemail');
  });

  test('is probed once', async () => {
    const probe = vi.spyOn(company.deps.audio, 'probe');
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, steadyTone(4));
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(probe).toHaveBeenCalledTimes(1);
    probe.mockRestore();
  });

  test('silence is no message', async () => {
    const tone = await untilTheTone();
    const over = await provider.phone.leave(tone.id, wav(0.1), 'key');
    expect(lastSaid(over)).toBe('I heard no message. Goodbye.');
    expect(await messagesOf(tone.id)).toEqual([]);
    expect(await dispositionOf(tone.id)).toBe('missed');
  });

  test('is kept as the telephone has it and played as browsers can', async () => {
    const { audio, mimeType, durationSeconds } = await asPhoneRecording(steadyTone(3), 180);
    expect(durationSeconds).toBe(3);
    expect((await parseBuffer(audio)).format.codec).toMatch(/law/i);
    const { recordings, audio: tools } = company.deps;
    await recordings.put('company/taped.wav', [audio], mimeType);
    const played = await tools.playable({ storageKey: 'company/taped.wav', mimeType });
    const { format } = await parseBuffer(played.content);
    expect(format).toMatchObject({ codec: 'PCM', bitsPerSample: 16, sampleRate: 8000 });
    expect(played.mimeType).toBe('audio/wav');
  });
});

describe('a call to the company', () => {
  test('by extension, by name, and by choice', async () => {
    const line = provider.phone;
    const welcome = await line.start({ from, to: main });
    expect(lastSaid(welcome)).toContain('Thank you for calling');
    expect(rang(await line.press(welcome.id, '102#'))).toEqual(['+14165550192']);

    const second = await line.start({ from: '', to: main });
    const confirm = await line.speak(second.id, 'I would like to speak to Dan O’Neil');
    expect(lastSaid(confirm)).toContain('Dan O’Neil?');
    const connected = await line.press(confirm.id, '1');
    expect(rang(connected)).toEqual(['+14165550194']);
    const message = await line.decide(connected.id, 'busy');
    expect(message.expects).toBe('recording');
  });

  test('says nothing three times and is told goodbye where there is no operator', async () => {
    const line = provider.phone;
    let call = await line.start({ from, to: main });
    for (let time = 0; time < 3; time += 1) call = await line.press(call.id, '');
    expect(lastSaid(call)).toContain('Nobody can take your call now');
    expect(call.expects).toBe('over');
    expect(await dispositionOf(call.id)).toBe('abandoned');
  });

  test('an agent is rung by SIP', async () => {
    await setPresence(company, company.cleo, 'available');
    const welcome = await provider.phone.start({ from, to: main });
    expect(rang(await provider.phone.press(welcome.id, '103'))).toEqual(['sip:agent-103@agents.invalid']);
  });

  test('works from another process', async () => {
    const line = remotePhone(provider.voice);
    const call = await line.start({ from, to: main });
    expect(call.expects).toBe('choice');
    await expect(line.leave(call.id, wav(1))).rejects.toThrow('refused');
    expect((await line.hangUp(call.id)).expects).toBe('over');
  });
});

describe('whoever is not the provider', () => {
  test('is refused: no signature, another token, another body, another address', async () => {
    const fields = { CallSid: 'CA1', From: from, To: ann };
    expect((await phone.post('/voice/incoming', fields, () => undefined)).status).toBe(401);
    expect((await phone.post('/voice/incoming', fields, (url) => phone.sign('other', url, fields))).status).toBe(401);
    const signed = (url: string) => phone.sign(provider.voice.authToken, url, { ...fields, To: main });
    expect((await phone.post('/voice/incoming', fields, signed)).status).toBe(401);
    expect(
      (await phone.post('/voice/status', fields, () => phone.sign(provider.voice.authToken, publicUrl, fields))).status,
    ).toBe(401);
    expect(await company.db.call.count({ where: { callId: 'CA1' } })).toBe(0);
  });

  test('hears an apology when something is broken', async () => {
    const answer = await phone.post('/voice/outcome?leg=7', { CallSid: 'CA-unknown', To: ann, DialCallStatus: 'busy' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('We are sorry');
  });
});

describe('A field that is odd', () => {
  const spoken = async (answer: Response) => {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/xml');
    return answer.text();
  };

  test.each([
    ['in-progress', 'in-progress'],
    ['empty', ''],
    ['initiated', 'initiated'],
    ['not known', 'nonsense'],
    ['far too long', 'x'.repeat(9_000)],
    ['not there', undefined],
  ])('of a dial whose status is %s: nobody answered, and the next step comes', async (_what, DialCallStatus) => {
    const ringing = await provider.phone.start({ from, to: ann });
    const fields = {
      CallSid: ringing.id,
      From: from,
      To: ann,
      ...(DialCallStatus === undefined ? {} : { DialCallStatus }),
    };
    const answer = await phone.post(
      `/voice/outcome?tenant=${company.tenantId}&call=${ringing.id}&leg=1&confirm=1`,
      fields,
    );
    expect(await spoken(answer)).toContain('<Record');
    const leg = await company.db.callLeg.findFirstOrThrow({ where: { call: { callId: ringing.id }, leg: 1 } });
    expect(leg.outcome).toBe('no-answer');
    await provider.phone.hangUp(ringing.id);
  });

  test.each(['', '&leg=x', '&leg=-1', '&leg=1&leg=2', '&leg=99999999999'])(
    'of a dial whose leg is “%s”: it is the call’s latest',
    async (leg) => {
      const ringing = await provider.phone.start({ from, to: ann });
      const fields = { CallSid: ringing.id, From: from, To: ann, DialCallStatus: 'busy' };
      expect(await spoken(await phone.post(`/voice/outcome?tenant=${company.tenantId}${leg}`, fields))).toContain(
        '<Record',
      );
      await provider.phone.hangUp(ringing.id);
    },
  );

  test('of the caller’s answer: the call goes on', async () => {
    const welcome = await provider.phone.start({ from, to: main });
    const at = `/voice/gather?tenant=${company.tenantId}&call=${welcome.id}&leg=1`;
    const call = { CallSid: welcome.id, From: from, To: main };
    expect(
      await spoken(await phone.post(at, { ...call, Digits: ['102', '999'], SpeechResult: 'x'.repeat(90_000) })),
    ).toContain('<Dial');
    await provider.phone.hangUp(welcome.id);

    const other = await provider.phone.start({ from, to: main });
    const odd = { CallSid: other.id, From: 'x'.repeat(5_000), To: main, Digits: '\0', SpeechResult: '\0\ud83d' };
    expect(await spoken(await phone.post(`/voice/gather?tenant=no&call=${other.id}&leg=1`, odd))).toContain('<Gather');
    await provider.phone.hangUp(other.id);
  });

  test.each(['incoming', 'gather', 'outcome', 'whisper', 'recording?recorded=1'])(
    'of /voice/%s, or none at all: the caller hears an apology',
    async (path) => {
      for (const fields of [{}, { CallSid: '' }, { CallSid: 'x'.repeat(129) }, { CallSid: ['', 'CA1'], From: from }])
        expect(await spoken(await phone.post(`/voice/${path}`, { To: ann, ...fields }))).toMatch(/<Say|<Hangup/);
    },
  );

  test('the apology is in the caller’s language', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'fr' } });
    const unknown = { CallSid: 'CA-inconnu', To: ann, DialCallStatus: 'busy' };
    expect(await spoken(await phone.post('/voice/outcome', unknown))).toContain('Toutes nos excuses');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { language: 'en' } });
  });

  test('of the end of a call: it is noted where it says so, and nothing else happens', async () => {
    const ringing = await provider.phone.start({ from, to: ann });
    for (const CallStatus of ['', 'x'.repeat(5_000), 'in-progress'])
      expect((await phone.post('/voice/status', { CallSid: ringing.id, To: ann, CallStatus })).status).toBe(204);
    expect(await dispositionOf(ringing.id)).toBe('open');
    const twice = { CallSid: ringing.id, To: ann, CallStatus: ['completed', 'completed'] };
    expect((await phone.post('/voice/status', twice)).status).toBe(204);
    expect(await dispositionOf(ringing.id)).toBe('missed');
  });
});

describe('Who calls', () => {
  test.each([
    [from, from],
    ['sip:+15145550123@sip.example.net;user=phone', from],
    ['sip:alice@pbx.example.net', ann],
    ['client:anna', ann],
    ['1001', ann],
    ['+266696687', ann],
    ['', ann],
  ])('a call from “%s” rings with %s on the phone’s display', async (caller, shown) => {
    const ringing = await provider.phone.start({ from: caller, to: ann });
    expect(rang(ringing)).toEqual(['+14165550192']);
    const fields = { CallSid: `${ringing.id}x`, From: caller === '' ? 'anonymous' : caller, To: ann };
    expect(await (await phone.post('/voice/incoming', fields)).text()).toContain(`callerId="${shown}"`);
    await provider.phone.hangUp(ringing.id);
  });

  test('an extension calls the company: the company’s number is shown, and the extension kept', async () => {
    const welcome = await provider.phone.start({ from: '1001', to: '102' });
    expect(rang(welcome)).toEqual(['+14165550192']);
    expect(await company.db.call.findFirstOrThrow({ where: { callId: welcome.id } })).toMatchObject({
      ani: '1001',
      dnis: '102',
    });
    await provider.phone.hangUp(welcome.id);
  });

  test('the name that the network knows is on the card', async () => {
    const ringing = await provider.phone.start({ from: '+15145550177', to: ann, name: 'ANN LEE' });
    const tone = await provider.phone.decide(ringing.id, 'no-answer');
    await provider.phone.leave(tone.id, wav(4));
    expect(await messagesOf(tone.id)).toMatchObject([{ callerName: 'ANN LEE', ani: '+15145550177' }]);
    expect(company.cardsOf(company.ann).map(textOf).at(-1)).toContain('ANN LEE');
  });
});

describe('Posts that nobody signed', () => {
  test('are slowed down by address, and what is signed never is', async () => {
    const fields = { CallSid: 'CA9', From: from, To: ann };
    const statuses = new Set<number>();
    for (let time = 0; time < 80; time += 1) {
      const { status } = await phone.post('/voice/incoming', fields, () => (time % 2 ? undefined : 'forged'));
      statuses.add(status);
    }
    expect([...statuses]).toEqual([401, 429]);
    const ringing = await provider.phone.start({ from, to: ann });
    expect(ringing.expects).toBe('outcome');
    await provider.phone.hangUp(ringing.id);
  });

  test('so are posts about calls that we never had, while real calls go on', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 80; time += 1) {
      const unknown = { CallSid: `CA-none-${time}`, To: ann, DialCallStatus: 'busy' };
      statuses.add((await phone.post('/voice/outcome', unknown)).status);
    }
    expect([...statuses]).toEqual([200, 429]);
    const ringing = await provider.phone.start({ from, to: ann });
    expect((await provider.phone.decide(ringing.id, 'busy')).expects).toBe('recording');
    await provider.phone.hangUp(ringing.id);
  });
});
