import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiAdapter } from '../../src/api/listen.js';
import { parseInstant } from '../../src/cli/arguments.js';
import { verifyChain } from '../../src/core/audit/verify-chain.js';
import { change } from '../../src/core/change.js';
import { installationActor } from '../../src/core/chat/actor.js';
import { memberFacts } from '../../src/core/members/sync/member-facts.js';
import { root } from '../../src/root-folder.js';
import { httpApp } from '../../src/server.js';
import { webAdapter } from '../../src/web/listen.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { idleMetrics, wellParts } from '../support/operations.js';
import { textOf } from '../support/read.js';

const key = 'a-key-of-the-environment';
const authorization = `Bearer ${key}`;

let company: Company;
let url: string;
let cookie: string;
let audio: Blob;
/** The stored files. */

/** The number of recordings in the store. */
async function filesKept(): Promise<number> {
  let count = 0;
  for await (const _key of company.deps.recordings.list()) count += 1;
  return count;
}

beforeAll(async () => {
  company = await testCompany({ platforms: ['chat', 'web'] });
  const { deps } = company;
  const web = webAdapter(deps, { demo: true });
  const app = httpApp({
    log: deps.log,
    publicUrl: deps.publicUrl,
    parts: wellParts,
    metrics: idleMetrics(),
    trustedProxies: [],
    adapters: [apiAdapter(deps, { apiKey: key }), web],
  });
  const server = express().use(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    await web.stop?.();
    server.closeAllConnections();
    server.close();
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  audio = new Blob([await readFile(`${root}prisma/seed/voicemail-en.mp3`)]);
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ user: company.ann.id }),
    redirect: 'manual',
  });
  cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});

const json = (method: string, path: string, body: unknown) =>
  fetch(url + path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** `metadata` is JSON text, so that half a character can be in it as an escape. */
function post(metadata: string): Promise<Response> {
  const form = new FormData();
  form.set('audio', audio, 'message.mp3');
  form.set('metadata', metadata);
  return fetch(`${url}/api/v1/voicemails`, { method: 'POST', headers: { authorization }, body: form });
}
const voicemail = (sourceId: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({ sourceId, mailbox: { extension: '101' }, ...more });

describe('a voicemail over the API', () => {
  test.each([
    ['an emoji at the end of 120 characters', `${'x'.repeat(119)}📞`, 'x'.repeat(119)],
    ['half an emoji', 'Ann \ud83d', 'Ann'],
    ['the other half', '\udcde Ann', 'Ann'],
    ['an override of direction', '\u202egnp.Ann', 'gnp.Ann'],
    ['what cannot be stored or seen', 'A\u0000n\u200bn\n', 'A nn'],
  ])('is taken with a caller’s name of %s', async (how, callerName, kept) => {
    expect((await post(voicemail(how, { callerName, ani: '\ud800' }))).status).toBe(201);
    const row = await company.db.voicemail.findFirstOrThrow({ where: { sourceId: how } });
    expect(row).toMatchObject({ callerName: kept, ani: '' });
  });

  test.each([
    ['sourceId', voicemail('half \ud800')],
    ['callId', voicemail('ok', { callId: '\udfff' })],
    ['receivedAt', voicemail('ok', { receivedAt: '0000-01-01T00:00:00Z' })],
    ['receivedAt', voicemail('ok', { receivedAt: '9999-12-31T23:59:59-14:00' })],
    ['receivedAt', voicemail('ok', { receivedAt: '1969-12-31T23:59:59Z' })],
  ])('with a %s that cannot be kept is a 400 that names it, and leaves no file', async (field, metadata) => {
    const before = await filesKept();
    const response = await post(metadata);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(`“${field}”`)]);
    expect(await filesKept()).toBe(before);
  });
});

describe('a call over the API', () => {
  test('is answered whatever stands in what was said, keyed and shown', async () => {
    const odd = '\ud800\u0000\u202e📞';
    const asked = await json('POST', '/api/v1/calls', {
      callId: 'odd',
      ani: odd,
      dnis: odd,
      digits: odd,
      speech: [odd, `${'x'.repeat(499)}📞`],
      language: odd,
    });
    expect(asked.status).toBe(200);
    const [leg] = (await company.db.call.findFirstOrThrow({ where: { callId: 'odd' }, include: { legs: true } })).legs;
    expect(JSON.stringify(leg).isWellFormed()).toBe(true);
  });

  test.each([
    ['POST', '/api/v1/calls', { callId: '\ud800', ani: '', dnis: '' }, 400],
    ['POST', '/api/v1/calls', '{"callId":"\\ud800x","ani":"","dnis":""}', 400],
    ['PUT', '/api/v1/agents/agent-103/presence', { state: 'busy', at: '0000-12-31T00:00:00Z' }, 400],
    ['POST', '/api/v1/calls/%00/outcome', { leg: 1, disposition: 'busy' }, 400],
    ['POST', '/api/v1/calls/%ED%A0%80/outcome', { leg: 1, disposition: 'busy' }, 400],
    ['PUT', '/api/v1/agents/%00/presence', { state: 'busy' }, 400],
    [`PUT`, `/api/v1/agents/${'x'.repeat(300)}/presence`, { state: 'busy' }, 404],
  ])('%s %s %j is %i', async (method, path, body, status) => {
    expect((await json(method, path, body)).status).toBe(status);
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
    'coverage at %s is a 400 that names the field',
    async (at) => {
      const path = `/api/v1/users/${company.ann.id}/coverage?at=${encodeURIComponent(at)}`;
      const response = await fetch(url + path, { headers: { authorization } });
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('“at”')]);
    },
  );
});

describe('an address with what no address holds is no fault of ours:', () => {
  const paths = [
    '/',
    '/v/',
    '/v/x/audio?',
    '/sign-in/',
    '/people/',
    '/messages/',
    '/forms/',
    '/do/',
    '/assets/',
    '/nowhere/',
  ];
  const queries = [
    '/suggest?q=',
    '/directory?q=',
    '/directory?page=',
    '/messages?q=',
    '/messages?show=',
    '/messages?sort=',
    '/sign-in?q=',
    '/sign-in?to=',
    '/sign-in?out=',
  ];
  const apiPaths = [
    '/api/v1/',
    '/api/v1/calls/',
    '/api/v1/users/',
    '/api/v1/directory?q=',
    '/api/v1/directory?kind=',
    '/api/v1/voicemails?mailbox=',
    '/api/v1/voicemails?cursor=',
    '/api/v1/voicemails?heard=',
  ];
  const odd = ['%00', '%', '%zz', '%E0%A4%A', '%ED%A0%80', '%C0%80', 'a%00b', '%2e%2e%2f', '%F0%9F%93'];
  test.each([...paths, ...queries, ...apiPaths].flatMap((path) => odd.map((one) => path + one)))('%s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const response = await fetch(url + path, {
        method,
        headers: { cookie, authorization, accept: 'text/html' },
        ...(method === 'POST' ? { body: new URLSearchParams({ a: 'b' }) } : {}),
        redirect: 'manual',
      });
      await response.body?.cancel();
      expect(response.status, method).toBeLessThan(500);
    }
  });
});

describe('a form in the browser', () => {
  test('is read where its text has halves of characters and what cannot be stored', async () => {
    for (const text of ['find %ED%A0%80', 'find %00', 'find \ud800', 'find a%00b']) {
      const response = await fetch(`${url}/say`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: `text=${text}&%00=%00&c.%ED%A0%80=x`,
      });
      expect(response.status).toBe(200);
    }
  });
});

describe('in chat', () => {
  const odd = 'half \ud83d and \u0000, \u202eback';

  test('words, names and reasons are stored whole, and the record stays whole', async () => {
    const { ada, ann, bo } = company;
    expect(textOf(await company.ask(ann, `find ${odd}`))).not.toContain('our fault');
    expect(textOf(await company.suggest(ann, odd))).not.toContain('our fault');
    const reason = `Ticket 42 of ${odd}`;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
    await company.click(ada, 'impersonation.stop');
    const lines = await company.audit();
    expect(JSON.stringify(lines)).toContain('Ticket 42 of half  and , back');
    await change(company.deps, installationActor(company.tenantId, 'cli'), async (change) => {
      change.record({ event: 'user.updated', subjectId: bo.id, before: { title: '' }, after: { title: odd } });
    });
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole' });
  });

  test('a command is as plain as it would be from another keyboard', async () => {
    const { ann } = company;
    const plain = textOf(await company.ask(ann, 'ooo until friday 5pm'));
    expect(plain).toContain('5:00 pm');
    for (const typed of [
      'ooo until “friday 5pm”',
      'ooo until ‘friday 5pm’',
      'ooo until friday — 5pm',
      'ooo\u00a0until\u202ffriday\u20095pm.',
      'o\u200boo until friday 5pm!',
      'ＯＯＯ until friday ５pm',
      '«\u00a0ooo\u00a0» until friday 5pm',
    ])
      expect(textOf(await company.ask(ann, typed)), typed).toBe(plain);
  });

  test('a name keeps its apostrophe and its accents however they are typed', async () => {
    const { ann } = company;
    for (const typed of ['find Dan O’Neil', "find Dan O'Neil?", 'find “Dan O‘Neil”'])
      expect(textOf(await company.ask(ann, typed)), typed).toContain('Dan O’Neil');
    expect(textOf(await company.ask(ann, 'find E\u0300ve'))).toContain('Ève Müller');
  });

  test('a request of extreme length is refused in the person’s language, and runs nothing', async () => {
    const { ann } = company;
    const line = textOf(await company.ask(company.bo, `ooo ${'a'.repeat(3_000)}`, { locale: 'fr' }));
    expect(line).toContain('C’est trop long. Utilisez au plus 2000 caractères.');
    const mentions = Array.from({ length: 21 }, () => ann);
    expect(textOf(await company.ask(ann, 'ooo', { mentions }))).toContain('Mention at most 20.');
    const carries = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`c${at}`, 'x']));
    expect(textOf(await company.click(ann, 'ooo.back', carries))).toContain('cannot read that much at once');
    expect(textOf(await company.click(ann, 'x'.repeat(200)))).toContain('cannot read that much at once');
    const values = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`v${at}`, 'x']));
    expect(textOf(await company.submit(ann, 'ooo.set', values))).toContain('cannot read that much at once');
    expect(await company.suggest(ann, 'x'.repeat(201))).toMatchObject({
      options: [],
      empty: expect.stringContaining('too long'),
    });
    const long = await company.submit(ann, 'ooo.set', { note: 'x'.repeat(5_000), until: '2026-12-01' });
    expect(JSON.stringify(long)).toContain('at most 500 characters');
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  });

  test('an account or a request whose id is no id is nobody’s', async () => {
    const stranger = { ...company.ann, account: { ...company.ann.account, accountId: 'x'.repeat(600) } };
    expect(textOf(await company.ask(stranger, 'help'))).toContain('cannot read that much at once');
    const half = { ...company.ann, account: { ...company.ann.account, accountId: 'a\ud800' } };
    expect(textOf(await company.ask(half, 'help'))).toContain('cannot read that much at once');
    expect(textOf(await company.ask(company.ann, 'help', { id: 'x'.repeat(600) }))).toContain('cannot read that much');
    expect(textOf(await company.ask(company.ann, 'help', { locale: 'x'.repeat(600) }))).toContain('What I can do');
  });
});

test('the list of members gives names without what nobody sees, cut between characters', () => {
  const read = memberFacts({
    accountId: 'U1',
    is: 'member',
    displayName: '\u202eAnn\ud800 Ba\u200bker',
    title: `${'x'.repeat(119)}📞`,
    email: 'ann@maple.example',
  });
  expect(read).toMatchObject({ displayName: 'Ann Baker', firstName: 'Ann', lastName: 'Baker', title: 'x'.repeat(119) });
});

test('the command line takes no instant that a calendar does not have', () => {
  for (const text of ['0000-01-01', '9999-12-31T23:59:59-14:00', '2026-13-01', 'soon'])
    expect(() => parseInstant(text)).toThrow();
  expect(parseInstant('2026-11-29T12:00:00Z').toISOString()).toBe('2026-11-29T12:00:00.000Z');
});
