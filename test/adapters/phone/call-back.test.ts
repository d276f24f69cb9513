import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noFaults } from '../../../src/phone/simulator/provider.js';
import { steadyTone } from '../../../src/phone/simulator/spoken-audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { ann, from, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { buttonsOf, textOf } from '../../support/read.js';

let phone: PhoneCompany;
let company: Company;
/** The message that a caller left for Ann. */
let message: string;

beforeEach(async () => {
  phone = await phoneCompany({ annIsOut: false });
  ({ company } = phone);
  await company.db.user.update({ where: { id: company.ann.id }, data: { personalNumber: '+14165550177' } });
  message = await leaveMessage(from);
});

afterEach(() => Object.assign(phone.provider.faults, noFaults));

/** A caller reaches Ann's mailbox and speaks after the tone. */
async function leaveMessage(caller: string): Promise<string> {
  const { phone: line } = phone.provider;
  const before = await company.db.voicemail.findMany({ select: { id: true } });
  const call = await line.start({ from: caller, to: ann });
  const tone = call.expects === 'outcome' ? await line.decide(call.id, 'no-answer') : call;
  expect(tone.expects).toBe('recording');
  await line.leave(call.id, steadyTone(5), 'hang-up');
  await phone.work();
  const { id } = await company.db.voicemail.findFirstOrThrow({
    where: { userId: company.ann.id, id: { notIn: before.map((one) => one.id) } },
  });
  return id;
}

const card = () => company.cardsOf(company.ann).findLast((one) => one?.title.includes('Voicemail'));
const callBack = (person = company.ann) => company.click(person, 'voicemail.call-back', { voicemail: message });
const ringing = async () => {
  await phone.work();
  return phone.provider.phone.ringing();
};

test('the card’s button rings me, and connects me with the caller, once for any number of clicks', async () => {
  const button = buttonsOf(card()).find(({ label }) => label === 'Call back');
  expect(button).toMatchObject({ action: 'voicemail.call-back' });
  const [first] = await Promise.all([callBack(), callBack(), callBack()]);
  expect(textOf(first)).toContain('will ring in a moment');
  const [rung, another] = await ringing();
  expect([rung?.to, another]).toEqual(['+14165550177', undefined]);
  await phone.provider.phone.decide(rung?.id ?? '', 'answer');
  const dials = await phone.provider.phone.press(rung?.id ?? '', '1');
  expect(dials.heard.at(-1)).toEqual({ kind: 'rang', whom: from });
  expect(await company.db.outgoingCall.count()).toBe(1);
  expect(phone.provider.problems).toEqual([]);
});

test('while one caller is being rung, another is refused, and the first is still connected', async () => {
  await callBack();
  const first = message;
  message = await leaveMessage('+15145550124');
  expect(textOf(await callBack())).toContain('in another call');
  message = first;
  expect(textOf(await callBack())).toContain('ring');
  expect(await company.db.outgoingCall.findMany({ select: { connectsTo: true } })).toEqual([{ connectsTo: from }]);
});

describe('The number to dial stands there instead', () => {
  test('for who has no number of their own', async () => {
    await company.db.user.update({ where: { id: company.ann.id }, data: { personalNumber: null } });
    expect(textOf(await callBack())).toContain('Dial +1 514 555 0123.');
    expect(await ringing()).toEqual([]);
  });

  test.each(['+33142685300', '+19005550123'])('where the company does not allow calls to %s', async (number) => {
    await company.db.voicemail.update({ where: { id: message }, data: { ani: number } });
    expect(textOf(await callBack())).toMatch(/^.*Dial \+/s);
    expect(await ringing()).toEqual([]);
  });

  test('without a voice provider there is no button', async () => {
    Object.assign(phone.deps, { providerCalls: undefined });
    const shown = await company.click(company.ann, 'voicemail.open', { voicemail: message });
    expect(buttonsOf(shown).map(({ label }) => label)).not.toContain('Call back');
    expect(textOf(await callBack())).toContain('Dial +1 514 555 0123.');
  });
});

test('a number that was forbidden after the click is not rung, nor connected with after 1', async () => {
  const france = '+33142685300';
  await company.db.voicemail.update({ where: { id: message }, data: { ani: france } });
  const allow = (allowedCountries: string[]) =>
    company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries } });
  await allow(['CA', 'FR']);
  await callBack();
  const [rung] = await ringing();
  await phone.provider.phone.decide(rung?.id ?? '', 'answer');
  await allow([]);
  const { heard, expects } = await phone.provider.phone.press(rung?.id ?? '', '1');
  expect(expects).toBe('over');
  expect(heard.some((one) => one.kind === 'rang' && one.whom === france)).toBe(false);
});

test('who has lost access meanwhile is not rung, nor connected after 1', async () => {
  const access = (value: 'none' | 'attendant_only') =>
    company.db.user.update({ where: { id: company.ann.id }, data: { access: value } });
  await callBack();
  await access('none');
  expect(await ringing()).toEqual([]);
  expect(await company.db.outgoingCall.findMany({ select: { status: true } })).toEqual([{ status: 'failed' }]);

  await access('attendant_only');
  await callBack();
  const [rung] = await ringing();
  await phone.provider.phone.decide(rung?.id ?? '', 'answer');
  await access('none');
  const pressed = await phone.provider.phone.press(rung?.id ?? '', '1');
  expect(pressed.heard).not.toContainEqual({ kind: 'rang', whom: from });
});

test('the two may talk for two hours, and the record names both numbers', async () => {
  await callBack();
  const [rung] = await ringing();
  const { id: outgoing } = await company.db.outgoingCall.findFirstOrThrow();
  await phone.provider.phone.decide(rung?.id ?? '', 'answer');
  const answer = await phone.post(`/voice/outgoing/key?tenant=${company.tenantId}&outgoing=${outgoing}&asked=confirm`, {
    ...{ CallSid: 'CA1', Digits: '1' },
  });
  expect(await answer.text()).toMatch(/<Dial [^>]*timeLimit="7200"/);
  expect((await company.audit()).find(({ event }) => event === 'call.requested')).toMatchObject({
    after: { purpose: 'call-back', number: '+14165550177', connectsTo: from },
  });
});

test.each([
  ['the company is switched off', () => ({ tenant: { enabled: false } })],
  ['the app is closed for the company', () => ({ tenant: { appAllowed: false } })],
  ['the app is closed for the person', () => ({ user: { appAllowed: false } })],
] as const)('nobody is connected, nor again by a repeated post, once %s', async (_why, off) => {
  const changed: { tenant?: object; user?: object } = off();
  await callBack();
  const [rung] = await ringing();
  const { id: outgoing } = await company.db.outgoingCall.findFirstOrThrow();
  await phone.provider.phone.decide(rung?.id ?? '', 'answer');
  await company.db.tenant.update({ where: { id: company.tenantId }, data: changed.tenant ?? {} });
  await company.db.user.update({ where: { id: company.ann.id }, data: changed.user ?? {} });
  const pressed = await phone.provider.phone.press(rung?.id ?? '', '1');
  expect(pressed.heard).not.toContainEqual({ kind: 'rang', whom: from });

  await company.db.outgoingCall.updateMany({ data: { status: 'done' } });
  const repeated = await phone.post(
    `/voice/outgoing/key?tenant=${company.tenantId}&outgoing=${outgoing}&asked=confirm`,
    { CallSid: 'CA1', Digits: '1' },
  );
  expect(await repeated.text()).not.toContain('<Dial');
});

test('nobody else rings themselves with it, in this company or another', async () => {
  const other = await testCompany();
  for (const [where, person] of [
    [company, company.bo],
    [other, other.ann],
  ] as const) {
    const answer = await where.click(person, 'voicemail.call-back', { voicemail: message });
    expect(textOf(answer)).not.toMatch(/ring in a moment|Dial/);
  }
  expect(await ringing()).toEqual([]);
});
