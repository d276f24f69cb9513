import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ApiOptions, apiAdapter } from '../../../src/api/listen.js';
import { createApiKey, revokeApiKey } from '../../../src/core/api-keys/api-keys.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { asId, type TenantId } from '../../../src/core/ids.js';
import { AudioLate } from '../../../src/core/voicemail/ports.js';
import { openDatabase } from '../../../src/database/database.js';
import { root } from '../../../src/root-folder.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

const key = 'a-key-of-the-environment';

/** Serve the API of a company at its own address. */
async function open({ deps }: Pick<Company, 'deps'>, options: Partial<ApiOptions> = {}): Promise<string> {
  const app = express();
  const { router } = apiAdapter(deps, { apiKey: key, ...options });
  if (router) app.use(router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const authorization = `Bearer ${key}`;
const json = (method: string, body: unknown) => ({
  method,
  headers: { authorization, 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const upload = async (
  url: string,
  metadata: unknown,
  audio?: Blob | null,
  more: Record<string, Blob | string> = {},
) => {
  const form = new FormData();
  const spoken = new Blob([await readFile(`${root}prisma/seed/voicemail-en.mp3`)]);
  if (audio !== null) form.set('audio', audio ?? spoken, 'message.mp3');
  if (metadata instanceof Blob) form.set('metadata', metadata);
  else if (metadata !== undefined)
    form.set('metadata', typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return fetch(`${url}/api/v1/voicemails`, { method: 'POST', headers: { authorization }, body: form });
};

/** The content of a problem document, after checking that it is one. */
async function problem(response: Response): Promise<{ status: number; type: string; detail: string }> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  expect(body.status).toBe(response.status);
  for (const member of ['type', 'title', 'detail', 'instance']) expect(body[member], member).toMatch(/./);
  return { status: response.status, type: String(body.type), detail: String(body.detail) };
}

let company: Company;
let url: string;
beforeAll(async () => {
  company = await testCompany();
  url = await open(company);
});

describe('Audio that is not read in time', () => {
  const openWith = (isUnderLoad: boolean) => {
    const audio = { ...company.deps.audio, probe: () => Promise.reject(new AudioLate(isUnderLoad)) };
    return open({ deps: { ...company.deps, audio } });
  };
  const message = { sourceId: 'late', mailbox: { extension: '101' } };

  test('is to be sent again while other audio is read', async () => {
    const response = await upload(await openWith(true), message);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await problem(response)).toMatchObject({ status: 503 });
  });

  test('is refused where nothing else kept it waiting, so that a lie is not sent for ever', async () => {
    expect(await problem(await upload(await openWith(false), message))).toMatchObject({ status: 415 });
  });
});

describe('A key', () => {
  test('is needed, and must be known', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${url}/api/v1/directory?q=ann`, { headers });
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: `Basic ${key}` },
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${key}x` },
    ]) {
      const response = await ask(headers as Record<string, string>);
      expect(response.headers.get('www-authenticate')).toContain('Bearer');
      expect(await problem(response)).toMatchObject({ status: 401, type: 'urn:attendant:problem:unauthorized' });
    }
    expect((await ask({ authorization })).status).toBe(200);
  });

  test('can be made and revoked, is kept as a hash, and both are on record', async () => {
    const actor = installationActor(company.tenantId, 'cli');
    const made = await createApiKey(company.deps, actor);
    const ask = () => fetch(`${url}/api/v1/directory?q=ann`, { headers: { authorization: `Bearer ${made}` } });
    expect((await ask()).status).toBe(200);
    expect(JSON.stringify(await company.db.apiKey.findMany())).not.toContain(made);
    expect(await revokeApiKey(company.deps, actor, made.slice(0, 12))).toBe(1);
    expect((await ask()).status).toBe(401);
    expect((await company.audit()).map(({ event }) => event)).toEqual(['api-key.created', 'api-key.revoked']);
  });

  test('of a company that is switched off has its calls announced, and opens nothing else until it is on again', async () => {
    const switched = (enabled: boolean) =>
      company.db.tenant.update({ where: { id: company.tenantId }, data: { enabled } });
    const search = () => fetch(`${url}/api/v1/directory?q=ann`, { headers: { authorization } });
    await switched(false);
    expect(await problem(await search())).toMatchObject({
      status: 403,
      detail: expect.stringContaining('switched off'),
    });
    const asked = { callId: 'off', ani: '+14165550123', dnis: '+14165550101' };
    const call = await fetch(`${url}/api/v1/calls`, json('POST', asked));
    expect(await call.json()).toMatchObject({ action: 'announce' });
    const coverage = await fetch(`${url}/api/v1/users/${company.ann.id}/coverage`, { headers: { authorization } });
    expect(await coverage.json()).toMatchObject({
      path: [{ action: 'announce' }],
      because: [expect.stringContaining('switched off')],
    });
    await switched(true);
    expect((await search()).status).toBe(200);
  });

  test('of another company sees nothing of this one', async () => {
    const other = await company.db.tenant.create({ data: { name: 'Other' } });
    const made = await createApiKey(company.deps, installationActor(other.id as Company['tenantId'], 'cli'));
    const headers = { authorization: `Bearer ${made}` };
    expect(await (await fetch(`${url}/api/v1/directory?q=ann`, { headers })).json()).toEqual({ matches: [] });
    const coverage = await fetch(`${url}/api/v1/users/${company.ann.id}/coverage`, { headers });
    expect(coverage.status).toBe(404);
  });
});

describe('A request that cannot be read', () => {
  test.each([
    ['POST', '/api/v1/calls', '{"callId":', 400],
    ['POST', '/api/v1/calls', '[]', 400],
    ['POST', '/api/v1/calls', { callId: 'c', ani: '' }, 400],
    ['POST', '/api/v1/calls', { callId: '\u0000', ani: '', dnis: '' }, 400],
    ['POST', '/api/v1/calls', { callId: 'c', ani: '', dnis: '', digits: 'x'.repeat(70_000) }, 413],
    ['POST', '/api/v1/calls/c/outcome', { leg: 0, disposition: 'answered' }, 400],
    ['POST', '/api/v1/calls/unknown/outcome', { leg: 1, disposition: 'answered' }, 404],
    ['PUT', '/api/v1/agents/agent-103/presence', { state: 'asleep' }, 400],
    ['PUT', '/api/v1/agents/nobody/presence', { state: 'busy' }, 404],
    ['DELETE', '/api/v1/voicemails', {}, 405],
    ['POST', '/api/v1/nothing', {}, 404],
    ['POST', '/api/v1/voicemails', {}, 415],
  ])('%s %s %j is answered with a problem document', async (method, path, body, status) => {
    expect(await problem(await fetch(url + path, json(method, body)))).toMatchObject({ status });
  });

  test.each([
    '/api/v1/directory',
    '/api/v1/directory?q=',
    '/api/v1/directory?q=a&q=b',
    '/api/v1/directory?q=a&kind=smell',
    '/api/v1/directory?q=a&limit=0',
    `/api/v1/users/00000000-0000-4000-8000-000000000000/coverage?at=tomorrow`,
    '/api/v1/voicemails?cursor=%21',
    '/api/v1/voicemails?heard=maybe',
  ])('GET %s', async (path) => {
    expect(await problem(await fetch(url + path, { headers: { authorization } }))).toMatchObject({ status: 400 });
  });

  test('says where it differs, and needs its media type', async () => {
    const { detail } = await problem(await fetch(`${url}/api/v1/calls`, json('POST', { callId: 'c', ani: '' })));
    expect(detail).toBe('“dnis” is missing; it must be text. /api/v1/openapi.json describes the body.');
    const plain = await fetch(`${url}/api/v1/calls`, { method: 'POST', headers: { authorization }, body: '{}' });
    expect(await problem(plain)).toMatchObject({ status: 415 });
  });
});

describe('What is wrong is said in sentences, of each field', () => {
  const call = { callId: 'c', ani: '', dnis: '+14165550100' };
  test.each([
    [[], ['The body must be an object.']],
    [{ ...call, callId: '', dnis: 12 }, ['“callId” must not be empty.', '“dnis” must be text.']],
    [{ ...call, callId: 'a\u0007' }, ['“callId” holds a control character.']],
    [{ ...call, ani: '1'.repeat(257) }, ['“ani” must have at most 256 characters.']],
    [{ ...call, speech: 7 }, ['“speech” must be text of at most 1000 characters, or a list of at most 10 such texts.']],
    [{ ...call, answers: 0 }, ['“answers” must be 1 or more.']],
    [{ ...call, answers: 1.5 }, ['“answers” must be a whole number.']],
  ])('a call %j', async (body, lines) => {
    const answer = await (await fetch(`${url}/api/v1/calls`, json('POST', body))).json();
    expect(answer.errors.map(({ detail }: { detail: string }) => detail)).toEqual(lines);
    expect(answer.detail).toBe(`${lines.join(' ')} /api/v1/openapi.json describes the body.`);
  });

  test.each([
    ['/api/v1/directory', '“q” is missing; it must be text.'],
    ['/api/v1/directory?q=a&q=b', '“q” must be text.'],
    ['/api/v1/directory?q=a&kind=smell', '“kind” must be “name”, “spell”, “extension”, or “did”.'],
    ['/api/v1/directory?q=a&limit=51', '“limit” must be 50 or less.'],
    ['/api/v1/directory?q=a&limit=few', '“limit” must be a number.'],
    ['/api/v1/voicemails?heard=maybe', '“heard” must be “true” or “false”.'],
    [
      '/api/v1/users/00000000-0000-4000-8000-000000000000/coverage?at=tomorrow',
      '“at” must be a time such as 2026-11-28T14:05:00Z.',
    ],
  ])('GET %s', async (path, line) => {
    const { detail } = await problem(await fetch(url + path, { headers: { authorization } }));
    expect(detail).toBe(`${line} /api/v1/openapi.json describes the query.`);
  });
});

describe('A voicemail handed over', () => {
  const metadata = { sourceId: 'pbx-1', mailbox: { extension: '101' }, ani: '+14165550155', callerName: 'Cy <b>' };

  test('is stored once, whatever order its parts have', async () => {
    const first = await upload(url, metadata);
    expect(first.status).toBe(201);
    const stored = (await first.json()) as { id: string; durationSeconds: number };
    expect(stored.durationSeconds).toBeCloseTo(10.5, 0);
    const again = await upload(url, new Blob([JSON.stringify(metadata)], { type: 'application/json' }));
    expect([again.status, await again.json()]).toEqual([200, stored]);
    expect(await company.db.voicemail.count()).toBe(1);
  });

  test('reaches each kind of mailbox', async () => {
    const { ann } = company;
    for (const [at, mailbox] of [
      { did: '(416) 555-0101' },
      { email: 'ANN@maple.example' },
      { userId: ann.id },
    ].entries())
      expect((await upload(url, { sourceId: `kind-${at}`, mailbox })).status).toBe(201);
  });

  test('is refused with the reason, and nothing is kept', async () => {
    const before = await company.db.voicemail.count();
    const to101 = { sourceId: 'bad', mailbox: { extension: '101' } };
    const status = async (response: Promise<Response>) => (await problem(await response)).status;
    expect(await status(upload(url, { ...to101, mailbox: { extension: '999' } }))).toBe(404);
    expect(await status(upload(url, { ...to101, mailbox: { userId: 'nobody' } }))).toBe(404);
    expect(await status(upload(url, { ...to101, mailbox: {} }))).toBe(400);
    expect(await status(upload(url, { ...to101, mailbox: { extension: '101', did: '1' } }))).toBe(400);
    expect(await status(upload(url, { ...to101, receivedAt: 'today' }))).toBe(400);
    expect(await status(upload(url, '{'))).toBe(400);
    expect(await status(upload(url, undefined))).toBe(400);
    expect(await status(upload(url, to101, null))).toBe(400);
    expect(await status(upload(url, to101, new Blob(['this is no audio at all'])))).toBe(415);
    expect(await status(upload(url, to101, new Blob([])))).toBe(415);
    expect(await status(upload(url, to101, new Blob([Buffer.alloc(26 * 1024 * 1024)])))).toBe(413);
    expect(await status(upload(url, 'x'.repeat(20_000)))).toBe(413);
    expect(await company.db.voicemail.count()).toBe(before);
  });

  test('is refused when the multipart body is cut off or nonsense', async () => {
    const send = (body: string, type: string) =>
      fetch(`${url}/api/v1/voicemails`, { method: 'POST', headers: { authorization, 'content-type': type }, body });
    const cut = '--x\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\nRIFF';
    expect((await problem(await send(cut, 'multipart/form-data; boundary=x'))).status).toBe(400);
    expect((await problem(await send('nonsense', 'multipart/form-data'))).status).toBe(400);
    expect((await problem(await send('nonsense', 'multipart/form-data; boundary=x'))).status).toBe(400);
  });

  test('stands in the list, page by page, without its audio', async () => {
    const ask = async (query: string) => {
      const response = await fetch(`${url}/api/v1/voicemails${query}`, { headers: { authorization } });
      return (await response.json()) as { voicemails: { id: string; callerName: string }[]; next?: string };
    };
    const all = await ask('');
    expect(all.voicemails).toHaveLength(4);
    expect(all.next).toBeUndefined();
    expect((await ask('?mailbox=101&heard=false')).voicemails).toHaveLength(4);
    expect((await ask('?heard=true')).voicemails).toEqual([]);
    expect((await ask('?mailbox=102')).voicemails).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('storageKey');
    const [newest] = all.voicemails;
    expect(await ask(`/${newest?.id}`)).toMatchObject({ id: newest?.id, claimedByUserId: null });
    expect(await ask(`/${newest?.id}/deliveries`)).toHaveProperty('deliveries');
    for (const path of ['nobody', crypto.randomUUID(), `${crypto.randomUUID()}/deliveries`]) {
      const missing = await fetch(`${url}/api/v1/voicemails/${path}`, { headers: { authorization } });
      expect((await problem(missing)).status).toBe(404);
    }
    const unknown = await fetch(`${url}/api/v1/voicemails?mailbox=999`, { headers: { authorization } });
    expect((await problem(unknown)).status).toBe(404);

    await company.db.voicemail.createMany({
      data: Array.from({ length: 60 }, (_, at) => ({
        tenantId: company.tenantId,
        userId: company.bo.id,
        sourceId: `many-${at}`,
        receivedAt: new Date('2029-01-01T00:00:00Z'),
        durationSeconds: 5,
      })),
    });
    const first = await ask('?mailbox=102');
    const second = await ask(`?mailbox=102&cursor=${first.next}`);
    expect([first.voicemails.length, second.voicemails.length, second.next]).toEqual([50, 10, undefined]);
    expect(new Set([...first.voicemails, ...second.voicemails].map(({ id }) => id)).size).toBe(60);
  });
});

describe('Routing and the directory', () => {
  test('reads who calls as every door does, and a message of the call has the caller’s name', async () => {
    const call = { callId: 'call-lee', ani: '"Ann Lee" <sip:1001@pbx.example.net>', dnis: 'sip:101@pbx.example.net' };
    const decision = await (await fetch(`${url}/api/v1/calls`, json('POST', call))).json();
    expect(decision.because.join(' ')).toContain('Extension 101 was dialled');
    const metadata = { sourceId: 'lee', mailbox: { extension: '101' }, callId: 'call-lee' };
    expect((await upload(url, metadata)).status).toBe(201);
    const named = { ...metadata, sourceId: 'lee-2', ani: '+266696687', callerName: 'Cy\u202e Roy' };
    expect((await upload(url, named)).status).toBe(201);
    const stored = await company.db.voicemail.findMany({ where: { callId: 'call-lee' }, orderBy: { sourceId: 'asc' } });
    expect(stored).toMatchObject([
      { ani: '1001', callerName: 'Ann Lee' },
      { ani: '', callerName: 'Cy Roy' },
    ]);
  });

  test('answers a call, its repeat, and its outcome', async () => {
    const call = { callId: 'call-1', ani: '+14165550155', dnis: '+14165550101' };
    const ask = async (path: string, body: unknown) => (await fetch(`${url}/api/v1${path}`, json('POST', body))).json();
    const decision = (await ask('/calls', call)) as { action: string; leg: number };
    expect(decision).toMatchObject({ callId: 'call-1', leg: 1, action: 'dial' });
    expect(await ask('/calls', call)).toEqual(decision);
    const next = await ask('/calls/call-1/outcome', { leg: 1, disposition: 'no-answer' });
    expect(next).toMatchObject({ callId: 'call-1', leg: 2 });
    expect(await ask('/calls/call-1/outcome', { leg: 1, disposition: 'no-answer' })).toEqual(next);
  });

  test('sends a caller straight to a mailbox, to somebody signed out only if they allow it', async () => {
    const ask = async (path: string, body: unknown) => (await fetch(`${url}/api/v1${path}`, json('POST', body))).json();
    await ask('/calls', { callId: 'transfer-1', ani: '', dnis: '+14165550101' });
    const cleo = { mailbox: { extension: '103' } };
    const usual = await ask('/calls/transfer-1/transfer', cleo);
    expect(JSON.stringify(usual)).toContain('takes its usual way');
    await company.db.user.update({ where: { id: company.cleo.id }, data: { directVoicemailTransfer: true } });
    await ask('/calls', { callId: 'transfer-2', ani: '', dnis: '+14165550101' });
    const sent = await ask('/calls/transfer-2/transfer', cleo);
    expect(sent).toMatchObject({ leg: 2, action: 'voicemail', mailboxUserId: company.cleo.id });
    expect(JSON.stringify(sent)).toContain('sent straight to the mailbox of Cléo Dubois');
    expect(await ask('/calls/transfer-2/transfer', cleo)).toEqual(sent);
    expect(await ask('/calls/transfer-2/transfer', { mailbox: { extension: '999' } })).toMatchObject({ status: 404 });
    expect(await ask('/calls/nobody/transfer', cleo)).toMatchObject({ status: 404 });
  });

  test('explains coverage', async () => {
    const response = await fetch(`${url}/api/v1/users/${company.ann.id}/coverage?at=2030-01-15T15:00:00-05:00`, {
      headers: { authorization },
    });
    expect(await response.json()).toMatchObject({ userId: company.ann.id, at: '2030-01-15T20:00:00.000Z' });
    const nobody = await fetch(`${url}/api/v1/users/nobody/coverage`, { headers: { authorization } });
    expect((await problem(nobody)).status).toBe(404);
  });

  test('finds people, and not the hidden', async () => {
    const find = async (query: string) => {
      const response = await fetch(`${url}/api/v1/directory?${query}`, { headers: { authorization } });
      return ((await response.json()) as { matches: { displayName: string }[] }).matches.map((one) => one.displayName);
    };
    expect(await find('q=dubois')).toEqual(['Cléo Dubois']);
    expect(await find('q=B+A+K+E+R&kind=spell')).toEqual(['Ann Baker']);
    expect(await find('q=101&kind=extension')).toEqual(['Ann Baker']);
    expect(await find('q=416-555-0101&kind=did')).toEqual(['Ann Baker']);
    expect(await find('q=b+a+k+e+r&kind=spell')).toEqual(['Ann Baker']);
    expect(await find('q=b+as+in+bob+a+k+e+r&kind=spell')).toEqual(['Ann Baker']);
    expect(await find('q=one+oh+one&kind=extension')).toEqual(['Ann Baker']);
    expect(await find('q=cent+un&kind=extension')).toEqual(['Ann Baker']);
    for (const hidden of ['q=quiet', 'q=107&kind=extension', 'q=q+u+i+e+t&kind=spell', 'q=access'])
      expect(await find(hidden)).toEqual([]);
  });

  test('gives the best first, no more than asked for, and 400 for what is not in the description', async () => {
    const find = (query: string) => fetch(`${url}/api/v1/directory?${query}`, { headers: { authorization } });
    const scores = async (query: string) =>
      ((await (await find(query)).json()) as { matches: { score: number }[] }).matches.map(({ score }) => score);
    const all = await scores('q=d');
    expect(all.length).toBeGreaterThan(1);
    expect(all).toEqual(all.toSorted((one, other) => other - one));
    expect(all.every((score) => score > 0 && score <= 1)).toBe(true);
    expect(await scores('q=d&limit=1')).toHaveLength(1);
    for (const wrong of [
      '',
      'q=',
      'q=a&kind=keypad',
      'q=a&kind=',
      'q=a&limit=0',
      'q=a&limit=51',
      'q=a&limit=x',
      'q=%00',
    ])
      expect((await problem(await find(wrong))).status, wrong).toBe(400);
    expect((await find('q=a&limit=50')).status).toBe(200);
    expect((await find(`q=${encodeURIComponent("'; DROP (.*)+ 🧙 王")}`)).status).toBe(200);
  });

  test('finds with a key only the people of that key’s company', async () => {
    const { id } = await company.db.tenant.create({ data: { name: 'Other & Co', mainNumbers: [] } });
    await company.db.user.create({
      data: {
        tenantId: id,
        username: 'ann',
        email: 'ann@other.example',
        firstName: 'Ann',
        lastName: 'Baker',
        extension: '101',
      },
    });
    const key = await createApiKey(company.deps, installationActor(asId<TenantId>(id), 'cli'));
    const ask = async (authorization: string, query: string) =>
      (
        (await (await fetch(`${url}/api/v1/directory?${query}`, { headers: { authorization } })).json()) as {
          matches: { userId: string }[];
        }
      ).matches.map(({ userId }) => userId);
    for (const query of ['q=ann+baker', 'q=101&kind=extension', 'q=b+a+k+e+r&kind=spell']) {
      expect(await ask(authorization, query)).toEqual([company.ann.id]);
      const theirs = await ask(`Bearer ${key}`, query);
      expect(theirs).toHaveLength(1);
      expect(theirs).not.toContain(company.ann.id);
    }
    expect(await ask(`Bearer ${key}`, 'q=chen')).toEqual([]);
  });

  test('notes presence, newer wins, without waking the directory', async () => {
    const put = (state: string, at?: string) =>
      fetch(`${url}/api/v1/agents/agent-103/presence`, json('PUT', { state, ...(at ? { at } : {}) }));
    const cleo = () =>
      company.db.user.findUniqueOrThrow({ where: { id: company.cleo.id }, include: { presence: true } });
    const { updatedAt } = await cleo();
    expect((await put('available', '2030-01-14T14:00:00Z')).status).toBe(204);
    expect((await put('busy', '2030-01-14T13:00:00Z')).status).toBe(204);
    expect(await cleo()).toMatchObject({
      presence: { state: 'available', at: new Date('2030-01-14T14:00:00Z') },
      updatedAt,
    });
    await put('available', '2030-01-14T14:30:00Z');
    await put('signed-out', '2099-01-01T00:00:00Z');
    expect(await cleo()).toMatchObject({ presence: { state: 'signed-out', at: company.clock.now() } });
    const lines = (await company.audit()).filter(({ event }) => event === 'user.presence-set');
    expect(lines.map(({ after }) => after)).toEqual([{ presence: 'available' }, { presence: 'signed-out' }]);
  });

  const pushPresence = (state: string, at: string) =>
    fetch(`${url}/api/v1/agents/agent-104/presence`, json('PUT', { state, at: `2029-01-14T14:0${at}:00Z` }));
  const presenceOfDan = () => company.db.presence.findUnique({ where: { userId: company.dan.id } });

  test('a push of presence does not wait for a change of the person that is not committed yet', async () => {
    await company.db.presence.deleteMany();
    await pushPresence('busy', '1');
    await company.db.$transaction(async (db) => {
      await db.$queryRaw`SELECT 1 FROM "User" WHERE id = ${company.dan.id}::uuid FOR UPDATE`;
      expect((await pushPresence('available', '2')).status).toBe(204);
    });
    expect(await presenceOfDan()).toMatchObject({ state: 'available', at: new Date('2029-01-14T14:02:00Z') });
  });

  test('of pushes that come at the same time in any order the latest stays', async () => {
    await company.db.presence.deleteMany();
    const answers = await Promise.all(
      ['5', '1', '4', '2', '3'].map((at) => pushPresence(at === '5' ? 'available' : 'busy', at)),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(await presenceOfDan()).toMatchObject({ state: 'available', at: new Date('2029-01-14T14:05:00Z') });
  });
});

describe('The door itself', () => {
  test('describes the API without a key', async () => {
    const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: Record<string, object> };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.entries(document.paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
      ['/api/v1/calls', ['post']],
      ['/api/v1/calls/{callId}/outcome', ['post']],
      ['/api/v1/calls/{callId}/transfer', ['post']],
      ['/api/v1/calls/{callId}', ['get']],
      ['/api/v1/calls/{callId}/end', ['post']],
      ['/api/v1/voicemails', ['post', 'get']],
      ['/api/v1/voicemails/{id}', ['get']],
      ['/api/v1/voicemails/{id}/deliveries', ['get']],
      ['/api/v1/agents/{agentId}/presence', ['put']],
      ['/api/v1/directory', ['get']],
      ['/api/v1/users/{id}/coverage', ['get']],
    ]);
    expect(Object.keys(document.components.schemas)).toContain('Decision');
  });

  test('slows down whoever asks too much, and whoever tries keys', async () => {
    const busy = await open(company, { requestsPerMinute: 3 });
    const ask = () => fetch(`${busy}/api/v1/directory?q=ann`, { headers: { authorization } });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const slow = await ask();
    expect(Number(slow.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problem(slow)).type).toBe('urn:attendant:problem:too-many-requests');

    const guarded = await open(company);
    let last = 0;
    for (let at = 0; at < 62; at += 1)
      last = (await fetch(`${guarded}/api/v1/calls`, { headers: { authorization: `Bearer guess${at}` } })).status;
    expect(last).toBe(429);
    const known = await fetch(`${guarded}/api/v1/directory?q=ann`, { headers: { authorization } });
    expect(known.status).toBe(200);
  });

  test('answers 503 while the database is away', async () => {
    const db = openDatabase('postgres://postgres:none@127.0.0.1:1/none', company.deps.log);
    const address = await open({ ...company, deps: { ...company.deps, db } });
    const response = await fetch(`${address}/api/v1/directory?q=ann`, { headers: { authorization } });
    expect(response.headers.get('retry-after')).toBe('5');
    expect((await problem(response)).status).toBe(503);
  });
});

test('a message is as late as now, if the clock of its source is ahead', async () => {
  const ahead = { sourceId: 'pbx-ahead', mailbox: { extension: '101' }, receivedAt: '2199-01-01T00:00:00Z' };
  const { id } = (await (await upload(url, ahead)).json()) as { id: string };
  const { receivedAt } = await company.db.voicemail.findUniqueOrThrow({ where: { id } });
  expect(receivedAt.getTime()).toBeLessThanOrEqual(company.clock.now().getTime());
});
