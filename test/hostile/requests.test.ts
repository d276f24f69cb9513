import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { apiAdapter } from '../../src/api/listen.js';
import { buttons, forms } from '../../src/core/app/handler-registry.js';
import type { Deps } from '../../src/core/deps.js';
import { httpApp } from '../../src/server.js';
import { webAdapter } from '../../src/web/listen.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { idleMetrics, wellParts } from '../support/operations.js';
import { openSocket, statusesIn } from '../support/raw-http.js';
import { webSession } from '../support/web-session.js';

/* Requests that no browser and no phone system sends. Each is refused or answered; none is a bug, and none hangs. */

const apiKey = 'a-key-of-the-environment';
const authorization = `Bearer ${apiKey}`;
let company: Company;
let cookie: string;
let port: number;
/** What was logged as a bug. */
let bugs: string[] = [];

beforeAll(async () => {
  company = await testCompany();
  ({ cookie } = await webSession(company, company.ada));
  const log = logOfBugs(company.deps.log);
  const deps = { ...company.deps, log };
  const adapters = [webAdapter(deps, { demo: true }), apiAdapter(deps, { apiKey, requestsPerMinute: 0 })];
  const { publicUrl } = deps;
  const metrics = idleMetrics();
  const server = createServer(httpApp({ log, publicUrl, adapters, trustedProxies: [], parts: wellParts, metrics }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  atTheEnd(async () => {
    for (const { stop } of adapters) await stop?.();
    server.closeAllConnections();
    server.close();
  });
});

afterEach(() => {
  const found = bugs;
  bugs = [];
  expect(found).toEqual([]);
});

/** A log that remembers errors, of its children too. */
function logOfBugs(log: Deps['log']): Deps['log'] {
  const error = (facts: { readonly error?: Error }, message: string) => bugs.push(`${message}: ${facts.error?.stack}`);
  return Object.assign(Object.create(log), { error, child: () => logOfBugs(log) });
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
interface Answer {
  readonly status: number;
  readonly location?: string | undefined;
  readonly text?: string;
}

/** Send a request as it is written: `fetch` would repair the address and the headers. */
function send(path: string, { method = 'GET', headers = {}, body = '' }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const to = { port, host: '127.0.0.1', path, method, agent: false };
    const sent = httpRequest({ ...to, headers: { ...headers, ...length } });
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, location: headers.location, text: Buffer.concat(parts).toString() });
      });
    });
    // The answer may come, and the connection end, before a large body was sent.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? resolve({ status: 413 }) : reject(error),
    );
    sent.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
type Pairs = readonly (readonly [string, string])[];
const post = (path: string, fields: Pairs) =>
  send(path, {
    method: 'POST',
    headers: { cookie, ...form },
    body: new URLSearchParams(fields as [string, string][]).toString(),
  });

/** Names that buttons, forms and pages read. */
const names = [
  ...['__proto__', 'constructor', 'id', 'user', 'person', 'to', 'from', 'until', 'kind', 'key', 'page', 'before'],
  ...['after', 'voicemail', 'voicemails', 'mailbox', 'period', 'number', 'name', 'list', 'run', 'session', 'request'],
  ...['row', 'ids', 'sort', 'day', 'reason', 'note', 'level', 'query', 'search', 'text', 'value', 'values', 'link'],
  ...['change', 'selection', 'format', 'actor', 'event', 'show', 'caller'],
];
const odd = ['\0', '__proto__', '99999999999999999999', randomUUID()];
/** Try each name with each odd value, in as many turns as there are values. */
const inEachTurn = (attempt: (fields: Pairs) => Promise<void>) =>
  Promise.all(
    odd.map((_, turn) => attempt(names.map((name, at) => [name, odd[(at + turn) % odd.length] as string] as const))),
  );

describe('an admin’s browser that sends anything', () => {
  test('to every button', async () => {
    for (const { id } of buttons)
      await inEachTurn(async (fields) => {
        const carried = fields.map(([name, value]) => [`c.${name}`, value] as const);
        expect((await post(`/do/${id}`, carried)).status, id).toBeLessThan(500);
      });
  }, 60_000);

  test('to every form', async () => {
    for (const { id } of forms)
      await inEachTurn(async (fields) => {
        const typed = fields.flatMap(
          ([name, value]): Pairs => [
            [name, value],
            [`c.${name}`, value],
            [`${name}~id`, value],
          ],
        );
        expect((await post(`/forms/${id}`, typed)).status, id).toBeLessThan(500);
      });
  }, 60_000);

  const pages = [
    ...['/', '/calls', '/directory', '/greetings', '/messages', '/messages/links', '/people/ID', '/people/ID/route'],
    ...['/record', '/route', '/settings', '/settings/blocked', '/suggest', '/sign-in', '/teams/frame'],
    ...['/admin/import', '/admin/people', '/admin/people/ID', '/admin/record', '/admin/record.csv', '/admin/reports'],
    ...['/admin/reports/users', '/admin/reports/storage-days.json', '/admin/settings', '/admin/impersonations'],
    ...['/admin/hold-music', '/admin/teams'],
  ];
  test.each(pages)('opens %s', async (page) => {
    const path = page.replace('ID', company.ann.id);
    await inEachTurn(async (fields) => {
      const twice = fields.flatMap(
        ([name, value]): Pairs => [
          [name, value],
          [name, '1'],
          [`${name}[]`, value],
        ],
      );
      for (const query of [fields, twice]) {
        const address = `${path}?${new URLSearchParams(query as [string, string][])}`;
        const { status } = await send(address, { headers: { cookie } });
        // 429: a file more than a company may download at once.
        expect([200, 303, 400, 403, 404, 422, 429]).toContain(status);
      }
    });
    const ids = [
      '__proto__',
      '..%2f..%2fetc%2fpasswd',
      '%00',
      '%ED%A0%80',
      '%E0%A4%A',
      '%0d%0aX:%20y',
      'x'.repeat(5000),
    ];
    for (const id of ids) expect((await send(`${path}/${id}`, { headers: { cookie } })).status, id).toBeLessThan(500);
  });
});

describe('a body', () => {
  const part = '------x\r\nContent-Disposition: form-data; name="__proto__"; filename="../../x\0.wav"\r\n\r\nRIFF\r\n';
  const multipart = { 'content-type': 'multipart/form-data; boundary=----x' };
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  const bodies: readonly (readonly [string, Readonly<Record<string, string>>, string | Buffer])[] = [
    ['2 MB in a form', form, `a=${'a'.repeat(2 * 1024 * 1024)}`],
    ['deep JSON', json, '['.repeat(30_000) + ']'.repeat(30_000)],
    ['half of a JSON', json, '{"a":'],
    ['JSON with prototype keys', json, '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'],
    ['JSON that is null', json, 'null'],
    ['JSON in another charset', { 'content-type': 'application/json; charset=utf-16' }, '{}'],
    ['entities', { 'content-type': 'application/xml' }, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]><a>&x;</a>'],
    ['no type', {}, 'abc'],
    ['5000 fields', form, Array.from({ length: 5000 }, (_, index) => `f${index}=1`).join('&')],
    ['repeated fields', form, Array.from({ length: 40 }, () => 'user=1&to=2&text=3&_page=4').join('&')],
    ['NUL and lone surrogates', form, 'user=%00&to=%00&text=%ED%A0%80&locale=%00&_page=%00'],
    ['broken escapes', form, 'user=%zz&to=%&text=%E0%A4'],
    ['prototype keys', form, '__proto__=1&__proto__[a]=2&constructor[prototype][x]=1'],
    ['a file with a path for its name', multipart, `${part}------x--\r\n`],
    ['parts without a boundary', { 'content-type': 'multipart/form-data' }, part],
    ['a bomb', { ...json, 'content-encoding': 'gzip' }, bomb],
    ['a bomb of a form', { ...form, 'content-encoding': 'gzip' }, bomb],
    ['an unknown encoding', { ...json, 'content-encoding': 'zstd' }, '{}'],
  ];
  const places = [
    ...['/say', '/language', '/sign-in', '/sign-in/x', '/do/x', '/forms/x', '/greetings/name', '/v/x/heard'],
    ...['/unsubscribe/x', '/admin/hold-music', '/admin/teams', '/api/v1/calls', '/api/v1/calls/x/end'],
    ...['/api/v1/calls/x/outcome', '/api/v1/calls/x/transfer', '/api/v1/voicemails'],
  ];
  test.each(bodies)('of %s is refused or read', async (_name, headers, body) => {
    for (const who of [{ cookie, authorization }, {}])
      await Promise.all(
        places.map(async (path) => {
          const { status } = await send(path, { method: 'POST', headers: { ...who, ...headers }, body });
          expect(status, path).toBeLessThan(500);
        }),
      );
  });
});

test('no method but those of a page does anything', async () => {
  for (const path of ['/', '/messages', '/settings', '/sign-in', '/do/x', '/api/v1/calls', '/healthz'])
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const { status } = await send(path, { method, headers: { cookie, authorization } });
      expect(method === 'OPTIONS' ? [200, 404, 405] : [404, 405], `${method} ${path}`).toContain(status);
    }
});

test('no header of any length or form is a bug, and none names the host of a page', async () => {
  const headers: readonly Readonly<Record<string, string>>[] = [
    { cookie: `attendant_session=${'a'.repeat(12_000)}` },
    { cookie: `attendant_session=%00; attendant_zone=__proto__` },
    { cookie: `${cookie}; attendant_zone=%ED%A0%80` },
    { cookie, 'accept-language': '__proto__,constructor;q=NaN' },
    { cookie, 'accept-language': 'x'.repeat(6000) },
    { cookie, range: `bytes=${'0-0,'.repeat(1000)}0-0` },
    { cookie, 'hx-request': 'true', 'hx-current-url': 'javascript:1', 'hx-target': '__proto__' },
    { cookie, host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { authorization: `Bearer ${'a'.repeat(12_000)}` },
  ];
  for (const one of headers)
    for (const path of ['/', '/messages', '/sign-in', '/api/v1/directory', '/teams/frame']) {
      const { status, location = '', text } = await send(path, { headers: one });
      expect(status, path).toBeLessThan(500);
      expect(`${location}${text}`).not.toContain('evil.example');
    }
});

test('what is no HTTP ends the connection', async () => {
  const twoLengths =
    'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
  for (const text of ['GET / HTTP/1.1\r\n\r\n', 'GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n', twoLengths]) {
    const socket = await openSocket(`http://127.0.0.1:${port}`);
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.write(text);
    await once(socket, 'close');
    expect(statusesIn(answer)).toEqual([400]);
  }
});
