import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fetchAwaitedMessage, noteRecordingReport } from '../../../src/core/calls/awaited-message/awaited-message.js';
import type { Deps } from '../../../src/core/deps.js';
import { AudioLate } from '../../../src/core/voicemail/ports.js';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { noFaults } from '../../../src/phone/simulator/provider.js';
import { silentWav, wav } from '../../support/audio.js';
import { ann, from, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { textOf } from '../../support/read.js';
import { sweep } from '../../support/tasks.js';

let phone: PhoneCompany;

beforeEach(async () => {
  // The path of SignalWire's API.
  phone = await phoneCompany({ apiPath: '/api/laml' });
});

afterEach(() => {
  Object.assign(phone.provider.faults, noFaults);
  phone.company.tasks.lose();
});

async function untilTheTone(): Promise<SimulatedCall> {
  const ringing = await phone.provider.phone.start({ from, to: ann });
  return phone.provider.phone.decide(ringing.id, 'no-key');
}

const lastSaid = ({ heard }: SimulatedCall) => heard.findLast((one) => one.kind === 'said');
const messagesOf = (callId: string) => phone.company.db.voicemail.findMany({ where: { callId } });
const rowOf = (callId: string) => phone.company.db.awaitedMessage.findFirstOrThrow({ where: { callId } });
const dispositionOf = async (callId: string) =>
  (await phone.company.db.call.findFirstOrThrow({ where: { callId } })).disposition;

/** Let time pass, with the sweep that runs every few seconds, until nothing waits or the time is over. */
async function later(hours: number, deps: Deps = phone.deps): Promise<void> {
  for (let minutes = 0; minutes < hours * 60; minutes += 10) {
    phone.company.clock.forward({ minutes: 10 });
    await sweep(deps);
    await phone.company.tasks.work(deps);
  }
}

describe('A recording that is not ready when it is told of', () => {
  test('is fetched seconds later, and the caller hears thanks meanwhile', async () => {
    const tone = await untilTheTone();
    expect(await rowOf(tone.id)).toMatchObject({ status: 'waiting', mailboxUserId: phone.company.ann.id });
    phone.provider.faults.recordingsNotYet = 3;
    await phone.provider.phone.leave(tone.id, wav(4), 'key');
    const over = await phone.provider.phone.press(tone.id, '1');
    expect(lastSaid(over)).toMatchObject({ text: 'Thank you, your message was taken. Goodbye.' });
    expect(phone.provider.problems).toEqual([]);

    await phone.work();
    expect(await messagesOf(tone.id)).toEqual([]);
    for (let time = 0; time < 4; time += 1) {
      phone.company.clock.forward({ seconds: 10 });
      await phone.work();
    }
    const [message, another] = await messagesOf(tone.id);
    expect(another).toBeUndefined();
    expect(message).toMatchObject({ userId: phone.company.ann.id, ani: from });
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received', recordingSid: message?.sourceId });
    expect(await dispositionOf(tone.id)).toBe('voicemail');
    expect(phone.company.cardsOf(phone.company.ann).map(textOf).join('\n')).toContain('514');
  });

  test('arrives when the provider is back after hours, though the queue lost its task', async () => {
    const tone = await untilTheTone();
    phone.provider.faults.recordingsAway = true;
    await phone.provider.phone.leave(tone.id, wav(4), 'hang-up');
    phone.company.tasks.lose();
    await later(5);
    expect(await messagesOf(tone.id)).toEqual([]);
    expect(await dispositionOf(tone.id)).toBe('missed');
    const leftAt = (await rowOf(tone.id)).toldAt;

    phone.provider.faults.recordingsAway = false;
    await later(1.5);
    expect(await messagesOf(tone.id)).toMatchObject([{ receivedAt: leftAt }]);
    expect(await dispositionOf(tone.id)).toBe('voicemail');
  });

  test('is given up after a day: the owner and the admins are told where it is, and it is on record', async () => {
    const { company, provider } = phone;
    const tone = await untilTheTone();
    provider.faults.recordingsAway = true;
    await provider.phone.leave(tone.id, wav(4));
    await later(23);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'waiting' });
    await later(2);

    const { status, recordingSid } = await rowOf(tone.id);
    expect(status).toBe('given-up');
    expect(await messagesOf(tone.id)).toEqual([]);
    const admins = await company.db.user.findMany({ where: { role: 'admin' } });
    expect(admins.length).toBeGreaterThan(0);
    const told = await company.db.notice.findMany({ where: { kind: 'voicemail.given-up' } });
    expect(told.map(({ userId }) => userId).sort()).toEqual(
      [...new Set([company.ann.id, ...admins.map(({ id }) => id)])].sort(),
    );
    const card = company.cardsOf(company.ann).map(textOf).at(-1) ?? '';
    expect(card).toContain('A message could not be fetched');
    expect(card).toContain('514');
    expect(card).toContain(tone.id);
    expect(card).toContain(recordingSid);
    expect((await company.audit()).filter(({ event }) => event === 'voicemail.given-up')).toHaveLength(1);
  });

  test('is given up at once where the provider says that it was deleted', async () => {
    const tone = await untilTheTone();
    phone.provider.faults.recordingsDeleted = true;
    await phone.provider.phone.leave(tone.id, wav(4));
    await phone.work();
    expect(await rowOf(tone.id)).toMatchObject({ status: 'given-up' });
    expect(await dispositionOf(tone.id)).toBe('missed');
  });
});

describe('A recording that cannot be stored', () => {
  test.each([
    ['its company is switched off', { enabled: false }, { enabled: true }],
    ['the edition has no voicemail', { edition: 'attendant' }, { edition: 'attendant_plus' }],
  ])('while %s, arrives when that is over', async (_why, off, on) => {
    const { db, tenantId } = phone.company;
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    await db.tenant.update({ where: { id: tenantId }, data: off });
    try {
      await later(2);
      expect(await rowOf(tone.id)).toMatchObject({ status: 'waiting' });
    } finally {
      await db.tenant.update({ where: { id: tenantId }, data: on });
    }
    await later(1.5);
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  test.each([true, false])(
    'when its audio is not read in time (load: %s), is lost after five attempts',
    async (load) => {
      const tone = await untilTheTone();
      phone.provider.faults.recordingsAway = true;
      await phone.provider.phone.leave(tone.id, wav(4));
      await later(3);
      phone.provider.faults.recordingsAway = false;
      const slow = { ...phone.deps.audio, probe: () => Promise.reject(new AudioLate(load)) };
      const attempt = async () => {
        phone.company.clock.forward({ hours: 1, minutes: 1 });
        await fetchAwaitedMessage({ ...phone.deps, audio: slow }, (await rowOf(tone.id)).id);
        return (await rowOf(tone.id)).status;
      };
      for (let times = 1; times < 5; times += 1) expect(await attempt()).toBe('waiting');
      expect(await attempt()).toBe('given-up');
    },
  );

  test('when its audio is read too late, is stored by the next attempt', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    const slow = { ...phone.deps.audio, probe: () => Promise.reject(new AudioLate(false)) };
    await fetchAwaitedMessage({ ...phone.deps, audio: slow }, (await rowOf(tone.id)).id);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'waiting', claimedAt: null });
    await later(0.2);
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  test('as it is no audio, is given up at once', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    const fetch = async () => Readable.from([Buffer.from('<html>no audio</html>')]);
    const providerRecordings = { ...phone.deps.providerRecordings, fetch } as Deps['providerRecordings'];
    await fetchAwaitedMessage({ ...phone.deps, providerRecordings }, (await rowOf(tone.id)).id);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'given-up' });
  });
});

describe('However the provider tells of it', () => {
  test.each([
    ['everything twice', { recordingCallbacks: 2 }, 'key'],
    ['the action alone', { recordingCallbacks: 0, statusCallbacks: false }, 'key'],
    ['the callback alone', { actionAfterHangUp: false, statusCallbacks: false }, 'hang-up'],
    ['the end of the call alone', { recordingCallbacks: 0, actionAfterHangUp: false }, 'hang-up'],
    ['nothing at all', { recordingCallbacks: 0, actionAfterHangUp: false, statusCallbacks: false }, 'hang-up'],
  ] as const)('%s: the message arrives once', async (_how, moods, end) => {
    Object.assign(phone.provider.faults, moods);
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4), end);
    await phone.work();
    await later(0.5);
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await dispositionOf(tone.id)).toBe('voicemail');
    expect(phone.provider.problems).toEqual([]);
  });

  test('first that there is none, then the recording: the message arrives', async () => {
    const tone = await untilTheTone();
    const told = { CallSid: tone.id, To: ann };
    expect((await phone.post('/voice/recording', { ...told, RecordingStatus: 'absent' })).status).toBe(204);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'none' });
    await phone.provider.phone.leave(tone.id, wav(4));
    await phone.work();
    expect(await messagesOf(tone.id)).toHaveLength(1);
    // A late report changes nothing back.
    expect((await phone.post('/voice/recording', { ...told, RecordingStatus: 'absent' })).status).toBe(204);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received' });
    expect(await dispositionOf(tone.id)).toBe('voicemail');
  });

  test('of another recording, after the call’s first was fetched or was too short: it arrives too', async () => {
    for (const { seconds, messages } of [
      { seconds: 4, messages: 2 },
      { seconds: 2, messages: 2 },
    ]) {
      const tone = await untilTheTone();
      await phone.provider.phone.leave(tone.id, wav(seconds));
      await phone.work();
      // A restarted call, as at a provider's fallback address, keeps its id; here another call provides its recording.
      const again = await untilTheTone();
      await phone.provider.phone.leave(again.id, wav(4));
      phone.company.tasks.lose();
      const { recordingSid } = await rowOf(again.id);
      const told = { CallSid: tone.id, To: ann, RecordingSid: String(recordingSid), RecordingStatus: 'completed' };
      for (let time = 0; time < 2; time += 1) {
        expect((await phone.post('/voice/recording', told)).status).toBe(204);
        await phone.work();
      }
      expect(await messagesOf(tone.id)).toHaveLength(messages);
      expect(await rowOf(tone.id)).toMatchObject({ status: 'received', recordingSid });
    }
  });

  test('of another recording before the call’s first was fetched: both arrive', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    const again = await untilTheTone();
    await phone.provider.phone.leave(again.id, wav(5));
    phone.company.tasks.lose();
    const { recordingSid } = await rowOf(again.id);
    const told = { CallSid: tone.id, To: ann, RecordingSid: String(recordingSid), RecordingStatus: 'completed' };
    expect((await phone.post('/voice/recording', told)).status).toBe(204);
    await phone.work();
    const durations = (await messagesOf(tone.id)).map(({ durationSeconds }) => Math.round(durationSeconds));
    expect(durations.sort()).toEqual([4, 5]);
  });

  test('an address that is not the provider’s: the recording is fetched from the provider', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4), 'hang-up');
    const { recordingSid } = await rowOf(tone.id);
    const told = { CallSid: tone.id, To: ann, RecordingSid: String(recordingSid), RecordingStatus: 'completed' };
    for (const RecordingUrl of ['http://127.0.0.1:9/evil', 'https://evil.example/x', 'no address'])
      expect((await phone.post('/voice/recording', { ...told, RecordingUrl })).status).toBe(204);
    await phone.work();
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  test.each([
    ['a noise', wav(2)],
    ['silence', silentWav(2)],
  ])('two seconds of %s are a missed call, listed as a hang-up, and the caller is told', async (_what, audio) => {
    const tone = await untilTheTone();
    const over = await phone.provider.phone.leave(tone.id, audio, 'key');
    expect(lastSaid(over)).toMatchObject({ text: 'I heard no message. Goodbye.' });
    await phone.work();
    const [hangUp] = await messagesOf(tone.id);
    expect(hangUp).toMatchObject({ mutedWhy: 'hang-up' });
    expect(await phone.company.db.notice.count({ where: { subjectId: String(hangUp?.id) } })).toBe(0);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'none' });
    expect(await dispositionOf(tone.id)).toBe('missed');
  });

  test('a longer silence is a missed call too: its owner is told of the call, and not of the silence', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, silentWav(5), 'hang-up');
    await phone.work();
    const [silence] = await messagesOf(tone.id);
    expect(silence).toMatchObject({ mutedWhy: 'silence' });
    expect(await dispositionOf(tone.id)).toBe('missed');
    phone.company.clock.forward({ minutes: 2 });
    await phone.work();
    const { id } = await phone.company.db.call.findFirstOrThrow({ where: { callId: tone.id } });
    const told = await phone.company.db.notice.findMany({ where: { subjectId: { in: [String(silence?.id), id] } } });
    expect(told.map(({ kind }) => kind)).toEqual(['call.missed']);
  });

  test('a recording of a call that we never had is noted by nobody', async () => {
    const told = { CallSid: 'CAnobody', To: ann, RecordingSid: 'RE1', RecordingStatus: 'completed' };
    expect((await phone.post('/voice/recording', told)).status).toBe(204);
    expect(await phone.company.db.awaitedMessage.count({ where: { callId: 'CAnobody' } })).toBe(0);
  });
});

describe('Whoever dies or races', () => {
  test('two workers at the same moment: one message, one card', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    const { id } = await rowOf(tone.id);
    await Promise.all([1, 2, 3, 4].map(() => fetchAwaitedMessage(phone.deps, id)));
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received' });
  });

  test('a worker that died before it fetched, or before it said so: the next one finishes', async () => {
    const { company, provider, deps } = phone;
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(4));
    const { id } = await rowOf(tone.id);
    // The worker died with the claim.
    const { clock } = company;
    const dueAt = new Date(clock.now().getTime() + 90_000);
    await company.db.awaitedMessage.update({ where: { id }, data: { claimedAt: clock.now(), dueAt } });
    await fetchAwaitedMessage(deps, id);
    expect(await messagesOf(tone.id)).toEqual([]);
    await later(0.2);
    expect(await messagesOf(tone.id)).toHaveLength(1);

    // The worker died between the message and the row; the provider has deleted its copy since.
    await company.db.awaitedMessage.update({ where: { id }, data: { status: 'waiting' } });
    await company.db.call.updateMany({ where: { callId: tone.id }, data: { disposition: 'missed' } });
    provider.faults.recordingsDeleted = true;
    await fetchAwaitedMessage(deps, id);
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received' });
    expect(await dispositionOf(tone.id)).toBe('voicemail');
  });

  test('while one worker is at it, the sweep and what is told again leave it alone', async () => {
    const { company, provider, deps } = phone;
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(4));
    const { id, recordingSid } = await rowOf(tone.id);
    company.tasks.lose();
    const { held, letGo } = await holding(deps, id);

    const told = { CallSid: tone.id, To: ann, RecordingSid: String(recordingSid), RecordingStatus: 'completed' };
    expect((await phone.post('/voice/recording', told)).status).toBe(204);
    expect((await phone.post('/voice/status', { CallSid: tone.id, To: ann, CallStatus: 'completed' })).status).toBe(
      204,
    );
    company.tasks.lose();
    company.clock.forward({ seconds: 60 });
    await sweep(deps);
    expect(company.tasks.waiting.filter(({ name }) => name === 'voicemail.fetch')).toEqual([]);
    await fetchAwaitedMessage(deps, id);
    expect(await messagesOf(tone.id)).toEqual([]);

    letGo();
    await held;
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received' });
  });

  test('a recording that is told of while a worker looks without it is fetched at once', async () => {
    const { provider, deps } = phone;
    const tone = await untilTheTone();
    await provider.phone.leave(tone.id, wav(4), 'hang-up');
    const { id, recordingSid } = await rowOf(tone.id);
    await phone.company.db.awaitedMessage.update({ where: { id }, data: { recordingSid: null, toldAt: null } });
    const { held, letGo } = await holding(deps, id);

    const told = { CallSid: tone.id, To: ann, RecordingSid: String(recordingSid), RecordingStatus: 'completed' };
    expect((await phone.post('/voice/recording', told)).status).toBe(204);
    await phone.work();
    expect(await messagesOf(tone.id)).toHaveLength(1);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'received' });
    letGo();
    await held;
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });

  describe('a worker that dies between the end of the waiting and the end of the call', () => {
    /** Dependencies that work until a change reads the call's table; then the database is gone. */
    const dyingAtTheCall = (deps: Deps): Deps => {
      const without = <Client extends object>(client: Client): Client =>
        new Proxy(client, {
          get: (all, name) => {
            if (name === 'call') throw new Error('Connection terminated unexpectedly');
            return Reflect.get(all, name);
          },
        });
      const { db } = deps;
      const $transaction = (work: (db: object) => Promise<unknown>) => db.$transaction((own) => work(without(own)));
      const dying = new Proxy(db, {
        get: (all, name) => (name === '$transaction' ? $transaction : Reflect.get(all, name)),
      });
      return { ...deps, db: dying };
    };

    test.each([
      ['a message too short', { seconds: 2 }, {}, 'none'],
      ['a deleted recording', { seconds: 4 }, { recordingsDeleted: true }, 'given-up'],
    ] as const)('%s: the next one ends both', async (_what, { seconds }, moods, status) => {
      const tone = await untilTheTone();
      Object.assign(phone.provider.faults, moods);
      await phone.provider.phone.leave(tone.id, wav(seconds));
      const { id } = await rowOf(tone.id);
      phone.company.tasks.lose();
      await expect(fetchAwaitedMessage(dyingAtTheCall(phone.deps), id)).rejects.toThrow('terminated');
      expect(await dispositionOf(tone.id)).toBe('open');
      await later(0.2);
      expect(await rowOf(tone.id)).toMatchObject({ status });
      expect(await dispositionOf(tone.id)).toBe('missed');
    });

    test('nothing was recorded: the post that is told again ends both', async () => {
      const tone = await untilTheTone();
      const absent = { tenantId: phone.company.tenantId, callId: tone.id, recording: undefined };
      await expect(noteRecordingReport(dyingAtTheCall(phone.deps), absent)).rejects.toThrow('terminated');
      await noteRecordingReport(phone.deps, absent);
      expect(await rowOf(tone.id)).toMatchObject({ status: 'none' });
      expect(await dispositionOf(tone.id)).toBe('missed');
    });
  });

  /** A worker that has claimed the message and waits for the provider until it is released. */
  async function holding(deps: Deps, id: string): Promise<{ held: Promise<void>; letGo: () => void }> {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const real = deps.providerRecordings as NonNullable<Deps['providerRecordings']>;
    let reached = () => {};
    const atTheProvider = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const waiting = async () => {
      reached();
      await gate;
    };
    const slow: NonNullable<Deps['providerRecordings']> = {
      fetch: (recording) => waiting().then(() => real.fetch(recording)),
      list: (callId) => waiting().then(() => real.list(callId)),
    };
    const held = fetchAwaitedMessage({ ...deps, providerRecordings: slow }, id);
    await atTheProvider;
    return { held, letGo };
  }

  test('a store that is full: it is tried again', async () => {
    const tone = await untilTheTone();
    await phone.provider.phone.leave(tone.id, wav(4));
    const { id } = await rowOf(tone.id);
    const full = { ...phone.deps.recordings, put: () => Promise.reject(new Error('ENOSPC')) };
    await fetchAwaitedMessage({ ...phone.deps, recordings: full }, id);
    expect(await rowOf(tone.id)).toMatchObject({ status: 'waiting', claimedAt: null });
    await later(0.2);
    expect(await messagesOf(tone.id)).toHaveLength(1);
  });
});
