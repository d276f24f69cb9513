import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Screen, Typed } from '../../support/chats/screen.js';
import { type Company, testCompany } from '../../support/company.js';
import { leaveMessage } from './leave-message.js';
import { expectRefused } from './refused.js';

let world: EveryChat;
let elsewhere: Company;
beforeAll(async () => {
  world = await everyChat();
  elsewhere = await testCompany({ numberless: true });
});
beforeEach(async () => {
  await world.company.db.tenant.updateMany({ data: { forwardingAllowed: true } });
  await world.company.db.user.updateMany({ data: { forwardingAllowed: true } });
});

async function forward(chat: Chat, id: string, typed: Typed, from = world.company.ann): Promise<Screen> {
  const form = await (await world.on(chat, from).message(id)).press('voicemail.forward');
  return form.submit(typed);
}
const copiesOf = (id: string) => world.company.db.voicemail.findMany({ where: { forwardOfId: id } });

describe.each(chats)('Forward in %s', (chat) => {
  test('makes a copy with the note, unheard, in the colleague’s mailbox', async () => {
    const { ann, bo } = world.company;
    const id = await leaveMessage(world, ann);
    const asked = await forward(chat, id, { recipient: bo, note: 'Yours, I think' });
    expect(asked.text).toContain('Forwarding to Bo Chen…');
    await world.work();
    const [copy] = await copiesOf(id);
    expect(copy).toMatchObject({ userId: bo.id, forwardedById: ann.id, forwardNote: 'Yours, I think', heardAt: null });
    expect(copy?.id).not.toBe(id);

    const received = await world.on(chat, bo).message(copy?.id ?? '');
    expect(received.text).toContain('Forwarded by Ann Baker');
    expect(received.text).toContain('Yours, I think');
    for (const other of chats)
      expect((await world.on(other, ann).message(id)).text).toMatch(/Forwarded to Bo Chen, 1\d:\d\d [ap]m/);
    expect((await world.company.audit()).map(({ event }) => event)).toContain('voicemail.forwarded');
  });

  test('speaks the reader’s language', async () => {
    const { cleo, eve } = world.company;
    const id = await leaveMessage(world, eve);
    expect((await forward(chat, id, { recipient: cleo, note: 'Pour toi' }, eve)).text).toContain(
      'Transfert à Cléo Dubois…',
    );
    await world.work();
    const [copy] = await copiesOf(id);
    expect((await world.on(chat, cleo).message(copy?.id ?? '')).text).toContain('Transféré par Ève Müller');
  });

  test('refuses oneself, people without voicemail, nobody, and a second time, at the field', async () => {
    const { ann, bo, nil } = world.company;
    const id = await leaveMessage(world, ann);
    const form = await (await world.on(chat, ann).message(id)).press('voicemail.forward');
    const again = await form.submit({ recipient: nil, note: 'Keep this' });
    expect(again.text).toContain('They have no voicemail. Choose somebody else.');
    expect(again.fields).toEqual(['recipient', 'note']);
    expect((await again.submit({ recipient: ann })).text).toContain('This message is yours already.');
    expect(await world.company.db.forward.count({ where: { voicemailId: id } })).toBe(0);

    expect((await again.submit({ recipient: bo })).text).toContain('Forwarding to Bo Chen…');
    await world.work();
    const other = await forward(chat, id, { recipient: bo, note: 'Once more' });
    expect(other.text).toContain('They already have this message from you.');
    expect(await copiesOf(id)).toHaveLength(1);
  });

  test('reaches nobody in another company', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    const forged = await world.on(chat, ann).forge('voicemail.forward', { voicemail: id }, { recipient: elsewhere.bo });
    expect(forged.text).toMatch(/Choose somebody from the list\.|[Nn]obody/);
    expect(await world.company.db.forward.count({ where: { voicemailId: id } })).toBe(0);
  });

  test('is for nobody else’s message', async () => {
    const { ann, bo } = world.company;
    const id = await leaveMessage(world, ann);
    await expectRefused(world, chat, id, (user, voicemail) =>
      user.forge('voicemail.forward', { voicemail }, { recipient: bo, note: '' }),
    );
  });

  test('is refused for a message that was deleted meanwhile', async () => {
    const { ann, bo } = world.company;
    const id = await leaveMessage(world, ann);
    const form = await (await world.on(chat, ann).message(id)).press('voicemail.forward');
    await world.on('browser', ann).forge('voicemail.delete', { voicemail: id });
    expect((await form.submit({ recipient: bo })).text).toContain('This message is deleted.');
    expect(await copiesOf(id)).toEqual([]);
  });

  test('has no button while a gate is off, and says who locked it', async () => {
    const { ann, bo, eve } = world.company;
    const id = await leaveMessage(world, ann);
    const { db } = world.company;
    const typed = { recipient: bo, note: '' };
    await db.user.update({ where: { id: ann.id }, data: { forwardingAllowed: false } });
    const own = await world.on(chat, ann).forge('voicemail.forward', { voicemail: id }, typed);
    expect(own.text).toContain('Forwarding of voicemails is switched off for you.');
    const next = await world.on(chat, ann).message(await leaveMessage(world, ann));
    expect(next.actions).not.toContain('voicemail.forward');

    await db.user.update({ where: { id: ann.id }, data: { forwardingAllowed: true } });
    await db.tenant.updateMany({ data: { forwardingAllowed: false } });
    const forAll = await world.on(chat, ann).forge('voicemail.forward', { voicemail: id }, typed);
    expect(forAll.text).toContain('Your company has switched forwarding of voicemails off.');
    const eves = await leaveMessage(world, eve);
    expect((await world.on(chat, eve).forge('voicemail.forward', { voicemail: eves }, typed)).text).toContain(
      'Votre entreprise a désactivé le transfert des messages vocaux.',
    );
    expect(await copiesOf(id)).toEqual([]);
  });
});

describe.each(chats)('Export in %s', (chat) => {
  test('sends the message to one’s own address, attached, once', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann, { callerName: `Kim ${chat}` });
    const asked = await (await world.on(chat, ann).message(id)).press('voicemail.export');
    expect(asked.text).toContain('E-mailing it to ann@maple.example…');
    expect(asked.actions).not.toContain('voicemail.export');
    await world.on(chat, ann).forge('voicemail.export', { voicemail: id });
    await world.work();
    const mails = world.company.mails.filter(({ subject }) => subject.includes(`Kim ${chat}`));
    expect(mails).toMatchObject([{ to: 'ann@maple.example', subject: expect.stringContaining('Voicemail from Kim') }]);
    expect(mails[0]?.attachments).toMatchObject([
      { fileName: expect.stringMatching(/^voicemail-2030-01-14-.*\.wav$/) },
    ]);
    for (const other of chats)
      expect((await world.on(other, ann).message(id)).text).toContain('E-mailed to ann@maple.example');
    expect(await world.company.db.export.count({ where: { voicemailId: id } })).toBe(1);
  });

  test('speaks the reader’s language', async () => {
    const { eve } = world.company;
    const id = await leaveMessage(world, eve, { callerName: `Élise ${chat}` });
    const asked = await (await world.on(chat, eve).message(id)).press('voicemail.export');
    expect(asked.text).toContain('Envoi à eve@maple.example…');
    await world.work();
    const mail = world.company.mails.find(({ subject }) => subject.includes(`Élise ${chat}`));
    expect(mail?.subject).toContain('Message vocal de Élise');
    expect(mail?.text).toContain('Le message est en pièce jointe.');
  });

  test('is for nobody else’s message, and for none that is deleted', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.export', { voicemail }));
    await world.on('teams', ann).forge('voicemail.delete', { voicemail: id });
    const late = await world.on(chat, ann).forge('voicemail.export', { voicemail: id });
    expect(late.text).toContain('This message is deleted.');
    expect(await world.company.db.export.count({ where: { voicemailId: id } })).toBe(0);
  });
});
