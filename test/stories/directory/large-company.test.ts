import { beforeAll, describe, expect, test } from 'vitest';
import { answerCall } from '../../../src/core/calls/answer-call.js';
import type { Answer } from '../../../src/core/chat/exchange.js';
import { browseDirectory } from '../../../src/core/directory/browse-directory.js';
import { type Company, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { textOf } from '../../support/read.js';

/** Queries that work for twelve people may fail for a hundred thousand: statements have limits, lists end. */
const people = 100_000;

let company: Company;
beforeAll(async () => {
  company = await testCompany();
  const { db, tenantId } = company;
  // One transaction takes a second or two; in several statements, so that the driver's timeout is not reached.
  for (let from = 0; from < people; from += 10_000) {
    await db.$executeRaw`
      INSERT INTO "User" (id, "tenantId", username, email, "firstName", "lastName", title, team, access, extension, "updatedAt")
      SELECT gen_random_uuid(), ${tenantId}::uuid, 'n' || n, 'n' || n || '@large.example',
        (ARRAY['Nadia','Omar','Pia','Quentin','Rosa','Sven','Tara','Umberto','Vera','Wim'])[1 + n % 10],
        initcap(translate(lpad(n::text, 6, '0'), '0123456789', 'bodalineru')),
        'Clerk', 'Everybody', 'attendant_only', '8' || lpad(n::text, 6, '0'), now()
      FROM generate_series(${from}::int, ${from + 9_999}::int) n`;
  }
  // A last name of ten thousand people, and one of a single person.
  await db.$executeRaw`UPDATE "User" SET "lastName" = 'Smith' WHERE username LIKE 'n1____' AND "tenantId" = ${tenantId}::uuid`;
  await db.$executeRaw`UPDATE "User" SET "lastName" = 'Featherstonehaugh' WHERE username = 'n77777'`;
}, 120_000);

const optionsOf = (answer: Answer) => (answer.kind === 'suggest' ? answer.options : []);

describe('a company of a hundred thousand', () => {
  test('finds the one, tells the first of the many, and offers at most twenty', async () => {
    expect(textOf(await company.ask(company.ann, 'find fetherstonehaugh'))).toContain('Umberto Featherstonehaugh');
    const many = textOf(await company.ask(company.ann, 'find smith'));
    expect(many.match(/Show \w+ Smith/g)).toHaveLength(10);
    expect(many).toContain('There are more.');
    expect(optionsOf(await company.suggest(company.ann, 'smith'))).toHaveLength(20);
    expect(optionsOf(await company.suggest(company.ann, ''))).toHaveLength(20);
    expect(textOf(await company.ask(company.ann, 'find 8077777'))).toContain('Umberto Featherstonehaugh');
  });

  test('is browsed to its last page', async () => {
    const { deps, tenantId } = company;
    const { total, pages } = await browseDirectory(deps, tenantId, { page: 1, size: 50 });
    expect(total).toBeGreaterThan(people);
    const last = await browseDirectory(deps, tenantId, { page: pages, size: 50 });
    expect(last.sections.flatMap((section) => section.people).length).toBeGreaterThan(0);
  });

  test('takes a caller to one of them, and asks for more where ten thousand fit', async () => {
    const call = { callId: 'large', ani: '+14165550123', dnis: '+14165550100' };
    const asked = await answerCall(company.deps, company.tenantId, call);
    const more = await answerCall(company.deps, company.tenantId, { ...call, speech: ['smith'], answers: asked.leg });
    expect(more.prompt).toContain('There are many people of that name');
    const one = await answerCall(company.deps, company.tenantId, {
      ...call,
      speech: ['could i speak to umberto fetherstone hall please', 'umberto featherstonehaugh'],
      answers: more.leg,
    });
    expect(one).toMatchObject({ action: 'ask', choices: [{ label: 'Umberto Featherstonehaugh' }] });
  });

  test('goes on answering while all of them change at once, and knows it soon', async () => {
    const { db, tenantId } = company;
    for (let first = 0; first < 10; first += 1)
      await db.$executeRaw`
        UPDATE "User" SET aliases = '{Boss}' WHERE username LIKE ${`n%${first}`} AND "tenantId" = ${tenantId}::uuid`;
    expect(textOf(await company.ask(company.ann, 'find featherstonehaugh'))).toContain('Umberto Featherstonehaugh');
    await eventually(async () =>
      expect(textOf(await company.ask(company.ann, 'find boss featherstonehaugh'))).toContain('Umberto'),
    );
  }, 60_000);
});
