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
  const own = {
    notificationType: null,
    chatCards: null,
    quietHours: null,
    appAllowed: true,
    missedCallNotification: null,
  };
  await world.company.db.user.updateMany({ data: own });
  await world.company.db.tenant.updateMany({ data: { appAllowed: true, quietHours: '' } });
});

const user = ({ id }: Person) => world.company.db.user.findUniqueOrThrow({ where: { id } });
const set = ({ id }: Person, data: object) => world.company.db.user.update({ where: { id }, data });
const mailsTo = (person: Person, about: string) =>
  world.company.mails.filter(({ to, subject }) => to === person.email && subject.includes(about));

/** The form of the person's notices, as it opens from their settings. */
async function form(chat: Chat, person: Person, command = 'settings') {
  const card = await world.on(chat, person).say(command);
  return card.press('settings.save', 'notifications');
}

describe.each(chats)('Notification type in %s', (chat) => {
  test('is chosen in one’s own settings, and holds for the next message', async () => {
    const { ann } = world.company;
    const opened = await form(chat, ann);
    expect(opened.fields).toEqual(
      expect.arrayContaining(['notificationType', 'chatCards', 'missedCallNotification', 'quietHours', 'digest']),
    );
    const saved = await opened.submit({ notificationType: 'email_with_attachment', chatCards: 'no' });
    expect(saved.text).toContain('By e-mail, with attachments');
    expect(await user(ann)).toMatchObject({ notificationType: 'email_with_attachment', chatCards: false });
    const before = (await world.on(chat, ann).notices()).length;
    await leaveMessage(world, ann, { callerName: `Mia ${chat}` });
    expect(mailsTo(ann, `Mia ${chat}`)).toMatchObject([
      { attachments: [{ fileName: expect.stringMatching(/\.wav$/) }] },
    ]);
    if (chat !== 'browser') expect((await world.on(chat, ann).notices()).length).toBe(before);
    expect((await world.company.audit()).map(({ event }) => event)).toContain('setting.changed');
  });

  test('e-mail without attachment, or the app alone', async () => {
    const { eve } = world.company;
    await (await form(chat, eve, 'réglages')).submit({ notificationType: 'email_only' });
    await leaveMessage(world, eve, { callerName: `Léa ${chat}` });
    const [mail] = mailsTo(eve, `Léa ${chat}`);
    expect(mail?.subject).toContain('Message vocal de');
    expect(mail?.attachments ?? []).toEqual([]);
    const saved = await (await form(chat, eve, 'réglages')).submit({ notificationType: 'app_only' });
    expect(saved.text).toContain('Dans l’application seulement');
    await leaveMessage(world, eve, { callerName: `Zoé ${chat}` });
    expect(mailsTo(eve, `Zoé ${chat}`)).toEqual([]);
  });

  test('quiet hours hold messages back until they end, and refuse what is no time', async () => {
    const { bo } = world.company;
    const again = await (await form(chat, bo)).submit({ quietHours: 'at night' });
    expect(again.fields).toContain('quietHours');
    expect(await user(bo)).toMatchObject({ quietHours: null });
    await again.submit({ quietHours: '22:00-07:00' });
    const now = world.company.clock.now().toISOString();
    const day = now.slice(0, 10);
    world.company.clock.set(`${day}T04:30:00Z`);
    if (world.company.clock.now().toISOString() < now) world.company.clock.forward({ days: 1 });
    await leaveMessage(world, bo, { callerName: `Night ${chat}` });
    const told = async () => (await world.on(chat, bo).notices()).join('\n').includes(`Night ${chat}`);
    if (chat !== 'browser') expect(await told()).toBe(false);
    world.company.clock.forward({ hours: 9 });
    await world.work();
    expect(await told()).toBe(true);
  });

  test('a mailbox that nobody could hear is refused where it would come about', async () => {
    const { ann, ada } = world.company;
    await set(ann, { notificationType: 'email_with_attachment', appAllowed: false, pinHash: null });
    await world.company.db.tenant.updateMany({ data: { accessNumber: null } });
    // Without the app she changes nothing herself; an admin does.
    expect((await world.on(chat, ann).say('settings')).text).not.toContain('By e-mail');
    const access = await (await world.on(chat, ada).say('admin settings')).press('admin.tenant', 'company');
    const refused = await access.submit({ appAccess: 'no' });
    expect(refused.text).toMatch(/Nobody could hear the messages of/);
    expect(await world.company.db.tenant.findFirstOrThrow()).toMatchObject({ appAllowed: true });
  });

  test('is not there without access, and without Plus no setting speaks of voicemail', async () => {
    const { ann, nil } = world.company;
    expect((await world.on(chat, nil).say('settings')).text).toContain('Attendant is not switched on for you.');
    await withoutPlus(world, async () => {
      expect((await world.on(chat, ann).say('settings')).text).not.toMatch(/voicemail|mailbox/i);
    });
  });
});
