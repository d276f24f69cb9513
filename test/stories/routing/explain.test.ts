import { beforeAll, describe, expect, test } from 'vitest';
import { type Company, testCompany } from '../../support/company.js';
import { buttonsOf, textOf } from '../../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany({ annIsOut: true, tenant: { mainNumbers: ['+14165550100'] } });
});

const explain = async (by: 'ann' | 'eve' | 'ada', text: string, mentions: readonly ('bo' | 'ann')[] = []) =>
  textOf(await company.ask(company[by], `explain ${text}`.trim(), { mentions: mentions.map((name) => company[name]) }));

describe('explain', () => {
  test('alone says where my own calls go, now, in numbered steps', async () => {
    const said = await explain('ann', '');
    expect(said).toContain('A call to Ann Baker, 10:00 am');
    expect(said).toContain('1. Ann Baker is out of office.');
    expect(said).toContain('Bo Chen is rung at (416) 555-0192.');
    expect(said).toContain('out of office greeting');
  });

  test.each([
    ['Ann', /A call to Ann Baker, 10:00 am/],
    ['Ann Baker Saturday 9:00', /A call to Ann Baker, Sat, Jan 19, 9:00 am[\s\S]*Ann Baker is rung/],
    ['101 tomorrow 9am', /A call to Ann Baker, Tue, Jan 15, 9:00 am/],
    ['+1 416 555 0101', /A call to Ann Baker/],
    ['(416) 555-0101 tomorrow 9am', /A call to Ann Baker, Tue, Jan 15, 9:00 am/],
    ['ann@maple.example', /A call to Ann Baker/],
    ['tomorrow 9am', /A call to Ada Roy, Tue, Jan 15, 9:00 am/],
    ['+1 416 555 0100', /A call to \(416\) 555-0100[\s\S]*Three times without a match: Ada Roy/],
    ['+1 416 555 0177', /Nobody here has the number/],
    ['Nobody McNowhere', /Nobody McNowhere/],
  ])('of %s', async (text, expected) => {
    expect(await explain('ada', text)).toMatch(expected);
  });

  test('of a mention, at a time in words', async () => {
    expect(await explain('ada', 'Saturday 9:00', ['ann'])).toMatch(/A call to Ann Baker, Sat, Jan 19, 9:00 am/);
  });

  test('in French', async () => {
    const said = textOf(await company.ask(company.ada, 'expliquer Ann samedi 9 h', { locale: 'fr-CA' }));
    expect(said).toMatch(/Un appel à Ann Baker, sam\. 19 janvier à 9 h 00/);
    expect(said).toContain('L’appel sonne chez Ann Baker');
  });

  test('of others is for managers and admins', async () => {
    expect(await explain('ann', 'Bo')).toContain('Only managers and admins');
    expect(await explain('ann', '', ['bo'])).toContain('Only managers and admins');
    expect(await explain('eve', 'Bo')).toMatch(/Bo Chen/);
    const own = await company.ask(company.ann, 'explain');
    expect(buttonsOf(own).map(({ action }) => action)).toEqual(['explain.days']);
    const way = await company.press(company.ann, own, 'explain.days');
    expect(buttonsOf(way)[0]).toMatchObject({ kind: 'link', url: expect.stringContaining('route') });
    expect(textOf(await company.click(company.ann, 'explain.days', { user: company.bo.id, at: '' }))).toContain(
      'Only managers',
    );
  });
});
