import { beforeAll, expect, test } from 'vitest';
import type { Company } from '../../support/company.js';
import { from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';
import { textOf } from '../../support/read.js';

let phone: PhoneCompany;
let company: Company;

beforeAll(async () => {
  phone = await phoneCompany();
  ({ company } = phone);
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { operatorId: company.bo.id } });
});

/** A caller asked for nobody three times: the operator's phone rings. */
async function atTheOperator() {
  let call = await phone.provider.phone.start({ from, to: main });
  for (let time = 0; time < 3; time += 1) call = await phone.provider.phone.press(call.id, '');
  expect(call.heard.at(-1)).toEqual({ kind: 'rang', whom: '+14165550192' });
  const { leg } = await company.db.callLeg.findFirstOrThrow({
    where: { call: { callId: call.id } },
    orderBy: { leg: 'desc' },
  });
  const link = `tenant=${company.tenantId}&call=${call.id}&leg=${leg}`;
  const ask = async (path: string, fields: Record<string, string> = {}) =>
    (await phone.post(path, { CallSid: `${call.id}c`, ParentCallSid: call.id, ...fields })).text();
  return {
    call,
    pickUp: () => ask(`/voice/whisper?${link}`),
    press: (Digits: string, asked = '') => ask(`/voice/whisper?${link}&pressed=1${asked}`, { Digits }),
    /** The operator's phone hung up, without having been connected. */
    hangUp: () => ask(`/voice/outcome?${link}`, { DialCallStatus: 'completed', DialBridged: 'false' }),
  };
}

test('the operator keys * and an extension: the caller goes straight to that mailbox', async () => {
  const operator = await atTheOperator();
  const whispered = await operator.pickUp();
  expect(whispered).toContain('To send it to a mailbox, press star');
  expect(await operator.press('*')).toContain('Enter the extension');
  expect(await operator.press('999', '&asked=extension')).toContain('There is no such extension.');
  expect(await operator.press('101', '&asked=extension')).toContain('goes to the mailbox of Ann Baker');
  expect(await operator.hangUp()).toContain('<Record');

  const call = await company.db.call.findFirstOrThrow({
    where: { callId: operator.call.id },
    include: { legs: { orderBy: { leg: 'asc' } } },
  });
  expect(call).toMatchObject({ disposition: 'open' });
  expect(call.legs.at(-2)).toMatchObject({ outcome: 'refused' });
  expect(call.legs.at(-1)?.decision).toMatchObject({ action: 'voicemail' });
  expect(await company.db.awaitedMessage.count({ where: { callId: operator.call.id } })).toBe(1);
});

test('to an agent who is signed out, only where the setting allows it', async () => {
  await setPresence(company, company.cleo, 'signed-out');
  const cleo = { where: { id: company.cleo.id } };
  for (const [allowed, reason] of [
    [false, /does not|not allow/],
    [true, /An agent sends the caller to the mailbox/],
  ] as const) {
    await company.db.user.update({ ...cleo, data: { directVoicemailTransfer: allowed } });
    const operator = await atTheOperator();
    await operator.press('*');
    await operator.press('103', '&asked=extension');
    await operator.hangUp();
    const leg = await company.db.callLeg.findFirstOrThrow({
      where: { call: { callId: operator.call.id } },
      orderBy: { leg: 'desc' },
    });
    expect((leg.decision as { because: string[] }).because.join(' ')).toMatch(reason);
  }
});

test.each(['', '1'])('the key “%s”, which is none of these, connects the two, who talk from then on', async (key) => {
  const operator = await atTheOperator();
  const whispered = await operator.pickUp();
  expect(whispered).toContain('actionOnEmptyResult="true"');
  expect(whispered).not.toContain('<Hangup');
  expect(await operator.press(key)).not.toContain('<Hangup');
  expect(await company.db.call.findFirstOrThrow({ where: { callId: operator.call.id } })).toMatchObject({
    disposition: 'answered',
    answeredByUserId: company.bo.id,
    talksToUserId: company.bo.id,
  });
  expect(textOf(await company.ask(company.bo, 'calls'))).toContain('You are talking to');
});
