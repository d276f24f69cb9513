import { beforeAll, expect, test } from 'vitest';
import { spokenGreeting } from '../../../src/core/calls/mailbox-greeting.js';
import { type WebCompany, webCompany } from '../../support/web.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany();
});

/** The person’s zone is Toronto; the browser reports another. */
async function home(zone: string, language = 'en'): Promise<string> {
  const signedIn = await fetch(`${company.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'accept-language': language },
    body: new URLSearchParams({ user: company.ann.id }),
  });
  const session = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const cookie = `${session}; attendant_zone=${encodeURIComponent(zone)}`;
  return (await fetch(company.origin, { headers: { cookie } })).text();
}

test('a page in a browser of another zone names the zone; in one of the person’s own it does not', async () => {
  await company.submit(company.ann, 'ooo.set', { until: '2030-01-15T08:00' });
  expect(await home('UTC')).toMatch(/1:00\spm UTC/);
  expect(await home('America/Toronto')).toMatch(/8:00\spm?|8:00\sam(?! EST)/);
  expect(await home('America/Toronto')).not.toContain('EST');
  expect(await home('Asia/Kolkata')).toMatch(/6:30\spm GMT\+5:30/);
});

test('what is typed in such a browser is read in its zone and order of days, and said back with the zone', async () => {
  const signedIn = await fetch(`${company.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ user: company.bo.id }),
  });
  const cookie = `${(signedIn.headers.get('set-cookie') ?? '').split(';')[0]}; attendant_zone=UTC`;
  const answer = await fetch(`${company.origin}/say`, {
    method: 'POST',
    headers: { cookie, 'hx-request': 'true', 'accept-language': 'en-GB,en;q=0.8' },
    body: new URLSearchParams({ text: 'ooo until 4/12 1pm' }),
  });
  expect(await answer.text()).toMatch(/Wed, Dec 4, 1:00\spm UTC/);
});

test('callers hear the zone of somebody whose clocks are not the company’s', () => {
  const away = { privacy: 'away_until', note: '', endsAt: new Date('2030-01-15T13:00:00Z') };
  const spoken = (timeZone: string | undefined, locale: 'en' | 'fr') =>
    spokenGreeting(
      {
        kind: 'out-of-office',
        person: { name: 'Ann Baker', timeZone },
        company: { timeZone: 'America/Toronto' },
        away,
      } as Parameters<typeof spokenGreeting>[0],
      locale,
    );
  expect(spoken('America/Vancouver', 'en')).toContain('5:00 am Pacific Standard Time');
  expect(spoken('America/Vancouver', 'fr')).toContain('5 heures, heure normale du Pacifique');
  expect(spoken(undefined, 'en')).not.toContain('Time');
});
