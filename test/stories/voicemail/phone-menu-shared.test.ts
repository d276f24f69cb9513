import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { annsPin, lastPlayed, lastSaid, type MenuCompany, menuCompany } from '../../support/phone-menu.js';

let menu: MenuCompany;
beforeEach(async () => {
  menu = await menuCompany();
  await menu.givePin(menu.company.bo, '7294');
});
afterEach(() => expect(menu.provider.problems).toEqual([]));

/** Bo signs in, and keys. */
const bo = (...keys: readonly string[]) => menu.dial(['102', '7294', ...keys]);
const row = (id: string) => menu.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const share = (owner: { readonly id: string }, level: 'listen' | 'handle', endsAt: Date | null = null) => {
  const { tenantId, bo: member } = menu.company;
  return menu.company.db.mailboxMember.create({
    data: { tenantId, ownerId: owner.id, userId: member.id, level, endsAt },
  });
};

describe('a member of a mailbox', () => {
  test('hears, saves and deletes its messages, and comes back to their own menu', async () => {
    await share(menu.company.ann, 'handle');
    const [first, second] = [await menu.message(4), await menu.message(5)];
    const main = await bo();
    expect(lastSaid(main)).toMatch(
      /^Hello, Bo Chen\. You have no new messages\. For the mailbox of Ann Baker, press 6\./,
    );
    const box = await menu.key(main, '6');
    expect(lastSaid(box)).toBe(
      'Mailbox of Ann Baker: 2 new messages. To hear new messages, press 1. To go back, press star.',
    );
    const heard = await menu.key(box, '1');
    expect(lastSaid(heard)).toContain('Message 1 of 2. From Marie Roy');
    expect(lastPlayed(heard)).toEqual([4]);
    expect((await row(first)).heardAt).not.toBeNull();

    const deleted = await menu.key(heard, '#', '3');
    expect(lastSaid(deleted)).toContain('Deleted.');
    expect((await row(second)).deletedAt).not.toBeNull();
    expect(lastSaid(await menu.key(deleted, '*'))).toContain('Mailbox of Ann Baker: no new messages, and 1 saved.');
    expect(lastSaid(await menu.key(deleted, '*'))).toContain('You have no new messages.');
  });

  test('who may only listen is told so, and nothing is deleted', async () => {
    await share(menu.company.ann, 'listen');
    const id = await menu.message(4);
    await menu.key(await bo('6', '1'), '3');
    expect((await row(id)).deletedAt).toBeNull();
  });

  test('of several chooses by a key; an end during the call counts at once', async () => {
    const { ann, ada, clock } = menu.company;
    await share(ann, 'handle', new Date(clock.now().getTime() + 5 * 60_000));
    await share(ada, 'handle');
    const id = await menu.message(4);
    const main = await bo();
    expect(lastSaid(main)).toContain('For the mailboxes that you share, press 6.');
    const choice = await menu.key(main, '6');
    expect(lastSaid(choice)).toBe(
      'For the mailbox of Ada Roy, press 1. For the mailbox of Ann Baker, press 2. To go back, press star.',
    );
    const box = await menu.key(choice, '2');
    expect(lastSaid(box)).toContain('Mailbox of Ann Baker: 1 new message.');
    clock.forward({ minutes: 6 });
    const refused = await menu.key(box, '1');
    expect(lastSaid(refused)).toMatch(/^You do not share this mailbox any more\. You have no new messages\./);
    expect(lastSaid(await menu.key(refused, '3'))).toContain('greeting');
    expect((await row(id)).heardAt).toBeNull();
  });

  test('no message is played to somebody whose membership has just ended', async () => {
    const { ann, clock } = menu.company;
    await share(ann, 'handle', new Date(clock.now().getTime() + 5 * 60_000));
    await menu.message(4);
    const { heard } = await bo('6', '1');
    const audio = heard.flatMap((step) => (step.kind === 'played' ? [step.what] : [])).at(-1) ?? '';
    expect((await fetch(audio)).status).toBe(200);
    clock.forward({ minutes: 6 });
    expect((await fetch(audio)).status).toBe(404);
  });

  test('in French', async () => {
    await share(menu.company.ann, 'handle');
    await menu.company.db.user.update({ where: { id: menu.company.bo.id }, data: { language: 'fr' } });
    expect(lastSaid(await bo())).toContain('Pour la boîte vocale de Ann Baker, faites le 6.');
    expect(lastSaid(await bo('6'))).toContain('Boîte vocale de Ann Baker\u00a0: aucun nouveau message.');
  });
});

test('nobody else is offered a mailbox, and the key does nothing', async () => {
  await menu.message(4);
  const main = await bo();
  expect(lastSaid(main)).not.toContain('press 6');
  expect(lastSaid(await menu.key(main, '6'))).toContain('That key does nothing here.');
  expect(lastSaid(await menu.dial(['101', annsPin]))).not.toContain('press 6');
});
