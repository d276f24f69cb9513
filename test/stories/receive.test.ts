import { beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../src/core/audit/verify.js';
import { change } from '../../src/core/change.js';
import { type Actor, installation } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { type IncomingVoicemail, receiveVoicemail } from '../../src/core/voicemail/receive.js';
import { wav } from '../support/audio.js';
import { type Company, testCompany } from '../support/company.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});
beforeEach(async () => {
  await company.work();
});

const incoming = (given: Partial<IncomingVoicemail> = {}): IncomingVoicemail => ({
  sourceId: crypto.randomUUID(),
  mailbox: { extension: '101' },
  audio: wav(2),
  ...given,
});
const receive = (given: Partial<IncomingVoicemail> = {}, deps: Deps = company.deps) =>
  receiveVoicemail(deps, installation(company.tenantId, 'api'), incoming(given));
const rows = (sourceId: string) => company.db.voicemail.findMany({ where: { sourceId } });

test('stores audio, row, audit line and notice, and answers with id and length', async () => {
  const audio = wav(2.5);
  const taken = await receive({ audio, sourceId: 'one', callId: 'call-1' });
  expect(taken).toMatchObject({ durationSeconds: 2.5, created: true });
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
        await company.deps.recordings.put(...given);
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
        (stream) => stream.destroy() !== undefined,
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
  ['too many seconds', wav(200), 413],
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

test('messages by several doors and other changes at one moment keep one whole chain', async () => {
  const before = (await company.audit()).length;
  const doors = (['api', 'phone', 'job'] as const).map((via) => installation(company.tenantId, via));
  const sources = Array.from({ length: 30 }, () => crypto.randomUUID());
  const [received] = await Promise.all([
    // Each comes by every door, in orders that cross.
    Promise.all(
      doors.flatMap((door, turned) =>
        [...sources.slice(turned * 10), ...sources.slice(0, turned * 10)].map((sourceId) =>
          receiveVoicemail(company.deps, door, incoming({ sourceId })),
        ),
      ),
    ),
    ...sources.map((subjectId) =>
      change(company.deps, doors[0] as Actor, async ({ record }) => record({ event: 'user.updated', subjectId })),
    ),
  ]);
  expect(received.filter(({ created }) => created)).toHaveLength(30);
  expect(new Set(received.map(({ id }) => id)).size).toBe(30);
  const lines = (await company.audit()).slice(before);
  expect(lines.map(({ event }) => event).sort()).toEqual([
    ...sources.map(() => 'user.updated'),
    ...sources.map(() => 'voicemail.received'),
  ]);
  expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole' });
});

test('a WAV is as long as its sound, whatever else is in it', async () => {
  const plain = wav(2.5);
  const note = Buffer.from('LIST\x10\x00\x00\x00INFOISFT\x04\x00\x00\x00abcd', 'latin1');
  const annotated = Buffer.concat([plain, note]);
  annotated.writeUInt32LE(annotated.length - 8, 4);
  const cutOff = plain.subarray(0, 44 + 2 * 8000);
  for (const [audio, durationSeconds] of [
    [plain, 2.5],
    [annotated, 2.5],
    [cutOff, 1],
  ] as const)
    expect(await receive({ audio })).toMatchObject({ durationSeconds });
});
