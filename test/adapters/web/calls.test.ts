import { beforeAll, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;

beforeAll(async () => {
  company = await webCompany();
  for (let at = 1; at <= 27; at += 1) {
    const callId = `web-call-${at}`;
    const ani = at === 27 ? '' : '+15145550123';
    const callerName = at === 26 ? '<b>Cy</b> Roy' : `Caller no. ${at}.`;
    await answerCall(company.deps, company.tenantId, { callId, ani, dnis: '+14165550101', callerName });
    await endCall(company.deps, company.tenantId, callId);
    company.clock.forward({ minutes: 1 });
  }
});

async function read(person: Person, path: string): Promise<{ status: number; text: string }> {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${path}`, { headers: { cookie, accept: 'text/html' } });
  return { status: response.status, text: await response.text() };
}

test('one’s calls stand newest first, with the way to call back, and the rest is one page on', async () => {
  const { text } = await read(company.ann, '/calls?show=missed');
  expect(text).toContain('&lt;b>Cy&lt;/b> Roy');
  expect(text).toContain('href="tel:+15145550123"');
  expect(text).toContain('Caller no. 3.');
  expect(text).not.toContain('Caller no. 2.');
  const older = /href="(\/calls\?[^"]*before=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const next = await read(company.ann, older);
  expect(next.text).toMatch(/Caller no\. 2\.[\s\S]*Caller no\. 1\./);
  expect(next.text).not.toContain('Caller no. 3.');
  expect((await read(company.ann, '/calls?show=%00&before=nowhere')).status).toBe(200);
});

test('nobody sees another’s calls; those who see reports see what anybody missed', async () => {
  expect((await read(company.bo, '/calls')).text).toContain('No calls yet.');
  expect((await read(company.bo, '/calls')).text).not.toContain('show=company');
  expect((await read(company.bo, '/calls?show=company')).status).toBe(403);
  expect((await read(company.eve, '/calls')).text).toContain('show=company');
  expect((await read(company.eve, '/calls?show=company')).text).toContain('Manqué par Ann Baker');
});
