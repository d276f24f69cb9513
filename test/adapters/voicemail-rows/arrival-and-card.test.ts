import { beforeAll, describe, expect, test } from 'vitest';
import type { Transcribed, Transcriber } from '../../../src/core/voicemail/transcripts/ports.js';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import { sweep } from '../../support/tasks.js';
import { leaveMessage } from './leave-message.js';
import { expectRefused } from './refused.js';

let world: EveryChat;
let answer: Transcribed;
const transcriber: Transcriber = { takePlace: () => ({ transcribe: async () => answer, leave: () => {} }) };

beforeAll(async () => {
  answer = { kind: 'parts', parts: [] };
  world = await everyChat({ transcriber });
});

const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const said = (text: string): Transcribed => ({
  kind: 'parts',
  parts: [{ text, noSpeechProbability: undefined, meanLogProbability: undefined }],
});

describe.each(chats)('arrival in %s', (chat) => {
  test('a message comes by itself, in the reader’s language', async () => {
    const { ann, eve } = world.company;
    await leaveMessage(world, ann, { callerName: 'Kim First' });
    const [english] = await world.on(chat, ann).notices();
    expect(english).toContain('Kim First');
    expect(english).toContain('+1 416 555 0177');
    expect(english).toMatch(/1\d:\d\d [ap]m/);
    expect(english).toContain('20 s');

    await leaveMessage(world, eve, { callerName: 'Kim Première' });
    const [french] = await world.on(chat, eve).notices();
    expect(french).toContain('Kim Première');
    expect(french).toMatch(/1\d h \d\d/);
    expect(french).toContain(chat === 'browser' ? 'Nouveau' : 'Message vocal de Kim Première');
  });

  test('the same message again is the same message, shown once', async () => {
    const { ann } = world.company;
    const left = { sourceId: `twice ${chat}`, callerName: `Once in ${chat}` };
    const [first, second] = [await leaveMessage(world, ann, left), await leaveMessage(world, ann, left)];
    expect(second).toBe(first);
    const shown = await world.on(chat, ann).notices();
    const cards = chat === 'browser' ? shown[0]?.split('\n').filter((line) => line === left.callerName) : shown;
    expect(cards?.filter((card) => card.includes(left.callerName))).toHaveLength(1);
  });

  test('a transcript comes later, and says that a machine wrote it; a transcriber that fails loses nothing', async () => {
    const { ann, eve } = world.company;
    answer = { kind: 'later', why: 'away' };
    const [toAnn, toEve] = [await leaveMessage(world, ann), await leaveMessage(world, eve)];
    expect((await world.on(chat, ann).message(toAnn)).text).not.toContain('machine');
    answer = said('Please call me <b>back</b> about the boat.');
    world.company.clock.forward({ minutes: 30 });
    await sweep(world.deps);
    await world.work();
    const english = (await world.on(chat, ann).message(toAnn)).text;
    expect(english).toContain('Please call me <b>back</b> about the boat.');
    expect(english).toContain('Transcribed by machine');
    expect((await world.on(chat, eve).message(toEve)).text).toContain('Transcrit par une machine');
    expect(await row(toAnn)).toMatchObject({ transcript: 'Please call me <b>back</b> about the boat.' });

    answer = { kind: 'refused', why: 'no such format' };
    const without = await leaveMessage(world, ann, { callerName: 'Kim Unwritten' });
    expect((await world.on(chat, ann).message(without)).text).toContain('Kim Unwritten');
  });
});

describe.each(chats)('the card in %s', (chat) => {
  test('has the caller, the number, the time, the length and what can be done', async () => {
    const { ann } = world.company;
    const card = await world.on(chat, ann).message(await leaveMessage(world, ann));
    for (const part of ['Zoe Caller', '+1 416 555 0177', '20 s']) expect(card.text).toContain(part);
    expect(card.text).toMatch(/1\d:\d\d [ap]m/);
    const acts = ['voicemail.forward', 'voicemail.export', 'voicemail.handled', 'voicemail.delete'];
    expect(card.actions).toEqual(expect.arrayContaining(acts));
    if (chat !== 'browser') expect(card.actions[0]).toBe('voicemail.listen');
  });

  test('shows a withheld number and an unknown caller in words', async () => {
    const { ann, eve } = world.company;
    const nobody = { callerName: '', ani: '' };
    const english = (await world.on(chat, ann).message(await leaveMessage(world, ann, nobody))).text;
    expect(english).toContain('Unknown caller');
    expect(english).toContain('Number withheld');
    const french = (await world.on(chat, eve).message(await leaveMessage(world, eve, nobody))).text;
    expect(french).toContain('Appelant inconnu');
    expect(french).toContain('Numéro masqué');
  });

  test('shows what was done with the message, in the other places too', async () => {
    const { ann, eve } = world.company;
    const id = await leaveMessage(world, ann);
    const handled = await (await world.on(chat, ann).message(id)).press('voicemail.handled');
    expect(handled.text).toMatch(/Handled by Ann Baker, 1\d:\d\d [ap]m/);
    await world.work();
    for (const other of chats) {
      const there = await world.on(other, ann).message(id);
      expect(there.text).toContain('Handled by Ann Baker');
      expect(there.actions).toContain('voicemail.reopen');
      expect(there.actions).not.toContain('voicemail.handled');
    }
    expect(await row(id)).toMatchObject({ handledById: ann.id });
    const reopened = await handled.press('voicemail.reopen');
    expect(reopened.text).not.toContain('Handled by');
    expect(await row(id)).toMatchObject({ handledAt: null });

    const french = await leaveMessage(world, eve);
    const done = await (await world.on(chat, eve).message(french)).press('voicemail.handled');
    expect(done.text).toContain('Traité par Ève Müller');
  });

  test('is of no use to anybody else', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.handled', { voicemail }));
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.call-back', { voicemail }));
  });

  test('of a message that was deleted meanwhile says so', async () => {
    const { ann, eve } = world.company;
    for (const [person, words] of [
      [ann, 'This message is deleted.'],
      [eve, 'Ce message est supprimé.'],
    ] as const) {
      const id = await leaveMessage(world, person);
      const old = await world.on(chat, person).message(id);
      await world.on('slack', person).forge('voicemail.delete', { voicemail: id });
      expect((await old.press('voicemail.handled')).text).toContain(words);
      expect(await row(id)).toMatchObject({ handledAt: null });
    }
  });
});
