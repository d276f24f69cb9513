import { beforeAll, describe, expect, test } from 'vitest';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import { leaveMessage } from './leave-message.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});

const reason = 'Ann is ill and asked me to look after her messages.';

describe.each(chats)('an admin acts as somebody in %s', (chat) => {
  test('with a bar on every reply, but without their PIN, until Stop; the person reads what was done', async () => {
    const { ada, ann } = world.company;
    const id = await leaveMessage(world, ann);
    const admin = world.on(chat, ada);
    const started = await admin.forge('impersonation.start', {}, { user: ann, reason });
    expect(started.text).toContain('You are acting as Ann Baker now');
    for (const command of ['voicemail', 'settings', 'calls', 'greeting']) {
      const reply = await admin.say(command);
      expect(reply.text).toMatch(/Ada Roy, until .* you are acting as Ann Baker\./);
      expect(reply.actions).toContain('impersonation.stop');
    }
    const handled = await admin.forge('voicemail.handled', { voicemail: id });
    expect(handled.text).toContain('Handled by Ada Roy for Ann Baker');
    expect((await admin.forge('phone.pin', {}, { pin: '5820' })).text).toContain(
      'Only the person can see to their PIN.',
    );
    expect((await admin.say('phone')).text).not.toMatch(/Set\b|Not set yet/);
    const granted = await admin.forge('mailbox.member', {}, { user: world.company.bo, level: 'handle' });
    expect(granted.text).toContain('While you act as somebody else you cannot give others access');

    await (await admin.say('status')).press('impersonation.stop');
    expect((await admin.say('status')).text).not.toContain('you are acting as');
    await world.work();
    const told = (await world.on(chat, ann).notices()).join('\n');
    expect(told).toContain('Ada Roy no longer acts as you');
    expect(told).toContain(reason);
    expect((await world.company.audit()).findLast(({ event }) => event === 'voicemail.handled')).toMatchObject({
      actorId: ann.id,
      impersonatorId: ada.id,
      reason,
    });
  });

  test('never without the permission, as oneself, or without a reason that says something', async () => {
    const { ada, bo, eve, ann } = world.company;
    const start = (by: typeof ada, user: typeof ada, why = reason) =>
      world.on(chat, by).forge('impersonation.start', {}, { user, reason: why });
    expect((await start(bo, ann)).text).toContain('You may not do this.');
    expect((await start(eve, ann)).text).toContain('Vous n’avez pas ce droit.');
    expect((await start(ada, ada)).text).toContain('You are that person already.');
    expect((await start(ada, ann, 'too short')).text).toContain('at least 10 characters');
    expect(await world.company.db.impersonationSession.count({ where: { endedAt: null } })).toBe(0);
  });
});
