import { beforeEach, expect, test } from 'vitest';
import { browseDirectory } from '../../../src/core/directory/browse-directory.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;

const names = [
  ['Ana', 'Émond'],
  ['Bea', 'Emond'],
  ['Cal', 'de Vries'],
  ['Dee', 'Devereux'],
  ['Eli', 'O’Neil'],
  ['Fay', "O'Neil"],
  ['Gus', 'Øster'],
  ['Hal', 'Zimmer'],
  ['小明', '王'],
  ['Jet', '3M'],
  ['Zoé', 'Roy'],
  ['zack', 'Roy'],
  ['Abe', 'Royal'],
] as const;

beforeEach(async () => {
  company = await testCompany();
  await company.db.user.updateMany({ data: { inDirectory: false } });
  await company.db.user.createMany({
    data: names.map(([firstName, lastName], index) => ({
      tenantId: company.tenantId,
      username: `browse${index}`,
      email: `browse${index}@maple.example`,
      firstName,
      lastName,
    })),
  });
});

const browse = (page: number, size: number) => browseDirectory(company.deps, company.tenantId, { page, size });
const namesOn = async (page: number, size: number) =>
  (await browse(page, size)).sections.flatMap(({ people }) => people.map(({ displayName }) => displayName));

const inOrder = [
  'Jet 3M',
  'Cal de Vries',
  'Dee Devereux',
  'Ana Émond',
  'Bea Emond',
  'Eli O’Neil',
  "Fay O'Neil",
  'Gus Øster',
  'zack Roy',
  'Zoé Roy',
  'Abe Royal',
  'Hal Zimmer',
  '小明 王',
];

test('the directory stands from A to Z as people read it, whatever a name is written with', async () => {
  expect(await namesOn(1, 50)).toEqual(inOrder);
  const page = await browse(1, 50);
  expect(page.sections.map(({ letter }) => letter)).toEqual(['#', 'D', 'E', 'O', 'R', 'Z', '…']);
  expect(page).toMatchObject({ page: 1, pages: 1, total: 13, first: 1 });
});

test('pages follow one another without gap or repetition, and each letter knows its page', async () => {
  const pages = await Promise.all([1, 2, 3, 4].map((page) => namesOn(page, 4)));
  expect(pages.map(({ length }) => length)).toEqual([4, 4, 4, 1]);
  expect(pages.flat()).toEqual(await namesOn(1, 50));
  expect((await browse(2, 4)).letters).toEqual([
    { letter: '#', page: 1 },
    { letter: 'D', page: 1 },
    { letter: 'E', page: 1 },
    { letter: 'O', page: 2 },
    { letter: 'R', page: 3 },
    { letter: 'Z', page: 3 },
    { letter: '…', page: 4 },
  ]);
  expect(await browse(3, 4)).toMatchObject({ first: 9, pages: 4 });
  expect(await namesOn(99, 4)).toEqual(pages[3]);
});

test('the hidden and those without access are neither shown nor counted, and a new name has its place at once', async () => {
  const { db } = company;
  const zimmer = { tenantId: company.tenantId, lastName: 'Zimmer' };
  await db.user.updateMany({ where: zimmer, data: { access: 'none' } });
  await db.user.updateMany({ where: { ...zimmer, lastName: '3M' }, data: { inDirectory: false } });
  await db.user.updateMany({ where: { ...zimmer, lastName: 'Øster' }, data: { lastName: 'Abad' } });
  const page = await browse(1, 50);
  expect(page.total).toBe(11);
  expect(page.letters.map(({ letter }) => letter)).toEqual(['A', 'D', 'E', 'O', 'R', '…']);
  expect(page.sections[0]?.people[0]?.displayName).toBe('Gus Abad');
});

test('another company’s people stand in their own', async () => {
  const other = await testCompany({ numberless: true });
  const { sections } = await browseDirectory(other.deps, other.tenantId, { page: 1, size: 50 });
  expect(sections.flatMap(({ people }) => people).every(({ tenantId }) => tenantId === other.tenantId)).toBe(true);
});
