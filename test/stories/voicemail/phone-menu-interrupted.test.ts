import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { setGreeting } from '../../../src/core/voicemail/greetings/greetings.js';
import { wav } from '../../support/audio.js';
import { testCompany } from '../../support/company.js';
import { main } from '../../support/phone.js';
import {
  accessNumber,
  allSaid,
  annsPin,
  lastPlayed,
  lastSaid,
  type MenuCompany,
  menuCompany,
} from '../../support/phone-menu.js';

let menu: MenuCompany;
beforeEach(async () => {
  menu = await menuCompany();
});
afterEach(() => expect(menu.provider.problems).toEqual([]));

const signedIn = (...keys: readonly string[]) => menu.dial(['101', annsPin, ...keys]);
const played = ({ heard }: Awaited<ReturnType<typeof signedIn>>) =>
  heard.flatMap((step) => (step.kind === 'played' ? [step.what] : []));
const path = (callId: string, turn: number) =>
  `/voice/menu?${new URLSearchParams({ tenant: menu.company.tenantId, call: callId, leg: String(turn) })}`;
const postOf = (callId: string, digits: string) => ({
  CallSid: callId,
  From: '+15145550123',
  To: accessNumber,
  Digits: digits,
});

describe('the provider', () => {
  test('repeats a post and gets the same answer; what was asked is done once', async () => {
    const id = await menu.message(4);
    const call = await signedIn('1');
    const post = () => menu.post(path(call.id, 4), postOf(call.id, '5')).then((response) => response.text());
    const [first, second] = await Promise.all([post(), post()]);
    expect(first).toContain('It is on its way to your e-mail address.');
    expect(second).toBe(first);
    expect(await post()).toBe(first);
    expect(await menu.company.db.export.count({ where: { voicemailId: id } })).toBe(1);
  });

  test('repeats a wrong PIN: it counts once', async () => {
    const call = await menu.dial(['101']);
    const post = () => menu.post(path(call.id, 2), postOf(call.id, '9402')).then((response) => response.text());
    expect(new Set(await Promise.all([post(), post(), post()])).size).toBe(1);
    expect(await menu.company.db.phoneSignIn.count()).toBe(1);
  });

  test('is slow with recorded greetings: callers of the company are answered all the same', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { providerRecordings } = menu.deps;
    if (!providerRecordings) throw new Error('no provider');
    vi.spyOn(providerRecordings, 'fetch').mockImplementation(() => slow.then(() => Promise.reject(new Error('slow'))));
    const speaking = [];
    for (let at = 0; at < 8; at += 1) speaking.push(await signedIn('3', '1', '1'));
    const posts = speaking.map(({ id }) => menu.post(path(id, 6), { ...postOf(id, ''), RecordingSid: `RE${id}` }));
    await vi.waitFor(() => expect(providerRecordings.fetch).toHaveBeenCalled());
    const caller = await menu.provider.phone.start({ from: '+15145550177', to: main });
    expect(allSaid(caller)).toContain('Thank you for calling');
    release();
    for (const answered of await Promise.all(posts)) expect(answered.status).toBe(200);
    vi.restoreAllMocks();
  });

  test('is slow with recorded greetings of one company: the menu of another goes on', async () => {
    const others = '+14165550189';
    const other = await testCompany({ numberless: true, tenant: { accessNumber: others } });
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { providerRecordings } = menu.deps;
    if (!providerRecordings) throw new Error('no provider');
    vi.spyOn(providerRecordings, 'fetch').mockImplementation(() => slow.then(() => Promise.reject(new Error('slow'))));
    const speaking = [];
    for (let at = 0; at < 6; at += 1) speaking.push(await signedIn('3', '1', '1'));
    const posts = speaking.map(({ id }) => menu.post(path(id, 6), { ...postOf(id, ''), RecordingSid: `RE${id}` }));
    await vi.waitFor(() => expect(providerRecordings.fetch).toHaveBeenCalledTimes(3));
    const call = { CallSid: 'CA-other', From: '+15145550177', To: others };
    await menu.post('/voice/incoming', call);
    const keyed = `/voice/menu?${new URLSearchParams({ tenant: other.tenantId, call: call.CallSid, leg: '1' })}`;
    expect(await (await menu.post(keyed, { ...call, Digits: '101' })).text()).toContain('PIN');
    release();
    for (const answered of await Promise.all(posts)) expect(answered.status).toBe(200);
    vi.restoreAllMocks();
  });

  test('repeats the beginning of the call', async () => {
    const post = () => menu.post('/voice/incoming', postOf('CA-again', '')).then((response) => response.text());
    expect(await post()).toBe(await post());
    expect(await menu.company.db.phoneMenuCall.count()).toBe(1);
  });

  test('does not sign a post: it is refused, and the call goes on as if nothing had come', async () => {
    const call = await signedIn();
    const forged = await menu.post(path(call.id, 3), postOf(call.id, '5'), () => 'forged');
    expect(forged.status).toBe(401);
    expect(lastSaid(await menu.key(call, '3'))).toContain('For your name, press 1.');
  });

  test('a process that died over a post is replaced by the repeat of that post', async () => {
    const call = await signedIn();
    // What `takeTurn` leaves behind.
    await menu.company.db
      .$executeRaw`UPDATE "PhoneMenuCall" SET turn = turn + 1, answer = NULL WHERE "callId" = ${call.id}`;
    const answer = await menu.post(path(call.id, 3), postOf(call.id, '3'));
    expect(await answer.text()).toContain('For your name, press 1.');
  }, 20_000);
});

describe('the addresses of audio', () => {
  test('open while the message plays, and for nothing else', async () => {
    await menu.message(4);
    const call = await signedIn('1');
    const [url = ''] = played(call);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${url}x`)).status).toBe(404);
    const { company } = menu;
    expect(await company.db.listen.count()).toBe(1);
    await menu.key(call, '6');
    expect((await fetch(url)).status).toBe(404);

    const [again = ''] = played(await menu.key(call, '1')).slice(-1);
    expect((await fetch(again)).status).toBe(200);
    await menu.provider.phone.hangUp(call.id);
    expect((await fetch(again)).status).toBe(404);
  });

  test('somebody who guesses them is slowed down', async () => {
    const statuses = [];
    for (let time = 0; time < 70; time += 1)
      statuses.push((await fetch(`${menu.publicUrl}/voice/menu/audio/x.${time}`)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([404, 429]);
  });

  test('a greeting is open to its call alone, while it lasts', async () => {
    await setGreeting(menu.deps, installationActor(menu.company.tenantId, 'cli'), {
      ...{ userId: menu.company.box.id, kind: 'unavailable', audio: wav(5) },
    });
    await menu.company.db.user.update({ where: { id: menu.company.box.id }, data: { did: '+14165550177' } });
    const call = await menu.provider.phone.start({ from: '+15145550123', to: '+14165550177' });
    const [url = ''] = played(call);
    expect((await fetch(url)).status).toBe(200);
    menu.company.clock.forward({ minutes: 11 });
    expect((await fetch(url)).status).toBe(404);
    const other = await menu.provider.phone.start({ from: '+15145550123', to: '+14165550177' });
    const [fresh = ''] = played(other);
    await menu.provider.phone.hangUp(other.id);
    await menu.work();
    expect((await fetch(fresh)).status).toBe(404);
  });
});

describe('in the middle of a call', () => {
  test('a person who loses access is out at once', async () => {
    await menu.message(4);
    const call = await signedIn('1');
    const [url = ''] = played(call);
    await menu.company.db.user.update({ where: { id: menu.company.ann.id }, data: { access: 'none' } });
    expect((await fetch(url)).status).toBe(404);
    const over = await menu.key(call, '3');
    expect([lastSaid(over), over.expects]).toEqual(['You can no longer use this mailbox by phone. Goodbye.', 'over']);
    expect(await menu.company.db.voicemail.count({ where: { deletedAt: { not: null } } })).toBe(0);
  });

  test('a PIN that is reset meanwhile ends the call of whoever knew the old one', async () => {
    const call = await signedIn();
    await menu.company.click(menu.company.ada, 'admin.reset-pin', { user: menu.company.ann.id });
    expect((await menu.key(call, '1')).expects).toBe('over');
  });

  test.each([{ enabled: false }, { edition: 'attendant' }])('the company changes: %j', async (change) => {
    const call = await signedIn();
    const pending = await menu.dial(['101']);
    await menu.company.db.tenant.update({ where: { id: menu.company.tenantId }, data: change });
    expect((await menu.key(call, '1')).expects).toBe('over');
    expect((await menu.key(pending, annsPin)).expects).toBe('over');
    const next = await menu.dial();
    expect([lastSaid(next), next.expects]).toEqual(['Messages cannot be heard by phone here. Goodbye.', 'over']);
  });

  test('the caller hangs up while their PIN is being looked at: nobody is signed in afterwards', async () => {
    for (let time = 0; time < 3; time += 1) {
      const call = await menu.dial(['101']);
      const pin = menu.post(path(call.id, 2), postOf(call.id, annsPin));
      await menu.provider.phone.hangUp(call.id);
      expect((await pin).status).toBe(200);
      const row = await menu.company.db.phoneMenuCall.findFirstOrThrow({ where: { callId: call.id } });
      expect(row).toMatchObject({ userId: null, pinMark: '', state: { state: { at: 'over' } } });
    }
  });

  test('the caller sends a message with a note and hangs up: the note is not taken away while it is sent', async () => {
    await menu.message(4);
    const call = await signedIn('1', '4', '102', '2');
    const review = await menu.provider.phone.leave(call.id, wav(3), 'key');
    // The post of the key is being worked out, as far as `takeTurn`.
    await menu.company.db
      .$executeRaw`UPDATE "PhoneMenuCall" SET turn = turn + 1, answer = NULL WHERE "callId" = ${review.id}`;
    await menu.provider.phone.hangUp(review.id);
    expect(await storedFiles()).toHaveLength(2);
  });

  test('the caller hangs up while their note comes from the provider: it is not kept', async () => {
    await menu.message(4);
    const call = await signedIn('1', '4', '102', '2');
    const { turn } = await menu.company.db.phoneMenuCall.findFirstOrThrow({ where: { callId: call.id } });
    const { providerRecordings } = menu.deps;
    if (!providerRecordings) throw new Error('no provider');
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    vi.spyOn(providerRecordings, 'fetch').mockImplementation(() => slow.then(() => Readable.from([wav(3)])));
    const spoken = menu.post(path(call.id, turn), { ...postOf(call.id, ''), RecordingSid: 'RE-note' });
    await vi.waitFor(() => expect(providerRecordings.fetch).toHaveBeenCalled());
    await menu.provider.phone.hangUp(call.id);
    release();
    expect((await spoken).status).toBe(200);
    expect(await storedFiles()).toHaveLength(1);
    vi.restoreAllMocks();
  });

  test('the caller hangs up, anywhere', async () => {
    await menu.message(4);
    const paths = [
      [],
      ['101'],
      ['101', annsPin],
      ['101', annsPin, '1', '4'],
      ['101', annsPin, '3', '2', '1'],
      ['101', annsPin, '5', '8135'],
    ];
    for (const keys of paths) {
      const call = await menu.dial(keys);
      await menu.provider.phone.hangUp(call.id);
      const row = await menu.company.db.phoneMenuCall.findFirstOrThrow({ where: { callId: call.id } });
      expect(row).toMatchObject({ userId: null, state: { state: { at: 'over' } } });
    }
    // No such call is a missed one, nor a message.
    await menu.work();
    expect(await menu.company.db.notice.count({ where: { kind: 'call.missed' } })).toBe(0);
    expect(await menu.company.db.voicemail.count()).toBe(1);
  });
});

describe('star in one’s own greeting', () => {
  const ownNumber = '+14165550101';
  /** Ann is away without a backup: her mailbox answers. */
  const inGreeting = async () => {
    await menu.company.db.user.update({ where: { id: menu.company.ann.id }, data: { personalNumber: null } });
    return menu.provider.phone.start({ from: '+15145550123', to: ownNumber });
  };
  const allow = () =>
    menu.company.db.tenant.update({ where: { id: menu.company.tenantId }, data: { greetingKey: true } });

  test('is off: the greeting takes no key', async () => {
    expect((await inGreeting()).expects).toBe('recording');
  });

  test('asks for that mailbox’s PIN, and is then no missed call', async () => {
    await allow();
    await menu.message(4);
    const call = await inGreeting();
    expect(call.expects).toBe('choice');
    expect(lastSaid(await menu.key(call, '*'))).toBe(
      'To hear the messages of this mailbox, enter its PIN, then press pound.',
    );
    expect(lastSaid(await menu.key(call, '9402'))).toContain(noMatch);
    expect(lastSaid(await menu.key(call, annsPin))).toContain('Hello, Ann Baker. You have 1 new message.');
    expect(lastPlayed(await menu.key(call, '1'))).toEqual([4]);
    // A greeting recorded here is no message.
    const recording = await menu.key(call, '*', '3', '2', '1');
    await menu.provider.phone.leave(recording.id, wav(6), 'key');
    await menu.key(call, '1');
    await menu.provider.phone.hangUp(call.id);
    await menu.work();
    expect(await menu.company.db.voicemail.count()).toBe(1);
    expect(await menu.company.db.call.findFirstOrThrow({ where: { callId: call.id } })).toMatchObject({
      disposition: 'answered',
      answeredByUserId: menu.company.ann.id,
    });
  });

  test('without a key the caller leaves a message; any other key skips the greeting', async () => {
    await allow();
    for (const key of ['', '#']) {
      const call = await inGreeting();
      const tone = await menu.key(call, key);
      expect(tone.expects).toBe('recording');
      await menu.provider.phone.leave(tone.id, wav(4));
    }
    await menu.work();
    expect(await menu.company.db.voicemail.count()).toBe(2);
  });
});

const noMatch = 'That extension and PIN do not match.';

test('the company greeting offers nothing of all this', async () => {
  const call = await menu.provider.phone.start({ from: '+15145550123', to: main });
  expect(allSaid(call)).not.toMatch(/PIN|mailbox/);
});

async function storedFiles(): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of menu.deps.recordings.list()) keys.push(key);
  return keys;
}
