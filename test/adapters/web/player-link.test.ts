import { request as httpRequest } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listenUrl } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { buttonsOf, textOf } from '../../support/read.js';
import { type WebCompany, webCompany } from '../../support/web.js';

const size = wav(4).length;

let company: WebCompany;
let message: Awaited<ReturnType<typeof receiveVoicemail>>['id'];
let address: string;
let calls = 0;

beforeEach(async () => {
  company = await webCompany({ platforms: ['slack', 'teams'] });
});

beforeEach(async () => {
  const { tenantId, bo } = company;
  const received = await receiveVoicemail(company.deps, installationActor(tenantId, 'phone'), {
    sourceId: `player ${++calls}`,
    mailbox: { userId: bo.id },
    audio: wav(4),
    callerName: 'Priya Raman',
  });
  message = received.id;
  const actor = { kind: 'self', tenantId, userId: bo.id, role: 'member', via: 'web' } as const;
  address = new URL((await listenUrl(company.deps, actor, message)) ?? '').pathname;
});

const ask = (path: string, init: RequestInit & { cookie?: string } = {}) =>
  fetch(`${company.origin}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { ...(init.headers as Record<string, string>), ...(init.cookie ? { cookie: init.cookie } : {}) },
  });

const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const signIn = async (person: Person) =>
  cookieOf(await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ user: person.id }) }));

const heardAt = async () => (await company.db.voicemail.findUniqueOrThrow({ where: { id: message } })).heardAt;
const listens = () => company.db.listen.findMany({ where: { voicemailId: message } });
const linesAbout = async (id: string) => (await company.audit()).filter(({ subjectId }) => subjectId === id);

/** Play as a browser without our script does. */
const play = async (headers: Record<string, string> = {}, cookie?: string) => {
  const answer = await ask(`${address}/audio?play`, { headers, ...(cookie ? { cookie } : {}) });
  await answer.arrayBuffer();
  return answer;
};

describe('nothing is heard', () => {
  test.each([
    ['by HEAD of the audio', () => ask(`${address}/audio?play`, { method: 'HEAD' })],
    ['by HEAD of the download', () => ask(`${address}/download`, { method: 'HEAD' })],
    ['by a range past the end', () => play({ range: `bytes=${size}-` })],
    ['by If-None-Match', () => play({ 'if-none-match': '*' })],
    ['by If-Modified-Since', () => play({ 'if-modified-since': 'Sun, 29 Nov 2026 00:00:00 GMT' })],
    ['by a prefetch (Sec-Purpose)', () => play({ 'sec-purpose': 'prefetch;prerender' })],
    ['by a prefetch (Purpose)', () => play({ purpose: 'prefetch' })],
    ['by a preview (X-Purpose)', () => play({ 'x-purpose': 'preview' })],
    ['by a prefetch (X-Moz)', () => play({ 'x-moz': 'prefetch' })],
    ['by a link scanner that fetches the page', () => ask(address)],
    ['by HEAD of the page', () => ask(address, { method: 'HEAD' })],
    ['by the audio for the waveform', async () => (await ask(`${address}/audio`)).arrayBuffer()],
  ])('%s', async (_what, knock) => {
    await knock();
    // An error would follow the answer at once.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await heardAt()).toBeNull();
    expect(await listens()).toEqual([]);
    expect((await linesAbout(message)).map(({ event }) => event)).toEqual(['voicemail.received']);
  });

  test('by somebody else’s HEAD, and that leaves no line either', async () => {
    const cookie = await signIn(company.dan);
    expect((await ask(address, { method: 'HEAD', cookie })).status).toBe(403);
    expect((await linesAbout(message)).map(({ event }) => event)).toEqual(['voicemail.received']);
  });

  test('HEAD and GET use up no sign-in link', async () => {
    const [open] = buttonsOf(await company.ask(company.ann, 'app'));
    const path = new URL(open?.kind === 'link' ? open.url : '').pathname;
    for (const method of ['HEAD', 'GET', 'HEAD']) expect((await ask(path, { method })).status).toBe(200);
    expect((await ask(path, { method: 'POST', body: new URLSearchParams() })).status).toBe(303);
  });

  test('HEAD opens no stream', async () => {
    expect((await ask('/live', { method: 'HEAD', cookie: await signIn(company.ann) })).status).toBe(204);
  });
});

describe('a message is heard', () => {
  test.each([
    ['whole', {}, 200],
    ['in a range', { range: 'bytes=0-99' }, 206],
  ])('by a browser without our script, %s', async (_what, headers, status) => {
    expect((await play(headers)).status).toBe(status);
    await expect.poll(heardAt).not.toBeNull();
    expect(await listens()).toHaveLength(1);
  });

  test('by a player that stops in the middle', async () => {
    const long = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'phone'), {
      sourceId: `long ${calls}`,
      mailbox: { userId: company.bo.id },
      audio: wav(170),
    });
    message = long.id;
    const actor = {
      kind: 'self',
      tenantId: company.tenantId,
      userId: company.bo.id,
      role: 'member',
      via: 'web',
    } as const;
    address = new URL((await listenUrl(company.deps, actor, message)) ?? '').pathname;
    await new Promise<void>((resolve, reject) => {
      const asked = httpRequest(`${company.origin}${address}/audio?play`, (answer) => {
        answer.once('data', () => {
          asked.destroy();
          resolve();
        });
      });
      asked.once('error', reject);
      asked.end();
    });
    await expect.poll(heardAt).not.toBeNull();
  });

  test('by the player’s own word', async () => {
    const answer = await ask(`${address}/heard`, { method: 'POST', body: new URLSearchParams() });
    expect(answer.status).toBe(204);
    expect(await heardAt()).not.toBeNull();
  });
});

describe('who is on record', () => {
  test('by link: nobody, but that it was the link; the owner’s card says so', async () => {
    const { bo } = company;
    await play();
    await expect.poll(async () => (await listens()).length).toBe(1);
    expect(await listens()).toMatchObject([{ userId: null, linkOfId: bo.id, impersonatorId: null }]);
    const [, played, heard] = await linesAbout(message);
    expect(played).toMatchObject({ event: 'voicemail.played', actorId: null, via: 'link', after: { linkOf: bo.id } });
    expect(heard).toMatchObject({ event: 'voicemail.heard', actorId: null, via: 'link' });
    const card = await company.click(bo, 'voicemail.open', { voicemail: message });
    expect(textOf(card)).toContain('Heard by link, 10:00');
    expect(textOf(card)).not.toContain('Heard by Bo Chen');
  });

  test('signed in: the person', async () => {
    const { bo } = company;
    await play({}, await signIn(bo));
    await expect.poll(async () => (await listens()).length).toBe(1);
    expect(await listens()).toMatchObject([{ userId: bo.id, linkOfId: null }]);
    expect((await linesAbout(message))[1]).toMatchObject({ event: 'voicemail.played', actorId: bo.id, via: 'web' });
  });

  test('signed in as somebody else: refused, and that is on record', async () => {
    const { dan } = company;
    expect((await ask(address, { cookie: await signIn(dan) })).status).toBe(403);
    expect((await linesAbout(message)).at(-1)).toMatchObject({ event: 'voicemail.link-refused', actorId: dan.id });
  });

  test('by an admin’s link: that it was the admin’s, in the session that the person reads about', async () => {
    const { ada, bo } = company;
    await company.submit(ada, 'impersonation.start', { user: bo.id, reason: 'Bo asked me to listen for him today.' });
    const shown = await company.click(ada, 'voicemail.open', { voicemail: message });
    const blocks = shown.kind === 'say' ? shown.card.blocks : [];
    const audio = blocks.find(({ kind }) => kind === 'audio');
    if (audio?.kind !== 'audio') throw new Error('no audio');
    address = new URL(audio.audio.url).pathname;
    await play();
    await expect.poll(async () => (await listens()).length).toBe(1);
    expect(await listens()).toMatchObject([{ userId: null, linkOfId: ada.id }]);
    const [session] = await company.db.impersonationSession.findMany({ where: { endedAt: null } });
    expect((await linesAbout(message)).at(-1)).toMatchObject({ via: 'link', sessionId: session?.id });
    await company.click(ada, 'impersonation.stop');
    expect((await ask(address)).status).toBe(403);
    expect(textOf(await company.click(bo, 'voicemail.open', { voicemail: message }))).toContain(
      'Heard by a link of Ada Roy',
    );
  });
});

describe('a link is dead, and says why in its person’s language', () => {
  const bo = (data: object) => company.db.user.update({ where: { id: company.bo.id }, data });
  const tenant = (data: object) => company.db.tenant.update({ where: { id: company.tenantId }, data });

  test.each([
    [
      'the access is taken',
      () => bo({ access: 'none' }),
      () => bo({ access: 'attendant_only' }),
      'pas activé pour vous',
    ],
    [
      'the person’s app is closed',
      () => bo({ appAllowed: false }),
      () => bo({ appAllowed: true }),
      'pas activé pour vous',
    ],
    [
      'the company’s app is closed',
      () => tenant({ appAllowed: false }),
      () => tenant({ appAllowed: true }),
      'pas activé pour vous',
    ],
    [
      'the company is off',
      () => tenant({ enabled: false }),
      () => tenant({ enabled: true }),
      'désactivé pour votre entreprise',
    ],
    [
      'the edition has no voicemail',
      () => tenant({ edition: 'attendant' }),
      () => tenant({ edition: 'attendant_plus' }),
      'ne fait pas partie',
    ],
    [
      'the message is deleted',
      () => company.click(company.bo, 'voicemail.delete', { voicemail: message }),
      async () => {},
      'Ce message est supprimé',
    ],
  ])('%s', async (_what, close, reopen, words) => {
    await bo({ language: 'fr' });
    await close();
    try {
      for (const path of [address, `${address}/audio?play`, `${address}/download`]) {
        const answer = await ask(path);
        expect(answer.status).toBeGreaterThanOrEqual(403);
        expect(await answer.text()).toContain(words);
      }
      expect(
        (await ask(`${address}/heard`, { method: 'POST', body: new URLSearchParams() })).status,
      ).toBeGreaterThanOrEqual(403);
      expect(await listens()).toEqual([]);
    } finally {
      await reopen();
      await bo({ language: null });
    }
  });
});

describe('a company that wants its people signed in (openLinks off)', () => {
  beforeEach(() =>
    company.db.tenant.update({ where: { id: company.tenantId }, data: { openLinks: false } }).then(() => {}),
  );

  test('plays nothing without sign-in, and leads to a card in the person’s own chats, once a minute', async () => {
    const { bo } = company;
    const page = await ask(address);
    expect(page.status).toBe(403);
    const shown = await page.text();
    expect(shown).toContain('/attendant app');
    expect(shown).not.toContain('Priya Raman');
    expect((await ask(`${address}/audio?play`)).status).toBe(403);
    expect(await heardAt()).toBeNull();

    const send = () => ask(`${address}/sign-in`, { method: 'POST', body: new URLSearchParams() });
    await Promise.all([send(), send(), send()]);
    await company.work();
    const cards = ['slack', 'teams'].map((platform) =>
      company.cardsOf(bo, platform).filter((card) => textOf(card).includes('asked for this')),
    );
    expect(cards.map((some) => some.length)).toEqual([1, 1]);

    const [open] = buttonsOf(cards[0]?.[0]);
    if (open?.kind !== 'link') throw new Error('no link');
    const link = new URL(open.url);
    expect(await (await ask(`${link.pathname}${link.search}`)).text()).toContain('Sign in as Bo Chen');
    const signed = await ask(link.pathname, {
      method: 'POST',
      body: new URLSearchParams({ to: link.searchParams.get('to') ?? '' }),
    });
    expect(signed.headers.get('location')).toBe(address);
    expect(await (await ask(address, { cookie: cookieOf(signed) })).text()).toContain('Priya Raman');
    await company.work();
    expect(textOf(company.cardsOf(bo, 'slack').at(-1))).toContain('signed in with this link');

    company.clock.forward({ minutes: 2 });
    expect((await send()).status).toBe(200);
    await company.work();
    expect(company.cardsOf(bo, 'teams').filter((card) => textOf(card).includes('asked for this'))).toHaveLength(1);
  });

  test('writes the link by e-mail to somebody who has no chat', async () => {
    const mailing = await webCompany({ platforms: ['mail'], tenant: { openLinks: false }, numberless: true });
    const { bo } = mailing;
    await mailing.db.account.deleteMany({ where: { userId: bo.id } });
    const path = await pathOfMessage(mailing);
    await fetch(`${mailing.origin}${path}/sign-in`, { method: 'POST', body: new URLSearchParams() });
    await mailing.work();
    const mails = mailing.messengers.mail?.posted.filter(({ to }) => to.address === bo.email) ?? [];
    const card = mails.flatMap(({ states }) => states.slice(-1)).find((one) => textOf(one).includes('asked for this'));
    const [open] = buttonsOf(card);
    expect(open?.kind === 'link' && new URL(open.url).searchParams.get('to')).toBe(path);
  });
});

test('wrong links from one address are slowed down, in words; a right one still opens', async () => {
  const busy = await webCompany({ numberless: true });
  const path = await pathOfMessage(busy);
  const knock = (token: string) => fetch(`${busy.origin}/v/${token}`, { headers: { 'accept-language': 'fr' } });
  const statuses = await Promise.all(
    Array.from({ length: 90 }, (_, at) => knock(`guess${at}.abc`).then((r) => r.status)),
  );
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
  const slowed = await knock('one.more');
  expect(slowed.status).toBe(429);
  expect(await slowed.text()).toContain('trop rapide');
  expect((await fetch(`${busy.origin}/sign-in/made.up`)).status).toBe(429);
  expect((await fetch(`${busy.origin}${path}`)).status).toBe(200);
});

async function pathOfMessage(of: WebCompany): Promise<string> {
  const { tenantId, bo } = of;
  const { id } = await receiveVoicemail(of.deps, installationActor(tenantId, 'phone'), {
    sourceId: 'one',
    mailbox: { userId: bo.id },
    audio: wav(4),
  });
  const actor = { kind: 'self', tenantId, userId: bo.id, role: 'member', via: 'web' } as const;
  return new URL((await listenUrl(of.deps, actor, id)) ?? '').pathname;
}
