import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../src/root-folder.js';
import { wav } from '../../support/audio.js';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Typed } from '../../support/chats/screen.js';
import type { Person } from '../../support/company.js';
import { withoutPlus } from './refused.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});

const recorded = (person: Person) => world.company.db.greeting.findMany({ where: { userId: person.id } });
const file = (content: Buffer) => ({ fileName: 'hello.wav', content });
const webm = readFileSync(`${root}test/payloads/audio/recorded-live.webm`);

describe.each(chats)('Greetings in %s', (chat) => {
  test('are shown: each kind, and which callers hear now', async () => {
    const { ann, eve } = world.company;
    const english = (await world.on(chat, ann).say('greeting')).text;
    expect(english).toContain('Callers hear “Unavailable” now');
    for (const kind of ['Name', 'Unavailable', 'Out of office', 'After hours']) expect(english).toContain(kind);
    expect(english).toContain('Spoken, made from the name');
    const french = (await world.on(chat, eve).say('accueil')).text;
    expect(french).toContain('Vos appelants entendent « Non disponible » en ce moment');
    expect(french).toContain('Parlé, à partir du nom');
  });

  test('are recorded on a page of the app, to which the card leads, and played back there', async () => {
    const { ann, bo } = world.company;
    const card = await world.on(chat, ann).say('greeting');
    const browser = world.browser(ann);
    const path = new URL(card.page ?? 'http://none/').pathname;
    expect((await browser.open(chat === 'browser' ? '/greetings' : path)).text).toContain('Greetings');
    const body = new FormData();
    body.append('audio', new Blob([new Uint8Array(wav(3))]), 'greeting.wav');
    expect((await browser.fetch('/greetings/unavailable', { method: 'POST', body })).status).toBe(303);
    expect((await world.on(chat, ann).say('greeting')).text).toMatch(/Recorded, 3 s, 10:00 am/);
    const audio = await browser.fetch('/greetings/unavailable/audio');
    expect((await audio.arrayBuffer()).byteLength).toBe(wav(3).length);
    const others = await world.browser(bo).fetch(`/greetings/unavailable/audio?mailbox=${ann.id}`);
    expect(others.status).toBe(403);
    const removed = await (await world.on(chat, ann).say('greeting')).press('greeting.remove', 'unavailable');
    expect(removed.text).not.toContain('Recorded, 3 s');
    expect(await recorded(ann)).toEqual([]);
  });

  test('are nobody else’s to change', async () => {
    const { ann, bo, eve, nil, box } = world.company;
    const before = await recorded(ann);
    const remove = (person: Person, mailbox: string) =>
      world.on(chat, person).forge('greeting.remove', { kind: 'unavailable', mailbox });
    expect((await remove(bo, ann.id)).text).toContain('You may not do this.');
    expect((await remove(eve, box.id)).text).toContain('Vous n’avez pas ce droit.');
    expect((await remove(bo, 'x'.repeat(40))).text).toContain('There is no such mailbox.');
    expect((await remove(nil, nil.id)).text).toContain('Attendant is not switched on for you.');
    expect((await world.on(chat, bo).forge('greeting.remove', { kind: 'rude' })).text).toContain('no such greeting');
    await withoutPlus(world, async () => {
      expect((await remove(ann, ann.id)).text).toContain('not part of your company’s edition');
    });
    expect(await recorded(ann)).toEqual(before);
  });

  test('of a general mailbox are the admins’', async () => {
    const { ada } = world.company;
    const card = await world.on(chat, ada).say('greeting General Mailbox');
    expect(card.text).toContain('Greetings of General Mailbox');
    expect((await world.on(chat, world.company.bo).say('greeting General Mailbox')).text).toContain('You may not');
  });
});

describe.each(['slack', 'browser'] as const)('a greeting uploaded in %s', (chat) => {
  const upload = async (person: Person, typed: Typed) =>
    (await (await world.on(chat, person).say('greeting')).press('greeting.upload')).submit(typed);

  test('is what callers hear', async () => {
    const { ann, eve } = world.company;
    const done = await upload(ann, { kind: 'out-of-office', file: file(wav(4)) });
    expect(done.text).toMatch(/Recorded, 4 s/);
    expect(await recorded(ann)).toMatchObject([{ kind: 'out-of-office' }]);
    expect((await world.company.audit()).at(-1)).toMatchObject({ event: 'greeting.set', actorId: ann.id });
    expect((await upload(eve, { kind: 'name', file: file(wav(2)) })).text).toMatch(/Enregistré, 2 s/);
    await world.on(chat, ann).forge('greeting.remove', { kind: 'out-of-office' });
  });

  test.each([
    ['name', () => wav(12), 'longer than 10 seconds'],
    ['unavailable', () => wav(62), 'longer than 60 seconds'],
    ['unavailable', () => wav(0.1), 'says nothing'],
    ['unavailable', () => Buffer.from('no audio at all'), 'no audio we can play'],
    ['unavailable', () => webm, 'Phones play WAV and MP3'],
  ])('is refused at the field (%s)', async (kind, content, words) => {
    const again = await upload(world.company.ann, { kind, file: file(content()) });
    expect(again.text).toContain(words);
    expect(again.fields).toContain('kind');
    expect(await recorded(world.company.ann)).toEqual([]);
  });
});

test('Teams takes no files in forms, and says where they are taken', async () => {
  const { ann, eve } = world.company;
  const form = await (await world.on('teams', ann).say('greeting')).press('greeting.upload');
  expect(form.text).toContain('Files cannot be sent from Teams. Open the Attendant app in your browser');
  expect((await form.submit({ kind: 'name' })).text).toContain('Choose a file first.');
  const french = await (await world.on('teams', eve).say('accueil')).press('greeting.upload');
  expect(french.text).toContain('Teams ne permet pas d’envoyer de fichier.');
});
