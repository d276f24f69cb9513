import { EventEmitter, once } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { appendLines } from '../../../src/core/audit-chain/append-audit.store.js';
import { auditKeyOf } from '../../../src/core/audit-chain/audit-key.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Db, Deps } from '../../../src/core/deps.js';
import type { IncomingVoicemail } from '../../../src/core/voicemail/arrival/incoming-voicemail.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});
beforeEach(async () => {
  await company.work();
});

const incoming = (given: Partial<IncomingVoicemail> = {}): IncomingVoicemail => ({
  sourceId: crypto.randomUUID(),
  mailbox: { extension: '101' },
  audio: wav(4),
  ...given,
});
const receive = (given: Partial<IncomingVoicemail> = {}, deps: Deps = company.deps) =>
  receiveVoicemail(deps, installationActor(company.tenantId, 'api'), incoming(given));
/** The company's database; `see` receives each raw statement and may fail it after it was done. */
const watched = (see: (sql: string, answer: Promise<unknown>) => unknown): Db =>
  new Proxy(company.db, {
    get: (db, name) =>
      name !== '$queryRaw'
        ? Reflect.get(db, name)
        : async (sql: TemplateStringsArray, ...values: unknown[]) => {
            const answer = db.$queryRaw(sql, ...values).then((rows) => rows);
            await see(sql.join('?'), answer);
            return answer;
          },
  });
/** The number of statements that wait for another's rows. */
async function waiting(): Promise<number> {
  const statements = await company.db.$queryRaw<unknown[]>`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return statements.length;
}
const takes = (sql: string): boolean => sql.includes('INSERT INTO "Voicemail"');
const rows = (sourceId: string) => company.db.voicemail.findMany({ where: { sourceId } });

test('stores audio, row, audit line and notice, and answers with id and length', async () => {
  const audio = wav(3.5);
  const taken = await receive({ audio, sourceId: 'one', callId: 'call-1' });
  expect(taken).toMatchObject({ durationSeconds: 3.5, created: true });
  const stored = await company.db.voicemail.findUniqueOrThrow({
    where: { id: taken.id },
    include: { recording: true },
  });
  expect(stored).toMatchObject({ userId: company.ann.id, callId: 'call-1', heardAt: null });
  expect(stored.recording).toMatchObject({ mimeType: 'audio/wav', bytes: audio.length });
  expect((await company.audit()).at(-1)).toMatchObject({
    event: 'voicemail.received',
    subjectId: taken.id,
    via: 'api',
  });
  expect(company.tasks.waiting.map(({ name }) => name)).toEqual(['notice.post']);
  expect(company.touched).toEqual([company.ann.id]);
});

test.each([
  ['extension, with its zero', { extension: '0105' }, 'eve'],
  ['number', { did: '+14165550101' }, 'ann'],
  ['number as people write it', { did: '(416) 555-0101' }, 'ann'],
  ['e-mail address', { email: 'ANN@maple.example' }, 'ann'],
  ['general mailbox', { extension: '199' }, 'box'],
] as const)('finds the mailbox by %s', async (_how, mailbox, owner) => {
  const { id } = await receive({ mailbox });
  const voicemail = await company.db.voicemail.findUniqueOrThrow({ where: { id } });
  expect(voicemail.userId).toBe(company[owner].id);
});

test('the same source id is the same voicemail, one after the other and at once', async () => {
  const first = await receive({ sourceId: 'twice' });
  const again = await receive({ sourceId: 'twice', audio: Buffer.from('not even audio') });
  expect(again).toEqual({ ...first, created: false });

  const stored: string[] = [];
  const deps = {
    ...company.deps,
    recordings: {
      ...company.deps.recordings,
      put: async (...given: Parameters<Deps['recordings']['put']>) => {
        stored.push(given[0]);
        return company.deps.recordings.put(...given);
      },
    },
  };
  const many = await Promise.all(Array.from({ length: 4 }, () => receive({ sourceId: 'at once' }, deps)));
  expect(new Set(many.map(({ id }) => id)).size).toBe(1);
  expect(many.filter(({ created }) => created)).toHaveLength(1);
  expect(await rows('at once')).toHaveLength(1);
  const left = await Promise.all(
    stored.map((key) =>
      company.deps.recordings.read(key).then(
        ({ stream }) => stream.destroy() !== undefined,
        () => false,
      ),
    ),
  );
  expect(left.filter(Boolean)).toHaveLength(1);
  await company.work();
  expect(company.cardsOf(company.ann).length).toBeGreaterThan(0);
});

test.each([
  ['text', Buffer.from('Hello, this is no sound at all. '.repeat(100)), 415],
  ['nothing', Buffer.alloc(0), 415],
  ['noise', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)), 415],
  ['a WAV without a sample', wav(0), 415],
  ['a head without a body', wav(2).subarray(0, 20), 415],
  ['too many bytes', Buffer.alloc(26 * 1024 * 1024), 413],
  ['too many seconds', wav(610), 413],
])('refuses %s', async (_what, audio, status) => {
  const sourceId = crypto.randomUUID();
  await expect(receive({ audio, sourceId })).rejects.toMatchObject({ name: 'UserError', status });
  expect(await rows(sourceId)).toEqual([]);
});

test.each([
  ['an unknown extension', { extension: '999' }],
  ['an id that is none', { userId: "x' OR 1=1" }],
  ['somebody without access', { email: 'nil@maple.example' }],
])('refuses %s', async (_who, mailbox) => {
  await expect(receive({ mailbox })).rejects.toMatchObject({ status: 404 });
});

test('the smaller edition has no mailbox', async () => {
  await company.db.tenant.updateMany({ data: { edition: 'attendant' } });
  await expect(receive()).rejects.toMatchObject({ status: 403 });
  await company.db.tenant.updateMany({ data: { edition: 'attendant_plus' } });
});

test('nothing is stored as long as the audio is not safe', async () => {
  const recordings = { ...company.deps.recordings, put: () => Promise.reject(new Error('disk full')) };
  await expect(receive({ sourceId: 'full' }, { ...company.deps, recordings })).rejects.toThrow('disk full');
  expect(await rows('full')).toEqual([]);
});

test('a queue that is away loses nothing: the sweep brings the card', async () => {
  const before = company.cardsOf(company.bo).length;
  company.tasks.away = true;
  await expect(receive({ mailbox: { extension: '102' } })).resolves.toMatchObject({ created: true });
  company.tasks.away = false;
  company.clock.forward({ minutes: 2 });
  await company.tasks.add([{ name: 'sweep', payload: {} }]);
  await company.work({ twice: true });
  expect(company.cardsOf(company.bo)).toHaveLength(before + 1);
});

test('messages at the same moment share a transaction, and one that cannot be stored fails alone', async () => {
  const good = Array.from({ length: 8 }, () => receive());
  const bad = receive({ sourceId: 'bad', callId: 'PostgreSQL takes no \u0000' });
  await expect(bad).rejects.toThrow();
  const taken = await Promise.all(good);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(8);
  expect(await rows('bad')).toEqual([]);
  expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole' });

  const together = await Promise.all(Array.from({ length: 8 }, () => receive()));
  const [lines] = await company.db.$queryRaw<{ transactions: number; lines: number }[]>`
    SELECT count(DISTINCT xmin::text)::int AS transactions, count(*)::int AS lines FROM "AuditLine"
    WHERE "subjectId" = ANY(${together.map(({ id }) => id)}::uuid[])`;
  expect(lines?.lines).toBe(8);
  expect(lines?.transactions).toBeLessThan(8);
});

test('a message waits for a change of its company and is linked behind it', async () => {
  const statements: string[] = [];
  const moment = new EventEmitter();
  const change = company.db.$transaction(async (db) => {
    const key = auditKeyOf(company.deps.secret);
    const actor = installationActor(company.tenantId, 'job');
    await appendLines(db, key, actor, company.clock.now(), [{ event: 'user.updated' }]);
    moment.emit('locked');
    await once(moment, 'over');
  });
  await once(moment, 'locked');
  const taking = receive({}, { ...company.deps, db: watched((sql) => void statements.push(sql)) });
  await eventually(async () => expect(await waiting()).toBe(1));
  moment.emit('over');
  await change;
  const { id } = await taking;
  expect(statements.filter(takes)).toHaveLength(1);
  expect((await company.audit()).slice(-2)).toMatchObject([{ event: 'user.updated' }, { subjectId: id }]);
  expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole' });
});

test('the same messages by two doors at one moment wait for each other without a quarrel', async () => {
  const moment = new EventEmitter();
  // The messages of each channel are stored together, in the order in which they came.
  const gathered = async (via: 'api' | 'phone', sourceIds: readonly string[], db: Db) => {
    const all = new EventEmitter();
    let safe = 0;
    const put = async (...given: Parameters<Deps['recordings']['put']>) => {
      const turn = once(all, 'safe');
      const stored = await company.deps.recordings.put(...given);
      safe += 1;
      if (safe === sourceIds.length) all.emit('safe');
      await turn;
      return stored;
    };
    const deps = { ...company.deps, db, recordings: { ...company.deps.recordings, put } };
    const door = installationActor(company.tenantId, via);
    return Promise.all(sourceIds.map((sourceId) => receiveVoicemail(deps, door, incoming({ sourceId }))));
  };
  // A third transaction holds the middle message, so that both have reached it when it is released.
  const third = company.db.$transaction(async (db) => {
    const { tenantId, ann } = company;
    await db.voicemail.create({
      data: { tenantId, userId: ann.id, sourceId: 'door b', receivedAt: new Date(), durationSeconds: 1 },
    });
    moment.emit('in hand');
    await once(moment, 'over');
    throw new Error('let go');
  });
  await once(moment, 'in hand');
  const failed: unknown[] = [];
  const db = watched((_sql, answer) => answer.catch((error: unknown) => failed.push(error)));
  const api = gathered('api', ['door c', 'door b', 'door a'], db);
  await eventually(async () => expect(await waiting()).toBe(1));
  const phone = gathered('phone', ['door a', 'door b', 'door c', 'door d'], db);
  await eventually(async () => expect(await waiting()).toBe(2));
  moment.emit('over');
  await expect(third).rejects.toThrow('let go');

  const taken = [...(await api), ...(await phone)];
  const ids = taken.filter(({ created }) => created).map(({ id }) => id);
  expect(ids).toHaveLength(4);
  expect(new Set(taken.map(({ id }) => id))).toEqual(new Set(ids));
  expect(failed).toEqual([]);
  expect((await company.audit()).slice(-4).map(({ subjectId }) => subjectId)).toEqual(ids);
  expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole' });
});

test('messages whose commit was not heard of are found again, and their cards are due at once', async () => {
  let lost = 0;
  const db = watched(async (sql, answer) => {
    const taken = (await answer) as unknown[];
    if (!takes(sql) || taken.length < 2 || lost > 0) return;
    lost = taken.length;
    throw new Error('Connection terminated unexpectedly');
  });
  const told = company.touched.length;
  const taken = await Promise.all(Array.from({ length: 6 }, () => receive({}, { ...company.deps, db })));
  expect(lost).toBeGreaterThan(1);
  expect(taken.filter(({ created }) => created)).toHaveLength(6);
  const stored = await company.db.voicemail.findMany({ where: { id: { in: taken.map(({ id }) => id) } } });
  expect(stored).toHaveLength(6);
  expect(company.tasks.waiting.map(({ name }) => name)).toEqual(taken.map(() => 'notice.post'));
  expect(company.touched.slice(told)).toEqual(taken.map(() => company.ann.id));
});

test('a WAV is as long as its sound, whatever else is in it', async () => {
  const plain = wav(3.5);
  const note = Buffer.from('LIST\x10\x00\x00\x00INFOISFT\x04\x00\x00\x00abcd', 'latin1');
  const annotated = Buffer.concat([plain, note]);
  annotated.writeUInt32LE(annotated.length - 8, 4);
  const cutOff = plain.subarray(0, 44 + 2 * 8000);
  for (const [audio, durationSeconds] of [
    [plain, 3.5],
    [annotated, 3.5],
    [cutOff, 1],
  ] as const)
    expect(await receive({ audio })).toMatchObject({ durationSeconds });
});
