import { beforeEach, expect, test } from 'vitest';
import { from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';

let phone: PhoneCompany;

beforeEach(async () => {
  phone = await phoneCompany({
    tenant: { enabled: false, offNumber: '+15145550188', offAnnouncementEn: 'Please write to us.' },
  });
});

async function call(outcome: 'answer' | 'no-answer') {
  const { id, heard, expects } = await phone.provider.phone.start({ from, to: main });
  expect(expects).toBe('outcome');
  expect(heard.flatMap((one) => (one.kind === 'rang' ? [one.whom] : []))).toEqual(['+15145550188']);
  const after = await phone.provider.phone.decide(id, outcome);
  expect(phone.provider.problems).toEqual([]);
  return after;
}

test('while a company is off its number rings; unanswered, the caller hears its words and the call ends', async () => {
  const { expects, heard } = await call('no-answer');
  expect(expects).toBe('over');
  expect(JSON.stringify(heard)).toContain('Please write to us.');
});

test('who picks up needs no key, and the call is over when they have talked', async () => {
  const { expects, heard } = await call('answer');
  expect(expects).toBe('over');
  expect(JSON.stringify(heard)).not.toMatch(/Press 1|Please write/);
});
