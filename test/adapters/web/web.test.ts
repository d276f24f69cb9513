import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listenUrl } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { AudioLate } from '../../../src/core/voicemail/ports.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { buttonsOf } from '../../support/read.js';
import { type WebCompany, webCompany } from '../../support/web.js';

let company: WebCompany;

beforeEach(async () => {
  company = await webCompany();
});

test.each([
  ['/privacy', 'en', 'Privacy'],
  ['/terms', 'en', 'Terms of use'],
  ['/privacy', 'fr', 'Confidentialité'],
  ['/terms', 'fr', 'Conditions d’utilisation'],
])('%s is open to everybody, in %s', async (path, language, title) => {
  const page = await get(path, undefined, { 'accept-language': language });
  expect(page.status).toBe(200);
  expect(await textOf(page)).toContain(title);
});

test.each([
  ['/admin', '/admin/people'],
  ['/people', '/directory'],
])('%s, as people shorten it, leads to %s', async (path, page) => {
  expect((await get(path, await signIn(company.ada))).headers.get('location')).toBe(page);
});

describe('the way in', () => {
  test('is the personal link from chat, once, and only when the button on it is pressed', async () => {
    const link = await linkOf(company.ann);
    // A chat opens links to preview them, which must not use them up.
    expect(await textOf(await get(link))).toContain('Sign in as Ann Baker');
    expect(await textOf(await get(link))).toContain('Sign in as Ann Baker');

    const first = await post(link, {});
    expect(first.status).toBe(303);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect(first.headers.get('set-cookie')).not.toContain('Secure');
    expect(await textOf(await get('/', cookieOf(first)))).toContain('Hello, Ann');

    expect((await post(link, {})).status).toBe(403);
    expect((await get(link)).status).toBe(403);
    const events = (await company.audit()).map(({ event, via }) => `${event} ${via}`);
    expect(events).toEqual(['session.link-made chat', 'account.linked web', 'session.signed-in web']);
  });

  test('is over after 15 minutes', async () => {
    const link = await linkOf(company.bo);
    company.clock.forward({ minutes: 15 });
    const late = await get(link, undefined, { 'accept-language': 'fr' });
    expect(late.status).toBe(403);
    expect(await textOf(late)).toContain('Ce lien de connexion a déjà servi ou a expiré');
  });

  test('does not open for a link or a cookie that somebody made up', async () => {
    const link = await linkOf(company.bo);
    expect((await get(`${link}x`)).status).toBe(403);
    expect((await get(`/sign-in/${randomUUID()}.abc`)).status).toBe(403);
    const cookie = await signIn(company.bo);
    expect((await get('/', `${cookie}x`)).headers.get('location')).toBe('/sign-in?to=%2F');
  });

  test('closes when one signs out, and after 30 days', async () => {
    const cookie = await signIn(company.bo);
    expect((await post('/sign-out', {}, cookie)).headers.get('location')).toBe('/sign-in?out');
    expect((await get('/', cookie)).status).toBe(303);

    const other = await signIn(company.bo);
    company.clock.forward({ days: 30 });
    expect((await get('/', other)).status).toBe(303);
  });

  test('the demo of a large company is searched for who to be', async () => {
    const large = await webCompany({ ownDatabase: true });
    const { tenantId, db } = large;
    const page = async (path: string) => textOf(await fetch(`${large.origin}${path}`));
    expect(await page('/sign-in')).not.toContain('name="q"');
    await db.user.createMany({
      data: Array.from({ length: 120 }, (_, at) => ({
        tenantId,
        username: `many${at}`,
        email: `many${at}@maple.example`,
        firstName: 'Aaron',
        lastName: `Aalto${at}`,
      })),
    });
    expect(await page('/sign-in')).toContain('name="q"');
    expect(await page('/sign-in')).not.toContain('Bo Chen');
    const found = await page('/sign-in?q=CHE+bo');
    expect(found).toContain('Bo Chen');
    expect(found).not.toContain('Aaron');
    expect(await page('/sign-in?q=zebra')).toContain('Nobody has such a name');
  });

  test('lets nobody choose who they are outside the demo', async () => {
    const real = await webCompany({ numberless: true }, { demo: false });
    const page = await textOf(await fetch(`${real.origin}/sign-in`));
    expect(page).toContain('/attendant app');
    expect(page).not.toContain('Ann Baker');
    const forced = await fetch(`${real.origin}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ user: real.ann.id }),
    });
    expect(forced.status).toBe(404);
    expect(await real.db.webSession.count()).toBe(0);
  });

  test('while an admin acts as somebody else the link is still the admin’s own', async () => {
    await company.submit(company.ada, 'impersonation.start', {
      user: company.ann.id,
      reason: 'Ann asked me to look after her messages today.',
    });
    expect(await textOf(await get(await linkOf(company.ada)))).toContain('Sign in as Ada Roy');
    await company.ask(company.ada, 'stop');
  });

  test('speaks the browser’s language before it knows one, and the person’s own after', async () => {
    const page = await textOf(await get('/sign-in', undefined, { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.5' }));
    expect(page).toContain('<html lang="fr">');
    expect(await textOf(await get('/', await signIn(company.eve)))).toContain('Bonjour, Ève');
  });
});

describe('what is sent from a page', () => {
  test('is refused when another site sends it', async () => {
    const cookie = await signIn(company.ann);
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await post('/say', { text: 'ooo' }, cookie, headers);
      expect(answer.status).toBe(403);
    }
    expect(await company.db.outOfOfficePeriod.count({ where: { userId: company.ann.id } })).toBe(0);
    const own = await post('/say', { text: 'status' }, cookie, { origin: company.origin });
    expect(own.status).toBe(200);
  });

  test('counts once, however often it comes', async () => {
    const cookie = await signIn(company.ann);
    const form = { until: '2030-06-01', backup: 'Bo Chen', _once: randomUUID() };
    const sent = await Promise.all([post('/forms/ooo.set', form, cookie), post('/forms/ooo.set', form, cookie)]);
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 303]);
    expect(await company.db.outOfOfficePeriod.count({ where: { userId: company.ann.id } })).toBe(1);
  });

  test('comes back with its problems and what was typed, for people and for the script alike', async () => {
    const cookie = await signIn(company.dan);
    const form = {
      until: '2020-01-01',
      backup: 'Bo Chen (Sales)',
      'backup~id': company.bo.id,
      'backup~name': 'Bo Chen (Sales)',
    };
    const page = await post('/forms/ooo.set', form, cookie);
    expect(page.status).toBe(422);
    const html = await textOf(page);
    expect(html).toContain('aria-invalid');
    expect(html).toContain('value="2020-01-01"');
    expect(html).toContain('value="Bo Chen (Sales)"');
    expect(html).toContain('<title>');

    const piece = await post('/forms/ooo.set', form, cookie, { 'hx-request': 'true' });
    expect(piece.status).toBe(422);
    expect(piece.headers.get('hx-retarget')).toBe('#sheet');
    expect(await textOf(piece)).not.toContain('<title>');
  });

  test('returns only to pages of ours', async () => {
    const cookie = await signIn(company.dan);
    const once = randomUUID();
    const send = (page: string) => post('/say', { text: 'status', _once: once, _page: page }, cookie);
    await send('/');
    for (const page of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await send(page)).headers.get('location')).toBe('/');
    expect((await send('/messages?page=2')).headers.get('location')).toBe('/messages?page=2');
  });

  test('of 1,900 characters, with markup and right to left, is shown as text', async () => {
    const cookie = await signIn(company.dan);
    const text = `find <script>alert(1)</script> ‮${'a'.repeat(1_900)}`;
    const html = await textOf(await post('/say', { text }, cookie));
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script>alert(1)');
  });

  test('is 400 when it is no form, 413 when it is larger than anything we ask for', async () => {
    const cookie = await signIn(company.dan);
    const json = await fetch(`${company.origin}/say`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{',
    });
    expect(json.status).toBe(400);
    const broken = await fetch(`${company.origin}/say`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    expect(broken.status).toBe(400);
    expect((await post('/say', { text: 'a'.repeat(300_000) }, cookie)).status).toBe(413);
  });

  test('never runs a button from a link', async () => {
    const cookie = await signIn(company.ann);
    expect((await get('/forms/ooo.back', cookie)).status).toBe(404);
    expect((await get('/do/ooo.back', cookie)).status).toBe(404);
    expect((await get('/forms/ooo.set', cookie)).status).toBe(200);
  });
});

describe('a message’s audio', () => {
  let address: string;
  const size = wav(4).length;

  beforeEach(async () => {
    const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'phone'), {
      sourceId: 'web-audio',
      mailbox: { userId: company.bo.id },
      audio: wav(4),
      callerName: 'Priya Raman',
    });
    const actor = {
      kind: 'self',
      tenantId: company.tenantId,
      userId: company.bo.id,
      role: 'member',
      via: 'web',
    } as const;
    address = new URL((await listenUrl(company.deps, actor, id)) ?? '').pathname;
  });

  test('comes whole, in ranges, and not beyond its end', async () => {
    const whole = await get(`${address}/audio`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect((await whole.arrayBuffer()).byteLength).toBe(size);

    const part = await get(`${address}/audio`, undefined, { range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${size}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(wav(4).subarray(100, 200));

    const end = await get(`${address}/audio`, undefined, { range: 'bytes=-10' });
    expect((await end.arrayBuffer()).byteLength).toBe(10);
    expect((await get(`${address}/audio`, undefined, { range: `bytes=${size}-` })).status).toBe(416);
  });

  test('that is converted too late is to be asked for again', async () => {
    const { audio } = company.deps;
    const { playsAsKept } = audio;
    audio.playsAsKept = () => Promise.reject(new AudioLate(true));
    try {
      const later = await get(`${address}/audio`);
      expect([later.status, later.headers.get('retry-after')]).toEqual([503, '5']);
    } finally {
      audio.playsAsKept = playsAsKept;
    }
  });

  test('opens for nobody else, and that is on the record', async () => {
    const answer = await get(address, await signIn(company.dan));
    expect(answer.status).toBe(403);
    expect(await textOf(answer)).toContain('somebody else');
    expect((await company.audit()).at(-1)?.event).toBe('voicemail.link-refused');
  });

  test('plays without signing in, and marks the message heard when it does', async () => {
    expect(await textOf(await get(address))).toContain('Priya Raman');
    const heard = async () => (await company.db.voicemail.findFirst())?.heardAt;
    expect(await heard()).toBeNull();
    expect((await post(`${address}/heard`, {})).status).toBe(204);
    expect(await heard()).not.toBeNull();
  });

  test('is downloaded only where the company allows it', async () => {
    const file = await get(`${address}/download`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=voicemail-.*\.wav$/);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { downloadsAllowed: false } });
    expect((await get(`${address}/download`)).status).toBe(403);
    expect(await textOf(await get(address))).not.toContain('/download');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { downloadsAllowed: true } });
  });

  test('that is gone says so', async () => {
    expect((await get('/v/nonsense')).status).toBe(404);
    expect((await get(`${address}x`)).status).toBe(404);
  });
});

describe('the directory', () => {
  const rows = (html: string) => [...html.matchAll(/class="colleague-link"[^>]*>([^<]*)</g)].map(([, name]) => name);

  test('shows everybody from A to Z, page by page, but not the hidden', async () => {
    const cookie = await signIn(company.ann);
    const html = await textOf(await get('/directory', cookie));
    expect(rows(html)).toEqual([
      'Ann Baker',
      'Bo Chen',
      'Cléo Dubois',
      'General Mailbox',
      'Ève Müller',
      'Dan O’Neil',
      'Ada Roy',
    ]);
    expect(html).toContain('7 people');
    expect(html).toContain('href="/directory#letter-M"');

    await company.db.user.createMany({
      data: Array.from({ length: 60 }, (_, index) => ({
        tenantId: company.tenantId,
        username: `page${index}`,
        email: `page${index}@maple.example`,
        firstName: 'Page',
        lastName: `Yard${String(index).padStart(2, '0')}`,
      })),
    });
    const first = await textOf(await get('/directory', cookie));
    const second = await textOf(await get('/directory?page=2', cookie));
    expect(rows(first)).toHaveLength(50);
    expect(rows(second)).toHaveLength(17);
    expect(new Set([...rows(first), ...rows(second)]).size).toBe(67);
    expect(second).toContain('51 to 67 of 67');
    for (const odd of ['page=0', 'page=-1', 'page=x', 'page=1e9', 'page=99', 'q=%00', 'q[]=a', `q=${'a'.repeat(5000)}`])
      expect((await get(`/directory?${odd}`, cookie)).status, odd).toBe(200);
    await company.db.user.deleteMany({ where: { firstName: 'Page' } });
  });

  test('finds whom one types, says why, and says so where there is nobody', async () => {
    const cookie = await signIn(company.ann);
    expect(rows(await textOf(await get('/directory?q=che', cookie)))).toEqual(['Bo Chen']);
    expect(await textOf(await get('/directory?q=mueler', cookie))).toMatch(
      /colleague-why">(Spelled alike|Sounds like it)/,
    );
    const nobody = await textOf(await get('/directory?q=<b>quiet', cookie));
    expect(rows(nobody)).toEqual([]);
    expect(nobody).toContain('I found nobody for “&lt;b>quiet”');
  });

  test('where calls go is drawn for managers and the person, with the hours of 14 days', async () => {
    const address = `/people/${company.ann.id}/route`;
    const html = await textOf(await get(`${address}?at=2030-01-19T09:00`, await signIn(company.ada)));
    expect(html).toContain('Where calls to Ann Baker go');
    expect(html).toMatch(/Ann Baker is rung at/);
    expect(html.match(/<th scope="row"/g)).toHaveLength(14);
    expect(html).toContain('value="2030-01-19T09:00"');
    expect((await get(address, await signIn(company.bo))).status).toBe(403);
    const own = await get('/route', await signIn(company.ann));
    expect([own.status, own.headers.get('location')]).toEqual([303, address]);
    const ada = await signIn(company.ada);
    expect(html).toContain('Person or number');
    const asked = await get(`${address}?who=Bo&at=2030-01-19T09:00`, ada);
    expect(asked.headers.get('location')).toBe('/route?who=Bo&at=2030-01-19T09%3A00');
    const byName = await get('/route?who=Ann+Baker&at=2030-01-19T09:00', ada);
    expect(byName.headers.get('location')).toBe(`${address}?at=2030-01-19T14%3A00%3A00.000Z`);
    expect((await get('/route?who=102', ada)).headers.get('location')).toBe(`/people/${company.bo.id}/route`);
    const main = await textOf(await get('/route?who=416+555+0100', ada));
    expect(main).toContain('Where calls to (416) 555-0100 go');
    expect(await textOf(await get('/route?who=nobody+at+all', ada))).toContain('nobody at all');
    expect(await textOf(await get(address, await signIn(company.ann)))).not.toContain('Person or number');
    for (const odd of ['x', '9999999-01-01T00:00', '%00', '2030-13-45T99:99'])
      expect((await get(`${address}?at=${odd}`, await signIn(company.ada))).status).toBe(200);
    expect((await get('/people/nobody/route', await signIn(company.ada))).status).toBe(404);
  });

  test('has a page for each person, with what their card has; a telephone is a link away', async () => {
    const html = await textOf(await get(`/people/${company.ann.id}`, await signIn(company.bo)));
    expect(html).toContain('<h1 dir="auto">Ann Baker</h1>');
    expect(html).toContain('href="tel:+14165550101"');
    expect(html).toContain(`href="/people/${company.ann.id}/message"`);
    expect(html).toContain('action="/do/directory.backup"');
    const extensionOnly = await textOf(await get(`/people/${company.bo.id}`, await signIn(company.ann)));
    expect(extensionOnly).toContain('href="tel:+14165550100,102"');
    const own = await textOf(await get(`/people/${company.bo.id}`, await signIn(company.bo)));
    expect(own).toContain('how your colleagues see you');
    expect(own).not.toContain('/message"');
  });

  test('has none for the hidden, for those without access, for other companies, for what is no id', async () => {
    const other = await webCompany({ numberless: true });
    for (const person of [company.ann, company.ada, company.zoe]) {
      const cookie = await signIn(person);
      for (const id of [company.zoe.id, company.nil.id, other.ann.id, 'x', '%00', randomUUID()])
        for (const page of [`/people/${id}`, `/people/${id}/message`])
          expect((await get(page, cookie)).status, page).toBe(404);
      const left = await leave(company.zoe.id, cookie, { audio: wav(4) });
      expect(left.status).toBe(404);
    }
  });

  test('a part that is refused leaves the page as it stands, and says why at its foot', async () => {
    const refused = await leave(company.zoe.id, await signIn(company.ann), { audio: wav(4), live: true });
    expect(refused.headers.get('hx-retarget')).toBe('#toast');
    expect(refused.status).toBe(422);
    expect(await refused.text()).toBe('<p dir="auto">This person is not in the directory.</p>');
  });

  test('a card’s buttons lead to these pages', async () => {
    const html = await textOf(await post('/say', { text: 'find bo chen' }, await signIn(company.ann)));
    expect(html).toContain(`href="/people/${company.bo.id}/message"`);
    expect(html).toContain(`href="/people/${company.bo.id}#call"`);
  });

  test('a personal link leads to the page it was asked for, and never out of the house', async () => {
    const way = await company.click(company.ann, 'directory.message', { user: company.bo.id });
    const [open] = buttonsOf(way);
    const url = new URL(open?.kind === 'link' ? open.url : '');
    const to = `/people/${company.bo.id}/message`;
    expect(await textOf(await get(url.pathname + url.search))).toContain(`name="to" value="${to}"`);
    // A person who is signed in already goes there directly, and the link stays valid.
    const known = await get(url.pathname + url.search, await signIn(company.ann));
    expect(known.headers.get('location')).toBe(to);
    expect((await get(url.pathname + url.search, await signIn(company.bo))).status).toBe(200);
    const signedIn = await post(url.pathname, { to });
    expect(signedIn.headers.get('location')).toBe(to);

    const again = await linkOf(company.ann);
    expect((await post(again, { to: 'https://evil.example/' })).headers.get('location')).toBe('/');
  });
});

describe('a message for a colleague', () => {
  test('is sent once, however often its form is, and arrives', async () => {
    const cookie = await signIn(company.ann);
    const form = await textOf(await get(`/people/${company.dan.id}/message`, cookie));
    const once = /name="_once" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const sent = [
      await leave(company.dan.id, cookie, { audio: wav(4), once }),
      await leave(company.dan.id, cookie, { audio: wav(4), once }),
    ];
    expect(sent.map(({ headers }) => headers.get('location'))).toEqual(Array(2).fill(`/people/${company.dan.id}?sent`));
    expect(await company.db.voicemail.findMany({ where: { userId: company.dan.id } })).toMatchObject([
      { callerName: 'Ann Baker', ani: '+14165550101' },
    ]);
    const after = await textOf(await get(`/people/${company.dan.id}?sent`, cookie));
    expect(after).toContain('Your message is on its way to Dan O’Neil.');
  });

  test('is refused where one can mend it, under the same number', async () => {
    const cookie = await signIn(company.ann);
    const once = randomUUID();
    const short = await leave(company.eve.id, cookie, { audio: wav(1), once });
    expect(short.status).toBe(422);
    const html = await textOf(short);
    expect(html).toContain('shorter than 3 seconds');
    expect(html).toContain(`name="_once" value="${once}"`);
    const piece = await leave(company.eve.id, cookie, { audio: Buffer.from('MZ'), once, live: true });
    expect(piece.status).toBe(422);
    expect(await textOf(piece)).toMatch(/^<div id="leave-problem" class="trouble" role="alert">.*no audio we can play/);
    const done = await leave(company.eve.id, cookie, { audio: wav(4), once, live: true });
    expect(done.headers.get('hx-redirect')).toBe(`/people/${company.eve.id}?sent`);
    expect(await company.db.voicemail.count({ where: { userId: company.eve.id } })).toBe(1);
  });

  test('that is too large is told so on a page', async () => {
    const large = await leave(company.eve.id, await signIn(company.ann), { audio: Buffer.alloc(26 * 1024 * 1024) });
    expect(large.status).toBe(413);
    expect(await textOf(large)).toContain('That is too large');
  });

  test('is not to be had without Plus, and not to oneself', async () => {
    const cookie = await signIn(company.ann);
    expect((await get(`/people/${company.ann.id}/message`, cookie)).status).toBe(422);
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
    const page = await get(`/people/${company.bo.id}/message`, cookie);
    expect(page.status).toBe(403);
    expect(await textOf(page)).toContain('not part of your company’s edition');
    expect(await textOf(await get(`/people/${company.bo.id}`, cookie))).not.toContain('/message"');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant_plus' } });
  });
});

test('open pages hear that something changed, and signed-out ones are told not to come back', async () => {
  const cookie = await signIn(company.bo);
  const stream = await fetch(`${company.origin}/live`, { headers: { cookie } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hearing = (async () => {
    while (!heard.includes('event: change')) heard += (await reader?.read())?.value ?? '';
  })();
  company.deps.changes.publish(company.ann.id);
  company.deps.changes.publish(company.bo.id);
  await hearing;
  expect(heard.match(/event: change/g)).toHaveLength(1);
  await reader?.cancel();
  expect((await fetch(`${company.origin}/live`)).status).toBe(204);
});

test('strangers are sent to the door before what they bring is read', async () => {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(2_000_000)]), 'large.wav');
  const unknown = await fetch(`${company.origin}/say`, { method: 'POST', redirect: 'manual', body });
  expect(unknown.headers.get('location')).toBe('/sign-in');
  const door = await fetch(`${company.origin}/sign-in/any`, { method: 'POST', redirect: 'manual', body });
  expect(door.status).toBe(413);
});

test('a search for what no text can keep finds nothing, and breaks nothing', async () => {
  expect((await get('/messages?q=%00', await signIn(company.bo))).status).toBe(200);
});

test('the bar stands on a page that is not there too', async () => {
  const { ada, ann } = company;
  const cookie = await signIn(ada);
  await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'Support ticket 42: her page' });
  const page = await get('/mesages', cookie, { accept: 'text/html' });
  expect(page.status).toBe(404);
  expect(await textOf(page)).toContain('you are acting as Ann Baker');
  await company.click(ada, 'impersonation.stop');
});

test('a mistyped address is a page for a person, and none of ours for a program', async () => {
  const page = await get('/mesages', undefined, { accept: 'text/html', 'accept-language': 'fr' });
  expect(page.status).toBe(404);
  expect(await textOf(page)).toContain('Cette page n’existe pas');
  const program = await get('/mesages', undefined, { accept: 'application/json' });
  expect(program.headers.get('content-security-policy')).not.toMatch(/nonce/);
});

test('pages load nothing but our own, and keep nothing', async () => {
  const { headers } = await get('/sign-in');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('cache-control')).toContain('no-store');
});

const at = (path: string) => (path.startsWith('http') ? path : `${company.origin}${path}`);

const get = (path: string, cookie?: string, headers: Record<string, string> = {}) =>
  fetch(at(path), { redirect: 'manual', headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) } });

const post = (path: string, fields: Record<string, string>, cookie?: string, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
    body: new URLSearchParams(fields),
  });

function leave(id: string, cookie: string, wish: { audio: Buffer; once?: string; live?: true }): Promise<Response> {
  const body = new FormData();
  body.append('_once', wish.once ?? randomUUID());
  body.append('audio', new Blob([new Uint8Array(wish.audio)]), 'message.wav');
  const headers = { cookie, ...(wish.live ? { 'hx-request': 'true' } : {}) };
  return fetch(at(`/people/${id}/message`), { method: 'POST', redirect: 'manual', headers, body });
}

const textOf = (response: Response) => response.text();
const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const signIn = async (person: Person) => cookieOf(await post('/sign-in', { user: person.id }));

async function linkOf(person: Person): Promise<string> {
  const [open] = buttonsOf(await company.ask(person, 'app'));
  if (open?.kind !== 'link') throw new Error('no link');
  // The story's own deps have another address than this server.
  return new URL(open.url).pathname;
}
