import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wav } from '../../support/audio.js';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Person } from '../../support/company.js';
import { leaveMessage } from './leave-message.js';
import { expectRefused, foreignMessage, withoutPlus } from './refused.js';

let world: EveryChat;
beforeAll(async () => {
  world = await everyChat();
});
beforeEach(async () => {
  await world.company.db.tenant.updateMany({ data: { downloadsAllowed: true, openLinks: true } });
});

const row = (id: string) => world.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const lines = async (id: string) =>
  (await world.company.audit()).filter(({ subjectId }) => subjectId === id).map(({ event }) => event);

/** The page to which Listen leads on this platform. */
async function listen(chat: (typeof chats)[number], person: Person, id: string): Promise<string> {
  const card = await world.on(chat, person).message(id);
  const { page } = chat === 'teams' ? await card.press('voicemail.listen') : card;
  return new URL(page ?? '').pathname;
}

/** Play it as a browser does, signed in as that person. */
async function play(person: Person, path: string, what = 'audio?play'): Promise<Response> {
  const answer = await world.browser(person).fetch(`${path}/${what}`);
  await answer.arrayBuffer();
  return answer;
}

describe.each(chats)('Listen in %s', (chat) => {
  test('leads to the player, which marks the message heard when it plays, everywhere', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    const path = await listen(chat, ann, id);
    expect((await world.browser(ann).open(path)).text).toContain('Voicemail from Zoe Caller');
    expect(await row(id)).toMatchObject({ heardAt: null });

    expect((await play(ann, path)).status).toBe(200);
    await expect.poll(async () => (await row(id)).heardAt).not.toBeNull();
    await world.work();
    for (const other of chats)
      expect((await world.on(other, ann).message(id)).text).toMatch(/Heard by Ann Baker, 1\d:\d\d [ap]m/);
    expect(await lines(id)).toContain('voicemail.played');
  });

  test('leads the French reader to a French page', async () => {
    const { eve } = world.company;
    const id = await leaveMessage(world, eve);
    const path = await listen(chat, eve, id);
    expect((await world.browser(eve).open(path)).text).toContain('Message vocal de Zoe Caller');
    await play(eve, path);
    await expect.poll(async () => (await row(id)).heardAt).not.toBeNull();
    await world.work();
    expect((await world.on(chat, eve).message(id)).text).toContain('Écouté par Ève Müller');
  });

  test('opens for nobody else, and says who tried', async () => {
    const { ann, bo } = world.company;
    const id = await leaveMessage(world, ann);
    const path = await listen(chat, ann, id);
    const words = 'This link belongs to somebody else. Open the message from your own chat.';
    expect((await world.browser(bo).open(path)).text).toContain(words);
    expect((await play(bo, path)).status).toBe(403);
    expect(await row(id)).toMatchObject({ heardAt: null });
    expect((await world.company.audit()).findLast(({ subjectId }) => subjectId === id)).toMatchObject({
      event: 'voicemail.link-refused',
      actorId: bo.id,
    });
  });

  test('shows nothing of other messages', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    await expectRefused(world, chat, id, (user, voicemail) => user.forge('voicemail.listen', { voicemail }));
  });

  test('ends with the message, and without Plus', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann);
    const path = await listen(chat, ann, id);
    await withoutPlus(world, async () => {
      expect((await play(ann, path)).status).toBe(403);
    });
    await (await world.on(chat, ann).message(id)).press('voicemail.delete');
    expect((await play(ann, path)).status).toBe(404);
    expect((await world.on(chat, ann).forge('voicemail.listen', { voicemail: id })).text).toMatch(/^.*Deleted\./m);
  });
});

describe.each(chats)('Download from %s', (chat) => {
  test('is there if the company allows it', async () => {
    const { ann } = world.company;
    const id = await leaveMessage(world, ann, { seconds: 4 });
    const path = await listen(chat, ann, id);
    const page = await (await world.browser(ann).fetch(path)).text();
    expect(page).toContain(`${path}/download`);
    const file = await world.browser(ann).fetch(`${path}/download`);
    expect(file.headers.get('content-disposition')).toMatch(/attachment; filename=voicemail-2030-01-14-1\d\d\d\.wav/);
    expect((await file.arrayBuffer()).byteLength).toBe(wav(4).length);
    await expect.poll(async () => (await row(id)).heardAt).not.toBeNull();
  });

  test('is not there if it does not', async () => {
    const { ann, eve } = world.company;
    await world.company.db.tenant.updateMany({ data: { downloadsAllowed: false } });
    const id = await leaveMessage(world, ann);
    const path = await listen(chat, ann, id);
    expect(await (await world.browser(ann).fetch(path)).text()).not.toContain('/download');
    expect((await play(ann, path, 'download')).status).toBe(403);
    expect((await play(ann, path)).status).toBe(200);
    const french = await listen(chat, eve, await leaveMessage(world, eve));
    expect((await world.browser(eve).open(`${french}/download`)).text).toContain('Vous n’avez pas ce droit.');
  });
});

test('in Slack the audio stands under the card as a file, in the thread', async () => {
  const { ann } = world.company;
  const id = await leaveMessage(world, ann);
  expect(await world.slackFiles(ann, id)).toHaveLength(1);
  await (await world.on('slack', ann).message(id)).press('voicemail.delete');
  await world.work();
  expect(await world.slackFiles(ann, id)).toEqual([]);
});

test('in Slack no file can be downloaded where the company allows no downloads', async () => {
  const { ann } = world.company;
  await world.company.db.tenant.updateMany({ data: { downloadsAllowed: false } });
  const id = await leaveMessage(world, ann);
  expect(await world.slackFiles(ann, id)).toEqual([]);
  expect((await world.on('slack', ann).message(id)).page).toContain('/v/');
});

test('the player of another company’s message opens for nobody here', async () => {
  const page = await world.browser(world.company.ann).open(`/messages/${await foreignMessage()}`);
  expect(page.text).toContain('This message is deleted.');
});
