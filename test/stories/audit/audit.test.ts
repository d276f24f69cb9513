import { beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { genesisHash, hashOf } from '../../../src/core/audit-chain/audit-event.js';
import { change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { pastTriggers } from '../../support/audit.js';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

/** A chain of `count` lines, one per change. */
async function companyWithLines(count: number): Promise<Company> {
  const company = await testCompany();
  const actor = installationActor(company.tenantId, 'cli');
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

/** Change this company's lines by SQL that the product never runs; `OWN` selects them. */
const tamper = ({ db, tenantId }: Company, ...statements: readonly string[]) =>
  pastTriggers(db, ...statements.map((sql) => sql.replaceAll('OWN', `"tenantId" = '${tenantId}'`)));

describe('The chain of the audit', () => {
  test('is whole as it was written, of many lines at once too', async () => {
    const company = await companyWithLines(3);
    await Promise.all(
      Array.from({ length: 5 }, () =>
        change(company.deps, installationActor(company.tenantId, 'job'), async ({ record }) => {
          record({ event: 'voicemail.received' });
          record({ event: 'voicemail.heard' });
        }),
      ),
    );
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole', lines: 13 });
  });

  test('is broken when it is empty, since the creation of a company is a line', async () => {
    const company = await testCompany();
    const empty = { kind: 'broken', line: 1, how: 'missing', otherSecret: false };
    expect(await verifyChain(company.deps, company.tenantId)).toEqual(empty);
    await tamper(company, 'DELETE FROM "AuditHead" WHERE OWN');
    expect(await verifyChain(company.deps, company.tenantId)).toEqual(empty);
  });

  test.each([
    ['changed', `UPDATE "AuditLine" SET reason = 'because I could' WHERE seq = 2`],
    ['removed', `DELETE FROM "AuditLine" WHERE seq = 3`],
    ['emptied', `TRUNCATE "AuditLine"`],
    ['emptied with its company', `TRUNCATE "Tenant", "AuditLine" CASCADE`],
    ['shortened at its end', `UPDATE "AuditHead" SET seq = seq - 1`],
    ['rewritten at its end', `UPDATE "AuditHead" SET hash = repeat('a', 64)`],
    ['declared older than its keys', `UPDATE "AuditHead" SET seq = seq + 1, "unkeyedSeq" = seq`],
    ['left without an end', `DELETE FROM "AuditHead"`],
    ['emptied of its ends', `TRUNCATE "AuditHead"`],
  ])('cannot be %s by a statement of the database’s own user', async (_how, sql) => {
    const company = await companyWithLines(3);
    await expect(company.db.$executeRawUnsafe(sql)).rejects.toThrow('the audit record is append-only');
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole', lines: 3 });
  });

  test.each([
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
    await tamper(company, `UPDATE "AuditLine" ${sql} WHERE seq = 3 AND OWN`);
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 3, how: 'changed' });
  });

  test('shows a line that is missing, the first and the last too', async () => {
    for (const seq of [1, 3, 5]) {
      const company = await companyWithLines(5);
      await tamper(company, `DELETE FROM "AuditLine" WHERE seq = ${seq} AND OWN`);
      expect(await verdictOn(company)).toEqual({ kind: 'broken', line: seq, how: 'missing' });
    }
  });

  test('shows an end that was cut off, the row that names the end included', async () => {
    const company = await companyWithLines(5);
    await tamper(
      company,
      'DELETE FROM "AuditLine" WHERE seq > 3 AND OWN',
      'UPDATE "AuditHead" SET seq = 3, hash = (SELECT hash FROM "AuditLine" WHERE seq = 3 AND OWN) WHERE OWN',
    );
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 4, how: 'missing' });
  });

  test.each([
    ['with the MAC it had', ''],
    ['without a MAC', ', mac = NULL'],
    ['with another MAC', `, mac = repeat('a', 64)`],
  ])('shows a whole chain that was rewritten without the key, %s, and stays broken', async (_how, mac) => {
    const company = await companyWithLines(3);
    let previousHash = genesisHash;
    const statements: string[] = [];
    for (const { id: _id, hash: _hash, ...line } of await company.audit()) {
      const forged = { ...line, reason: 'forged', previousHash };
      previousHash = hashOf(forged, undefined);
      statements.push(
        `UPDATE "AuditLine" SET reason = 'forged', "previousHash" = '${forged.previousHash}', hash = '${previousHash}' WHERE seq = ${line.seq} AND OWN`,
      );
    }
    await tamper(
      company,
      ...statements,
      `UPDATE "AuditHead" SET "unkeyedSeq" = seq, hash = '${previousHash}' ${mac} WHERE OWN`,
    );
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 4, how: 'missing' });
    await change(company.deps, installationActor(company.tenantId, 'cli'), async ({ record }) =>
      record({ event: 'user.updated' }),
    );
    expect(await verdictOn(company)).toMatchObject({ kind: 'broken', line: 5 });
  });

  test('shows a chain that lost its end since it was last verified, even with the end of that time', async () => {
    const company = await companyWithLines(3);
    const [older] = await company.db.auditHead.findMany();
    const actor = installationActor(company.tenantId, 'cli');
    await change(company.deps, actor, async ({ record }) => record({ event: 'user.updated' }));
    const verified = await verifyChain(company.deps, company.tenantId);
    if (verified.kind !== 'whole') throw new Error('broken before anything was done to it');
    await tamper(
      company,
      'DELETE FROM "AuditLine" WHERE seq > 3 AND OWN',
      `UPDATE "AuditHead" SET seq = 3, hash = '${older?.hash}', mac = '${older?.mac}' WHERE OWN`,
    );
    expect(await verifyChain(company.deps, company.tenantId)).toMatchObject({ kind: 'whole', lines: 3 });
    expect(await verifyChain(company.deps, company.tenantId, verified)).toMatchObject({ kind: 'broken', line: 4 });
  });

  test('shows a last line that was written anew, hash and all, without the key', async () => {
    const company = await companyWithLines(3);
    const last = await company.db.auditLine.findFirstOrThrow({ where: { seq: 3 } });
    const { id: _id, hash: _, ...line } = { ...last, reason: 'another' };
    const hash = hashOf(line, undefined);
    await tamper(
      company,
      `UPDATE "AuditLine" SET reason = 'another', hash = '${hash}' WHERE seq = 3 AND OWN`,
      `UPDATE "AuditHead" SET hash = '${hash}' WHERE OWN`,
    );
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 3, how: 'changed' });
  });

  test('shows that all lines are gone', async () => {
    const company = await companyWithLines(2);
    await tamper(company, 'DELETE FROM "AuditLine" WHERE OWN');
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 1, how: 'missing' });
    await tamper(company, `UPDATE "AuditHead" SET seq = 0, hash = '${genesisHash}', mac = NULL WHERE OWN`);
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 1, how: 'missing' });
  });

  test('shows lines that changed places', async () => {
    const company = await companyWithLines(5);
    const move = (from: number, to: number) => `UPDATE "AuditLine" SET seq = ${to} WHERE seq = ${from} AND OWN`;
    await tamper(company, move(2, 99), move(4, 2), move(99, 4));
    expect(await verdictOn(company)).toEqual({ kind: 'broken', line: 2, how: 'reordered' });
  });

  test('shows a gap that was closed by counting anew', async () => {
    const company = await companyWithLines(5);
    await tamper(
      company,
      'DELETE FROM "AuditLine" WHERE seq = 3 AND OWN',
      'UPDATE "AuditLine" SET seq = 3 WHERE seq = 4 AND OWN',
      'UPDATE "AuditLine" SET seq = 4 WHERE seq = 5 AND OWN',
    );
    expect(await verdictOn(company)).toMatchObject({ kind: 'broken', line: 3 });
  });
});

async function verdictOn(company: Company) {
  const verdict = await verifyChain(company.deps, company.tenantId);
  if (verdict.kind === 'whole') return verdict;
  const { otherSecret: _, ...broken } = verdict;
  return broken;
}

describe('/attendant audit', () => {
  let company: Company;
  beforeAll(async () => {
    company = await companyWithLines(2);
  });

  test('tells anybody what is on record about them', async () => {
    const text = textOf(await company.ask(company.ann, 'audit'));
    expect(text).toContain('What happened about Ann Baker');
    expect(text).toContain('A user was changed');
    expect(text).toContain('Attendant (cli)');
    expect(textOf(await company.ask(company.bo, 'audit'))).toContain('Nothing is on record about Bo Chen yet.');
    expect(textOf(await company.ask(company.cleo, 'journal'))).toContain('Rien n’est encore consigné');
  });

  test('tells admins about others, and nobody else', async () => {
    const { ada, ann, bo } = company;
    expect(textOf(await company.ask(ada, 'audit', { mentions: [ann] }))).toContain('A user was changed');
    expect(textOf(await company.ask(bo, 'audit', { mentions: [ann] }))).toContain('Only admins see');
    expect(textOf(await company.ask(bo, 'audit', { mentions: [bo] }))).toContain('Nothing is on record');
  });

  test('names who acted as whom, and why', async () => {
    const { ada, ann } = company;
    const reason = 'Ann is ill and asked me to set her absence.';
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason });
    await company.ask(ada, 'stop');
    const text = textOf(await company.ask(ann, 'audit'));
    expect(text).toContain('Ada Roy as Ann Baker');
    expect(text).toContain(reason);
  });
});
