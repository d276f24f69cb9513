import { beforeAll, expect, test } from 'vitest';
import type { LegOutcome, SimulatedCall } from '../../../src/web/simulated-phone.port.js';
import { scriptedPhone } from '../../support/phone-pane.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
let ringing: SimulatedCall[] = [];
const decided: [string, LegOutcome][] = [];

beforeAll(async () => {
  const pane = scriptedPhone();
  const phone = {
    ...pane,
    ringing: async () => ringing,
    find: async (id: string) => ringing.find((call) => call.id === id),
    decide: async (id: string, outcome: LegOutcome) => {
      decided.push([id, outcome]);
      return { ...(ringing[0] as SimulatedCall), expects: 'over' as const };
    },
    talk: async (id: string) => {
      decided.push([id, 'answer']);
      return { ...(ringing[0] as SimulatedCall), expects: 'choice' as const };
    },
  };
  company = await webCompany({}, { phone });
});

test('the demo’s phone shows whom Attendant is calling, to be answered or declined', async () => {
  const { cookie } = await webSession(company, company.ann);
  const page = async () =>
    (await fetch(`${company.origin}/phone`, { headers: { cookie, accept: 'text/html' } })).text();
  expect(await page()).not.toContain('Attendant is calling');
  ringing = [{ id: 'call-7', from: '+14165550100', to: '+14165550177', heard: [], expects: 'outcome' }];
  const shown = await page();
  expect(shown).toContain('Attendant is calling +1 416 555 0177');
  for (const outcome of ['answer', 'refuse']) {
    expect(shown).toContain(`value="${outcome}"`);
    const answered = await fetch(`${company.origin}/phone/call-7/decide`, {
      method: 'POST',
      headers: { cookie, origin: company.origin },
      body: new URLSearchParams({ outcome }),
      redirect: 'manual',
    });
    expect([answered.status, answered.headers.get('location')]).toEqual([303, '/phone/call-7']);
  }
  expect(decided).toEqual([
    ['call-7', 'answer'],
    ['call-7', 'refuse'],
  ]);
});
