import { beforeAll, expect, test } from 'vitest';
import { type Company, testCompany } from '../support/company.js';
import { textOf } from '../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany();
});

test('an unknown word gets the nearest one and the help', async () => {
  const answer = await company.ask(company.ann, 'hlep');
  expect(textOf(answer)).toContain('“help”');
  expect(textOf(answer)).toContain('/attendant help');
});

test('each reads in their own language', async () => {
  expect(textOf(await company.ask(company.cleo, 'help'))).toContain('Ce que je sais faire');
  expect(textOf(await company.ask(company.ann, 'aide'))).toContain('What I can do');
  expect(textOf(await company.ask(company.ann, 'help', { locale: 'fr-CA' }))).toContain('Ce que je sais faire');
});

test('the same delivery again does nothing', async () => {
  const first = await company.ask(company.ann, 'help', { id: 'once' });
  const second = await company.ask(company.ann, 'help', { id: 'once' });
  expect([first.kind, second.kind]).toEqual(['say', 'done']);
});

test('nobody without access gets in', async () => {
  expect(textOf(await company.ask(company.nil, 'help'))).toContain('not switched on for you');
});
