import { expect } from 'vitest';
import type { Chat, EveryChat } from '../../support/chats/every-chat.js';
import type { ChatUser, Screen } from '../../support/chats/screen.js';
import { testCompany } from '../../support/company.js';
import { leaveIn } from './leave-message.js';

/** An act on a message, with its id as it came from outside. */
type Act = (user: ChatUser, voicemail: string) => Promise<Screen>;

/**
 * Try an act on a message of Ann's as everybody who may not do it, and expect the refusal that each of them reads and
 * nothing changed: a colleague, Ann with a message of another company, with an id that is none, somebody without
 * access, and Ann in a company without Plus.
 */
export async function expectRefused(world: EveryChat, chat: Chat, voicemail: string, act: Act): Promise<void> {
  const { company } = world;
  const { ann, eve, nil } = company;
  const before = await stateOf(world, voicemail);

  const notYours = 'This message is not in your mailbox.';
  expect((await act(world.on(chat, ann), await foreignMessage())).text).toContain(notYours);
  expect((await act(world.on(chat, ann), 'x'.repeat(40))).text).toContain(notYours);
  const toEve = (await act(world.on(chat, eve), voicemail)).text;
  expect(toEve).toContain('Ce message n’est pas dans votre messagerie.');
  expect((await act(world.on(chat, nil), voicemail)).text).toContain('Attendant is not switched on for you.');
  await withoutPlus(world, async () => {
    const words = 'Voicemail is not part of your company’s edition of Attendant.';
    expect((await act(world.on(chat, ann), voicemail)).text).toContain(words);
  });
  expect(await stateOf(world, voicemail)).toEqual(before);
}

/** Run something while the company has the edition without voicemail. */
export async function withoutPlus({ company }: EveryChat, run: () => Promise<void>): Promise<void> {
  await company.db.tenant.updateMany({ data: { edition: 'attendant' } });
  await run().finally(() => company.db.tenant.updateMany({ data: { edition: 'attendant_plus' } }));
}

let foreign: Promise<string> | undefined;

/** The id of a message in another company of the same installation. */
export function foreignMessage(): Promise<string> {
  foreign ??= testCompany({ numberless: true }).then(({ deps, tenantId, bo }) => leaveIn(deps, tenantId, bo, {}));
  return foreign;
}

async function stateOf({ company }: EveryChat, id: string) {
  const lines = await company.audit();
  return {
    row: await company.db.voicemail.findUniqueOrThrow({ where: { id } }),
    events: lines.map(({ event }) => event).filter((event) => event.startsWith('voicemail.')),
    waiting: [await company.db.forward.count(), await company.db.export.count()],
  };
}
