import { beforeAll, expect, test } from 'vitest';
import { answerCall, decideAfterLeg, type IncomingCall } from '../../../src/core/calls/answer-call.js';
import { type Company, testCompany } from '../../support/company.js';

const main = '+14165550100';
const french = '+15145550100';
let company: Company;
let calls = 0;

beforeAll(async () => {
  const tenant = { mainNumbers: [main, french], otherLanguageNumbers: [french], languageKey: true };
  company = await testCompany({ tenant });
});

function caller(dnis: string) {
  const base = { callId: `language-${++calls}`, ani: '+15145550123', dnis };
  const step = (more: Partial<IncomingCall> = {}) => answerCall(company.deps, company.tenantId, { ...base, ...more });
  return { step, callId: base.callId };
}

test('by the number: a main number of the other language is greeted in it', async () => {
  expect(await caller(main).step()).toMatchObject({ language: 'en', prompt: expect.stringContaining('Thank you') });
  expect(await caller(french).step()).toMatchObject({ language: 'fr', prompt: expect.stringContaining('Merci') });
});

test('by the person: a direct number is answered in its person’s language, unless the phone system says another', async () => {
  expect(await caller('103').step()).toMatchObject({ language: 'fr' });
  expect(await caller('103').step({ language: 'en-CA' })).toMatchObject({ language: 'en' });
});

test('by a key: it is offered in the other language, and counts to the end of the call', async () => {
  const { step, callId } = caller(main);
  const greeting = await step();
  expect(greeting).toMatchObject({ languageOffer: { language: 'fr', text: 'Pour le français, faites le 9.' } });
  const again = await step({ digits: '9', answers: 1 });
  expect(again).toMatchObject({ action: 'ask', language: 'fr', retries: 2, prompt: expect.stringContaining('Merci') });
  const asked = await step({ digits: '101', answers: 2 });
  expect(asked).toMatchObject({ action: 'dial', language: 'fr' });
  const left = await decideAfterLeg(company.deps, company.tenantId, { callId, disposition: 'no-answer' });
  expect(left).toMatchObject({
    action: 'voicemail',
    language: 'fr',
    closing: { recorded: expect.stringContaining('Merci') },
  });
});

test('where the company offers no key, 9 is a letter like the others', async () => {
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { languageKey: false } });
  const { step } = caller(main);
  expect(await step()).not.toHaveProperty('languageOffer');
  expect(await step({ digits: '9', answers: 1 })).toMatchObject({ language: 'en' });
});
