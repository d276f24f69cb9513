import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Person } from '../../support/company.js';
import { leaveMessage } from './leave-message.js';
import { withoutPlus } from './refused.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});
beforeEach(async () => {
  // Each story begins with empty mailboxes.
  await world.company.db.voicemail.updateMany({
    data: { deletedAt: new Date(), purgedAt: new Date(), recordingId: null },
  });
  await world.company.db.boxWarning.deleteMany({});
  await world.company.db.tenant.updateMany({ data: { retentionDays: 30, maxBoxMinutes: 300, urgentAllowed: true } });
  await world.company.db.user.updateMany({ data: { quietHours: null, urgentAllowed: null } });
});

async function run(name: 'voicemail.expire' | 'voicemail.boxes'): Promise<void> {
  await world.company.tasks.add([{ name, payload: {} }]);
  await world.work();
}
const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const told = async (chat: Chat, person: Person) => (await world.on(chat, person).notices()).slice(0, 3).join('\n');

async function setCompany(chat: Chat, group: string, typed: Record<string, string>, by = world.company.ada) {
  const form = await (await world.on(chat, by).say('admin settings')).press('admin.tenant', group);
  return form.submit(typed);
}

describe.each(chats)('Urgent in %s', (chat) => {
  test('says so on the card and in the list, in both languages, and breaks quiet hours', async () => {
    const { ann, eve, db, clock } = { ...world.company, clock: world.company.clock };
    const hour = clock.now().toISOString().slice(11, 13);
    const from = String((Number(hour) + 24 - 6) % 24).padStart(2, '0');
    await db.user.update({ where: { id: ann.id }, data: { quietHours: `${from}:00-${from}:59` } });
    const id = await leaveMessage(world, ann, { urgent: true, callerName: `Uma ${chat}` });
    expect(await told(chat, ann)).toContain(`Uma ${chat}`);
    expect((await world.on(chat, ann).message(id)).text).toMatch(/Urgent/);
    expect((await world.on(chat, ann).say('voicemail')).text).toContain('Urgent');
    const french = await leaveMessage(world, eve, { urgent: true });
    expect((await world.on(chat, eve).message(french)).text).toContain('Urgent');
  });

  test('can be forbidden by the company, and by the person', async () => {
    const { ann } = world.company;
    await setCompany(chat, 'voicemail', { urgentAllowed: 'no' });
    expect(await world.company.db.tenant.findFirstOrThrow()).toMatchObject({ urgentAllowed: false });
    const form = await (await world.on(chat, ann).say('settings')).press('settings.save', 'voicemail');
    expect(form.text).toContain('As the company has it (No)');
    await form.submit({ urgentAllowed: 'yes' });
    expect(await world.company.db.user.findUniqueOrThrow({ where: { id: ann.id } })).toMatchObject({
      urgentAllowed: true,
    });
  });
});

describe.each(chats)('Limits in %s', (chat) => {
  test('a mailbox warns when it is nearly full, and when it is full its owner and the admins know', async () => {
    const { ann, ada, eve } = world.company;
    await world.company.db.tenant.updateMany({ data: { maxBoxMinutes: 5 } });
    for (const person of [ann, eve]) {
      const id = await leaveMessage(world, person);
      await world.company.db.voicemail.update({ where: { id }, data: { durationSeconds: 250 } });
    }
    await run('voicemail.boxes');
    expect(await told(chat, ann)).toContain('Your mailbox is nearly full');
    expect(await told(chat, eve)).toContain('Votre messagerie est presque pleine');
    await world.company.db.voicemail.updateMany({ data: { durationSeconds: 301 } });
    await run('voicemail.boxes');
    expect(await told(chat, ann)).toContain('Your mailbox is full');
    expect(await told(chat, ann)).toContain('5 of 5 minutes are used.');
    expect(await told(chat, ada)).toContain('The mailbox of Ann Baker is full');
    expect((await world.company.audit()).map(({ event }) => event)).toContain('mailbox.full');
  });

  test('are the admins’ to set, within bounds, and nobody else’s', async () => {
    const { ann, eve } = world.company;
    const refused = await setCompany(chat, 'voicemail', { maxMessageSeconds: '2', retentionDays: '366' });
    expect(refused.fields).toContain('maxMessageSeconds');
    expect(await world.company.db.tenant.findFirstOrThrow()).toMatchObject({
      maxMessageSeconds: 180,
      retentionDays: 30,
    });
    await refused.submit({ maxMessageSeconds: '180', retentionDays: '20' });
    expect(await world.company.db.tenant.findFirstOrThrow()).toMatchObject({ retentionDays: 20 });
    for (const [person, words] of [
      [ann, 'You may not do this.'],
      [eve, 'Vous n’avez pas ce droit.'],
    ] as const)
      expect(
        (await world.on(chat, person).forge('admin.tenant', { group: 'voicemail' }, { retentionDays: '1' })).text,
      ).toContain(words);
    expect(await world.company.db.tenant.findFirstOrThrow()).toMatchObject({ retentionDays: 20 });
  });
});

describe.each(chats)('Retention in %s', (chat) => {
  test('an unheard message is announced three days before, and then goes for good', async () => {
    const { ann, eve } = world.company;
    const [id, french] = [await leaveMessage(world, ann), await leaveMessage(world, eve)];
    world.company.clock.forward({ days: 27, hours: 1 });
    await run('voicemail.expire');
    expect(await told(chat, ann)).toContain('An unheard message is deleted soon');
    expect(await told(chat, eve)).toContain('Un message non écouté sera bientôt supprimé');
    expect(await row(id)).toMatchObject({ deletedAt: null });
    world.company.clock.forward({ days: 3 });
    await run('voicemail.expire');
    for (const gone of [id, french])
      expect(await row(gone)).toMatchObject({ purgedAt: expect.any(Date), recordingId: null });
    if (chat !== 'browser') expect((await world.on(chat, ann).message(id)).text).toContain('Deleted for good.');
  });
});

describe.each(chats)('Storage in %s', (chat) => {
  test('is listed for those who may read reports, by person, and for nobody else', async () => {
    const { ada, ann, bo, eve } = world.company;
    await leaveMessage(world, ann, { seconds: 4 });
    const list = (person: Person) => world.on(chat, person).forge('reports.show', { list: 'storage' });
    const shown = (await list(ada)).text;
    expect(shown).toContain('Ann Baker');
    expect(shown).toMatch(/Ann Baker[\s\S]*?0\.1 MB/);
    expect((await list(eve)).text).toMatch(/Ann Baker[\s\S]*?0,1 Mo/);
    expect((await list(bo)).text).toContain('You may not do this.');
    await withoutPlus(world, async () => {
      expect((await list(ada)).text).not.toContain('Ann Baker');
    });
  });

  test('is counted every day', async () => {
    const { ann, ada } = world.company;
    await leaveMessage(world, ann, { seconds: 4 });
    await world.company.tasks.add([{ name: 'storage.count', payload: {} }]);
    await world.work();
    expect(await world.company.db.storageDay.count()).toBeGreaterThan(0);
    const days = await world.on(chat, ada).forge('reports.show', { list: 'storage-days' });
    expect(days.text).toMatch(/2030/);
  });
});
