import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeRequest } from '../../../src/core/app/dispatch.js';
import { asId, type RequestId } from '../../../src/core/ids.js';
import { accessNumber, allSaid, annsPin, lastSaid, type MenuCompany, menuCompany } from '../../support/phone-menu.js';
import { textOf } from '../../support/read.js';

let menu: MenuCompany;
beforeEach(async () => {
  menu = await menuCompany();
});
afterEach(() => expect(menu.provider.problems).toEqual([]));

const noMatch = 'That extension and PIN do not match.';
const from = (index: number) => `+1514555${String(2000 + index)}`;
/** Key wrong PINs at this extension, three to a call, each call from another number. */
async function guess(times: number, extension = '101', caller = from) {
  let left = times;
  for (let index = 0; left > 0; index += 1) {
    const keys = Array.from({ length: Math.min(3, left) }, () => [extension, '9402']).flat();
    left -= 3;
    await menu.dial(keys, caller(index));
  }
}
const opens = async (caller?: string) =>
  lastSaid(await menu.dial(['101', annsPin], caller)).includes('Hello, Ann Baker');
const locks = () => menu.company.db.phoneLock.count();

test('three wrong tries end the call', async () => {
  const call = await menu.dial(['101', '9402']);
  expect(lastSaid(call)).toBe(`${noMatch} Enter your extension, then press pound.`);
  const over = await menu.key(call, '101', '9403', '101', '9404');
  expect([lastSaid(over), over.expects]).toEqual([
    expect.stringContaining(`${noMatch} If you forgot your PIN`),
    'over',
  ]);
});

test('after five failures nobody opens the mailbox for fifteen minutes, and its owner is told', async () => {
  await guess(4);
  expect(await locks()).toBe(0);
  await guess(1);
  expect(await locks()).toBe(1);
  expect(await opens()).toBe(false);
  await menu.work();
  const card = menu.company.cardsOf(menu.company.ann).at(-1);
  expect(textOf(card)).toContain('5 wrong PINs were entered for your mailbox by phone');
  expect(textOf(card)).toContain('Locked until: 10:15 am');
  const lines = (await menu.company.audit()).filter(({ event }) => event.startsWith('phone.'));
  expect(lines.map(({ event }) => event)).toEqual([
    ...Array(5).fill('phone.sign-in-failed'),
    'phone.locked',
    'phone.sign-in-failed',
  ]);
  expect(JSON.stringify(lines)).not.toContain('9402');

  menu.company.clock.forward({ minutes: 14 });
  expect(await opens()).toBe(false);
  menu.company.clock.forward({ minutes: 2 });
  expect(await opens()).toBe(true);
});

describe('somebody who goes on after a lock', () => {
  const own = '+14165550177';
  const cards = async () => {
    await menu.work();
    return menu.company.cardsOf(menu.company.ann).filter(({ title }) => title.includes('tried your PIN'));
  };
  /** Minutes until the mailbox opens again for a stranger who knows the PIN. */
  async function lockedMinutes(): Promise<number> {
    const { until } = await menu.company.db.phoneLock.findFirstOrThrow({ where: { fromOwner: false } });
    return (until.getTime() - menu.company.clock.now().getTime()) / 60_000;
  }
  beforeEach(async () => {
    await menu.company.db.user.update({ where: { id: menu.company.ann.id }, data: { personalNumber: own } });
  });

  test('waits an hour, and then four each time; the owner is told once, and sees what came of it', async () => {
    const waits = [];
    for (let round = 0; round < 4; round += 1) {
      await guess(5);
      waits.push(Math.round(await lockedMinutes()));
      menu.company.clock.forward({ minutes: (waits.at(-1) ?? 0) + 1 });
    }
    expect(waits).toEqual([15, 60, 240, 240]);
    const [card, another] = await cards();
    expect(another).toBeUndefined();
    expect(textOf(card)).toContain('20 wrong PINs');

    menu.company.clock.forward({ minutes: 24 * 60 });
    await guess(5);
    expect(await menu.company.db.phoneLock.count()).toBe(2);
    expect(await cards()).toHaveLength(2);
  });

  test('does not keep the owner out, who calls from their own number', async () => {
    await guess(5);
    expect([await opens(), await opens(own)]).toEqual([false, true]);
    menu.company.clock.forward({ seconds: 1 });
    await guess(4, '101', () => own);
    expect(await locks()).toBe(1);
    await guess(1, '101', () => own);
    expect([await locks(), await opens(own)]).toEqual([2, false]);
    expect(textOf((await cards()).at(-1))).toContain('from a number of yours');
  });

  test('and shows the owner’s number elsewhere does not close the owner’s own mailbox', async () => {
    for (const extension of ['100', '102', '103', '104']) await guess(3, extension, () => own);
    expect(await opens(own)).toBe(true);
  });

  test('gains nothing when the owner signs in from their own number meanwhile', async () => {
    await guess(4);
    menu.company.clock.forward({ seconds: 1 });
    expect(await opens(own)).toBe(true);
    menu.company.clock.forward({ seconds: 1 });
    await guess(1);
    expect(await locks()).toBe(1);
  });

  test('is a stranger to the PIN that the owner chooses then, which opens the mailbox at once', async () => {
    await guess(5);
    await menu.givePin(menu.company.ann, '8135');
    expect(lastSaid(await menu.dial(['101', '8135']))).toContain('Hello, Ann Baker');
  });
});

test('the owner is told in French, and by mail too, whatever they chose for messages', async () => {
  const french = await menuCompany({ platforms: ['chat', 'mail'] });
  menu = french;
  await french.company.db.account.deleteMany({ where: { platform: 'mail' } });
  await french.givePin(french.company.cleo, '7294');
  await guess(5, '103');
  await french.work();
  const mails = french.company.messengers.mail?.posted ?? [];
  expect(mails.map(({ to, states }) => [to.address, textOf(states.at(-1))])).toEqual([
    [french.company.cleo.email, expect.stringContaining('5 NIP erronés ont été entrés par téléphone')],
  ]);
});

test('a right PIN begins the count anew', async () => {
  await guess(4);
  menu.company.clock.forward({ seconds: 1 });
  expect(await opens()).toBe(true);
  menu.company.clock.forward({ seconds: 1 });
  await guess(4);
  expect(await locks()).toBe(0);
});

test('twenty callers at the same moment get five guesses between them', async () => {
  const calls = await Promise.all(Array.from({ length: 20 }, (_, index) => menu.dial(['101'], from(index))));
  await Promise.all(calls.map((call) => menu.key(call, '9402')));
  expect(await menu.company.db.phoneSignIn.count({ where: { outcome: 'failed' } })).toBe(5);
  expect(await locks()).toBe(1);
});

describe('one number that tries many mailboxes', () => {
  test('finds every door closed after ten failures within an hour; others do not', async () => {
    for (const extension of ['100', '102', '103', '104']) await guess(3, extension, () => from(1));
    const countOf = (outcome: string) => menu.company.db.phoneSignIn.count({ where: { outcome } });
    expect([await countOf('failed'), await countOf('locked')]).toEqual([10, 2]);
    expect(await opens(from(1))).toBe(false);
    expect(await opens(from(2))).toBe(true);
    menu.company.clock.forward({ minutes: 61 });
    expect(await opens(from(1))).toBe(true);
  });
});

describe('whatever is wrong sounds the same', () => {
  test('no such extension, no PIN, no access, a locked mailbox, a wrong PIN', async () => {
    const { db, nil } = menu.company;
    await db.user.update({ where: { id: nil.id }, data: { extension: '108' } });
    await menu.givePin(nil, '7294');
    await guess(5, '101');
    for (const [index, [extension, pin]] of [
      ['999', '7294'],
      ['102', '7294'],
      ['108', '7294'],
      ['101', annsPin],
      ['101', '9402'],
    ].entries()) {
      const call = await menu.dial([extension ?? '', pin ?? ''], from(50 + index));
      expect(allSaid(call)).toBe(
        `Voicemail of Maple & Co. Enter your extension, then press pound. Enter your PIN, then press pound. ${noMatch} Enter your extension, then press pound.`,
      );
    }
  });

  test('an extension of nobody is verified against a hash as well', async () => {
    await menu.dial(['999', '7294']);
    expect(await menu.company.db.phoneSignIn.findMany()).toMatchObject([{ userId: null, outcome: 'failed' }]);
  });
});

describe('a PIN is kept nowhere', () => {
  test('neither in the row of a call, nor in an audit line', async () => {
    const call = await menu.dial(['101', annsPin, '5', '8135']);
    const rows = [
      await menu.company.db.phoneMenuCall.findMany(),
      await menu.company.db.phoneSignIn.findMany(),
      await menu.company.db.call.findMany({ include: { legs: true } }),
      await menu.company.audit(),
    ];
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      new RegExp(`"[^"]{0,20}(?:${annsPin}|8135)[^"-]{0,4}"`),
    );
    expect(await menu.company.db.call.count({ where: { callId: call.id } })).toBe(0);
  });

  test.each([`phone pin:${annsPin}`, `phone: ${annsPin}`, `pin=${annsPin}`, `nip:${annsPin}`, `phone${annsPin}`])(
    'nor in a chat request: %s',
    async (text) => {
      const id = asId<RequestId>(randomUUID());
      const ask = { id, from: menu.company.ann.account, kind: 'command', text, mentions: [] } as const;
      await takeRequest(menu.deps, ask, { answersLater: true });
      const stored = await menu.company.db.seenRequest.findMany({ where: { id } });
      expect(stored).toHaveLength(1);
      expect(JSON.stringify(stored)).not.toContain(annsPin);
    },
  );
});

test('a withheld number is not offered a mailbox, and is counted with the other withheld ones', async () => {
  expect(allSaid(await menu.dial([], 'anonymous'))).not.toContain('own mailbox');
  await guess(2, '101', () => 'anonymous');
  expect(await menu.company.db.phoneSignIn.count({ where: { ani: '' } })).toBe(2);
  expect(accessNumber).not.toBe('');
});
