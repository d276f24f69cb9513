import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiAdapter } from '../../../src/api/listen.js';
import { CallRecord, Decision } from '../../../src/api/schemas.js';
import { silentWav, wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';
import { sweep } from '../../support/tasks.js';

/** A company's own phone system, which speaks JSON: a PBX, or a contact centre. */
const authorization = 'Bearer a-key-of-the-environment';
const main = '+14165550100';
const annsNumber = '+14165550101';
let company: Company;
let url: string;
let calls = 0;

beforeAll(async () => {
  company = await testCompany({ tenant: { mainNumbers: [main] }, ownDatabase: true });
  const app = express();
  const { router } = apiAdapter(company.deps, { apiKey: 'a-key-of-the-environment' });
  if (router) app.use(router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${url}${path}`, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** What a phone system does with a call; every answer is as the description says. */
function phoneCall(dnis = annsNumber, more: Record<string, unknown> = {}) {
  const callId = `pbx-${++calls}`;
  const decided = async (response: Response) => {
    expect(response.status).toBe(200);
    const decision = await response.json();
    return Decision.parse(decision) && (decision as Record<string, never>);
  };
  return {
    callId,
    ask: async (said: Record<string, unknown> = {}) =>
      decided(await send('POST', '/calls', { callId, ani: '+15145550123', dnis, ...more, ...said })),
    outcome: async (leg: number, disposition: string) =>
      decided(await send('POST', `/calls/${callId}/outcome`, { leg, disposition })),
    end: async (body?: unknown) => (await send('POST', `/calls/${callId}/end`, body)).status,
    get: async () => CallRecord.parse(await (await send('GET', `/calls/${callId}`)).json()),
    leave: async (seconds: number, audio = wav(seconds)) => {
      const form = new FormData();
      form.set('metadata', JSON.stringify({ sourceId: callId, mailbox: { extension: '101' }, callId }));
      form.set('audio', new Blob([new Uint8Array(audio)]), 'message.wav');
      return fetch(`${url}/voicemails`, { method: 'POST', headers: { authorization }, body: form });
    },
  };
}

test('the same question gets the same answer, to the letter', async () => {
  const call = { callId: randomUUID(), ani: '+15145550123', dnis: main };
  const [first, again] = [await send('POST', '/calls', call), await send('POST', '/calls', call)];
  const decision = await first.text();
  expect(JSON.parse(decision)).toMatchObject({ callId: call.callId, action: 'ask' });
  expect(await again.text()).toBe(decision);

  const busy = { leg: 1, disposition: 'busy' };
  const direct = { ...call, callId: randomUUID(), dnis: annsNumber };
  await send('POST', '/calls', direct);
  const next = await (await send('POST', `/calls/${direct.callId}/outcome`, busy)).text();
  expect(await (await send('POST', `/calls/${direct.callId}/outcome`, busy)).text()).toBe(next);
});

describe('the end of a call', () => {
  test('may come at any moment, twice, with a body or without', async () => {
    const call = phoneCall();
    await call.ask();
    expect(await call.end()).toBe(204);
    expect(await call.end({})).toBe(204);
    expect(await call.get()).toMatchObject({ disposition: 'missed', askedForUserId: company.ann.id });

    const greeted = phoneCall(main);
    await greeted.ask();
    expect(await greeted.end({ disposition: 'no-answer' })).toBe(204);
    expect(await greeted.get()).toMatchObject({ disposition: 'abandoned', askedForUserId: null });
  });

  test('may say what came of the phone that rang: the two have talked', async () => {
    const call = phoneCall();
    await call.ask();
    expect(await call.end({ disposition: 'answered' })).toBe(204);
    expect(await call.end()).toBe(204);
    expect(await call.get()).toMatchObject({
      disposition: 'answered',
      answeredByUserId: company.ann.id,
      legs: [{ leg: 1, outcome: 'answered' }],
    });
  });

  test('of an answered call is its answer, and nothing that comes later changes it', async () => {
    const call = phoneCall();
    await call.ask();
    expect(await call.outcome(1, 'answered')).toMatchObject({ action: 'hangup' });
    expect(await call.end({ disposition: 'failed' })).toBe(204);
    expect(await call.get()).toMatchObject({ disposition: 'answered', endedAt: expect.any(String) });
  });

  test('of a call that we do not know is 404, and a body that is none of ours 400', async () => {
    expect(await phoneCall().end()).toBe(404);
    expect((await send('GET', '/calls/nobody-called')).status).toBe(404);
    const call = phoneCall();
    await call.ask();
    expect(await call.end({ disposition: 'bored' })).toBe(400);
    expect(await call.get()).toMatchObject({ disposition: 'open' });
  });
});

test('a call is read back with its legs, as it went', async () => {
  const call = phoneCall(main, { callerName: 'Cy Roy' });
  const greeting = await call.ask();
  const dial = await call.ask({ digits: '101', answers: 1 });
  const next = await call.outcome(2, 'busy');
  expect(await call.get()).toEqual({
    callId: call.callId,
    ani: '+15145550123',
    callerName: 'Cy Roy',
    dnis: main,
    language: 'en',
    askedForUserId: company.ann.id,
    answeredByUserId: null,
    disposition: 'open',
    startedAt: company.clock.now().toISOString(),
    endedAt: null,
    legs: [
      { leg: 1, at: expect.any(String), heard: {}, decision: greeting, outcome: null },
      { leg: 2, at: expect.any(String), heard: { digits: '101' }, decision: dial, outcome: 'busy' },
      { leg: 3, at: expect.any(String), heard: {}, decision: next, outcome: null },
    ],
  });
});

test('a dial says whose phone rings, and what to whisper in the language of who picks up', async () => {
  const { ann, bo } = company;
  await company.db.user.update({ where: { id: ann.id }, data: { defaultBackupId: bo.id } });
  await company.db.user.update({ where: { id: bo.id }, data: { language: 'fr' } });
  const call = phoneCall();
  const own = await call.ask();
  expect(own).toMatchObject({ rings: { displayName: 'Ann Baker', extension: '101' }, target: { confirm: false } });
  expect(own).not.toHaveProperty('whisper');
  expect(await call.outcome(1, 'no-answer')).toMatchObject({
    rings: { displayName: 'Bo Chen', extension: '102' },
    target: { confirm: true },
    whisper: { language: 'fr', text: expect.stringContaining('Un appel pour Ann Baker') },
    language: 'en',
  });
  await company.db.user.update({ where: { id: ann.id }, data: { defaultBackupId: null } });
  await company.db.user.update({ where: { id: bo.id }, data: { language: null } });
});

describe('desk phones', () => {
  const desks = (deskPhones: boolean) =>
    company.db.tenant.update({ where: { id: company.tenantId }, data: { deskPhones } });

  test('ring where a person has no personal number, once the company says that it has them', async () => {
    expect(await phoneCall('100').ask()).toMatchObject({ action: 'voicemail' });
    await desks(true);
    const call = phoneCall('100');
    expect(await call.ask()).toMatchObject({
      action: 'dial',
      target: { kind: 'extension', extension: '100', confirm: false },
      rings: { displayName: 'Ada Roy', extension: '100' },
    });
    expect(await call.outcome(1, 'no-answer')).toMatchObject({ action: 'voicemail', mailboxUserId: company.ada.id });
    // A personal number comes first.
    expect(await phoneCall().ask()).toMatchObject({ target: { kind: 'number' } });
    const coverage = await (await send('GET', `/users/${company.ada.id}/coverage`)).json();
    expect(coverage).toMatchObject({ path: [{ target: { kind: 'extension', extension: '100' } }, {}] });
    await desks(false);
  });

  test('are never an emergency number', async () => {
    await desks(true);
    await company.db.user.update({ where: { id: company.ada.id }, data: { extension: '911' } });
    expect(await phoneCall('911').ask()).toMatchObject({ action: 'voicemail' });
    await company.db.user.update({ where: { id: company.ada.id }, data: { extension: '100' } });
    await desks(false);
  });
});

test('a caller who cannot be heard is asked for keys, to the end of the call', async () => {
  const call = phoneCall(main, { input: 'keys' });
  const greeting = await call.ask();
  expect(greeting).toMatchObject({ input: 'keys', prompt: expect.stringContaining('press pound') });
  expect(greeting).not.toMatchObject({ prompt: expect.stringMatching(/\bsay\b/i) });
  const plain = phoneCall(main);
  expect(await plain.ask()).toMatchObject({
    input: 'keys-and-speech',
    prompt: expect.stringContaining('Say the name'),
  });
  // Said once is enough.
  const { callId } = call;
  const next = await (
    await send('POST', '/calls', { callId, ani: '+15145550123', dnis: main, digits: '555', answers: 1 })
  ).json();
  expect(next).toMatchObject({ action: 'ask', input: 'keys' });
  expect(next).not.toMatchObject({ prompt: expect.stringMatching(/\bsay\b/i) });
});

test('an answer says how long the caller has, and the last words', async () => {
  expect(await phoneCall(main).ask()).toMatchObject({ timeoutSeconds: 5 });
  const call = phoneCall();
  await call.ask();
  expect(await call.outcome(1, 'no-answer')).toMatchObject({
    action: 'voicemail',
    maxSeconds: 180,
    silenceSeconds: 8,
    closing: { recorded: 'Thank you, your message was taken. Goodbye.', nothing: 'I heard no message. Goodbye.' },
  });
});

describe('a message of a routed call', () => {
  const untilTheTone = async () => {
    const call = phoneCall();
    await call.ask();
    await call.outcome(1, 'no-answer');
    return call;
  };

  test('under three seconds is a hang-up: it is listed, nobody is told of it, and the call was missed', async () => {
    for (const { isEndFirst, audio } of [
      { isEndFirst: false, audio: wav(2) },
      { isEndFirst: true, audio: wav(2) },
      { isEndFirst: false, audio: silentWav(2) },
    ]) {
      const call = await untilTheTone();
      if (isEndFirst) await call.end();
      const taken = await call.leave(2, audio);
      expect(taken.status).toBe(201);
      const { id } = (await taken.json()) as { id: string };
      if (!isEndFirst) await call.end();
      expect(await call.get()).toMatchObject({ disposition: 'missed' });
      expect(await company.db.voicemail.findUniqueOrThrow({ where: { id } })).toMatchObject({ mutedWhy: 'hang-up' });
      expect(await company.db.notice.count({ where: { subjectId: id } })).toBe(0);
    }
  });

  test('in which nobody speaks leaves the call missed, and nobody is told of the silence', async () => {
    const call = await untilTheTone();
    const { id } = (await (await call.leave(5, silentWav(5))).json()) as { id: string };
    await call.end();
    expect(await call.get()).toMatchObject({ disposition: 'missed' });
    expect(await company.db.voicemail.findUniqueOrThrow({ where: { id } })).toMatchObject({ mutedWhy: 'silence' });
    expect(await company.db.notice.count({ where: { subjectId: id } })).toBe(0);
  });

  test('under three seconds is a message where the company wants to hear of hang-ups', async () => {
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { muteSilentMessages: false } });
    const call = await untilTheTone();
    expect((await call.leave(2)).status).toBe(201);
    await call.end();
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { muteSilentMessages: true } });
    expect(await call.get()).toMatchObject({ disposition: 'voicemail' });
  });

  test('is how the call ended, before its end or after', async () => {
    const before = await untilTheTone();
    expect((await before.leave(4)).status).toBe(201);
    await before.end();
    expect(await before.get()).toMatchObject({ disposition: 'voicemail' });
    const after = await untilTheTone();
    await after.end();
    expect((await after.leave(4)).status).toBe(201);
    expect(await after.get()).toMatchObject({ disposition: 'voicemail' });
  });
});

describe('a caller is sent to the mailbox, and nothing more is heard of the call', () => {
  const sentToTheMailbox = async () => {
    const call = phoneCall();
    await call.ask();
    const { maxSeconds } = await call.outcome(1, 'no-answer');
    return { call, maxSeconds: Number(maxSeconds) };
  };
  /** The sweep runs, and the tasks that it finds. */
  const sweeps = async () => {
    await sweep(company.deps);
    await company.tasks.work(company.deps, { twice: true });
  };
  const missedNotices = (callId: string) =>
    company.db.$queryRaw<unknown[]>`
      SELECT n.id FROM "Notice" n JOIN "Call" c ON c.id = n."subjectId"::uuid
      WHERE n.kind = 'call.missed' AND c."callId" = ${callId}`;

  test('the person is told of a missed call once no message came in time, and the message lands all the same', async () => {
    const { call, maxSeconds } = await sentToTheMailbox();
    company.clock.forward({ seconds: maxSeconds + 170 });
    await sweeps();
    expect(await call.get()).toMatchObject({ disposition: 'open' });

    company.clock.forward({ seconds: 10 });
    await sweeps();
    expect(await call.get()).toMatchObject({ disposition: 'missed' });
    expect(await missedNotices(call.callId)).toHaveLength(0);
    company.clock.forward({ seconds: 60 });
    await sweeps();
    expect(await missedNotices(call.callId)).toHaveLength(1);

    company.clock.forward({ minutes: 30 });
    expect((await call.leave(4)).status).toBe(201);
    expect(await call.get()).toMatchObject({ disposition: 'voicemail' });
    await sweeps();
    expect(await missedNotices(call.callId)).toHaveLength(1);
  });

  test('nobody is told where the message comes, even late and without an end', async () => {
    const { call, maxSeconds } = await sentToTheMailbox();
    company.clock.forward({ seconds: maxSeconds + 200 });
    await sweeps();
    expect((await call.leave(4)).status).toBe(201);
    company.clock.forward({ minutes: 2 });
    await sweeps();
    expect(await missedNotices(call.callId)).toHaveLength(0);
  });

  test('a call that begins at a mailbox is followed up too, and one that was sent on to a phone is not', async () => {
    const atOnce = phoneCall('100');
    expect(await atOnce.ask()).toMatchObject({ action: 'voicemail' });
    const { call } = await sentToTheMailbox();
    // She is signed out, and takes nobody straight to the mailbox: her backup rings.
    const { cleo, bo } = company;
    await company.db.user.update({ where: { id: cleo.id }, data: { defaultBackupId: bo.id } });
    const rings = await send('POST', `/calls/${call.callId}/transfer`, { mailbox: { extension: '103' } });
    expect(await rings.json()).toMatchObject({ action: 'dial' });
    company.clock.forward({ minutes: 30 });
    await sweeps();
    expect(await atOnce.get()).toMatchObject({ disposition: 'missed' });
    expect(await call.get()).toMatchObject({ disposition: 'open' });
  });
});
