import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Deps } from '../../../src/core/deps.js';
import { findRecordingFaults, recordingCounts, sweepRecordings } from '../../../src/core/recordings/recording-sweep.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, testCompany } from '../../support/company.js';
import { bytesOf } from '../../support/recordings.js';

let company: Company;
/** The company's recordings, stored as many minutes ago as the test says, because files have the real clock's dates. */
let deps: Deps;
let minutesAgo: number;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
  minutesAgo = 120;
  const { recordings } = company.deps;
  deps = {
    ...company.deps,
    recordings: {
      ...recordings,
      storedAt: async (key) =>
        (await recordings.storedAt(key)) && new Date(company.clock.now().getTime() - minutesAgo * 60_000),
    },
  };
});

const receive = async (given: { sourceId?: string; callId?: string } = {}, by: Deps = deps) => {
  const { id } = await receiveVoicemail(by, installationActor(company.tenantId, 'api'), {
    sourceId: randomUUID(),
    mailbox: { extension: '101' },
    audio: wav(3),
    ...given,
  });
  const { recording } = await company.db.voicemail.findUniqueOrThrow({ where: { id }, include: { recording: true } });
  return { id, storageKey: recording?.storageKey ?? '' };
};
const leftover = async (folder: string = company.tenantId): Promise<string> => {
  const storageKey = `${folder}/${randomUUID()}.wav`;
  await deps.recordings.put(storageKey, [wav(1)], 'audio/wav');
  return storageKey;
};
const isThere = async (storageKey: string) => (await deps.recordings.storedAt(storageKey)) !== undefined;
const stored = async () => {
  const keys: string[] = [];
  for await (const key of deps.recordings.list()) keys.push(key);
  return keys;
};
const sweepLater = async () => {
  company.clock.forward({ minutes: 61 });
  await sweepRecordings(deps);
};

describe('a file without a row', () => {
  test('is set aside after an hour, removed 30 days later, and counted', async () => {
    const kept = await receive();
    const lost = await leftover();
    minutesAgo = 59;
    await sweepLater();
    expect(await isThere(lost)).toBe(true);

    minutesAgo = 61;
    await sweepLater();
    expect(await stored()).toEqual([kept.storageKey]);
    expect(await recordingCounts(deps)).toEqual({ missing: 0, removed: 0, setAside: 1, held: 0 });
    expect(await findRecordingFaults(deps)).toMatchObject({ setAside: 1, orphans: 0, missing: 0 });

    company.clock.forward({ days: 29 });
    await sweepLater();
    expect(await recordingCounts(deps)).toMatchObject({ removed: 0, setAside: 1 });
    company.clock.forward({ days: 1 });
    await sweepLater();
    expect(await recordingCounts(deps)).toMatchObject({ removed: 1, setAside: 0 });
    await sweepLater();
    expect(await recordingCounts(deps)).toMatchObject({ removed: 1, setAside: 0 });
    expect(await deps.recordings.putBack(lost)).toBe(false);
    expect(await isThere(kept.storageKey)).toBe(true);
  });

  describe('since the database was put back to an older one', () => {
    /** A message whose rows are deleted, and restored. */
    const withoutRows = async () => {
      const { id, storageKey } = await receive();
      const recording = await company.db.recording.findUniqueOrThrow({ where: { storageKey } });
      await company.db.voicemail.update({ where: { id }, data: { recordingId: null } });
      await company.db.recording.delete({ where: { id: recording.id } });
      return { storageKey, restore: () => company.db.recording.create({ data: recording }) };
    };

    test('can be played as soon as its row is there again', async () => {
      const { storageKey, restore } = await withoutRows();
      await sweepLater();
      expect(await isThere(storageKey)).toBe(false);
      await restore();
      expect(await findRecordingFaults(deps)).toMatchObject({ missing: 0 });
      expect(await bytesOf(deps, storageKey)).toEqual(wav(3));
      expect(await isThere(storageKey)).toBe(true);
    });

    test('is put back by the sweep, even after its time', async () => {
      const { storageKey, restore } = await withoutRows();
      await sweepLater();
      await restore();
      company.clock.forward({ days: 31 });
      await sweepLater();
      expect(await isThere(storageKey)).toBe(true);
      expect(await recordingCounts(deps)).toEqual({ missing: 0, removed: 0, setAside: 0, held: 0 });
    });

    test('stays aside while there are so many that the database must be the wrong one', async () => {
      await withoutRows();
      await sweepLater();
      for (let n = 0; n < 101; n += 1) await leftover();
      company.clock.forward({ days: 31 });
      await sweepLater();
      expect(await recordingCounts(deps)).toMatchObject({ removed: 0, setAside: 1, held: 101 });
    });
  });

  test('is what a process leaves that is killed between the file and the row', async () => {
    const killed = new Proxy(company.db, {
      get: (db, name) => (name === '$queryRaw' ? stopAtInsert(db) : Reflect.get(db, name)),
    });
    await expect(receive({}, { ...deps, db: killed })).rejects.toThrow('terminated');
    expect(await stored()).toHaveLength(1);
    await sweepLater();
    expect(await stored()).toEqual([]);
  });

  test('is left where its company is unknown: another installation shares the folder', async () => {
    const foreign = await leftover(randomUUID());
    await sweepLater();
    expect(await isThere(foreign)).toBe(true);
  });

  test('is left where there are so many that the database must be the wrong one', async () => {
    for (let n = 0; n < 101; n += 1) await leftover();
    await sweepLater();
    expect(await stored()).toHaveLength(101);
    expect(await recordingCounts(deps)).toEqual({ missing: 0, removed: 0, setAside: 0, held: 101 });
    expect(await findRecordingFaults(deps)).toMatchObject({ orphans: 101, tooMany: true });
  });

  test('is left where its row comes while the sweep looks on', async () => {
    const { id, storageKey } = await receive();
    const recording = await company.db.recording.findUniqueOrThrow({ where: { storageKey } });
    await company.db.voicemail.update({ where: { id }, data: { recordingId: null } });
    await company.db.recording.delete({ where: { id: recording.id } });
    const late: Deps = {
      ...deps,
      recordings: {
        ...deps.recordings,
        async storedAt(key) {
          const { id } = recording;
          await company.db.recording.upsert({ where: { id }, create: recording, update: {} });
          return deps.recordings.storedAt(key);
        },
      },
    };
    company.clock.forward({ minutes: 61 });
    await sweepRecordings(late);
    expect(await isThere(storageKey)).toBe(true);
  });

  function stopAtInsert(db: Company['db']) {
    return async (sql: TemplateStringsArray, ...values: unknown[]) => {
      if (sql.join('?').includes('INSERT INTO "Voicemail"')) throw new Error('Connection terminated unexpectedly');
      return db.$queryRaw(sql, ...values);
    };
  }
});

test('a message that the database refuses for good takes its file with it', async () => {
  await expect(receive({ callId: 'PostgreSQL takes no \u0000' })).rejects.toThrow();
  expect(await stored()).toEqual([]);
});

test('the audio of a forwarded copy stays when the original is gone for good', async () => {
  const { id, storageKey } = await receive();
  const wish = { recipient: company.bo.id, note: '' };
  await company.submit(company.ann, 'voicemail.forward', wish, { voicemail: id });
  await company.work();
  await company.click(company.ann, 'voicemail.delete', { voicemail: id });
  company.clock.forward({ minutes: 6 });
  await company.work();

  await sweepLater();
  expect(await bytesOf(deps, storageKey)).toEqual(wav(3));
  expect(await recordingCounts(deps)).toEqual({ missing: 0, removed: 0, setAside: 0, held: 0 });
});

test('a row whose file is missing is counted, and no longer when the file is back', async () => {
  const [gone, kept] = [await receive(), await receive()];
  await deps.recordings.remove(gone.storageKey);
  await sweepLater();
  expect(await recordingCounts(deps)).toEqual({ missing: 1, removed: 0, setAside: 0, held: 0 });
  expect(await findRecordingFaults(deps)).toMatchObject({ rows: 2, missing: 1, missingKeys: [gone.storageKey] });
  expect(await isThere(kept.storageKey)).toBe(true);

  await deps.recordings.put(gone.storageKey, [wav(3)], 'audio/wav');
  await sweepLater();
  expect(await recordingCounts(deps)).toMatchObject({ missing: 0 });
});

test('several workers sweep once an hour', async () => {
  company.clock.forward({ minutes: 61 });
  let lists = 0;
  const counting = {
    ...deps,
    recordings: {
      ...deps.recordings,
      list: () => {
        lists += 1;
        return deps.recordings.list();
      },
    },
  };
  await Promise.all([sweepRecordings(counting), sweepRecordings(counting)]);
  await sweepRecordings(counting);
  expect(lists).toBe(1);
});

test('the task sweeps', async () => {
  const lost = await leftover();
  company.clock.forward({ minutes: 61 });
  await company.tasks.add([{ name: 'recordings.sweep', payload: {} }]);
  await company.tasks.work(deps, { twice: true });
  expect(await isThere(lost)).toBe(false);
});
