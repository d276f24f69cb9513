import { expect, test } from 'vitest';
import { valueName, valueText } from '../../../src/core/audit/told-values.js';
import { type Company, testCompany } from '../../support/company.js';
import { formOf, textOf } from '../../support/read.js';

/** The form of a person as it opens, with these values typed over. */
async function savePerson({ ada, bo, click, submit }: Company, typed: Record<string, string | boolean>) {
  const form = formOf(await click(ada, 'admin.user', { user: bo.id }));
  const shown = form.fields.flatMap((field) =>
    'value' in field && field.kind !== 'person' ? [[field.name, field.value as string | boolean]] : [],
  );
  await submit(ada, form, { ...Object.fromEntries(shown), ...typed });
}

test('a line says what changed from what to what, in the words of the forms and the reader’s language', async () => {
  const company = await testCompany({ numberless: true });
  const { ada, bo, dan, db } = company;
  await db.user.update({ where: { id: bo.id }, data: { pinHash: 'hash', title: 'Clerk' } });
  await savePerson(company, { title: 'Lead', role: 'manager' });
  await savePerson(company, { inDirectory: false, pin: '-' });
  await company.submit(ada, 'settings.save', { quietHours: '22:00-07:00', chatCards: 'no' });
  await company.submit(ada, 'admin.tenant', { ringSeconds: '25', operator: dan.id, forwarding: 'no' });

  const english = textOf(await company.ask(ada, 'audit', { locale: 'en' }));
  for (const line of [
    'Title: Clerk → Lead',
    'Role: Member → Manager',
    'In the directory: Yes → No',
    'Voicemail: PIN: set → removed',
    'Quiet hours: As the company has it → 22:00-07:00',
    'Cards in chat: As the company has it → No',
    'Ringing, in seconds: 20 → 25',
    'Operator: Ada Roy → Dan O’Neil',
    'A setting was changed: Maple & Co · Forwarding: Yes → No',
  ])
    expect(english).toContain(line);

  const french = textOf(await company.ask(ada, 'journal', { locale: 'fr' }));
  for (const line of [
    'Fonction : Clerk → Lead',
    'Heures calmes : Comme l’entreprise → 22:00-07:00',
    'Transfert : Oui → Non',
  ])
    expect(french.replaceAll('\u00a0', ' ')).toContain(line);
  expect(`${english}${french}`).not.toMatch(/inDirectory|quietHours|ringSeconds|defaultBackupId|: (true|false)/);
});

test('a line about a call that somebody asked for names both phones, as numbers are written', () => {
  const told = (locale: 'en' | 'fr') => {
    const reader = { locale, timeZone: 'America/Toronto', now: new Date('2026-11-23T14:45:00Z') };
    return ['number', 'connectsTo'].map(
      (name) => `${valueName(locale, name)}: ${valueText(reader, name, '+14165550177')}`,
    );
  };
  expect(told('en')).toEqual(['To the number: +1 416 555 0177', 'Connects with: +1 416 555 0177']);
  expect(told('fr')).toEqual(['Vers le numéro: +1 416 555 0177', 'Mis en communication avec: +1 416 555 0177']);
});
