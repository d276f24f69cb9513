import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

let sources = 0;
async function leave(to: Person, caller = 'Kim Caller', from: Company = company): Promise<string> {
  const { id } = await receiveVoicemail(from.deps, installationActor(from.tenantId, 'api'), {
    sourceId: `selected ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    callerName: caller,
  });
  return id;
}

const several = (...ids: string[]) => ({ voicemails: ids.join(' ') });
const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });
const linesOf = async (event: string) => (await company.audit()).filter((line) => line.event === event);

describe('several messages at once', () => {
  test('are marked handled, each with a line of its own', async () => {
    const ids = [await leave(company.ann), await leave(company.ann)];
    const said = await company.click(company.ann, 'voicemail.handled', several(...ids));
    expect(textOf(said)).toContain('2 messages marked handled');
    for (const id of ids) expect((await row(id)).handledAt).not.toBeNull();
    expect((await linesOf('voicemail.handled')).map(({ subjectId }) => subjectId).sort()).toEqual([...ids].sort());
  });

  test('are deleted, and had back by one button, all of them', async () => {
    const ids = [await leave(company.ann), await leave(company.ann), await leave(company.ann)];
    const deleted = await company.click(company.ann, 'voicemail.delete', several(...ids));
    expect(textOf(deleted)).toContain('3 messages deleted');
    for (const id of ids) expect((await row(id)).deletedAt).not.toBeNull();
    const undone = await company.press(company.ann, deleted, 'voicemail.undo');
    expect(textOf(undone)).toContain('3 messages restored');
    for (const id of ids) expect((await row(id)).deletedAt).toBeNull();
  });

  test('are e-mailed to oneself, one mail each', async () => {
    const ids = [await leave(company.ann), await leave(company.ann)];
    await company.work();
    const before = company.mails.length;
    expect(textOf(await company.click(company.ann, 'voicemail.export', several(...ids)))).toContain('2 messages');
    await company.work({ twice: true });
    expect(company.mails.slice(before).filter(({ attachments }) => attachments?.length === 1)).toHaveLength(2);
  });

  test('are forwarded by one form; what a colleague has already is told beside the rest', async () => {
    const ids = [await leave(company.ann), await leave(company.ann, 'Had Before')];
    await company.submit(
      company.ann,
      'voicemail.forward',
      { recipient: company.bo.id, note: 'first' },
      { voicemail: ids[1] ?? '' },
    );
    const form = formOf(await company.click(company.ann, 'voicemail.forward', several(...ids)));
    expect(form.intro).toContain('2 messages');
    const said = await company.submit(company.ann, form, { recipient: company.bo.id, note: 'now' });
    expect(textOf(said)).toContain('1 message being forwarded');
    expect(textOf(said)).toMatch(/Had Before, .*: They already have this message from you/);
    await company.work({ twice: true });
    expect(await company.db.voicemail.count({ where: { userId: company.bo.id } })).toBe(2);
  });

  test('are not forwarded to oneself; the form says so at its field', async () => {
    const ids = [await leave(company.ann), await leave(company.ann)];
    const again = await company.submit(
      company.ann,
      'voicemail.forward',
      { recipient: company.ann.id },
      several(...ids),
    );
    expect(problemsOf(again).recipient).toContain('yours already');
    expect(await company.db.forward.count()).toBe(0);
  });
});

describe('a message among them that cannot be changed', () => {
  test('is named with the reason, and the others are done', async () => {
    const own = await leave(company.ann);
    const gone = await leave(company.ann, 'Gone Already');
    await company.click(company.ann, 'voicemail.delete', { voicemail: gone });
    const said = await company.click(company.ann, 'voicemail.handled', several(own, gone));
    expect(textOf(said)).toContain('1 message marked handled');
    expect(textOf(said)).toMatch(/Gone Already, .*: This message is deleted/);
  });

  test('of somebody else, of another company or of nobody stays as it is, and nothing of it is told', async () => {
    const other = await testCompany({ numberless: true });
    const foreign = await leave(other.ann, 'Foreign Caller', other);
    const stranger = await leave(company.bo, 'Secret Caller');
    const own = await leave(company.ann);
    const said = await company.click(
      company.ann,
      'voicemail.delete',
      several(own, stranger, foreign, crypto.randomUUID(), 'x'.repeat(36)),
    );
    expect(textOf(said)).toContain('1 message deleted');
    expect(textOf(said)).toContain('A message: This message is not in your mailbox.');
    expect(textOf(said)).not.toContain('Secret Caller');
    expect(textOf(said)).not.toContain('Foreign Caller');
    expect((await row(stranger)).deletedAt).toBeNull();
    expect((await other.db.voicemail.findUniqueOrThrow({ where: { id: foreign } })).deletedAt).toBeNull();
    expect((await linesOf('voicemail.deleted')).map(({ subjectId }) => subjectId)).toEqual([own]);
  });

  test('a member who may only listen changes none of a shared mailbox', async () => {
    await company.submit(
      company.ada,
      'mailbox.member',
      { user: company.bo.id, level: 'listen' },
      { mailbox: company.box.id },
    );
    const ids = [await leave(company.box), await leave(company.box)];
    const said = await company.click(company.bo, 'voicemail.handled', several(...ids));
    expect(textOf(said)).toContain('No message was changed');
    expect(textOf(said)).toMatch(/Kim Caller, .*: You may listen/);
    for (const id of ids) expect((await row(id)).handledAt).toBeNull();
  });
});

describe('a selection', () => {
  test('of none, of too many or of a thousand is refused whole', async () => {
    const id = await leave(company.ann);
    const many = (count: number) => several(id, ...Array.from({ length: count }, () => crypto.randomUUID()));
    expect(textOf(await company.click(company.ann, 'voicemail.delete', several()))).toContain('No message is selected');
    expect(textOf(await company.click(company.ann, 'voicemail.delete', many(50)))).toContain('at most 50');
    expect(textOf(await company.click(company.ann, 'voicemail.forward', many(50)))).toContain('at most 50');
    const thousand = await company.click(company.ann, 'voicemail.delete', many(999));
    expect(textOf(thousand)).not.toContain('deleted');
    expect((await row(id)).deletedAt).toBeNull();
  });

  test('that names a message twice changes it once', async () => {
    const id = await leave(company.ann);
    expect(textOf(await company.click(company.ann, 'voicemail.handled', several(id, id, id.toUpperCase())))).toContain(
      '1 message marked handled',
    );
    expect(await linesOf('voicemail.handled')).toHaveLength(1);
  });
});
