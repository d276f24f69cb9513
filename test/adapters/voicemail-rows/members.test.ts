import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Screen, Typed } from '../../support/chats/screen.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { leaveMessage } from './leave-message.js';
import { foreignMessage, withoutPlus } from './refused.js';

let world: EveryChat;
let elsewhere: Company;
beforeAll(async () => {
  world = await everyChat();
  elsewhere = await testCompany({ numberless: true });
});
beforeEach(async () => {
  await world.company.db.mailboxMember.deleteMany({});
});

const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const members = () => world.company.db.mailboxMember.findMany({ orderBy: { createdAt: 'asc' } });

/** Add a member by the form behind the mailbox's card. */
async function add(chat: Chat, by: Person, typed: Typed, of = ''): Promise<Screen> {
  const card = await world.on(chat, by).say(`mailbox ${of}`.trim());
  return (await card.press('mailbox.member')).submit(typed);
}

/** Bo and Cléo work on the general mailbox; Eve only listens. */
async function shareGeneral(): Promise<void> {
  const { tenantId, box, bo, cleo, eve, db } = world.company;
  const levels = [
    [bo, 'handle'],
    [cleo, 'handle'],
    [eve, 'listen'],
  ] as const;
  await db.mailboxMember.createMany({
    data: levels.map(([{ id: userId }, level]) => ({ tenantId, ownerId: box.id, userId, level })),
  });
}

describe.each(chats)('Members in %s', (chat) => {
  test('an owner adds one with a level and an end; the card reaches both, with one state', async () => {
    const { ann, bo } = world.company;
    const saved = await add(chat, ann, { user: bo, level: 'handle', until: '15 February 2030' });
    expect(saved.text).toContain('Bo Chen');
    expect(saved.text).toContain('Handle');
    expect(await members()).toMatchObject([{ ownerId: ann.id, userId: bo.id, level: 'handle' }]);
    const id = await leaveMessage(world, ann);
    expect((await world.on(chat, bo).message(id)).text).toContain('Ann Baker');
    await (await world.on(chat, bo).message(id)).press('voicemail.handled');
    await world.work();
    expect((await world.on(chat, ann).message(id)).text).toMatch(/Handled by Bo Chen/);
    expect((await world.company.audit()).map(({ event }) => event)).toContain('mailbox.member-set');
  });

  test('refuses at the field: oneself, nobody with access, another company’s people, an end in the past', async () => {
    const { ann, nil, bo } = world.company;
    expect((await add(chat, ann, { user: ann, level: 'handle' })).text).toContain('This mailbox is theirs already.');
    expect((await add(chat, ann, { user: nil, level: 'handle' })).text).toContain('They have no access to Attendant.');
    const past = await add(chat, ann, { user: bo, level: 'handle', until: 'yesterday' });
    expect(past.text).toMatch(/This time is over|no time I know/);
    const forged = await world.on(chat, ann).forge('mailbox.member', {}, { user: elsewhere.bo, level: 'handle' });
    expect(forged.text).toContain('Choose somebody from the list.');
    expect(await members()).toEqual([]);
  });

  test('manages nobody else’s mailbox', async () => {
    const { ann, bo, eve, box, nil } = world.company;
    const forge = (by: Person, mailbox: string) =>
      world.on(chat, by).forge('mailbox.member', { mailbox }, { user: bo, level: 'manage' });
    expect((await forge(bo, ann.id)).text).toContain('You may not do this.');
    expect((await forge(eve, box.id)).text).toContain('Vous n’avez pas ce droit.');
    expect((await forge(bo, elsewhere.ann.id)).text).toContain('There is no such mailbox.');
    expect((await forge(bo, 'x'.repeat(40))).text).toContain('There is no such mailbox.');
    expect((await forge(nil, nil.id)).text).toContain('not switched on for you');
    await withoutPlus(world, async () => {
      expect((await forge(ann, ann.id)).text).toContain('not part of your company’s edition');
    });
    expect(await members()).toEqual([]);
  });

  test('an admin looks after a general mailbox', async () => {
    const { ada, bo, box } = world.company;
    await add(chat, ada, { user: bo, level: 'manage' }, 'General Mailbox');
    expect(await members()).toMatchObject([{ ownerId: box.id, userId: bo.id, level: 'manage' }]);
    const card = await world.on(chat, bo).say('mailbox General Mailbox');
    expect(card.text).toContain('Mailbox of General Mailbox');
    await (await card.press('mailbox.remove')).submit({ user: bo.id });
    expect(await members()).toEqual([]);
  });

  test('who only listens changes nothing', async () => {
    await shareGeneral();
    const { box, eve } = world.company;
    const id = await leaveMessage(world, box);
    const card = await world.on(chat, eve).message(id);
    expect(card.text).toContain('General Mailbox');
    expect(card.actions.filter((action) => /handled|delete|forward|claim/.test(action))).toEqual([]);
    for (const action of ['voicemail.handled', 'voicemail.delete', 'voicemail.claim', 'voicemail.export'])
      expect((await world.on(chat, eve).forge(action, { voicemail: id })).text).toContain(
        'Vous pouvez écouter les messages de cette messagerie, pas les modifier.',
      );
    expect(await row(id)).toMatchObject({ handledAt: null, deletedAt: null, claimedById: null });
  });

  test('loses the messages with the membership', async () => {
    await shareGeneral();
    const { box, bo } = world.company;
    const id = await leaveMessage(world, box);
    await world.company.db.mailboxMember.deleteMany({ where: { userId: bo.id } });
    expect((await world.on(chat, bo).forge('voicemail.claim', { voicemail: id })).text).toContain(
      'This message is not in your mailbox.',
    );
  });
});

describe.each(chats)('Claim in %s', (chat) => {
  test('says everywhere who has it, and tells the others who', async () => {
    await shareGeneral();
    const { box, bo, cleo } = world.company;
    const id = await leaveMessage(world, box);
    const taken = await (await world.on(chat, bo).message(id)).press('voicemail.claim');
    expect(taken.text).toMatch(/You take care of this, since \d+:\d\d [ap]m\./);
    await world.work();
    for (const other of chats)
      expect((await world.on(other, cleo).message(id)).text).toContain('Bo Chen s’en occupe, depuis');
    expect((await world.on(chat, cleo).forge('voicemail.claim', { voicemail: id })).text).toContain(
      'Bo Chen s’occupe déjà de ce message',
    );
    expect(await row(id)).toMatchObject({ claimedById: bo.id });
  });

  test('shows in the list of messages who has it, and whose mailbox it is', async () => {
    await shareGeneral();
    const { box, bo, cleo } = world.company;
    const id = await leaveMessage(world, box, { callerName: `Kim ${chat}` });
    await world.on(chat, bo).forge('voicemail.claim', { voicemail: id });
    const mine = (await world.on(chat, bo).say('voicemail')).text;
    expect(mine).toContain(`Kim ${chat}`);
    expect(mine).toContain('General Mailbox');
    expect(mine).toContain('Taken by you');
    expect((await world.on(chat, cleo).say('messagerie')).text).toContain('Bo Chen s’en occupe');
  });

  test('of several at once one wins, and the others are told who', async () => {
    await shareGeneral();
    const { box, bo, cleo } = world.company;
    const id = await leaveMessage(world, box);
    const answers = await Promise.all(
      [bo, cleo].map((person) => world.on(chat, person).forge('voicemail.claim', { voicemail: id })),
    );
    const { claimedById } = await row(id);
    const [first, second] = answers.map(({ text }) => text);
    if (claimedById === bo.id) expect(second).toContain('Bo Chen s’occupe déjà');
    else expect(first).toContain('Cléo Dubois takes care of this message already.');
    expect(
      (await world.company.audit()).filter(({ event, subjectId }) => event === 'voicemail.claimed' && subjectId === id),
    ).toHaveLength(1);
  });

  test('is released, and handed over, and the new holder is told', async () => {
    await shareGeneral();
    const { box, bo, cleo, ann } = world.company;
    const id = await leaveMessage(world, box);
    const taken = await (await world.on(chat, bo).message(id)).press('voicemail.claim');
    const released = await taken.press('voicemail.release');
    expect(released.actions).toContain('voicemail.claim');
    expect(await row(id)).toMatchObject({ claimedById: null });

    await world.on(chat, bo).forge('voicemail.claim', { voicemail: id });
    await world.work();
    const form = await (await world.on(chat, bo).message(id)).press('voicemail.hand-over');
    const refused = await form.submit({ user: ann });
    expect(refused.text).toContain('They do not work on this mailbox.');
    await refused.submit({ user: cleo });
    await world.work();
    expect(await row(id)).toMatchObject({ claimedById: cleo.id });
    expect((await world.on(chat, cleo).notices()).join('\n')).toContain(
      'Un message vocal vous est confié : Zoe Caller',
    );
    expect((await world.on(chat, bo).forge('voicemail.release', { voicemail: id })).text).toContain(
      'Somebody else takes care of this message.',
    );
  });

  test('is no use on another company’s message', async () => {
    const forged = await world
      .on(chat, world.company.bo)
      .forge('voicemail.claim', { voicemail: await foreignMessage() });
    expect(forged.text).toContain('This message is not in your mailbox.');
  });
});
