import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { dispatch } from '../../src/core/app/dispatch.js';
import { findLoad, insertOutgoing } from '../../src/core/calls/outgoing/outgoing-calls.store.js';
import { change } from '../../src/core/change.js';
import { installationActor } from '../../src/core/chat/actor.js';
import type { Transaction } from '../../src/core/deps.js';
import { asId } from '../../src/core/ids.js';
import { lockHeld } from '../../src/core/notices/held-notices.store.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { updateReaderCards } from '../../src/core/voicemail/mailbox/message-access.js';
import {
  lockForPurge,
  makeTombstone,
  releaseRecording,
} from '../../src/core/voicemail/retention/purge-voicemail.store.js';
import { saveTranscript } from '../../src/core/voicemail/transcripts/transcription.store.js';
import { wav } from '../support/audio.js';
import { type Company, testCompany } from '../support/company.js';
import { eventually } from '../support/eventually.js';
import { phoneCompany } from '../support/phone.js';
import { textOf } from '../support/read.js';

/* Two transactions that meet: each test holds the first where it would close a circle with another order of locks. */

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const job = () => installationActor(company.tenantId, 'job');
const storing = (work: Parameters<typeof change<unknown>>[2]) => change(company.deps, job(), work);

/** Resolve when another transaction waits for a lock. */
const somebodyWaits = () =>
  eventually(async () => {
    const waiting = await company.db.$queryRaw<unknown[]>`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(waiting).toHaveLength(1);
  });

test('a message is purged while its transcript is saved', async () => {
  const { db, deps, tenantId, ann } = company;
  const { id } = await receiveVoicemail(deps, installationActor(tenantId, 'api'), {
    ...{ sourceId: 'purged', mailbox: { userId: ann.id }, audio: wav(3) },
  });
  const now = company.clock.now();
  const { recordingId } = await db.voicemail.update({ where: { id }, data: { deletedAt: now, purgeAt: now } });
  if (recordingId === null) throw new Error('no recording');
  await db.transcription.deleteMany();
  const lease = await db.transcription.create({ data: { tenantId, recordingId, claimedAt: now, dueAt: now } });

  let saving: Promise<unknown> = Promise.resolve();
  const purging = storing(async (change) => {
    expect(await lockForPurge(change, company.clock, id)).toBeDefined();
    saving = storing((other) => saveTranscript(other, { id: lease.id, claimedAt: now }, 'Call me back.'));
    saving.catch(() => {});
    await somebodyWaits();
    await makeTombstone(change, id);
    return releaseRecording(change, recordingId);
  });
  expect(await purging).toEqual(expect.any(String));
  expect(await saving).toBeUndefined();
  expect(await db.voicemail.findUniqueOrThrow({ where: { id } })).toMatchObject({
    transcript: null,
    recordingId: null,
  });
});

/** Two notices of Ann, about two messages; the one with the higher id is the older one, and its message comes first. */
async function twoNotices() {
  const { db, tenantId, ann } = company;
  const now = company.clock.now();
  const [low = '', high = ''] = [randomUUID(), randomUUID()].toSorted();
  const subjects = [randomUUID(), randomUUID()];
  for (const [index, id] of [high, low].entries())
    await db.notice.create({
      data: {
        ...{ id, tenantId, userId: ann.id, kind: 'voicemail.arrived', subjectId: subjects[index] ?? '', dueAt: now },
        ...{ heldUntil: now, createdAt: new Date(now.getTime() + index * 1000 - 5000) },
      },
    });
  return { low, high, subjects };
}

test.each([
  ['the notices that waited for the morning are released', () => lockHeld],
  ['the cards of two messages are updated', () => updateReaderCards],
] as const)('%s while another change locks them by their ids', async (_what, which) => {
  const { low, high, subjects } = await twoNotices();
  const lock = (db: Transaction, id: string) =>
    db.$queryRaw`SELECT 1 FROM "Notice" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const locking = which();
  let other: Promise<unknown> = Promise.resolve();
  await company.db.$transaction(async (db) => {
    await lock(db, low);
    other = storing((change) =>
      locking === lockHeld ? lockHeld(change, company.ann.id) : updateReaderCards(change, ...subjects),
    );
    other.catch(() => {});
    await somebodyWaits();
    await lock(db, high);
  });
  await other;
  if (locking === lockHeld) expect(await other).toMatchObject([{ id: high }, { id: low }]);
  else expect(await company.db.notice.count({ where: { version: 2 } })).toBe(2);
});

test('a workspace that two companies connect at the same moment belongs to one, and the other’s code stays unused', async () => {
  const { db, ann } = company;
  const other = await testCompany({ numberless: true });
  const code =
    /connect ((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})/.exec(textOf(await other.ask(other.ada, 'connect')))?.[1] ?? '';
  for (const { messengers } of [company, other]) if (messengers.chat) messengers.chat.ownWorkspace = false;
  const externalWorkspaceId = `W-${randomUUID()}`;
  const from = { ...ann.account, externalWorkspaceId, accountId: 'somebody' };

  let asking: ReturnType<typeof dispatch> | undefined;
  await db.$transaction(async (first) => {
    await first.workspace.create({
      data: { tenantId: company.tenantId, platform: from.platform, externalId: externalWorkspaceId },
    });
    const id = asId<never>(`connect-${code}`);
    asking = dispatch(other.deps, { id, from, kind: 'command', text: `connect ${code}`, mentions: [] });
    asking.catch(() => {});
    await somebodyWaits();
  });
  expect(textOf(await asking)).toContain('asked an Attendant admin');
  expect(await db.linkRequest.findMany({ where: { externalWorkspaceId } })).toMatchObject([
    { tenantId: company.tenantId },
  ]);
  expect(await other.db.workspaceCode.findMany({ where: { tenantId: other.tenantId } })).toMatchObject([
    { usedAt: null },
  ]);
});

test('the company’s last call of an hour is made for one of two people who ask at the same moment', async () => {
  ({ company } = await phoneCompany());
  const { db, tenantId, ann, bo } = company;
  const createdAt = company.clock.now();
  const call = { tenantId, userId: bo.id, number: '+14165550177', purpose: 'greeting', greeting: 'name' } as const;
  const ended = { ...call, mailboxUserId: bo.id, status: 'busy', endedAt: createdAt, createdAt } as const;
  await db.outgoingCall.createMany({ data: Array.from({ length: 199 }, () => ended) });

  let asking: Promise<unknown> | undefined;
  await storing(async (change) => {
    expect(await findLoad(change, bo.id, new Date(createdAt.getTime() - 3_600_000))).toMatchObject({ company: 199 });
    asking = company.submit(ann, 'greeting.call', { kind: 'name', number: '416-555-0178' });
    await somebodyWaits();
    const subject = { purpose: 'greeting', mailboxUserId: bo.id, greeting: 'name' } as const;
    await insertOutgoing(change, { userId: bo.id, number: call.number, subject });
  });
  expect(textOf((await asking) as never)).toContain('many calls within an hour');
});
