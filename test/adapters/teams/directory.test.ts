import { beforeEach, describe, expect, test } from 'vitest';
import { cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { fakeTeams } from '../../fakes/teams/teams.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, testCompany } from '../../support/company.js';

let company: Company;
let ann: ReturnType<typeof teamsClient>;

beforeEach(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const { accountId, externalWorkspaceId: tenantId } = company.ann.account;
  ann = teamsClient(teams, url, { accountId, tenantId, name: company.ann.displayName });
  await company.db.user.updateMany({
    where: { id: { in: [company.ann.id, company.eve.id] } },
    data: { team: 'Montréal' },
  });
});

interface Extension {
  readonly composeExtension: {
    readonly type: string;
    readonly text?: string;
    readonly attachments?: readonly {
      readonly content: Parameters<typeof wordsOf>[0];
      readonly preview: { readonly content: { readonly title: string; readonly text?: string } };
    }[];
  };
}

const extension = async (name: string, value: unknown) =>
  ((await ann.invoke(name, value)).body as Extension).composeExtension;
const query = (typed: string) =>
  extension('composeExtension/query', { commandId: 'findPerson', parameters: [{ name: 'query', value: typed }] });

describe('the message extension', () => {
  test('finds people as one types, with title and team, extension, number, and whether they are away', async () => {
    await company.db.outOfOfficePeriod.create({
      data: {
        tenantId: company.tenantId,
        userId: company.bo.id,
        startsAt: company.clock.now(),
        endsAt: new Date('2030-01-18T22:00:00Z'),
      },
    });
    const { attachments = [] } = await query('chen');
    expect(attachments.map(({ preview }) => preview.content)).toMatchObject([
      { title: 'Bo Chen (Sales)', text: 'ext. 102 · Out of office, back Fri, Jan 18, 5:00 pm' },
    ]);
  });

  test('puts a card into the message that tells what anybody may know, and acts for nobody', async () => {
    await company.db.outOfOfficePeriod.create({
      data: {
        tenantId: company.tenantId,
        userId: company.bo.id,
        startsAt: company.clock.now(),
        privacy: 'nothing',
      },
    });
    const { attachments = [] } = await query('bo chen');
    const [chosen] = attachments;
    expect(attachments).toHaveLength(1);
    expect(wordsOf(chosen?.content)).toContain('Extension: 102');
    expect(wordsOf(chosen?.content)).toContain('No absence announced');
    const actions = JSON.stringify(chosen).match(/Action\.\w+/g);
    expect(new Set(actions)).toEqual(new Set(['Action.OpenUrl']));
    // The Agents Playground does not show a result that asks again when it is chosen.
    expect(JSON.stringify(chosen)).not.toContain('"tap"');
    expect(JSON.stringify(chosen)).toContain(`https://attendant.example/people/${company.bo.id}`);
  });

  test('offers the colleagues of one’s team before anything is typed', async () => {
    const { attachments = [] } = await query('');
    expect(attachments[0]?.preview.content.title).toBe('Ève Müller (Ventes, Montréal)');
    expect(attachments.length).toBeGreaterThan(4);
    expect(JSON.stringify(attachments)).not.toContain('Quiet');
  });

  test('says so where there is nobody, and of the hidden nothing else', async () => {
    for (const typed of ['zzzz', 'quiet', '107']) {
      expect(await query(typed)).toMatchObject({
        type: 'message',
        text: expect.stringContaining(`Nobody in the directory fits “${typed}”`),
      });
    }
  });
});

describe('a person field', () => {
  beforeEach(async () => {
    await company.db.user.createMany({
      data: Array.from({ length: 30 }, (_, index) => ({
        tenantId: company.tenantId,
        username: `pick${index}`,
        email: `pick${index}@maple.example`,
        firstName: 'Perpetua',
        lastName: `Pick${String.fromCharCode(97 + (index % 26))}${index}`,
      })),
    });
  });

  test('of a company too large for a list is searched while one types, in our own directory', async () => {
    const form = JSON.stringify(
      cardIn(await ann.invoke('task/fetch', { data: { action: 'ooo.set', intent: 'open' } })),
    );
    expect(form).toContain('"choices.data":{"type":"Data.Query","dataset":"people"}');
    expect(form).not.toContain('Quiet');

    const search = async (queryText: string) =>
      ((await ann.invoke('application/search', { queryText, dataset: 'people' })).body as Searched).value.results;
    expect(await search('perpetua')).toHaveLength(15);
    expect(await search('bo')).toMatchObject([{ value: company.bo.id, title: 'Bo Chen (Sales)' }]);
    expect(await search('zzzz')).toEqual([{ value: ' ', title: expect.stringContaining('Nobody in the directory') }]);
  });

  test('that was typed into says at the field whom it may have meant, and keeps it', async () => {
    const sent = await ann.invoke('task/submit', {
      data: { action: 'ooo.set', intent: 'send', until: '2030-01-18', backup: 'perpetua' },
    });
    const card = cardIn(sent);
    expect(wordsOf(card)).toMatch(/Did you mean Perpetua Pick.*, Perpetua Pick.* or Perpetua Pick/);
    expect(JSON.stringify(card)).toContain('"value":"perpetua"');
  });
});

interface Searched {
  readonly value: { readonly results: readonly { readonly value: string; readonly title: string }[] };
}
