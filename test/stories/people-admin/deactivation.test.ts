import { beforeEach, describe, expect, test } from 'vitest';
import type { TypedValues } from '../../../src/core/chat/exchange.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const row = (person: Person) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });
const release = (what: string) => company.db.tenant.updateMany({ data: { releaseOnDeactivation: what } });
const open = async (person: Person) =>
  formOf(await company.click(company.ada, 'admin.deactivate', { user: person.id }));
const deactivate = async (person: Person, values: TypedValues = {}) =>
  company.submit(company.ada, await open(person), values);
const restore = (person: Person) => company.click(company.ada, 'admin.restore', { user: person.id });
const backedUpBy = (person: Person, backup: Person) =>
  company.db.user.update({ where: { id: person.id }, data: { defaultBackupId: backup.id } });
const message = (person: Person, sourceId: string, more: object = {}) =>
  company.db.voicemail.create({
    data: {
      ...{ tenantId: company.tenantId, userId: person.id, sourceId, durationSeconds: 4 },
      receivedAt: company.clock.now(),
      ...more,
    },
  });

describe('somebody who is deactivated', () => {
  test('is replaced in the absences that name them, and the new backup is asked', async () => {
    await company.db.outOfOfficePeriod.create({
      data: {
        tenantId: company.tenantId,
        userId: company.bo.id,
        backupId: company.ann.id,
        backupAnswer: 'accepted',
        startsAt: company.clock.now(),
        createdAt: company.clock.now(),
      },
    });
    const form = await open(company.ann);
    expect(form.intro).toContain('Named for the absences of: Bo');
    expect(form.fields.map(({ name }) => name)).toContain('replacement');
    expect(textOf(await deactivate(company.ann, { replacement: company.cleo.id }))).toContain(
      'is now the backup user of 1.',
    );
    const period = await company.db.outOfOfficePeriod.findFirstOrThrow({ where: { userId: company.bo.id } });
    expect(period).toMatchObject({ backupId: company.cleo.id, backupAnswer: 'asked' });
    await company.work();
    expect(textOf(company.cardsOf(company.cleo).at(-1))).toContain('Bo');
  });

  test('loses access, and keeps their numbers where the company says nothing else', async () => {
    const form = await open(company.ann);
    expect(form.intro).toContain('101 and (416) 555-0101: stays theirs');
    expect(textOf(await deactivate(company.ann))).toContain('Ann Baker was deactivated.');
    expect(await row(company.ann)).toMatchObject({ access: 'none', extension: '101', did: '+14165550101' });
    expect(textOf(await company.ask(company.ann, 'status'))).not.toContain('Ann Baker');
    expect(textOf(await deactivate(company.ann))).toContain('has no access already');
  });

  test.each([
    ['extension', { extension: null, did: '+14165550101' }],
    ['did', { extension: '101', did: null }],
    ['both', { extension: null, did: null }],
  ])('gives back what the company says: %s', async (what, left) => {
    await release(what);
    await deactivate(company.ann);
    expect(await row(company.ann)).toMatchObject({ access: 'none', ...left });
    const [line] = (await company.audit()).filter(({ event }) => event === 'user.updated');
    expect(line?.before).toMatchObject({ access: 'attendant_only' });
  });

  test('gives back numbers that rest 30 days: nobody else gets them, by hand or by AUTO', async () => {
    await company.db.tenant.updateMany({ data: { extensionRange: '101-103' } });
    await release('both');
    await deactivate(company.ann);
    const { form, values } = await edited(company.bo);
    expect(problemsOf(await company.submit(company.ada, form, { ...values, extension: '101' }))).toEqual({
      extension: 'Somebody gave this extension back less than 30 days ago. Choose another one.',
    });
    expect(problemsOf(await company.submit(company.ada, form, { ...values, did: '416 555-0101' }))).toEqual({
      did: 'Somebody gave this number back less than 30 days ago. Choose another one.',
    });
    const free = formOf(await company.click(company.ada, 'admin.user'));
    expect(free.fields.find(({ name }) => name === 'extension')?.hint).toContain('Every extension');

    company.clock.forward({ days: 31 });
    const later = formOf(await company.click(company.ada, 'admin.user'));
    expect(later.fields.find(({ name }) => name === 'extension')?.hint).toContain('Next free one: 101');
    expect(later.fields.find(({ name }) => name === 'did')?.hint).toContain('Free again: (416) 555-0101');
    const again = await edited(company.bo);
    const taken = await company.submit(company.ada, again.form, { ...again.values, extension: '101' });
    expect(textOf(taken)).toContain('was saved');
  });

  test('is replaced as the backup of others, and who covers whom is listed before', async () => {
    await backedUpBy(company.bo, company.ann);
    await backedUpBy(company.cleo, company.ann);
    const form = await open(company.ann);
    expect(form.intro).toContain('Backup user of 2: Bo Chen and Cléo Dubois.');
    const said = await deactivate(company.ann, { replacement: company.dan.id });
    expect(textOf(said)).toContain('Dan O’Neil is now the backup user of 2.');
    expect((await row(company.bo)).defaultBackupId).toBe(company.dan.id);
    expect((await row(company.cleo)).defaultBackupId).toBe(company.dan.id);
    const lines = (await company.audit()).filter(({ event }) => event === 'user.backup-set');
    expect(lines.map(({ subjectId }) => subjectId).sort()).toEqual([company.bo.id, company.cleo.id].sort());
  });

  test('without a replacement it says who still has them', async () => {
    await backedUpBy(company.bo, company.ann);
    expect(textOf(await deactivate(company.ann))).toContain('Still without another backup user: Bo Chen.');
  });

  test('a replacement that takes no calls or closes a circle is refused, and nothing is written', async () => {
    await backedUpBy(company.bo, company.ann);
    await backedUpBy(company.dan, company.bo);
    expect(problemsOf(await deactivate(company.ann, { replacement: company.nil.id }))).toEqual({
      replacement: 'Nil Access cannot take calls with Attendant. Choose somebody else.',
    });
    const circle = problemsOf(await deactivate(company.ann, { replacement: company.dan.id }));
    expect(circle.replacement).toContain('Dan O’Neil → Bo Chen → Dan O’Neil');
    expect((await row(company.ann)).access).toBe('attendant_only');
    expect((await row(company.bo)).defaultBackupId).toBe(company.ann.id);
  });

  test('their open voicemails go to whom the admin names, unheard; handled and deleted ones stay', async () => {
    await message(company.ann, 'open', { heardAt: company.clock.now() });
    await message(company.ann, 'handled', { handledAt: company.clock.now() });
    await message(company.ann, 'deleted', { deletedAt: company.clock.now() });
    expect((await open(company.ann)).intro).toContain('One open voicemail.');
    expect(problemsOf(await deactivate(company.ann, { voicemailsTo: company.nil.id }))).toEqual({
      voicemailsTo: 'This person cannot get voicemails. Choose somebody with access.',
    });
    expect(textOf(await deactivate(company.ann, { voicemailsTo: company.bo.id }))).toContain(
      'Bo Chen has the open voicemails (1).',
    );
    expect(await company.db.voicemail.findMany({ where: { userId: company.bo.id } })).toMatchObject([
      { sourceId: 'open', heardAt: null },
    ]);
    expect(await company.db.voicemail.count({ where: { userId: company.ann.id } })).toBe(2);
    const lines = (await company.audit()).filter(({ event }) => event === 'voicemail.handed-over');
    expect(lines).toHaveLength(2);
  });

  test('is neither oneself nor the last admin', async () => {
    expect(problemsOf(await deactivate(company.ada))).toEqual({ '': 'You cannot deactivate yourself.' });
    await company.db.user.update({ where: { id: company.eve.id }, data: { role: 'admin' } });
    await company.db.user.update({ where: { id: company.ada.id }, data: { appAllowed: false } });
    const form = await open(company.eve).catch(() => undefined);
    expect(form).toBeUndefined();
  });
});

describe('somebody who returns', () => {
  test('has the access and the numbers they had', async () => {
    await release('both');
    await deactivate(company.ann);
    const said = textOf(await restore(company.ann));
    expect(said).toContain('Ann Baker has access again.');
    expect(said).toContain('They have 101 and (416) 555-0101 again.');
    expect(await row(company.ann)).toMatchObject({
      ...{ access: 'attendant_only', extension: '101', did: '+14165550101' },
    });
    expect(await company.db.restingNumber.count({ where: { tenantId: company.tenantId } })).toBe(0);
    expect(textOf(await restore(company.ann))).toContain('has access already');
  });

  test('does not get a number back that somebody else has by now', async () => {
    await release('extension');
    await deactivate(company.ann);
    company.clock.forward({ days: 31 });
    const { form, values } = await edited(company.bo);
    await company.submit(company.ada, form, { ...values, extension: '101' });
    expect(textOf(await restore(company.ann))).not.toContain('They have');
    expect(await row(company.ann)).toMatchObject({ access: 'attendant_only', extension: null });
  });
});

test('who leaves a workspace gives back the same, by the same door', async () => {
  const { setAccess } = await import('../../../src/core/people/update-person.js');
  const { change } = await import('../../../src/core/change.js');
  const { installationActor } = await import('../../../src/core/chat/actor.js');
  await release('extension');
  await change(company.deps, installationActor(company.tenantId, 'job'), (one) =>
    setAccess(one, company.bo.id, 'none'),
  );
  expect(await row(company.bo)).toMatchObject({ access: 'none', extension: null });
  await change(company.deps, installationActor(company.tenantId, 'job'), (one) =>
    setAccess(one, company.bo.id, 'attendant_only'),
  );
  expect(await row(company.bo)).toMatchObject({ access: 'attendant_only', extension: '102' });
});

async function edited(person: Person) {
  const form = formOf(await company.click(company.ada, 'admin.user', { user: person.id }));
  const values = Object.fromEntries(
    form.fields.flatMap((field) => {
      if (!('value' in field) || field.value === undefined) return [];
      const value = typeof field.value === 'object' ? field.value.value : field.value;
      return [[field.name, value as string | boolean]];
    }),
  );
  return { form, values };
}
