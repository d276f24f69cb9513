import { beforeAll, describe, expect, test } from 'vitest';
import { chats, type EveryChat, everyChat } from '../../support/chats/every-chat.js';
import type { Screen } from '../../support/chats/screen.js';
import { leaveMessage } from './leave-message.js';
import { foreignMessage, withoutPlus } from './refused.js';

let world: EveryChat;
const ids: Record<string, string> = {};
/** From the oldest to the newest: more than a card shows at once. */
const names = ['Dora', 'Carl', 'Bill', 'Abel', 'Fred', 'Elsa', 'Gwen', 'Hugo', 'Iris', 'Jane'];
const onCard = 8;
/** Without the deleted one. */
const sorted = names.filter((name) => name !== 'Fred').sort();

beforeAll(async () => {
  world = await everyChat();
  const { ann, eve, company } = { ...world.company, company: world.company };
  for (const [at, callerName] of names.entries())
    ids[callerName] = await leaveMessage(world, ann, { callerName, seconds: 4 + ((at * 3) % 7) });
  await company.db.voicemail.update({ where: { id: ids.Carl ?? '' }, data: { transcript: 'About the blue boat' } });
  const ann1 = world.on('slack', ann);
  await ann1.forge('voicemail.handled', { voicemail: ids.Bill ?? '' });
  await ann1.forge('voicemail.delete', { voicemail: ids.Fred ?? '' });
  await leaveMessage(world, eve, { callerName: 'Élise' });
});

const callers = ({ text }: Screen): string[] =>
  text.split(/[\n·]/).flatMap((line) => {
    const name = line.trim();
    return name in ids ? [name] : [];
  });

async function found(chat: (typeof chats)[number], typed: Record<string, string>): Promise<string[]> {
  const form = await (await world.on(chat, world.company.ann).say('voicemail')).press('voicemail.find');
  return callers(await form.submit(typed));
}

describe.each(chats)('the messages list in %s', (chat) => {
  test('shows the newest first, and turns its pages', async () => {
    const list = await world.on(chat, world.company.ann).say('voicemail');
    expect(list.text).toContain('9 messages, 9 unheard');
    expect(callers(list)).toEqual(['Jane', 'Iris', 'Hugo', 'Gwen', 'Elsa', 'Abel', 'Bill', 'Carl']);
    const older = await list.press('voicemail.older');
    expect(callers(older)).toEqual(['Dora']);
    expect(callers(await older.press('voicemail.newer'))).toEqual(callers(list));
  });

  test('is sorted by any column', async () => {
    expect(await found(chat, { sort: 'caller' })).toEqual(sorted.slice(0, onCard));
    expect((await found(chat, { sort: 'length' })).slice(0, 3).sort()).toEqual(['Bill', 'Gwen', 'Jane']);
    expect((await found(chat, { sort: 'handled' }))[0]).toBe('Bill');
    for (const sort of ['received', 'heard', 'forwarded']) expect(await found(chat, { sort })).toHaveLength(onCard);
  });

  test('is filtered, and searched in callers and transcripts', async () => {
    expect(await found(chat, { show: 'handled' })).toEqual(['Bill']);
    expect(await found(chat, { show: 'deleted' })).toEqual(['Fred']);
    expect(await found(chat, { search: 'blue' })).toEqual(['Carl']);
    expect(await found(chat, { search: 'gwe' })).toEqual(['Gwen']);
    const none = await (await world.on(chat, world.company.ann).say('voicemail')).press('voicemail.find');
    expect((await none.submit({ search: 'zzz' })).text).toContain('No message fits.');
  });

  test('speaks the reader’s language, and of their own messages only', async () => {
    const list = await world.on(chat, world.company.eve).say('messagerie');
    expect(list.text).toContain('1 message, dont 1 non écouté');
    expect(list.text).toContain('Élise');
    expect(list.text).not.toContain('Gwen');
    expect((await world.on(chat, world.company.bo).say('voicemail')).text).toContain('No messages.');
  });

  test('opens a message of the reader’s, and no other', async () => {
    const { ann, bo } = world.company;
    const list = await world.on(chat, ann).say('voicemail');
    expect((await list.press('voicemail.open', ids.Elsa)).text).toContain('Voicemail from Elsa');
    const act = (voicemail: string, person = bo) => world.on(chat, person).forge('voicemail.open', { voicemail });
    expect((await act(ids.Elsa ?? '')).text).toContain('This message is not in your mailbox.');
    expect((await act(await foreignMessage(), ann)).text).toContain('This message is not in your mailbox.');
  });

  test('is not there without Plus, or without access', async () => {
    expect((await world.on(chat, world.company.nil).say('voicemail')).text).toContain('not switched on for you');
    await withoutPlus(world, async () => {
      const english = await world.on(chat, world.company.ann).say('voicemail');
      expect(english.text).toContain('Voicemail is not part of your company’s edition of Attendant.');
      const french = await world.on(chat, world.company.eve).say('messagerie');
      expect(french.text).toContain('La messagerie vocale ne fait pas partie de l’édition');
    });
  });
});

test('in the browser the list has a page, which is sorted and filtered by its address', async () => {
  const ann = world.browser(world.company.ann);
  expect(callers(await ann.open('/messages?sort=caller&way=up'))).toEqual([
    'Abel',
    'Bill',
    'Carl',
    'Dora',
    'Elsa',
    'Gwen',
  ]);
  expect(callers(await ann.open('/messages?show=handled'))).toEqual(['Bill']);
  expect(callers(await ann.open('/messages?q=boat'))).toEqual(['Carl']);
});
