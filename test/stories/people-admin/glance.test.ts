import { expect, test } from 'vitest';
import { testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

test('the admin card begins with the counts that matter, and follows what happens', async () => {
  const company = await testCompany({ numberless: true });
  const { ada, eve, ann, bo, box, db, tenantId } = company;
  const line = async () => textOf(await company.ask(ada, 'admin')).split('\n')[1] ?? '';
  const people = await db.user.count({ where: { tenantId, access: { not: 'none' } } });
  expect(await line()).toBe(
    `People with access: ${people} · Out now: 0 · Without cover in the next 14 days: 0 · Unreachable for notices: 0 · Unheard messages: 0`,
  );

  await db.outOfOfficePeriod.create({ data: { tenantId, userId: ann.id, startsAt: company.clock.now() } });
  const message = { tenantId, userId: box.id, durationSeconds: 4, receivedAt: company.clock.now() };
  await db.voicemail.createMany({
    data: [
      { ...message, sourceId: 'new' },
      { ...message, sourceId: 'heard', heardAt: company.clock.now() },
      { ...message, sourceId: 'gone', deletedAt: company.clock.now() },
    ],
  });
  await db.account.deleteMany({ where: { userId: bo.id } });
  await db.user.update({ where: { id: bo.id }, data: { notificationType: 'app_only' } });
  expect(await line()).toContain(
    'Out now: 1 · Without cover in the next 14 days: 1 · Unreachable for notices: 1 · Unheard messages: 1',
  );
  // For managers too; the settings have none, and the other edition no messages.
  expect(textOf(await company.ask(eve, 'admin', { locale: 'fr' }))).toContain('Absentes en ce moment');
  expect(textOf(await company.ask(ada, 'admin settings'))).not.toContain('Out now');
  await db.tenant.updateMany({ where: { id: tenantId }, data: { edition: 'attendant' } });
  expect(await line()).not.toContain('Unheard');
});
