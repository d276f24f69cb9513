import { once } from 'node:events';
import type { Socket } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import { watchHealth } from '../support/health.js';
import { answerOn, openSocket, type RawRequest, rawPost, statusesIn } from '../support/raw-http.js';
import { type Served, serve, servedApiKey, servedSecret } from '../support/served.js';
import { webSession } from '../support/web-session.js';

/**
 * Multipart bodies that end at any byte, at every address that accepts one, against a separate process. To test another
 * address, add a line to `doors`.
 */
let company: Company;
let served: Served;
let doors: Readonly<Record<string, Omit<RawRequest, 'body'>>>;

const boundary = 'x';
const body = Buffer.from(
  [
    `--${boundary}`,
    'Content-Disposition: form-data; name="metadata"',
    '',
    '{}',
    `--${boundary}`,
    'Content-Disposition: form-data; name="audio"; filename="a.wav"',
    'Content-Type: audio/wav',
    '',
    'RIFF....WAVE',
    `--${boundary}--`,
    '',
  ].join('\r\n'),
);

beforeAll(async () => {
  company = await testCompany();
  served = await serve({ DATABASE_URL: company.databaseUrl });
  const session = await webSession(company, company.ann, servedSecret);
  const ended = await webSession(company, company.ann, servedSecret);
  await company.db.webSession.update({ where: { id: ended.id }, data: { endedAt: new Date('2020-01-01') } });
  const multipart = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
  const withCookie = ({ cookie }: { cookie: string }) => ({ ...multipart, Cookie: cookie });
  const message = `/people/${company.bo.id}/message`;
  doors = {
    'a form with a file field': { path: message, headers: withCookie(session) },
    'a form without a file field': { path: '/say', headers: withCookie(session) },
    'a session that has ended': { path: message, headers: withCookie(ended) },
    'a stranger': { path: message, headers: multipart },
    'a door for strangers': { path: '/sign-in/abc', headers: multipart },
    'the API': {
      path: '/api/v1/voicemails',
      headers: { ...multipart, Authorization: `Bearer ${servedApiKey}` },
    },
    'the API without a key': { path: '/api/v1/voicemails', headers: multipart },
    'the telephone': { path: '/voice/recording', headers: multipart },
  };
}, 90_000);

/** A body that claims to be complete, and ends at `at`. */
async function cutShort(door: Omit<RawRequest, 'body'>, at: number): Promise<number | undefined> {
  const socket = await openSocket(served.url);
  socket.write(rawPost({ ...door, body: body.subarray(0, at) }));
  return statusesIn(await answerOn(socket))[0];
}

/** A body that claims to be longer; the client disconnects at `at`. */
async function brokenOff(door: Omit<RawRequest, 'body'>, at: number): Promise<void> {
  const socket = await openSocket(served.url);
  const answered = answerOn(socket);
  await new Promise((sent) => socket.write(rawPost({ ...door, body: body.subarray(0, at) }, body.length), sent));
  if (at % 2 === 0) socket.end();
  else socket.resetAndDestroy();
  await answered;
}

async function everywhere(attempt: (at: number) => Promise<void>): Promise<void> {
  const cuts = Array.from({ length: body.length }, (_, at) => at);
  const worker = async () => {
    for (let at = cuts.pop(); at !== undefined; at = cuts.pop()) await attempt(at);
  };
  // Two at once, as many as a person may send.
  await Promise.all([worker(), worker()]);
}

test('a multipart body that is cut at any byte is refused at every door, and the process lives on', async () => {
  const health = watchHealth(served.url);
  for (const [name, door] of Object.entries(doors)) {
    const statuses = new Set<number | undefined>();
    await everywhere(async (at) => void statuses.add(await cutShort(door, at)));
    // 303: to the sign-in page. 429: too many attempts without a key.valid.
    const allowed = [303, 400, 401, 403, 415, 422, 429];
    expect(
      [...statuses].filter((status) => status === undefined || !allowed.includes(status)),
      name,
    ).toEqual([]);
  }
  expect(await health.stop()).toEqual([]);
  expect(served.process.exitCode, served.output()).toBeNull();
}, 180_000);

test('a client that goes away at any byte of a multipart body leaves the process alive', async () => {
  const health = watchHealth(served.url);
  for (const door of Object.values(doors)) await everywhere((at) => brokenOff(door, at));
  expect(await health.stop()).toEqual([]);
  expect(served.process.exitCode, served.output()).toBeNull();
  expect(served.output()).not.toContain('request failed');
  expect(served.output()).not.toContain('page failed');
}, 180_000);

test('a file is refused unread by a form that has no file field', async () => {
  const socket = await openSocket(served.url);
  const door = doors['a form without a file field'];
  if (!door) throw new Error('no such door');
  socket.write(rawPost({ ...door, body }));
  const answer = await answerOn(socket);
  expect(statusesIn(answer)).toEqual([400]);
  expect(answer).toContain('This form takes no file');
});

test('the session is looked up in the database before a body is read', async () => {
  const door = doors['a session that has ended'];
  if (!door) throw new Error('no such door');
  const socket = await openSocket(served.url);
  // The body never arrives, but the answer does.
  socket.write(rawPost({ ...door, body: Buffer.alloc(0) }, 20_000_000));
  const [first] = (await once(socket, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 303 .*[\s\S]*location: \/sign-in/i);
  socket.destroy();
});

/** An upload in progress: its head was sent, and no more of its body follows. */
async function holdOpen(door: Omit<RawRequest, 'body'>, length: number): Promise<Socket> {
  const socket = await openSocket(served.url);
  await new Promise((sent) => socket.write(rawPost({ ...door, body: Buffer.alloc(0) }, length), sent));
  return socket;
}

test('a person with two uploads under way is told to wait with a third, and may send it afterwards', async () => {
  const door = doors['a form with a file field'];
  if (!door) throw new Error('no such door');
  const open: Socket[] = [];
  const third = async () => {
    const socket = await openSocket(served.url);
    socket.write(rawPost({ ...door, body }));
    return answerOn(socket);
  };
  await eventually(async () => {
    // While uploads that were cut off before still hold a slot, one of these is refused.
    open.push(await holdOpen(door, 20_000_000), await holdOpen(door, 20_000_000));
    const answer = await third();
    expect(answer).toMatch(/^HTTP\/1\.1 429 [\s\S]*Retry-After: 5[\s\S]*Too many uploads at once/i);
  }, 30);
  for (const socket of open) socket.destroy();
  // 422: it is read, and its audio is invalid.
  await eventually(async () => expect(statusesIn(await third())).toEqual([422]), 30);
}, 90_000);

test('a company whose messages would fill the memory is told to wait with the next', async () => {
  const door = doors['the API'];
  if (!door) throw new Error('no such door');
  const open = [await holdOpen(door, 25_000_000), await holdOpen(door, 25_000_000)];
  await eventually(async () => {
    const socket = await holdOpen(door, 25_000_000);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 429 [\s\S]*Retry-After: 10/i);
    socket.destroy();
  });
  for (const socket of open) socket.destroy();
});
