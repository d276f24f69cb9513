import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/chat/view.js';
import { greetingsOf } from '../../../src/core/voicemail/greetings/greetings.js';
import { providerCalls } from '../../../src/phone/provider-calls.js';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { noFaults, type SimulatedProvider } from '../../../src/phone/simulator/provider.js';
import { steadyTone } from '../../../src/phone/simulator/spoken-audio.js';
import type { Company } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { problemsOf, textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let phone: PhoneCompany;
let company: Company;
let provider: SimulatedProvider;

beforeEach(async () => {
  phone = await phoneCompany();
  ({ company, provider } = phone);
});

afterEach(() => Object.assign(provider.faults, noFaults));

const callMe = (number = '416-555-0177', kind = 'unavailable') =>
  company.submit(company.ann, 'greeting.call', { kind, number });

const lastSaid = ({ heard }: SimulatedCall) => heard.flatMap((one) => (one.kind === 'said' ? [one.text] : [])).at(-1);

/** The card of Ann's call, as it stands. */
async function card(): Promise<string> {
  await phone.work();
  const cards: (Card | undefined)[] = company.cardsOf(company.ann);
  return textOf(cards.findLast((one) => one?.title === 'A call to you'));
}

async function ringing(): Promise<SimulatedCall> {
  await phone.work();
  const [call, another] = await provider.phone.ringing();
  expect(another).toBeUndefined();
  if (!call) throw new Error('no phone rings');
  return call;
}

const rows = () => company.db.outgoingCall.findMany({ orderBy: { createdAt: 'asc' } });
const recorded = async () =>
  (await greetingsOf(phone.deps, { tenantId: company.tenantId, userId: company.ann.id })).recorded;

describe('Record by telephone', () => {
  test('the phone rings, 1 confirms, what was said is played back and kept as the greeting', async () => {
    expect(await callMe()).toMatchObject({ kind: 'done', line: expect.stringContaining('will ring in a moment') });
    const call = await ringing();
    expect(call).toMatchObject({ from: '+14165550100', to: '+14165550177' });
    expect(await card()).toContain('Your phone is ringing');

    const asked = await provider.phone.decide(call.id, 'answer');
    expect(lastSaid(asked)).toMatch(
      /^This is Attendant of .* that Ann Baker asked for\. To record .*“Unavailable”, press 1/,
    );
    expect(await card()).toContain('You are on the line');
    const tone = await provider.phone.press(call.id, '1');
    expect([lastSaid(tone)?.slice(0, 20), tone.expects]).toEqual(['Speak after the tone', 'recording']);
    const review = await provider.phone.leave(call.id, steadyTone(5), 'key');
    expect(review.heard.at(-2)).toMatchObject({ kind: 'played', what: expect.stringContaining('/voice/recordings/') });
    expect(lastSaid(review)).toMatch(/^To keep this recording, press 1/);
    const over = await provider.phone.press(call.id, '1');
    expect(lastSaid(over)).toBe('Your recording is kept. Goodbye.');

    expect(await card()).toContain('Your recording is kept');
    expect((await recorded()).get('unavailable')?.durationSeconds).toBeCloseTo(5, 0);
    expect(await rows()).toMatchObject([{ status: 'done', dueAt: null }]);
    expect((await company.audit()).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['call.requested', 'call.request-ended', 'greeting.set']),
    );
    expect(provider.problems).toEqual([]);
  });

  test('3 records another, silence and 2 ask again; the last one is kept', async () => {
    await callMe('416-555-0177', 'name');
    const { id } = await ringing();
    await provider.phone.decide(id, 'answer');
    await provider.phone.press(id, '1');
    await provider.phone.leave(id, steadyTone(2), 'key');
    await provider.phone.press(id, '2');
    await provider.phone.press(id, '3');
    expect(lastSaid(await provider.phone.leave(id, steadyTone(0.1), 'key'))).toMatch(/^I heard nothing/);
    await provider.phone.leave(id, steadyTone(4), 'key');
    await provider.phone.press(id, '1');
    await phone.work();
    expect((await recorded()).get('name')?.durationSeconds).toBeCloseTo(4, 0);
  });

  test('in French, for who reads French', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { language: 'fr' } });
    await callMe();
    const { id } = await ringing();
    expect(lastSaid(await provider.phone.decide(id, 'answer'))).toMatch(/Pour enregistrer votre message d’accueil/);
  });
});

describe('Nothing is kept', () => {
  test.each([
    ['of a machine that picked up', ['', '']],
    ['of who presses another key', ['5']],
  ])('%s: nothing is recorded at all', async (_who, keys) => {
    await callMe();
    const { id } = await ringing();
    await provider.phone.decide(id, 'answer');
    for (const key of keys) await provider.phone.press(id, key);
    expect(await provider.phone.find(id)).toMatchObject({ expects: 'over' });
    expect((await provider.phone.find(id))?.heard.some(({ kind }) => kind === 'tone')).toBe(false);
    expect(await card()).toContain('nothing was kept');
    expect((await recorded()).size).toBe(0);
  });

  test('of who hangs up before they keep it', async () => {
    await callMe();
    const { id } = await ringing();
    await provider.phone.decide(id, 'answer');
    await provider.phone.press(id, '1');
    await provider.phone.leave(id, steadyTone(5), 'hang-up');
    expect(await card()).toContain('nothing was kept');
    expect((await recorded()).size).toBe(0);
  });

  test.each([
    ['busy', 'Your line was busy'],
    ['no-answer', 'You did not answer'],
  ] as const)('where the phone was %s', async (outcome, line) => {
    await callMe();
    const { id } = await ringing();
    await provider.phone.decide(id, outcome);
    expect(await card()).toContain(line);
  });
});

describe('The provider', () => {
  test.each([
    ['does not know the number that the call shows', { unverified: ['+14165550100'] }, 'Main numbers'],
    ['breaks down', { calls: 'broken' }, 'will ring in a moment'],
  ] as const)('%s: the card says so', async (_what, faults, line) => {
    Object.assign(provider.faults, faults);
    await callMe();
    expect(await card()).toContain(line);
    expect(await provider.phone.ringing()).toEqual([]);
  });

  test('does not know our credentials', async () => {
    const voice = { ...provider.voice, authToken: 'other' };
    Object.assign(phone.deps, { providerCalls: providerCalls(async () => voice, phone.publicUrl) });
    await callMe();
    expect(await card()).toContain('refused the call');
  });

  test('has too many calls: it is asked again, and then gives up', async () => {
    provider.faults.calls = 'rate-limited';
    await callMe();
    expect(await card()).toContain('will ring in a moment');
    provider.faults.calls = 'taken';
    company.clock.forward({ seconds: 10 });
    await sweep(phone.deps);
    await ringing();
    expect(await rows()).toMatchObject([{ status: 'ringing' }]);
  });

  test('rings, and its answer is lost: the phone rings once, and the call goes on', async () => {
    provider.faults.calls = 'lost';
    await callMe();
    const { id } = await ringing();
    company.clock.forward({ seconds: 40 });
    await sweep(phone.deps);
    await ringing();
    await provider.phone.decide(id, 'answer');
    expect(await card()).toContain('You are on the line');
  });

  test('is never heard of again: the call counts as failed', async () => {
    provider.faults.calls = 'broken';
    await callMe();
    await phone.work();
    company.clock.forward({ minutes: 3 });
    await sweep(phone.deps);
    expect(await card()).toContain('The call did not work');
  });

  test('reports out of order and twice: what is over stays over', async () => {
    await callMe();
    const { id } = await ringing();
    const [row] = await rows();
    const told = (CallStatus: string) =>
      phone.post(`/voice/outgoing/status?tenant=${company.tenantId}&outgoing=${row?.id}`, { CallSid: id, CallStatus });
    for (const state of ['in-progress', 'ringing', 'completed', 'completed', 'in-progress', 'busy'])
      expect((await told(state)).status).toBe(204);
    expect(await rows()).toMatchObject([{ status: 'not-kept' }]);
    const forged = await phone.post(
      `/voice/outgoing?tenant=${company.tenantId}&outgoing=${row?.id}`,
      { CallSid: id },
      () => 'forged',
    );
    expect(forged.status).toBe(401);
  });
});

describe('A number', () => {
  test.each([
    ['911', 'emergency'],
    ['1-900-555-0123', 'premium'],
    ['+881612345678', 'premium'],
    ['+33612345678', 'only go to numbers in'],
    ['416-555-0100', 'leads back'],
    ['416-555-0101', 'leads back'],
    ['416-555-0177 ext. 5', 'extension'],
    ['hello', 'whole phone number'],
  ])('%s is refused, and nothing rings', async (number, why) => {
    expect(problemsOf(await callMe(number)).number).toContain(why);
    await phone.work();
    expect(await provider.phone.ringing()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test('of the phone menu is refused: the call would come back', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { accessNumber: '+14165550188' } });
    expect(problemsOf(await callMe('416-555-0188')).number).toContain('leads back');
    expect(await rows()).toEqual([]);
  });

  test('that the company has forbidden since is not rung', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries: ['FR'] } });
    await callMe('+33612345678');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries: [] } });
    expect(await card()).toContain('cannot be called');
    expect(await provider.phone.ringing()).toEqual([]);
  });
});

describe('Limits', () => {
  test('who presses twice is rung once', async () => {
    await Promise.all([callMe(), callMe(), callMe()]);
    await ringing();
    await phone.work();
    expect(await rows()).toHaveLength(1);
  });

  test('eight calls an hour, then no more for a while', async () => {
    for (let times = 0; times < 8; times += 1) {
      await callMe();
      const { id } = await ringing();
      await provider.phone.decide(id, 'busy');
    }
    expect(textOf(await callMe())).toContain('many calls within an hour');
    company.clock.forward({ minutes: 61 });
    expect(await callMe()).toMatchObject({ kind: 'done' });
  });

  test('without a main number there is nothing to show, and without a provider nothing to call with', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { mainNumbers: [] } });
    expect(textOf(await callMe())).toContain('cannot make calls here');
    Object.assign(phone.deps, { providerCalls: undefined });
    expect(textOf(await company.ask(company.ann, 'greeting'))).not.toContain('Call me');
  });
});

test('a lost recording: the card says so, and callers hear the spoken greeting', async () => {
  await callMe();
  const { id } = await ringing();
  await provider.phone.decide(id, 'answer');
  await provider.phone.press(id, '1');
  await provider.phone.leave(id, steadyTone(5), 'key');
  provider.faults.recordingsDeleted = true;
  await provider.phone.press(id, '1');
  await eventually(async () => expect(await card()).toContain('The call did not work'));
  expect((await recorded()).size).toBe(0);
});

describe('Call back', () => {
  const caller = '+15145550123';
  const connect = (number: string) => company.click(company.ann, 'calls.connect', { number });
  beforeEach(async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { personalNumber: '+14165550177' } });
    const missed = await provider.phone.start({ from: caller, to: '+14165550101' });
    await provider.phone.hangUp(missed.id);
  });

  test('rings me, and connects me with the caller after 1; they see the company’s number', async () => {
    const shown = await company.click(company.ann, 'calls.back', { number: caller, name: '' });
    expect(textOf(shown)).toContain('Ring me and connect us');
    expect(await connect(caller)).toMatchObject({ kind: 'done' });
    const { id } = await ringing();
    const asked = await provider.phone.decide(id, 'answer');
    expect(lastSaid(asked)).toContain('To be connected with 5 1 4, 5 5 5, 0 1 2 3, press 1.');
    const rang = await provider.phone.press(id, '1');
    expect(rang.heard.at(-1)).toEqual({ kind: 'rang', whom: caller });
    expect(await card()).toContain('You were connected');
  });

  test('connects me too where the provider repeats the post of my key', async () => {
    await connect(caller);
    const { id } = await ringing();
    await provider.phone.decide(id, 'answer');
    const [row] = await rows();
    const press = async (Digits: string) => {
      const path = `/voice/outgoing/key?tenant=${company.tenantId}&outgoing=${row?.id}&asked=confirm`;
      return (await phone.post(path, { CallSid: id, Digits })).text();
    };
    const first = await press('1');
    expect(first).toContain(`>${caller}</Number>`);
    expect(await press('1')).toBe(first);
    expect(await press('2')).not.toMatch(/<Number>|recording is kept/);
    expect(await rows()).toMatchObject([{ status: 'done' }]);
  });

  test.each(['+15145550999', '+19005550123', '911', '+33612345678', ''])(
    '%s has not called, or may not be called: no phone rings',
    async (number) => {
      expect(textOf(await connect(number))).toContain('cannot be called');
      await phone.work();
      expect(await provider.phone.ringing()).toEqual([]);
    },
  );
});
