import { beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/core/audit/audit.js';
import { verifyChain } from '../../src/core/audit/verify.js';
import { change } from '../../src/core/change.js';
import { installation } from '../../src/core/chat/actor.js';
import { type Company, testCompany } from '../support/company.js';
import { textOf } from '../support/read.js';

/** A chain of `count` lines, one a change. */
async function companyWithLines(count: number): Promise<Company> {
  const company = await testCompany();
  const actor = installation(company.tenantId, 'cli');
  for (let at = 1; at <= count; at += 1) {
    await change(company.deps, actor, async ({ record }) =>
      record({
        event: 'user.updated',
        subjectId: company.ann.id,
        before: { title: `title ${at}` },
        after: { title: `title ${at + 1}`, aliases: ['Annie', 'Nan'], inDirectory: true },
      }),
    );
  }
  return company;
}

describe('The chain of the audit', () => {
  it('is whole as it was written, of many lines at once too', async () => {
    const company = await companyWithLines(3);
    await Promise.all(
      Array.from({ length: 5 }, () =>
        change(company.deps, installation(company.tenantId, 'job'), async ({ record }) => {
          record({ event: 'voicemail.received' });
          record({ event: 'voicemail.heard' });
        }),
      ),
    );
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole', lines: 13 });
  });

  it('is whole when it is empty', async () => {
    const company = await testCompany();
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole', lines: 0 });
  });

  it.each([
    ['an event', `SET event = 'user.created'`],
    ['an instant', `SET at = at + interval '1 second'`],
    ['an actor', `SET "actorId" = gen_random_uuid()`],
    ['a door', `SET via = 'web'`],
    ['an impersonator', `SET "impersonatorId" = gen_random_uuid()`],
    ['a session', `SET "sessionId" = gen_random_uuid()`],
    ['a reason', `SET reason = 'because I could'`],
    ['a subject', `SET "subjectId" = NULL`],
    ['what was', `SET before = '{"title":"another"}'`],
    ['what became', `SET after = after - 'aliases'`],
    ['a hash', `SET hash = repeat('a', 64)`],
    ['a hash before', `SET "previousHash" = repeat('a', 64)`],
  ])('shows the line in which %s was changed', async (_what, sql) => {
    const company = await companyWithLines(4);
    await company.db.$executeRawUnsafe(`UPDATE "AuditLine" ${sql} WHERE seq = 3`);
    expect(await verifyChain(company.deps, company.tenantId)).toEqual({ kind: 'broken', line: 3, how: 'changed' });
  });

  it('shows a line that is missing, the first and the last too', async () => {
    for (const seq of [1, 3, 5]) {
      const company = await companyWithLines(5);
      await company.db.auditLine.deleteMany({ where: { seq } });
      expect(await verifyChain(company.deps, company.tenantId)).toEqual({ kind: 'broken', line: seq, how: 'missing' });
    }
  });

  it('shows a last line that was written anew, hash and all', async () => {
    const company = await companyWithLines(3);
    const last = await company.db.auditLine.findFirstOrThrow({ where: { seq: 3 } });
    const { id, hash: _, ...line } = { ...last, reason: 'another' };
    await company.db.auditLine.update({ where: { id }, data: { reason: line.reason, hash: hashOf(line) } });
    expect(await verifyChain(company.deps, company.tenantId)).toEqual({ kind: 'broken', line: 3, how: 'changed' });
  });

  it('shows that all lines are gone', async () => {
    const company = await companyWithLines(2);
    await company.db.auditLine.deleteMany();
    expect(await verifyChain(company.deps, company.tenantId)).toEqual({ kind: 'broken', line: 1, how: 'missing' });
  });

  it('shows lines that changed places', async () => {
    const company = await companyWithLines(5);
    const move = (from: number, to: number) =>
      company.db.auditLine.updateMany({ where: { seq: from }, data: { seq: to } });
    await move(2, 99);
    await move(4, 2);
    await move(99, 4);
    expect(await verifyChain(company.deps, company.tenantId)).toEqual({ kind: 'broken', line: 2, how: 'reordered' });
  });

  it('shows a gap that was closed by counting anew', async () => {
    const company = await companyWithLines(5);
    await company.db.auditLine.deleteMany({ where: { seq: 3 } });
    await company.db.auditLine.updateMany({ where: { seq: 4 }, data: { seq: 3 } });
    await company.db.auditLine.updateMany({ where: { seq: 5 }, data: { seq: 4 } });
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'broken', line: 3 });
  });
});

describe('/attendant audit', () => {
  let company: Company;
  beforeAll(async () => {
    company = await companyWithLines(2);
  });

  it('tells anybody what is on record about them', async () => {
    const text = textOf(await company.ask(company.ann, 'audit'));
    expect(text).toContain('What happened about Ann Baker');
    expect(text).toContain('A user was changed');
    expect(text).toContain('Attendant (cli)');
    expect(textOf(await company.ask(company.bo, 'audit'))).toContain('Nothing is on record about Bo Chen yet.');
    expect(textOf(await company.ask(company.cleo, 'journal'))).toContain('Rien n’est encore consigné');
  });

  it('tells admins about others, and nobody else', async () => {
    const { ada, ann, bo } = company;
    expect(textOf(await company.ask(ada, 'audit', { mentions: [ann] }))).toContain('A user was changed');
    expect(textOf(await company.ask(bo, 'audit', { mentions: [ann] }))).toContain('Only admins see');
    expect(textOf(await company.ask(bo, 'audit', { mentions: [bo] }))).toContain('Nothing is on record');
  });

  it('names who acted as whom, and why', async () => {
    const { ada, ann } = company;
    const reason = 'Ann is ill and asked me to set her absence.';
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
    await company.ask(ada, 'stop');
    const text = textOf(await company.ask(ann, 'audit'));
    expect(text).toContain('Ada Roy as Ann Baker');
    expect(text).toContain(reason);
  });
});
