import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { apiAdapter } from '../../../src/api/listen.js';
import { dispatch } from '../../../src/core/app/dispatch.js';
import type { Request } from '../../../src/core/chat/exchange.js';
import { asId, type RequestId } from '../../../src/core/ids.js';
import { rateLimit } from '../../../src/core/rate-limit.js';
import { readEnvironment } from '../../../src/env.js';
import { clientAddress } from '../../../src/http/client-address.js';
import { httpApp } from '../../../src/server.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { idleMetrics, wellParts } from '../../support/operations.js';
import { textOf } from '../../support/read.js';

test('one person who asks too fast is told so in their language; others, and names being typed, go on', async () => {
  const company = await testCompany();
  const limits = {
    commands: rateLimit({ burst: 5, perMinute: 1 }),
    suggestions: rateLimit({ burst: 50, perMinute: 1 }),
  };
  const send = (person: Person, asked: object) =>
    dispatch({ ...company.deps, limits }, {
      ...asked,
      id: asId<RequestId>(randomUUID()),
      from: person.account,
    } as Request);
  const help = { kind: 'command', text: 'help', mentions: [] };

  await company.db.user.update({ where: { id: company.bo.id }, data: { language: 'fr' } });
  for (let asked = 0; asked < 5; asked += 1) expect(textOf(await send(company.bo, help))).toContain('/attendant');
  expect(textOf(await send(company.bo, help))).toContain('C’était trop rapide');
  expect(await send(company.bo, { kind: 'suggest', query: 'ann' })).toMatchObject({ kind: 'suggest', options: [{}] });
  expect(textOf(await send(company.ann, help))).toContain('/attendant');
});

test('what was refused for coming too fast may come again under its own id', async () => {
  const company = await testCompany();
  const limits = {
    commands: rateLimit({ burst: 1, perMinute: 60 }),
    suggestions: rateLimit({ burst: 9, perMinute: 9 }),
  };
  const send = (id: string) =>
    dispatch(
      { ...company.deps, limits },
      {
        kind: 'command',
        text: 'help',
        mentions: [],
        id: asId<RequestId>(id),
        from: company.ann.account,
      },
    );
  await send('first');
  expect(textOf(await send('second'))).toContain('too fast');
  await expect.poll(async () => textOf(await send('second')), { timeout: 10_000 }).toContain('/attendant');
});

test('a bucket refills at its pace and not beyond its size', () => {
  const limit = rateLimit({ burst: 3, perMinute: 60 });
  expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([true, true, true, false]);
  expect(limit.take('b')).toBe(true);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
])('%s counts as %s', (ip, counted) => expect(clientAddress({ ip })).toBe(counted));

test('an IPv6 line has one count, whatever address of it is used', () => {
  const count = (ip: string) => clientAddress({ ip });
  expect(count('2001:db8:1:2::1')).toBe(count('2001:db8:1:2:ffff:ffff:ffff:ffff'));
  expect(count('2001:db8:1:2::1')).not.toBe(count('2001:db8:1:3::1'));
});

/** The complete HTTP application around the API, as `serve` builds it. */
async function served(company: Company, trusted: string | undefined): Promise<string> {
  const { http } = readEnvironment(trusted === undefined ? {} : { TRUSTED_PROXIES: trusted });
  const { log } = company.deps;
  const adapters = [apiAdapter(company.deps, { apiKey: 'the-right-key-of-sixteen' })];
  const app = httpApp({
    ...{ log, adapters, parts: wellParts, publicUrl: 'http://here.example', trustedProxies: http.trustedProxies },
    metrics: idleMetrics(),
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Try wrong keys, each from another address according to the header. */
async function guessEverywhere(origin: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < 80; at += 1) {
    const answer = await fetch(`${origin}/api/v1/directory?q=ann`, {
      headers: { authorization: `Bearer wrong-${at}`, 'x-forwarded-for': `198.51.100.${at}` },
    });
    statuses.push(answer.status);
  }
  return statuses;
}

test('X-Forwarded-For of a stranger is not believed, of loopback neither: wrong keys are counted all the same', async () => {
  const origin = await served(await testCompany(), undefined);
  const statuses = await guessEverywhere(origin);
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 401));
  expect(statuses.at(-1)).toBe(429);
  const right = await fetch(`${origin}/api/v1/directory?q=ann`, {
    headers: { authorization: 'Bearer the-right-key-of-sixteen' },
  });
  expect(right.status).not.toBe(429);
});

test('a proxy named in TRUSTED_PROXIES says who called', async () => {
  const statuses = await guessEverywhere(await served(await testCompany(), '127.0.0.0/8, ::1'));
  expect(new Set(statuses)).toEqual(new Set([401]));
});

test.each([
  ['10.0.0.0/8', ['10.0.0.0/8']],
  [' 192.0.2.1 ,2001:db8::/32,', ['192.0.2.1', '2001:db8::/32']],
  [undefined, []],
])('TRUSTED_PROXIES %s is read', (text, read) => {
  expect(readEnvironment({ TRUSTED_PROXIES: text }).http.trustedProxies).toEqual(read);
});

test.each(['loopback', '10.0.0.0/33', '10.0.0/8', 'true', '*', '0.0.0.0/0', '::/0', '2001:db8::/129', 'proxy.example'])(
  'TRUSTED_PROXIES %s stops the start, and is named',
  (wrong) => {
    expect(() => readEnvironment({ TRUSTED_PROXIES: `192.0.2.1,${wrong}` })).toThrow(
      new RegExp(`TRUSTED_PROXIES: .*${wrong.replace(/[.*/]/g, '\\$&')}`),
    );
  },
);
