import { beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { findFailedDeliveriesAfter } from '../../../src/core/reports/failed-deliveries.store.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
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

test('an admin sees whose last card did not arrive and why, until one arrives again', async () => {
  const { ada, ann, bo, messengers, deps, tenantId } = company;
  const leave = async (extension: string) => {
    company.clock.forward({ minutes: 1 });
    await receiveVoicemail(deps, installationActor(tenantId, 'api'), {
      sourceId: crypto.randomUUID(),
      mailbox: { extension },
      audio: wav(4),
    });
    await company.work();
  };
  for (const person of [ann, bo]) messengers.chat?.refused.add(person.account.accountId);
  await leave('101');
  await leave('102');
  const shown = textOf(await company.ask(ada, 'doctor'));
  expect(shown).toMatch(/Last deliveries that did not arrive[\s\S]*Chat: .+ · Bo Chen, Ann Baker/);
  expect(await listedNames()).toEqual([bo.displayName, ann.displayName]);

  messengers.chat?.refused.delete(ann.account.accountId);
  await leave('101');
  expect(textOf(await company.ask(ada, 'doctor'))).not.toMatch(/did not arrive[\s\S]*Ann Baker/);
  expect(await listedNames()).toEqual([bo.displayName]);
});

const listedNames = async () =>
  (await findFailedDeliveriesAfter(company.db, company.tenantId, undefined, 10, {})).map(({ name }) => name);
