import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signOut } from '../../../src/core/accounts/sign-in.js';
import type { SignedIn } from '../../../src/core/accounts/sign-in.types.js';
import type { Deps } from '../../../src/core/deps.js';
import type { UserId } from '../../../src/core/ids.js';
import { type LiveStreams, liveStreams } from '../../../src/web/live/live-stream.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { openSocket } from '../../support/raw-http.js';
import { webSession } from '../../support/web-session.js';

let company: Company;
let live: LiveStreams;
let origin: string;
/** The listeners, one for each subscription. */
let listeners: { readonly userId: UserId; readonly onChange: () => void }[];
/** Lookups of sessions wait for this promise. */
let gate: Promise<void>;
let lookups: number;

beforeEach(async () => {
  company = await testCompany();
  listeners = [];
  gate = Promise.resolve();
  lookups = 0;
  const changes: Deps['changes'] = {
    publish: (userId) => {
      for (const listener of [...listeners]) if (listener.userId === userId) listener.onChange();
    },
    subscribe: (userId, onChange) => {
      const listener = { userId, onChange };
      listeners.push(listener);
      return () => {
        listeners = listeners.filter((one) => one !== listener);
      };
    },
  };
  const webSession = {
    findFirst: async (query: Parameters<Deps['db']['webSession']['findFirst']>[0]) => {
      lookups += 1;
      await gate;
      return company.db.webSession.findFirst(query);
    },
  };
  const db = new Proxy(company.db, {
    get: (target, name) => Reflect.get(name === 'webSession' ? { webSession } : target, name),
  });
  live = liveStreams({ ...company.deps, db, changes }, { each: 3, total: 5 });
  const app = express().get('/live', live.listen);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atTheEnd(async () => {
    live.close();
    server.closeAllConnections();
    server.close();
  });
});

afterEach(() => {
  vi.useRealTimers();
});

interface OpenStream {
  readonly socket: Socket;
  heard(): string;
}

async function open(cookie: string): Promise<OpenStream> {
  const socket = await openSocket(origin);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.write(`GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${cookie}\r\n\r\n`);
  return { socket, heard: () => heard };
}

const opened = async (cookie: string): Promise<OpenStream> => {
  const stream = await open(cookie);
  await eventually(() => expect(stream.heard()).toContain('retry: 2000'));
  return stream;
};
const ended = (stream: OpenStream) => eventually(() => expect(stream.socket.closed).toBe(true));

test('a client that leaves while its session is looked up leaves no timer and no subscription', async () => {
  const timers = vi.spyOn(globalThis, 'setInterval');
  const { cookie } = await webSession(company, company.ann);
  let letGo = () => {};
  gate = new Promise((resolve) => {
    letGo = resolve;
  });
  const early = await Promise.all(Array.from({ length: 5 }, () => open(cookie)));
  await eventually(() => expect(lookups).toBe(5));
  for (const { socket } of early) socket.destroy();
  const before = timers.mock.calls.length;
  // The server sees the disconnect before it has found the session.
  await new Promise((resolve) => setTimeout(resolve, 100));
  letGo();
  const stays = await opened(cookie);
  expect(listeners).toHaveLength(1);
  expect(timers.mock.calls.slice(before).filter(([, milliseconds]) => milliseconds === 20_000)).toHaveLength(1);
  stays.socket.destroy();
  await eventually(() => expect(listeners).toHaveLength(0));
  timers.mockRestore();
});

test('a stream ends as soon as its person has signed out elsewhere', async () => {
  const { id, cookie } = await webSession(company, company.ann);
  const stream = await opened(cookie);
  const session = { sessionId: id, tenantId: company.tenantId, userId: company.ann.id } as SignedIn;
  await signOut(company.deps, session, { platform: 'web', locale: 'en' });
  // The sign-out itself notifies the open pages.
  expect(company.touched).toContain(company.ann.id);
  for (const { onChange } of [...listeners]) onChange();
  await ended(stream);
  expect(listeners).toHaveLength(0);
  const again = await open(cookie);
  await eventually(() => expect(again.heard()).toContain('HTTP/1.1 204'));
});

test('a stream whose person lost access ends at the next heartbeat', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { cookie } = await webSession(company, company.ann);
  const stream = await opened(cookie);
  vi.advanceTimersByTime(20_000);
  await eventually(() => expect(stream.heard()).toContain(': still here'));
  await company.db.user.update({ where: { id: company.ann.id }, data: { access: 'none' } });
  vi.advanceTimersByTime(20_000);
  await ended(stream);
  expect(listeners).toHaveLength(0);
});

test('the oldest stream of a person ends for a new one, and is told to come back later', async () => {
  const { cookie } = await webSession(company, company.ann);
  const [first, ...others] = [await opened(cookie), await opened(cookie), await opened(cookie)];
  const newest = await opened(cookie);
  await ended(first);
  expect(first.heard()).toContain('retry: 60000');
  expect(listeners).toHaveLength(3);
  for (const stream of [...others, newest]) expect(stream.socket.closed).toBe(false);
});

test('more streams than there may be in all are 503, to come again later', async () => {
  for (const person of [company.ann, company.bo]) {
    const { cookie } = await webSession(company, person);
    for (let count = 0; count < 3; count += 1) await open(cookie);
    await eventually(() => expect(listeners.length).toBeGreaterThanOrEqual(person === company.ann ? 3 : 5));
  }
  const refused = await open((await webSession(company, company.dan)).cookie);
  await eventually(() => expect(refused.heard()).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 30/));
});

test('a server that stops ends every stream and opens no more', async () => {
  const { cookie } = await webSession(company, company.ann);
  const stream = await opened(cookie);
  live.close();
  await ended(stream);
  const late = await open(cookie);
  await eventually(() => expect(late.heard()).toContain('HTTP/1.1 503'));
});
