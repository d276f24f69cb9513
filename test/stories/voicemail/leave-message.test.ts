import { beforeEach, describe, expect, test, vi } from 'vitest';
import { pageAccess } from '../../../src/core/app/page-access.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { UserError } from '../../../src/core/errors.js';
import { leaveMessage } from '../../../src/core/voicemail/arrival/leave-from-app.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

async function askerOf(person: Person) {
  const seen = await pageAccess(company.deps, person.account);
  if (!seen) throw new Error('a stranger');
  return seen.requester;
}

const leave = async (from: Person, to: Person, { audio = wav(4), once = crypto.randomUUID() as string } = {}) =>
  leaveMessage(company.deps, await askerOf(from), { recipientId: to.id, audio, once });

const refusal = (leaving: Promise<unknown>) =>
  leaving.then(
    () => 'taken',
    (error) => {
      if (error instanceof UserError) return `${error.status} ${error.say(wordsIn('en'))}`;
      throw error;
    },
  );

describe('a message left from the app', () => {
  test('arrives as any voicemail, from a colleague by name and number', async () => {
    const { id, created } = await leave(company.ann, company.bo);
    expect(created).toBe(true);
    await company.work();
    expect(textOf(company.cardsOf(company.bo).at(-1))).toContain('Voicemail from Ann Baker');
    expect(await company.db.voicemail.findUnique({ where: { id } })).toMatchObject({
      userId: company.bo.id,
      ani: '+14165550101',
      callerName: 'Ann Baker',
    });
    expect(await company.audit()).toContainEqual(
      expect.objectContaining({ event: 'voicemail.received', subjectId: id, actorId: company.ann.id }),
    );
  });

  test('from somebody without a DID comes from their extension, never their personal number', async () => {
    const { id } = await leave(company.bo, company.ann);
    expect(await company.db.voicemail.findUnique({ where: { id } })).toMatchObject({
      ani: '102',
      callerName: 'Bo Chen',
    });
  });

  test('is one message however often its form is sent, one for each recipient and sender', async () => {
    const once = crypto.randomUUID();
    const both = await Promise.all([
      leave(company.ann, company.dan, { once }),
      leave(company.ann, company.dan, { once }),
    ]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    const [{ id }] = both;
    expect((await leave(company.ann, company.eve, { once })).id).not.toBe(id);
    expect((await leave(company.bo, company.dan, { once })).id).not.toBe(id);
  });

  test('is probed once', async () => {
    const probe = vi.spyOn(company.deps.audio, 'probe');
    await leave(company.ann, company.bo);
    expect(probe).toHaveBeenCalledTimes(1);
    probe.mockRestore();
  });

  test('is on the record as both while an admin acts as somebody', async () => {
    await company.submit(company.ada, 'impersonation.start', {
      user: company.ann.id,
      reason: 'Ann asked me to answer for her today.',
    });
    const { id } = await leave(company.ada, company.bo);
    expect(await company.db.voicemail.findUnique({ where: { id } })).toMatchObject({ callerName: 'Ann Baker' });
    const line = (await company.audit()).find(
      ({ subjectId, event }) => subjectId === id && event === 'voicemail.received',
    );
    expect(line).toMatchObject({ actorId: company.ann.id, impersonatorId: company.ada.id });
    await company.ask(company.ada, 'stop');
  });

  test('is refused kindly: too short, too long, no audio, to oneself', async () => {
    const to = (audio: Buffer) => refusal(leave(company.ann, company.bo, { audio }));
    expect(await to(wav(2))).toBe('422 This message is shorter than 3 seconds. Say a little more.');
    expect(await to(wav(610))).toContain('413 This message is longer than 600 seconds');
    expect(await to(Buffer.from('no audio at all'))).toContain('415 This is no audio');
    expect(await to(Buffer.alloc(0))).toContain('415');
    expect(await to(Buffer.alloc(26 * 1024 * 1024))).toContain('413');
    expect(await refusal(leave(company.ann, company.ann))).toContain('your own mailbox');
  });

  test('goes to nobody who is hidden, without access, or elsewhere; and nowhere without Plus', async () => {
    const other = await testCompany({ numberless: true });
    for (const person of [company.zoe, company.nil, other.ann])
      expect(await refusal(leave(company.ann, person))).toBe('404 This person is not in the directory.');
    expect(await refusal(leave(company.ann, company.box))).toBe('taken');
    await company.db.tenant.update({ where: { id: company.tenantId }, data: { edition: 'attendant' } });
    expect(await refusal(leave(company.ann, company.bo))).toContain('403 Voicemail is not part of');
  });
});
