import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { dispatch, takeRequest } from '../../../src/core/app/dispatch.js';
import type { Request } from '../../../src/core/chat/exchange.js';
import type { Deps } from '../../../src/core/deps.js';
import { asId, type RequestId } from '../../../src/core/ids.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let company: Company;
let id: RequestId;

beforeAll(async () => {
  company = await testCompany();
});

beforeEach(() => {
  id = asId<RequestId>(randomUUID());
});

afterEach(async () => {
  await company.db.outOfOfficePeriod.deleteMany();
  await company.db.seenRequest.deleteMany();
  for (const posted of Object.values(company.messengers)) posted.posted.length = 0;
});

const out = { until: '2030-01-18' };
const save = (person = company.ann) => company.submit(person, 'ooo.set', out, {}, { id });
const periods = () => company.db.outOfOfficePeriod.count();
/** The runner of this request has died, and its lease has expired. */
const abandon = () => company.db.$executeRaw`UPDATE "SeenRequest" SET "heldUntil" = now() - interval '1 second'`;
const asSubmit = (person = company.ann): Request & { kind: 'submit' } => ({
  id,
  from: person.account,
  kind: 'submit',
  form: 'ooo.set',
  values: out,
  carries: {},
  label: 'Out of office',
});

/** Dependencies whose process dies in the middle of the work. */
function dyingDeps(): Deps {
  const never = new Promise<never>(() => {});
  const db = new Proxy(company.db, {
    get: (target, name) => (name === '$transaction' ? () => never : Reflect.get(target, name)),
  });
  return { ...company.deps, db };
}

test('a request that was taken and then interrupted runs when it is repeated', async () => {
  await takeRequest(company.deps, asSubmit());
  await abandon();
  expect((await save()).kind).toBe('replace');
  expect(await periods()).toBe(1);
  expect(await save()).toMatchObject({ kind: 'done' });
  expect(await periods()).toBe(1);
});

test('a repeat that comes while the first is at work waits for it, and runs nothing', async () => {
  const answers = await Promise.all([save(), save(), save()]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'done', 'replace']);
  expect(answers.filter((answer) => answer.kind === 'done' && answer.line !== undefined)).toEqual([]);
  expect(await periods()).toBe(1);
});

test('a repeat of what takes long is told that it is under way', async () => {
  await takeRequest(company.deps, asSubmit());
  expect(textOf(await save())).toContain('still working on that');
  expect(await periods()).toBe(0);
});

test('a runner that was given up for dead commits nothing when it comes back', async () => {
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const db = new Proxy(company.db, {
    get: (target, name) =>
      name === '$transaction'
        ? async (...asked: Parameters<typeof target.$transaction>) => {
            await gate;
            return target.$transaction(...asked);
          }
        : Reflect.get(target, name),
  });
  const slow = dispatch({ ...company.deps, db }, asSubmit());
  await eventually(async () => expect(await company.db.seenRequest.count()).toBe(1));
  await abandon();
  expect((await save()).kind).toBe('replace');
  await company.db.outOfOfficePeriod.deleteMany();
  open();
  expect(textOf(await slow)).toContain('still working on that');
  expect(await periods()).toBe(0);
});

test('done is committed with the change: a commit whose answer is lost is not undone, and not repeated', async () => {
  const db = new Proxy(company.db, {
    get: (target, name) =>
      name === '$transaction'
        ? async (...asked: Parameters<typeof target.$transaction>) => {
            await target.$transaction(...asked);
            throw Object.assign(new Error('Connection terminated'), { code: 'P1017' });
          }
        : Reflect.get(target, name),
  });
  expect(textOf(await dispatch({ ...company.deps, db }, asSubmit()))).toContain('Try again');
  expect(await save()).toMatchObject({ kind: 'done' });
  expect(await periods()).toBe(1);
});

test('a runner that lives keeps its request, however long it takes', async () => {
  void dispatch(dyingDeps(), asSubmit());
  await eventually(async () => expect(await company.db.seenRequest.count()).toBe(1));
  await company.db.$executeRaw`UPDATE "SeenRequest" SET "heldUntil" = now() + interval '4 seconds'`;
  await eventually(async () => {
    const [row] = await company.db.$queryRaw<{ left: number }[]>`
      SELECT extract(epoch FROM "heldUntil" - clock_timestamp())::float AS left FROM "SeenRequest"`;
    expect(row?.left).toBeGreaterThan(5);
  });
});

const finish = async () => {
  await sweep(company.deps);
  await company.work();
};
const told = (person = company.ann) => company.cardsOf(person).map((card) => textOf(card));

test('what was promised and then interrupted is finished by the sweep, and the person is told', async () => {
  await takeRequest(company.deps, asSubmit(), { answersLater: true });
  await finish();
  expect(told()).toEqual([]);
  await abandon();
  await finish();
  expect(await periods()).toBe(1);
  expect(told()).toEqual([expect.stringContaining('I was interrupted, so this answer to “Out of office” comes late.')]);
  await abandon();
  await finish();
  expect(told()).toHaveLength(1);
  expect(await company.db.seenRequest.findMany()).toMatchObject([{ asked: null, doneAt: expect.any(Date) }]);
});

test('what was done before the interruption is told, and not done again', async () => {
  await takeRequest(company.deps, asSubmit(), { answersLater: true });
  await company.db.$executeRaw`UPDATE "SeenRequest" SET "doneAt" = now()`;
  await abandon();
  await finish();
  expect(await periods()).toBe(0);
  expect(told()).toEqual([expect.stringContaining('“Out of office” is done. I was interrupted')]);
});

test.each([
  ['of long ago', async () => void company.clock.forward({ minutes: 11 })],
  ['that ended a process before', () => company.db.seenRequest.updateMany({ data: { tries: 1 } })],
])('an act %s is not done any more: the person is asked to try again', async (_, age) => {
  await takeRequest(company.deps, asSubmit(), { answersLater: true });
  await age();
  await abandon();
  await finish();
  expect(await periods()).toBe(0);
  expect(told()).toEqual([expect.stringContaining('before I could do “Out of office”. Nothing was changed.')]);
});

test('what an admin asked while acting as somebody else is not done as themselves afterwards', async () => {
  await company.submit(company.ada, 'impersonation.start', {
    user: company.ann.id,
    reason: 'She called and asked me.',
  });
  const request: Request = { ...asSubmit(company.ada), from: { ...company.ada.account, locale: 'fr' } };
  await takeRequest(company.deps, request, { answersLater: true });
  await company.ask(company.ada, 'stop');
  await company.db.seenRequest.deleteMany({ where: { id: { not: id } } });
  await abandon();
  await finish();
  expect(await periods()).toBe(0);
  expect(told(company.ada).at(-1)).toContain('Rien n’a changé. Veuillez réessayer.');
});

test('a form with a file or a secret is not kept: the person is asked to send it again', async () => {
  const file = { fileName: 'a.wav', content: Buffer.from('sound') };
  for (const values of [{ audio: file }, { newPin: '4711' }]) {
    id = asId<RequestId>(randomUUID());
    await takeRequest(company.deps, { ...asSubmit(), id, values }, { answersLater: true });
    const [row] = await company.db.seenRequest.findMany({ where: { id } });
    expect(JSON.stringify(row?.asked)).not.toMatch(/sound|4711/);
  }
  await abandon();
  await finish();
  expect(told()).toEqual([expect.stringContaining('Please try again'), expect.stringContaining('Please try again')]);
});

test('what cannot be told now is told later', async () => {
  await takeRequest(company.deps, asSubmit(), { answersLater: true });
  await abandon();
  const chat = Object.values(company.messengers)[0];
  if (chat) chat.failures = 1;
  await finish();
  expect(told()).toEqual([]);
  await abandon();
  await finish();
  expect(await periods()).toBe(1);
  expect(told().at(-1)).toContain('“Out of office” is done.');
});

test('a request that is answered at once keeps nothing of what was asked', async () => {
  await save();
  await company.ask(company.ann, 'help', { id: 'a read' });
  await wait(100);
  const rows = await company.db.seenRequest.findMany();
  expect(rows.map(({ asked }) => asked)).toEqual([null, null]);
  expect(rows.every(({ doneAt }) => doneAt !== null)).toBe(true);
});
