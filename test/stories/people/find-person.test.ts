import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountKey } from '../../../src/core/chat/exchange.js';
import { findPerson, findPersonByKey } from '../../../src/core/directory/find-person.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
let tenant: { id: Company['tenantId']; country: string };
beforeAll(async () => {
  company = await testCompany({ platforms: ['slack', 'teams', 'web'] });
  tenant = { id: company.tenantId, country: 'CA' };
  const oak = await company.db.tenant.create({ data: { name: 'Oak & Co' } });
  const name = { firstName: 'Ann', lastName: 'Oak', username: 'ann', email: 'ann@oak.example' };
  await company.db.user.create({ data: { ...name, tenantId: oak.id, extension: '109', did: '+14165550109' } });
});

const idOf = async (text: string) => {
  const found = await findPerson(company.deps, tenant, { text });
  return found.kind === 'person' ? found.person.id : found.kind;
};

describe('one person is found', () => {
  test.each<[string, (ann: Person) => string]>([
    ['an id', ({ id }) => id],
    ['an e-mail address, in any case', ({ email }) => ` ${email.toUpperCase()} `],
    ['an extension', () => '101'],
    ['an extension as people say it', () => 'ext. 101'],
    ['a DID as it is dialled', () => '(416) 555-0101'],
    ['a DID as E.164', () => '+14165550101'],
    ['a name', () => 'ann baker'],
    ['a part of a name', () => 'baker'],
    ['a name as our lists write it', () => 'Ann Baker (Sales)'],
  ])('by %s', async (_what, text) => {
    expect(await idOf(text(company.ann))).toBe(company.ann.id);
  });

  test.each(['slack', 'teams', 'web'])('by a mention on %s, whatever else is typed', async (platform) => {
    const mention: AccountKey = { ...company.ann.account, platform };
    const account = await company.db.account.findFirstOrThrow({ where: { userId: company.ann.id, platform } });
    const mentions = [{ ...mention, externalWorkspaceId: account.externalWorkspaceId, accountId: account.accountId }];
    const found = await findPerson(company.deps, tenant, { text: 'bo', mentions });
    expect(found).toMatchObject({ kind: 'person', person: { id: company.ann.id } });
  });

  test('the hidden by their number, never by their name', async () => {
    expect(await idOf('107')).toBe(company.zoe.id);
    expect(await idOf('zoe quiet')).toBe('nobody');
  });

  test('nobody of another company, by whatever names them there', async () => {
    for (const text of ['ann@oak.example', '109', '+14165550109', 'Ann Oak'])
      expect(await findPersonByKey(company.db, tenant, text)).toBeUndefined();
  });

  test('and several only where a name fits several', async () => {
    const twin = { firstName: 'Bo', lastName: 'Chen', username: 'bo2', email: 'bo2@maple.example' };
    const { id } = await company.db.user.create({ data: { ...twin, tenantId: company.tenantId, title: 'Legal' } });
    const found = await findPerson(company.deps, tenant, { text: 'Bo Chen' });
    if (found.kind !== 'several') throw new Error(found.kind);
    expect(found.people.map((person) => person.id).sort()).toEqual([company.bo.id, id].sort());
    expect(await idOf('Bo Chen (Legal)')).toBe(id);
    await company.db.user.delete({ where: { id } });
  });
});

test.each(['slack', 'teams', 'web'])(
  'an e-mail address names the backup of a typed line on %s too',
  async (platform) => {
    const ann: Person = { ...company.ann, account: { ...company.ann.account, platform } };
    const answer = await company.ask(ann, `ooo tomorrow until Friday @${company.bo.email}`);
    expect(textOf(answer)).toContain('Bo Chen');
  },
);
