import { expect, test } from 'vitest';
import { seedCompany } from '../../../prisma/seed.js';
import { verifyChain } from '../../../src/core/audit/verify-chain.js';
import { pastTriggers } from '../../support/audit.js';
import { testCompany } from '../../support/company.js';

test('seeds a small bilingual company with voicemails, once', async () => {
  const { deps, tasks } = await testCompany({ ownDatabase: true });
  const { db } = deps;
  await db.$executeRaw`TRUNCATE "Tenant" CASCADE`;
  await pastTriggers(db, `TRUNCATE "AuditLine", "AuditHead"`);
  tasks.lose();

  const tenantId = await seedCompany(deps);
  const users = await db.user.findMany({ where: { tenantId } });
  expect(users).toHaveLength(12);
  expect(new Set(users.map(({ userType }) => userType)).size).toBe(4);
  expect(users.filter(({ role }) => role === 'admin')).toHaveLength(1);
  expect(users.filter(({ language }) => language === 'fr').length).toBeGreaterThanOrEqual(4);

  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const userOf = (id: string | null) => users.find((user) => user.id === id);
  expect(userOf(tenant.operatorId)?.username).toBe('grace.okafor');
  expect(userOf(tenant.generalMailboxId)?.userType).toBe('general_voicemail');
  const [period] = await db.outOfOfficePeriod.findMany();
  expect([userOf(period?.userId ?? null)?.username, userOf(period?.backupId ?? null)?.username]).toEqual([
    'marie.gagnon',
    'noah.chen',
  ]);
  const voicemails = await db.voicemail.findMany({ include: { recording: true } });
  expect(voicemails.map(({ durationSeconds }) => Math.round(durationSeconds))).toEqual([11, 11]);
  expect(voicemails.every(({ recording }) => recording && recording.bytes > 30_000)).toBe(true);

  const everything = async () => JSON.stringify([await db.user.findMany(), await db.auditLine.findMany()]);
  const before = await everything();
  expect(await seedCompany(deps)).toBe(tenantId);
  expect(await everything()).toBe(before);
  expect(await db.voicemail.count()).toBe(2);
  expect(await verifyChain(deps, tenantId)).toMatchObject({ kind: 'whole' });
});

test('leaves a real company alone', async () => {
  const company = await testCompany({ ownDatabase: true });
  await expect(seedCompany(company.deps)).rejects.toMatchObject({ name: 'UserError' });
  expect(await company.audit()).toEqual([]);
});

test('sends nobody on leave whose backup is out and names them', async () => {
  const { deps, clock, tasks } = await testCompany({ ownDatabase: true });
  const { db } = deps;
  await db.$executeRaw`TRUNCATE "Tenant" CASCADE`;
  await pastTriggers(db, `TRUNCATE "AuditLine", "AuditHead"`);
  tasks.lose();
  const tenantId = await seedCompany(deps);
  const [leave] = await db.outOfOfficePeriod.findMany();
  if (!leave?.backupId) throw new Error('nobody is on leave');

  clock.forward({ days: 30 });
  const [userId, backupId] = [leave.backupId, leave.userId];
  await db.outOfOfficePeriod.create({
    data: { tenantId, userId, backupId, startsAt: clock.now(), backupAnswer: 'asked' },
  });
  await seedCompany(deps);
  expect(await db.outOfOfficePeriod.count({ where: { userId: leave.userId } })).toBe(1);
});
