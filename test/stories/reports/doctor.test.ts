import { beforeEach, expect, test } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

test('an admin sees in chat whom no notice reaches, and why; everybody else is refused', async () => {
  const { ada, ann, bo, db } = company;
  await db.user.update({ where: { id: bo.id }, data: { notificationType: 'app_only' } });
  await db.account.deleteMany({ where: { userId: bo.id } });
  const shown = textOf(await company.ask(ada, 'doctor'));
  expect(shown).toContain('Bo Chen: No chat account is linked.');
  expect(shown).not.toContain('Ann Baker');
  expect(textOf(await company.ask(ann, 'doctor'))).toContain('You may not do this');
});

test('an admin reads that everybody is reached', async () => {
  const { ada, db } = company;
  await db.user.updateMany({ data: { notificationType: 'email_only' } });
  expect(textOf(await company.ask(ada, 'doctor'))).toContain('Every person with access is reached');
});
