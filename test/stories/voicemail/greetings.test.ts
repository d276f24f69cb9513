import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import type { GreetingKind } from '../../../src/core/voicemail/greetings/greeting-kind.js';
import { greetingsOf, setGreeting } from '../../../src/core/voicemail/greetings/greetings.js';
import { greetingByToken, greetingParts } from '../../../src/core/voicemail/greetings/played-greeting.js';
import { root } from '../../../src/root-folder.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { problemsOf, textOf } from '../../support/read.js';

const payload = (name: string) => readFileSync(`${root}test/payloads/audio/${name}`);

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const set = (person: Person, kind: GreetingKind, audio: Buffer) =>
  setGreeting(company.deps, installationActor(company.tenantId, 'cli'), { userId: person.id, kind, audio });

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error) => {
      if (error instanceof UserError) return error.say(wordsIn('en'));
      throw error;
    },
  );

const upload = (person: Person, kind: string, content: Buffer | undefined, carries = {}) =>
  company.submit(
    person,
    'greeting.upload',
    { kind, ...(content ? { file: { fileName: 'greeting.wav', content } } : {}) },
    carries,
  );

const parts = (
  person: Person,
  greeting: 'unavailable' | 'out-of-office',
  prompt = 'Ann Baker is away. Leave a message.',
) => greetingParts(company.deps, company.tenantId, { callId: 'call-1', mailboxUserId: person.id, greeting, prompt });

const storedRecordings = async () => {
  const keys: string[] = [];
  for await (const key of company.deps.recordings.list()) if (key.startsWith(company.tenantId)) keys.push(key);
  return keys;
};

describe('what callers hear', () => {
  test('is spoken from the name until somebody records it', async () => {
    expect(await parts(company.ann, 'unavailable')).toEqual([
      { kind: 'say', text: 'Ann Baker is away. Leave a message.' },
    ]);
    await set(company.ann, 'unavailable', wav(4));
    expect(await parts(company.ann, 'unavailable')).toEqual([{ kind: 'play', token: expect.any(String) }]);
    expect(await parts(company.ann, 'out-of-office')).toEqual([expect.objectContaining({ kind: 'say' })]);
  });

  test('has the recorded name in the place of the spoken one', async () => {
    await set(company.ann, 'name', wav(2));
    expect(await parts(company.ann, 'unavailable')).toEqual([
      { kind: 'play', token: expect.any(String) },
      { kind: 'say', text: 'is away. Leave a message.' },
    ]);
  });

  test('is played by the address alone, which dies with the recording and opens nothing else', async () => {
    await set(company.ann, 'unavailable', wav(4));
    const [part] = await parts(company.ann, 'unavailable');
    const token = part?.kind === 'play' ? part.token : '';
    expect((await greetingByToken(company.deps, token))?.audio.mimeType).toBe('audio/wav');
    expect(await greetingByToken(company.deps, `${token.split('.')[0]}.abc`)).toBeUndefined();
    await set(company.ann, 'unavailable', payload('xing.mp3'));
    expect(await greetingByToken(company.deps, token)).toBeUndefined();
  });

  test('is computed by the code that routes calls', async () => {
    const inForce = async (person: Person) =>
      (await greetingsOf(company.deps, { tenantId: company.tenantId, userId: person.id })).inForce;
    expect(await inForce(company.ann)).toBe('unavailable');
    await company.db.outOfOfficePeriod.create({
      data: { tenantId: company.tenantId, userId: company.ann.id, startsAt: company.clock.now() },
    });
    expect(await inForce(company.ann)).toBe('out-of-office');
    expect(textOf(await company.ask(company.ann, 'greeting'))).toContain('because out of office is on');
  });
});

describe('a greeting is taken', () => {
  test('from a form, told of on the card, and is on the record', async () => {
    const answer = await upload(company.ann, 'unavailable', payload('xing.mp3'));
    expect(answer.kind).toBe('replace');
    expect(textOf(answer)).toMatch(/Unavailable: Recorded, /);
    expect(await company.audit()).toContainEqual(
      expect.objectContaining({ event: 'greeting.set', actorId: company.ann.id, subjectId: company.ann.id }),
    );
  });

  test('once: the new one replaces the old, whose audio goes', async () => {
    await Promise.all([1, 2, 3].map((seconds) => set(company.ann, 'unavailable', wav(seconds))));
    expect(await company.db.greeting.count({ where: { userId: company.ann.id } })).toBe(1);
    expect(await company.db.recording.count()).toBe(1);
    expect(await storedRecordings()).toHaveLength(1);
  });

  test('away again, from the card', async () => {
    await set(company.ann, 'name', wav(2));
    const answer = await company.press(company.ann, await company.ask(company.ann, 'accueil'), 'greeting.remove');
    expect(textOf(answer)).toContain('Name: Spoken, made from the name');
    expect(await storedRecordings()).toEqual([]);
    // A second press on the old card.
    expect((await company.click(company.ann, 'greeting.remove', { kind: 'name' })).kind).toBe('replace');
  });

  test.each([
    ['a name of eleven seconds and more', 'name', () => wav(12), 'longer than 10 seconds'],
    ['a minute and more', 'out-of-office', () => wav(62), 'longer than 60 seconds'],
    ['silence of no length', 'unavailable', () => wav(0.1), 'says nothing'],
    ['text', 'unavailable', () => Buffer.from('no audio at all, whatever it is called'), 'no audio we can play'],
    ['nothing', 'unavailable', () => Buffer.alloc(0), 'no audio we can play'],
    ['what phones do not play', 'unavailable', () => payload('recorded-live.webm'), 'Phones play WAV and MP3'],
  ] as const)('never: %s', async (_what, kind, audio, line) => {
    expect(problemsOf(await upload(company.ann, kind, audio())).file).toContain(line);
    expect(await refusalOf(set(company.ann, kind, audio()))).toContain(line);
    expect(await company.db.greeting.count()).toBe(0);
    expect(await storedRecordings()).toEqual([]);
  });

  test('never without a file, nor of a kind that does not exist', async () => {
    expect(problemsOf(await upload(company.ann, 'unavailable', undefined))).toHaveProperty('file');
    expect(problemsOf(await upload(company.ann, 'birthday', wav(2)))).toHaveProperty('kind');
  });
});

describe('a general mailbox', () => {
  test('gets its greeting from an admin, and from nobody else', async () => {
    const card = await company.ask(company.ada, 'greeting General Mailbox');
    expect(textOf(card)).toContain('Greetings of General Mailbox');
    const answer = await upload(company.ada, 'unavailable', wav(3), { mailbox: company.box.id });
    expect(textOf(answer)).toContain('Unavailable: Recorded');
    expect(await company.db.greeting.findFirst()).toMatchObject({ userId: company.box.id });

    expect(textOf(await upload(company.bo, 'unavailable', wav(3), { mailbox: company.box.id }))).toContain(
      'You may not do this',
    );
    expect(textOf(await company.ask(company.ada, 'greeting Ann Baker'))).toContain('You may not do this');
    expect(await company.db.greeting.count()).toBe(1);
  });

  test('of another company is nobody’s', async () => {
    const other = await testCompany({ numberless: true });
    const answer = await upload(company.ada, 'unavailable', wav(3), { mailbox: other.box.id });
    expect(textOf(answer)).toContain('There is no such mailbox');
    expect(await other.db.greeting.count()).toBe(0);
  });
});

test('the edition without voicemail has no greetings', async () => {
  await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
  expect(textOf(await company.ask(company.ann, 'greeting'))).toBe(textOf(await company.ask(company.ann, 'voicemail')));
});
