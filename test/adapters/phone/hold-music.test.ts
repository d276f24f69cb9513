import { parseBuffer } from 'music-metadata';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { holdMusicOf, removeHoldMusic, setHoldMusic } from '../../../src/core/calls/hold-music/hold-music.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { silentMp3, wav } from '../../support/audio.js';
import { from, type PhoneCompany, phoneCompany } from '../../support/phone.js';
import { setPresence } from '../../support/presence.js';

let phone: PhoneCompany;
const actor = () => installationActor(phone.company.tenantId, 'cli');
const cleo = '+14165550103';

beforeAll(async () => {
  phone = await phoneCompany();
  const { db, cleo: person } = phone.company;
  const data = { did: cleo, personalQueue: true, queueSeconds: 60 };
  await db.user.update({ where: { id: person.id }, data });
});
afterEach(() => expect(phone.provider.problems).toEqual([]));

/** What a caller hears in the first rounds of their wait. */
async function heardWhileWaiting(rounds: number) {
  await setPresence(phone.company, phone.company.cleo, 'busy');
  let call = await phone.provider.phone.start({ from, to: cleo });
  for (let round = 1; round < rounds; round += 1) call = await phone.provider.phone.press(call.id, '');
  await phone.provider.phone.hangUp(call.id);
  const addresses = call.heard.flatMap((one) => (one.kind === 'played' ? [one.what] : []));
  return Promise.all(addresses.map(async (address) => fetched(address)));
}

async function fetched(address: string) {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  const content = Buffer.from(await response.arrayBuffer());
  const { format } = await parseBuffer(content, response.headers.get('content-type') ?? '', { duration: true });
  return { address, content, container: format.container, seconds: format.duration ?? 0 };
}

/** A new process, which has read no settings yet: an adapter keeps them for a minute. */
const settingsAreReadAnew = async () => {
  phone = await phoneCompany();
  await phone.company.db.user.update({
    where: { id: phone.company.cleo.id },
    data: { did: cleo, personalQueue: true, queueSeconds: 60 },
  });
};

const why = (error: unknown): string => {
  if (!(error instanceof UserError)) throw error;
  return error.say(wordsIn('en'));
};

test('a company’s own music goes on from round to round, and begins anew after its end', async () => {
  const { durationSeconds } = await setHoldMusic(phone.deps, actor(), wav(14));
  expect(durationSeconds).toBeCloseTo(14, 1);
  const [first, second] = await heardWhileWaiting(2);
  if (!first || !second) throw new Error('no music');
  expect([first.seconds, second.seconds]).toEqual([9, 9]);
  expect(first.address).not.toBe(second.address);
  // The second piece: from the ninth second to the end, then from the beginning.
  const [bytesASecond, header] = [16_000, 44];
  const music = wav(14).subarray(header);
  const rest = music.subarray(9 * bytesASecond);
  expect(second.content.subarray(header, header + rest.length).equals(rest)).toBe(true);
  expect(second.content.subarray(header + rest.length).equals(music.subarray(0, 4 * bytesASecond))).toBe(true);
});

test('MP3 is cut between its frames', async () => {
  await settingsAreReadAnew();
  await setHoldMusic(phone.deps, actor(), silentMp3(1000));
  for (const { container, seconds } of await heardWhileWaiting(3)) {
    expect(container).toBe('MPEG');
    expect(seconds).toBeGreaterThan(8.9);
    expect(seconds).toBeLessThan(9.1);
  }
});

test('music that is removed during a wait: the caller hears ours, and the file is gone', async () => {
  await settingsAreReadAnew();
  await setHoldMusic(phone.deps, actor(), wav(6));
  const music = await holdMusicOf(phone.deps, phone.company.tenantId);
  const [own] = await heardWhileWaiting(1);
  await removeHoldMusic(phone.deps, actor());
  await removeHoldMusic(phone.deps, actor());
  const ours = await fetched(`${phone.publicUrl}/voice/hold-music.wav`);
  const [before, elsewhere] = [own?.address ?? '', `${phone.publicUrl}/voice/hold-music/..%2f..%2fetc/x`];
  const after = await fetched(before.replace(/0$/, '7'));
  expect(after.content.equals(ours.content)).toBe(true);
  expect((await fetched(elsewhere)).content.equals(ours.content)).toBe(true);
  expect(await phone.deps.recordings.storedAt(music?.audio.storageKey ?? '')).toBeUndefined();
  const events = (await phone.company.audit()).map(({ event }) => event);
  expect(events.filter((event) => event.startsWith('hold-music.'))).toEqual(['hold-music.set', 'hold-music.removed']);
});

test('what is no music is refused, and the music before stays', async () => {
  await setHoldMusic(phone.deps, actor(), wav(6));
  const before = await holdMusicOf(phone.deps, phone.company.tenantId);
  for (const [audio, words] of [
    [wav(2), 'too short'],
    [wav(601), 'too long'],
    [Buffer.from('not audio at all'), ''],
    [Buffer.alloc(0), ''],
  ] as const)
    expect(why(await setHoldMusic(phone.deps, actor(), audio).catch((error: unknown) => error))).toContain(words);
  expect(await holdMusicOf(phone.deps, phone.company.tenantId)).toEqual(before);
});
