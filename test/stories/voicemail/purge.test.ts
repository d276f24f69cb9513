import { beforeEach, expect, test, vi } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import { findRecordingFaults } from '../../../src/core/recordings/recording-sweep.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listenUrl } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { markHeard } from '../../../src/core/voicemail/mailbox/mark-heard.js';
import { overduePurges, purgeVoicemail } from '../../../src/core/voicemail/retention/purge-voicemail.js';
import { openPlayer } from '../../../src/core/voicemail/sharing/player-link.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
});

const spoken = 'The door code is four seven one one';

/** A message with everything that can hang on it, deleted by its owner; its undo period is over. */
async function deletedMessage(): Promise<{ id: VoicemailId; storageKey: string; token: string }> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: 'purged',
    mailbox: { userId: company.ann.id },
    audio: wav(4),
    ani: '+15145550123',
    callerName: 'Kim Caller',
  });
  await company.work();
  const ann = { kind: 'self', tenantId: company.tenantId, userId: company.ann.id, role: 'member', via: 'web' } as const;
  await company.db.voicemail.update({ where: { id }, data: { transcript: spoken, forwardNote: spoken } });
  const { storageKey } = await company.db.recording.findFirstOrThrow({ where: { voicemails: { some: { id } } } });
  const token = ((await listenUrl(company.deps, ann, id)) ?? '').replace(/^.*\/v\//, '');
  await markHeard(company.deps, ann, id);
  await company.click(company.ann, 'voicemail.delete', { voicemail: id });
  company.tasks.lose();
  company.clock.forward({ minutes: 6 });
  return { id, storageKey, token };
}

const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });
const files = async () => {
  const keys: string[] = [];
  for await (const key of company.deps.recordings.list()) keys.push(key);
  return keys;
};
const events = async (id: string) =>
  (await company.audit()).filter(({ subjectId }) => subjectId === id).map(({ event }) => event);

test('a purge leaves neither audio nor words, and keeps the tombstone, the listens and the record', async () => {
  const { id, storageKey, token } = await deletedMessage();
  expect(await files()).toEqual([storageKey]);
  await purgeVoicemail(company.deps, id);
  await purgeVoicemail(company.deps, id);

  expect(await files()).toEqual([]);
  await expect(company.deps.recordings.read(storageKey)).rejects.toThrow();
  expect(await company.db.recording.count()).toBe(0);
  expect(await company.db.transcription.count()).toBe(0);
  const left = await row(id);
  expect(left).toMatchObject({ ani: '+15145550123', transcript: null, forwardNote: '', recordingId: null });
  expect(left.purgedAt).toEqual(company.clock.now());
  expect(await company.db.listen.count({ where: { voicemailId: id } })).toBe(1);
  await expect(openPlayer(company.deps, token, undefined)).rejects.toMatchObject({ name: 'LinkClosed' });

  expect(await events(id)).toEqual([
    'voicemail.received',
    'voicemail.played',
    'voicemail.heard',
    'voicemail.deleted',
    'voicemail.purged',
  ]);
  const record = await company.audit();
  expect(record.find(({ event }) => event === 'voicemail.purged')?.after).toEqual({
    why: 'deleted',
    audioRemoved: true,
    transcriptRemoved: true,
  });
  expect(JSON.stringify(record)).not.toContain(spoken);
  // No table holds its words any more.
  const tables = await company.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  for (const { name } of tables) {
    const found = await company.db.$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM "${name}" t WHERE t::text LIKE '%four seven one one%' LIMIT 1`,
    );
    expect([name, found]).toEqual([name, []]);
  }
});

test('audio that cannot be deleted keeps the message due; it is reported, tried again, and then gone', async () => {
  const { id, storageKey } = await deletedMessage();
  const remove = vi.spyOn(company.deps.recordings, 'remove').mockRejectedValue(new Error('EACCES: permission denied'));
  await expect(purgeVoicemail(company.deps, id)).rejects.toThrow('EACCES');
  expect(await row(id)).toMatchObject({ purgedAt: null, transcript: spoken });
  expect(await files()).toEqual([storageKey]);
  expect(await events(id)).not.toContain('voicemail.purged');
  expect(await overduePurges(company.deps)).toBe(0);

  company.clock.forward({ minutes: 61 });
  expect(await overduePurges(company.deps)).toBe(1);
  remove.mockRestore();
  await company.tasks.add([{ name: 'voicemail.purge', payload: { voicemailId: id } }]);
  await company.work({ twice: true });
  expect(await overduePurges(company.deps)).toBe(0);
  expect(await files()).toEqual([]);
  expect(await row(id)).toMatchObject({ transcript: null, recordingId: null });
});

test('files without rows and rows without files are both found, and told apart', async () => {
  const { storageKey } = await deletedMessage();
  const orphan = `${company.tenantId}/orphan.wav`;
  await company.deps.recordings.put(orphan, [wav(1)], 'audio/wav');
  company.clock.forward({ hours: 2 });
  expect(await findRecordingFaults(company.deps)).toMatchObject({ rows: 1, missing: 0 });
  await company.deps.recordings.remove(storageKey);
  const faults = await findRecordingFaults(company.deps);
  expect(faults).toMatchObject({ rows: 1, missing: 1, missingKeys: [storageKey], orphans: 1, orphanKeys: [orphan] });
});
