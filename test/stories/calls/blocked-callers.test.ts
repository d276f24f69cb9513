import { beforeEach, describe, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import { endCall } from '../../../src/core/calls/end-call.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, textOf } from '../../support/read.js';

const nuisance = '+15145550123';
const annsNumber = '+14165550101';
const bosNumber = '102';
let company: Company;
let calls = 0;

beforeEach(async () => {
  company = await testCompany();
});

async function call(dnis: string, ani = nuisance, of: Company = company) {
  const callId = `blocked-${++calls}`;
  const decision = await answerCall(of.deps, of.tenantId, { callId, ani, dnis });
  await endCall(of.deps, of.tenantId, callId);
  of.clock.forward({ minutes: 2 });
  await of.work({ twice: true });
  const row = await of.db.call.findFirstOrThrow({ where: { callId } });
  return { decision, disposition: row.disposition };
}
const message = (ani = nuisance, extension = '101') =>
  receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: crypto.randomUUID(),
    mailbox: { extension },
    audio: wav(4),
    ani,
    callerName: 'Nuisance Caller',
  });
const cards = (person: Person = company.ann) => company.cardsOf(person);
const refused = { decision: { action: 'announce' }, disposition: 'blocked' };

describe('a caller whom a person blocks from the card of a message', () => {
  beforeEach(async () => {
    await message();
    await company.work();
    await company.press(company.ann, cards()[0], 'caller.block');
  });

  test('is refused politely, stands in the history, and nobody is told', async () => {
    expect(await call(annsNumber)).toMatchObject(refused);
    expect(cards()).toHaveLength(1);
    expect(textOf(await company.ask(company.ann, 'calls'))).toContain('Blocked');
  });

  test('still reaches others', async () => {
    expect((await call(bosNumber)).disposition).toBe('missed');
  });

  test('is refused by the company greeting too, once they ask for that person', async () => {
    const callId = 'blocked-by-name';
    const ask = (digits?: string) =>
      answerCall(company.deps, company.tenantId, {
        callId,
        ani: nuisance,
        dnis: '+14165550100',
        ...(digits ? { digits } : {}),
      });
    expect(await ask()).toMatchObject({ action: 'ask' });
    expect(await ask('101')).toMatchObject({ action: 'announce' });
  });

  test('leaves a message in another way without a notice; it is listed with a mark', async () => {
    await message();
    await company.work();
    expect(cards()).toHaveLength(1);
    expect(textOf(await company.ask(company.ann, 'voicemail'))).toContain('Blocked · ');
  });

  test('gets through again once unblocked, and both are on record', async () => {
    const list = await company.ask(company.ann, 'blocked');
    expect(textOf(list)).toContain('Nuisance Caller');
    await company.press(company.ann, list, 'caller.unblock');
    expect((await call(annsNumber)).disposition).toBe('missed');
    const events = (await company.audit()).map(({ event }) => event);
    expect(events.filter((event) => event.startsWith('caller.'))).toEqual(['caller.blocked', 'caller.unblocked']);
  });
});

test('an admin blocks a caller for everybody; a member may not, nor lift it', async () => {
  const card = await company.ask(company.ada, `block ${nuisance}`);
  await company.press(company.ada, card, 'caller.block-for-company');
  expect(await call(annsNumber)).toMatchObject(refused);
  expect(await call('+14165550100')).toMatchObject(refused);
  const mine = await company.ask(company.ann, 'blocked');
  expect(buttonsOf(mine).map(({ action }) => action)).not.toContain('caller.unblock');
  const [row] = await company.db.blockedCaller.findMany({ where: { userId: null } });
  await company.click(company.ann, 'caller.unblock', { blocked: row?.id ?? '' });
  await company.click(company.ann, 'caller.block-for-company', { number: '+14165550177' });
  expect(await company.db.blockedCaller.count({ where: { userId: null } })).toBe(1);
});

test('withheld numbers are refused only where the company says so', async () => {
  expect((await call(annsNumber, 'anonymous')).disposition).toBe('missed');
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { blockWithheldNumbers: true } });
  expect(await call(annsNumber, 'anonymous')).toMatchObject(refused);
  expect((await call(annsNumber)).disposition).toBe('missed');
});

test('what one company blocks, another still gets; its list and its buttons reach no further', async () => {
  await company.ask(company.ada, `block ${nuisance}`);
  const [row] = await company.db.blockedCaller.findMany();
  const other = await testCompany();
  expect((await call(annsNumber, nuisance, other)).disposition).toBe('missed');
  expect(textOf(await other.ask(other.ada, 'blocked'))).toContain('No caller is blocked');
  await other.click(other.ada, 'caller.unblock', { blocked: row?.id ?? '' });
  expect(await company.db.blockedCaller.count()).toBe(1);
});

test.each(['no number', '', '---', 'x'.repeat(500)])('a text that is no number blocks nothing: %j', async (text) => {
  await company.click(company.ann, 'caller.block', { number: text });
  expect(await company.db.blockedCaller.count()).toBe(0);
});

test('blocking twice is blocking once', async () => {
  await company.ask(company.ann, 'block (514) 555-0123');
  await company.ask(company.ann, `block ${nuisance}`);
  expect(await company.db.blockedCaller.findMany()).toMatchObject([{ number: nuisance, userId: company.ann.id }]);
});
