import { beforeEach, expect, test } from 'vitest';
import type { Company } from '../../support/company.js';
import { from, main, type PhoneCompany, phoneCompany } from '../../support/phone.js';

let phone: PhoneCompany;
let company: Company;

beforeEach(async () => {
  phone = await phoneCompany({ annIsOut: false });
  ({ company } = phone);
});

/** A caller keys Bo's extension; whom the provider was told to ring. */
async function rung(): Promise<readonly string[]> {
  const call = await phone.provider.phone.start({ from, to: main });
  const { heard, expects } = await phone.provider.phone.press(call.id, '102');
  expect(expects).not.toBe('over');
  expect(phone.provider.problems).toEqual([]);
  await phone.provider.phone.hangUp(call.id);
  return heard.flatMap((one) => (one.kind === 'rang' ? [one.whom] : []));
}

const set = (personalNumber: string) =>
  company.db.user.update({ where: { id: company.bo.id }, data: { personalNumber } });

test.each(['+19005550123', '+881612345678', '+33142685300', '911', '+1911'])(
  'a personal number %s that got into the row, however, is not rung: the caller leaves a message',
  async (number) => {
    await set(number);
    expect(await rung()).toEqual([]);
  },
);

test('a number that the company allowed when it was saved, and forbids now, is not rung', async () => {
  const allow = (allowedCountries: string[]) =>
    company.db.tenant.update({ where: { id: company.tenantId }, data: { allowedCountries } });
  await set('+33142685300');
  await allow(['CA', 'FR']);
  expect(await rung()).toEqual(['+33142685300']);
  await allow(['CA']);
  expect(await rung()).toEqual([]);
});
