import { beforeAll, describe, expect, test } from 'vitest';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import { leaveMessage } from './leave-message.js';
import { expectRefused } from './refused.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});

const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });

describe.each(chats)('Delete in %s', (chat) => {
  test('can be undone for five minutes, everywhere', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    const deleted = await (await world.on(chat, ann).message(id)).press('voicemail.delete');
    expect(deleted.text).toMatch(/Deleted\. Until 1\d:\d\d [ap]m you can have it back\./);
    expect(deleted.actions).toEqual(['voicemail.undo']);
    expect(await row(id)).toMatchObject({ deletedAt: expect.any(Date), purgedAt: null });
    await world.work();
    for (const other of chats)
      if (other !== 'browser') expect((await world.on(other, ann).message(id)).actions).toEqual(['voicemail.undo']);
    expect((await world.on(chat, ann).say('voicemail')).text).not.toContain(id);

    const back = await deleted.press('voicemail.undo');
    expect(back.actions).toContain('voicemail.delete');
    expect(await row(id)).toMatchObject({ deletedAt: null });
    expect((await world.company.audit()).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['voicemail.deleted', 'voicemail.restored']),
    );
  });

  test('is for good after that: audio and transcript go, a tombstone stays', async () => {
    const { ann, eve } = world.company;
    const [id, french] = [await leaveMessage(world, ann), await leaveMessage(world, eve)];
    await world.company.db.voicemail.update({ where: { id }, data: { transcript: 'A secret' } });
    const { recordingId } = await row(id);
    const deleted = await (await world.on(chat, ann).message(id)).press('voicemail.delete');
    const supprimé = await (await world.on(chat, eve).message(french)).press('voicemail.delete');
    expect(supprimé.text).toMatch(/Supprimé\. Vous pouvez le récupérer jusqu’à 1\d h \d\d/);

    world.company.clock.forward({ minutes: 6 });
    expect((await deleted.press('voicemail.undo')).text).toContain('The 5 minutes are over');
    await world.work();
    expect(await row(id)).toMatchObject({ purgedAt: expect.any(Date), recordingId: null, transcript: null });
    expect(await world.company.db.recording.findUnique({ where: { id: recordingId ?? '' } })).toBeNull();
    if (chat !== 'browser') {
      const gone = await world.on(chat, ann).message(id);
      expect(gone.text).toContain('Deleted for good.');
      expect(gone.actions).toEqual([]);
      expect((await world.on(chat, eve).message(french)).text).toContain('Supprimé définitivement.');
    }
    const late = await world.on(chat, ann).forge('voicemail.undo', { voicemail: id });
    expect(late.text).toContain('The 5 minutes are over: this message is deleted for good.');
    expect((await world.on(chat, eve).forge('voicemail.undo', { voicemail: french })).text).toContain(
      'Les 5 minutes sont écoulées',
    );
    expect((await world.company.audit()).filter(({ subjectId }) => subjectId === id).at(-1)).toMatchObject({
      event: 'voicemail.purged',
    });
  });

  test('twice is once, and is for nobody else’s message', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.delete', { voicemail }));
    const press = () => world.on(chat, ann).forge('voicemail.delete', { voicemail: id });
    await press();
    const { purgeAt } = await row(id);
    world.company.clock.forward({ minutes: 1 });
    await press();
    expect(await row(id)).toMatchObject({ purgeAt });
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.undo', { voicemail }));
  });
});
