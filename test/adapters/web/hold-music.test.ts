import { beforeAll, expect, test } from 'vitest';
import { holdMusicOf } from '../../../src/core/calls/hold-music/hold-music.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { type WebCompany, webCompany } from '../../support/web.js';
import { webSession } from '../../support/web-session.js';

let company: WebCompany;
beforeAll(async () => {
  company = await webCompany();
});

const path = '/admin/hold-music';

async function get(person: Person, address = path) {
  const { cookie } = await webSession(company, person);
  const response = await fetch(`${company.origin}${address}`, { headers: { cookie }, redirect: 'manual' });
  return { status: response.status, html: await response.text() };
}

async function post(person: Person, address: string, body: FormData | URLSearchParams) {
  const { cookie } = await webSession(company, person);
  const headers = { cookie, origin: company.origin };
  const response = await fetch(`${company.origin}${address}`, { method: 'POST', headers, body, redirect: 'manual' });
  return { status: response.status, html: await response.text() };
}

const upload = (person: Person, content: Uint8Array) => {
  const body = new FormData();
  body.append('music', new Blob([new Uint8Array(content)]), 'music.wav');
  return post(person, path, body);
};

test('an admin uploads music, hears it, and removes it; the page is in their language', async () => {
  expect((await get(company.ada)).html).toContain('Callers hear the music that comes with Attendant.');
  expect((await upload(company.ada, wav(12))).status).toBe(303);
  const { html } = await get(company.ada);
  expect(html).toContain('Callers hear your own music: 12 s, since');
  const [, audio = ''] = /<audio[^>]* src="([^"]+)"/.exec(html) ?? [];
  expect((await get(company.ada, audio.replaceAll('&amp;', '&'))).status).toBe(200);

  await company.db.user.update({ where: { id: company.ada.id }, data: { language: 'fr' } });
  expect((await get(company.ada)).html).toContain('On entend votre propre musique');
  await company.db.user.update({ where: { id: company.ada.id }, data: { language: null } });

  expect((await post(company.ada, `${path}/remove`, new URLSearchParams())).status).toBe(303);
  expect(await holdMusicOf(company.deps, company.tenantId)).toBeUndefined();
});

test('what is no music is refused on the page', async () => {
  const short = await upload(company.ada, wav(2));
  expect(short.status).toBe(422);
  expect(short.html).toContain('This is too short.');
  const odd = await upload(company.ada, Buffer.from('text'));
  expect(odd.status).toBe(422);
  // The page is the same as before, with the way to the other pages of the admin area.
  expect(odd.html).toContain('href="/admin/hold-music" aria-current="page"');
  expect((await post(company.ada, path, new URLSearchParams())).status).toBe(422);
});

test('nobody else may see or change it', async () => {
  await post(company.ada, `${path}/remove`, new URLSearchParams());
  for (const person of [company.ann, company.eve]) {
    expect((await get(person)).status).toBe(403);
    expect((await get(person, `${path}/audio`)).status).toBe(403);
    expect((await upload(person, wav(12))).status).toBe(403);
    expect((await post(person, `${path}/remove`, new URLSearchParams())).status).toBe(403);
  }
  expect(await holdMusicOf(company.deps, company.tenantId)).toBeUndefined();
});
