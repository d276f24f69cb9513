import { beforeAll, describe, expect, test } from 'vitest';
import { isPin } from '../../../src/core/people/pin.js';
import { chats, type EveryChat, everyChat, platforms } from '../../support/chats/every-chat.js';
import type { Person } from '../../support/company.js';
import { lastSaid, type MenuCompany, menuCompany } from '../../support/phone-menu.js';
import { leaveMessage } from './leave-message.js';
import { withoutPlus } from './refused.js';

let menu: MenuCompany;
let world: EveryChat;
beforeAll(async () => {
  menu = await menuCompany({ platforms });
  world = await everyChat({}, menu.company);
});

const row = ({ id }: Person) => world.company.db.user.findUniqueOrThrow({ where: { id } });
const set = ({ id }: Person, data: object) => world.company.db.user.update({ where: { id }, data });
const choose = async (chat: (typeof chats)[number], person: Person, pin: string) =>
  (await (await world.on(chat, person).say('phone')).press('phone.pin')).submit({ pin });

describe.each(chats)('Phone access in %s', (chat) => {
  test('is told: the number, the extension, the keys', async () => {
    const english = (await world.on(chat, world.company.ann).say('phone')).text;
    expect(english).toContain('Call (416) 555-0188 from any phone, then enter your extension and your PIN.');
    expect(english).toContain('101');
    expect(english).toContain('1 new messages');
    const french = (await world.on(chat, world.company.eve).say('téléphone')).text;
    expect(french).toContain('puis entrez votre numéro de poste et votre NIP.');
    expect(french).toContain('0105');
  });

  test('says so while the company has no number, and is no part of the other edition', async () => {
    const { ann, nil } = world.company;
    await world.company.db.tenant.updateMany({ data: { accessNumber: null } });
    expect((await world.on(chat, ann).say('phone')).text).toContain('Your company has not set up access by phone yet.');
    await world.company.db.tenant.updateMany({ data: { accessNumber: '+14165550188' } });
    await withoutPlus(world, async () => {
      expect((await world.on(chat, ann).say('phone')).text).toContain('not part of your company’s edition');
      expect((await world.on(chat, ann).forge('phone.pin', {}, { pin: '5820' })).text).toContain('not part of');
    });
    expect((await world.on(chat, nil).say('phone')).text).toContain('Attendant is not switched on for you.');
  });

  test('shows on the card what was heard by phone', async () => {
    const { ann } = world.company;
    await set(ann, { extension: '101' });
    await menu.givePin(ann, '4826');
    const id = await leaveMessage(world, ann, { seconds: 4 });
    const call = await menu.dial(['101', '4826', '1']);
    expect(lastSaid(call)).toContain('From Zoe Caller');
    await world.work();
    expect((await world.on(chat, ann).message(id)).text).toMatch(/Heard by Ann Baker by phone, \d+:\d\d [ap]m/);
    await menu.key(call, '*', '*');
  });
});

describe.each(chats)('PIN in %s', (chat) => {
  test.each([
    ['123', 'A PIN has 4 to 10 digits.'],
    ['12ab', 'A PIN has 4 to 10 digits.'],
    ['7777', 'This PIN repeats itself.'],
    ['4567', 'This PIN is a run of digits.'],
    ['2580', 'This PIN is a line on the keypad.'],
    ['1019', undefined],
  ])('%s is refused at the field where it is weak', async (pin, words) => {
    const { bo } = world.company;
    const before = await row(bo);
    const answer = await choose(chat, bo, pin);
    if (words === undefined) return expect(answer.text).toContain('Your PIN is saved.');
    expect(answer.text).toContain(words);
    expect(answer.fields).toEqual(['pin']);
    expect((await row(bo)).pinHash).toBe(before.pinHash);
  });

  test('is never the extension, its reverse, or one of the last five', async () => {
    const { eve, bo } = world.company;
    expect((await choose(chat, eve, '0105')).text).toContain('Ce NIP est votre numéro de poste');
    expect((await choose(chat, eve, '5010')).text).toContain('ou ce numéro à l’envers');
    await set(bo, { pinHash: null, pastPinHashes: [] });
    const pins = ['8205', '9306', '6307', '7308', '5309'];
    for (const pin of pins) await world.on(chat, bo).forge('phone.pin', {}, { pin });
    for (const pin of [pins[0], pins[4]])
      expect((await choose(chat, bo, pin ?? '')).text).toContain('This is one of your last five PINs.');
    expect((await choose(chat, bo, '4902')).text).toContain('Your PIN is saved.');
    expect((await choose(chat, bo, pins[0] ?? '')).text).toContain('Your PIN is saved.');
  });

  test('is stored hashed, and shown nowhere', async () => {
    const { bo } = world.company;
    const saved = await choose(chat, bo, '820461');
    expect(saved.text).not.toContain('820461');
    const { pinHash } = await row(bo);
    expect(pinHash).not.toContain('820461');
    expect(await isPin(pinHash ?? '', '820461')).toBe(true);
    expect(JSON.stringify(await world.company.audit())).not.toContain('820461');
    expect(JSON.stringify(await world.company.db.seenRequest.findMany())).not.toContain('820461');
    expect((await world.on(chat, bo).say('phone')).text).toContain('Change the PIN');
  });

  test('wrong five times locks the phone for 15 minutes, and its owner is told', async () => {
    const { cleo, bo } = world.company;
    for (const [person, extension, words] of [
      [bo, '102', '5 wrong PINs were entered for your mailbox by phone.'],
      [cleo, '103', '5 NIP erronés ont été entrés par téléphone pour votre boîte vocale.'],
    ] as const) {
      await menu.givePin(person, '7294');
      world.company.clock.forward({ minutes: 61 });
      const opens = async () => /Hello|Bonjour/.test(lastSaid(await menu.dial([extension, '7294'])));
      for (const caller of ['+15145552001', '+15145552002', '+15145552003', '+15145552004', '+15145552005'])
        await menu.dial([extension, '9402'], caller);
      await world.work();
      expect((await world.on(chat, person).notices())[0]).toContain(words);
      expect(await opens()).toBe(false);
      world.company.clock.forward({ minutes: 16 });
      expect(await opens()).toBe(true);
    }
  });
});
