import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transferCall } from '../../../src/core/calls/transfer/transfer.js';
import { asId, type UserId } from '../../../src/core/ids.js';
import { noFaults } from '../../../src/phone/simulator/provider.js';
import { steadyTone } from '../../../src/phone/simulator/spoken-audio.js';
import type { Company } from '../../support/company.js';
import { testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let phone: PhoneCompany;
let company: Company;

beforeEach(async () => {
  phone = await phoneCompany({ annIsOut: false });
  ({ company } = phone);
});

afterEach(() => Object.assign(phone.provider.faults, noFaults));

/** Bo, a business user with a direct line, picks up and talks with the caller. */
async function bosTalk() {
  const { provider } = phone;
  const rings = await provider.phone.start({ from, to: main });
  const rang = await provider.phone.press(rings.id, '102');
  if (rang.expects !== 'outcome') throw new Error(JSON.stringify([rang.heard, provider.problems]));
  const talk = await provider.phone.talk(rings.id);
  expect(talk.expects).toBe('talk');
  return talk;
}

/** The provider has led the caller to the tone of a mailbox. */
const atTheTone = (id: string) =>
  eventually(async () => {
    const call = await phone.provider.phone.find(id);
    expect(call?.expects).toBe('recording');
    return call?.heard ?? [];
  });

const callOf = (callId: string) =>
  company.db.call.findFirstOrThrow({ where: { callId }, include: { legs: { orderBy: { leg: 'asc' } } } });

/** The form behind the button of the card. */
async function openForm(person = company.bo) {
  const card = await company.ask(person, 'calls');
  const send = buttonsOf(card).find(({ label }) => label === 'Send to a mailbox');
  if (!send) throw new Error('nothing to send');
  return formOf(await company.click(person, send));
}

const said = (heard: readonly { kind: string; text?: string }[]) =>
  heard.flatMap((one) => (one.kind === 'said' ? [one.text ?? ''] : [])).join(' ');

test('whoever talks with a caller sends them to a mailbox: they hear whose it is, and leave a message', async () => {
  const { id } = await bosTalk();
  expect(textOf(await company.ask(company.bo, 'calls'))).toContain('You are talking to +1 514 555 0123.');
  const form = await openForm();
  expect(await company.submit(company.bo, form, { mailbox: company.ann.id })).toMatchObject({
    kind: 'done',
    line: expect.stringContaining('goes to the mailbox of Ann Baker'),
  });
  expect(said(await atTheTone(id))).toContain('You are being connected to the mailbox of Ann Baker.');

  await phone.provider.phone.leave(id, steadyTone(5), 'hang-up');
  await phone.work();
  const call = await callOf(id);
  expect(call).toMatchObject({
    disposition: 'voicemail',
    askedForUserId: company.ann.id,
    answeredByUserId: company.bo.id,
    talksToUserId: null,
  });
  expect(await company.db.voicemail.count({ where: { userId: company.ann.id } })).toBe(1);
  const line = (await company.audit()).find(({ event }) => event === 'call.transferred');
  expect(line).toMatchObject({ subjectId: call.id, actorId: company.bo.id });
  expect(phone.provider.problems).toEqual([]);
});

test('in French', async () => {
  await company.db.user.update({ where: { id: company.bo.id }, data: { language: 'fr' } });
  await bosTalk();
  expect(textOf(await company.ask(company.bo, 'appels'))).toContain('Vous parlez avec +1 514 555 0123');
});

describe('The caller stays with whoever talks with them', () => {
  test('where the person is signed out and does not take callers then; once they do, the caller goes there', async () => {
    await setPresence(company, company.cleo, 'signed-out');
    const cleo = { where: { id: company.cleo.id } };
    await company.db.user.update({ ...cleo, data: { directVoicemailTransfer: false } });
    const { id } = await bosTalk();
    const form = await openForm();
    expect(textOf(await company.submit(company.bo, form, { mailbox: company.cleo.id }))).toContain('is signed out');
    expect(await phone.provider.phone.find(id)).toMatchObject({ expects: 'talk' });
    await company.db.user.update({ ...cleo, data: { directVoicemailTransfer: true } });
    expect(await company.submit(company.bo, form, { mailbox: company.cleo.id })).toMatchObject({ kind: 'done' });
    await atTheTone(id);
  });

  test('where the person has no access, or belongs to another company', async () => {
    const { id } = await bosTalk();
    const form = await openForm();
    const other = await testCompany();
    expect(problemsOf(await company.submit(company.bo, form, { mailbox: other.ann.id })).mailbox).toBeTruthy();
    await company.db.user.update({ where: { id: company.cleo.id }, data: { access: 'none' } });
    const refused = await company.submit(company.bo, form, { mailbox: company.cleo.id });
    expect(`${textOf(refused)} ${JSON.stringify(refused)}`).toMatch(/no mailbox|problems/);
    expect(await phone.provider.phone.find(id)).toMatchObject({ expects: 'talk' });
    expect(await callOf(id)).toMatchObject({ talksToUserId: company.bo.id });
  });

  test('while the provider is away; the second try goes on, and another mailbox may be chosen', async () => {
    const { id } = await bosTalk();
    const form = await openForm();
    phone.provider.faults.redirects = 'broken';
    expect(textOf(await company.submit(company.bo, form, { mailbox: company.ann.id }))).toContain('still with you');
    expect(await phone.provider.phone.find(id)).toMatchObject({ expects: 'talk' });
    phone.provider.faults.redirects = 'taken';
    expect(await company.submit(company.bo, form, { mailbox: company.bo.id })).toMatchObject({ kind: 'done' });
    await atTheTone(id);
    await phone.provider.phone.leave(id, steadyTone(5), 'hang-up');
    await phone.work();
    expect(await company.db.voicemail.findMany({ select: { userId: true } })).toEqual([{ userId: company.bo.id }]);
  });
});

describe('Nothing to send', () => {
  test('once the caller has hung up, reported or not', async () => {
    const { id } = await bosTalk();
    const form = await openForm();
    phone.provider.faults.statusCallbacks = false;
    await phone.provider.phone.hangUp(id);
    expect(textOf(await company.submit(company.bo, form, { mailbox: company.ann.id }))).toContain('This call is over');
    expect(await callOf(id)).toMatchObject({ disposition: 'answered', talksToUserId: null });
    expect(textOf(await company.ask(company.bo, 'calls'))).not.toContain('You are talking');
  });

  test('for anybody else, in this company or another', async () => {
    await bosTalk();
    const { carries } = await openForm();
    const other = await testCompany();
    for (const [where, person] of [
      [company, company.ann],
      [other, other.bo],
    ] as const) {
      expect(textOf(await where.ask(person, 'calls'))).not.toContain('You are talking');
      const answer = await where.submit(person, 'calls.transfer', { mailbox: person.id }, carries);
      expect(textOf(answer)).toContain('This call is over');
    }
  });

  test('without Plus, and in a call that another phone system holds', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
    await bosTalk();
    expect(textOf(await company.ask(company.bo, 'calls'))).not.toContain('You are talking');
  });
});

test('whoever picked up hangs up: the caller is not asked again, and the call was answered', async () => {
  const { id } = await bosTalk();
  const over = await phone.provider.phone.decide(id, 'answer');
  expect(over.expects).toBe('over');
  expect(await callOf(id)).toMatchObject({
    disposition: 'answered',
    answeredByUserId: company.bo.id,
    talksToUserId: null,
  });
});

describe('The phone still rings, and the contact centre sends the caller to a mailbox', () => {
  /** Bo's phone rings; the caller keyed the extension, or dialled Ann's direct number. */
  async function rings(to = main) {
    const { id } = await phone.provider.phone.start({ from, to });
    return to === main ? phone.provider.phone.press(id, '102') : { id };
  }
  const transfer = (callId: string) =>
    transferCall(phone.deps, company.tenantId, { callId, userId: asId<UserId>(company.ann.id) });

  test('it stops, and the caller hears the tone of that mailbox', async () => {
    const { id } = await rings();
    expect(await transfer(id)).toMatchObject({ action: 'voicemail', mailboxUserId: company.ann.id });
    expect(said(await atTheTone(id))).toContain('You are being connected to the mailbox of Ann Baker.');
    expect(await transfer(id)).toMatchObject({ action: 'voicemail' });
    const { legs } = await callOf(id);
    expect(legs.map(({ outcome }) => outcome)).toEqual([null, 'refused', null]);

    await atTheTone(id);
    await phone.provider.phone.leave(id, steadyTone(5), 'hang-up');
    await phone.work();
    expect(await callOf(id)).toMatchObject({ disposition: 'voicemail', answeredByUserId: null });
    expect(await company.db.voicemail.count({ where: { userId: company.ann.id } })).toBe(1);
  });

  test.each(['broken', 'not-answered'] as const)(
    'where the provider cannot lead them now (%s), they come there when the phone has rung out',
    async (redirects) => {
      const { id } = await rings('+14165550101');
      phone.provider.faults.redirects = redirects;
      expect(await transfer(id)).toMatchObject({ action: 'voicemail', mailboxUserId: company.ann.id });
      expect(await callOf(id)).toMatchObject({ disposition: 'open' });
      await phone.provider.phone.decide(id, 'no-answer');
      await atTheTone(id);
      await phone.provider.phone.leave(id, steadyTone(5), 'hang-up');
      await phone.work();
      expect(await company.db.voicemail.count({ where: { userId: company.ann.id } })).toBe(1);
    },
  );
});
