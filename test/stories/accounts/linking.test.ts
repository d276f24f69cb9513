import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { linkAccount } from '../../../src/core/accounts/linking.js';
import { dispatch } from '../../../src/core/app/dispatch.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Sender } from '../../../src/core/chat/exchange.js';
import { asId } from '../../../src/core/ids.js';
import { type Company, testCompany } from '../../support/company.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ ownDatabase: true });
});

let asked = 0;
const ask = (from: Sender, text = '', id = `linking-${asked++}`) =>
  dispatch(company.deps, { id: asId(id), from, kind: 'command', text, mentions: [] });

/** An unknown account of the company's workspace; `email` is the one that the platform has verified. */
function stranger(email?: string, displayName = 'guest <@U1> *x* 🧙'): Sender {
  const account = { ...company.ann.account, accountId: 'account-new' };
  company.messengers.chat?.profiles.set(account.accountId, {
    displayName,
    ...(email === undefined ? {} : { email }),
  });
  return account;
}

const profiles = () => company.messengers.chat?.profiles ?? new Map();
const accounts = () => company.db.account.findMany({ where: { accountId: 'account-new' } });

describe('somebody new', () => {
  test('is known by the e-mail address that the platform vouches for, whatever its case', async () => {
    const from = stranger('BO@Maple.example');
    expect(textOf(await ask(from))).toContain('You are in the office');
    expect(await accounts()).toMatchObject([{ userId: company.bo.id, linkedBy: 'email' }]);
    expect((await company.audit()).at(-1)).toMatchObject({ event: 'account.linked', actorId: company.bo.id });
    await ask(from);
    expect(await company.audit()).toHaveLength(1);
  });

  test('is not taken for somebody whose address only looks alike', async () => {
    expect(textOf(await ask(stranger('b_@maple.example')))).toContain('b_@maple.example');
    expect(await accounts()).toEqual([]);
  });

  test('waits for an admin, who says who it is', async () => {
    const { ada, bo } = company;
    const from = stranger('bo@contractor.example');
    const waiting = textOf(await ask(from, 'find ann'));
    expect(waiting).toContain('asked an Attendant admin');
    expect(waiting).toContain('bo@contractor.example');
    expect(waiting).not.toContain('Baker');
    await ask(from);
    expect(await company.db.linkRequest.count()).toBe(1);

    await company.work({ twice: true });
    const [card, ...more] = company.cardsOf(ada);
    expect(more).toEqual([]);
    expect(textOf(card)).toContain('guest <@U1> *x* 🧙');
    const form = formOf(await company.press(ada, card, 'link.confirm'));
    const misspelt = problemsOf(await company.submit(ada, form, { user: 'boo chenn' }));
    expect(misspelt.user).toContain('Did you mean Bo Chen (Sales)?');
    expect(textOf(await company.submit(ada, form, { user: 'bo chen' }))).toContain('now belongs to Bo Chen');
    expect(await accounts()).toMatchObject([{ userId: bo.id, linkedBy: 'admin' }]);
    expect((await company.audit()).map(({ event }) => event)).toEqual(['account.link-asked', 'account.linked']);

    await company.work();
    expect(textOf(company.cardsOf(ada).at(-1))).toContain('now belongs to Bo Chen');
    expect(company.cardsOf(bo).map(textOf)).toContainEqual(expect.stringContaining('You are connected'));
    expect(textOf(await ask(from))).toContain('You are in the office');
    expect(textOf(await company.submit(ada, form, { user: bo.id }))).toContain('decided already');
  });

  test('may be refused, kindly', async () => {
    const { ada, ann } = company;
    const from = stranger();
    expect(textOf(await ask(from))).toContain('shows no e-mail address');
    await company.work();
    expect(textOf(await company.press(ann, company.cardsOf(ada)[0], 'link.refuse'))).toContain('You may not do this');
    expect(textOf(await company.press(ada, company.cardsOf(ada)[0], 'link.refuse'))).toContain('stays unconnected');
    expect(textOf(await ask(from))).toContain('decided not to connect');
    expect(await accounts()).toEqual([]);
  });

  test('is linked by e-mail later, when the company has got to know them', async () => {
    const from = stranger('new@maple.example');
    await ask(from);
    await company.db.user.update({ where: { id: company.dan.id }, data: { email: 'new@maple.example' } });
    expect(textOf(await ask(from))).toContain('You are in the office');
    await company.work();
    expect(textOf(company.cardsOf(company.ada).at(-1))).toContain('now belongs to Dan O’Neil');
  });

  test('tries again when the platform is away, and nobody is bothered', async () => {
    const { chat } = company.messengers;
    if (!chat) throw new Error('no chat');
    const profile = chat.profile;
    chat.profile = () => Promise.reject(new Error('ratelimited'));
    expect(textOf(await ask(stranger('bo@maple.example'), '', 'same'))).toContain('Try again in a moment');
    chat.profile = profile;
    expect(textOf(await ask(stranger('bo@maple.example'), '', 'same'))).toContain('You are in the office');
    expect(await company.db.linkRequest.count()).toBe(0);
  });

  test('who asks the same twice at once is linked once', async () => {
    const from = stranger('bo@maple.example');
    const answers = await Promise.all([ask(from, 'help', 'both'), ask(from, 'help', 'both'), ask(from, 'help')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'say', 'say']);
    expect(await accounts()).toHaveLength(1);
  });
});

describe('a workspace', () => {
  const from = (externalWorkspaceId: string) => ({ platform: 'chat', externalWorkspaceId, accountId: 'account-new' });
  const workspaces = async () =>
    (await company.db.workspace.findMany({ where: { platform: 'chat' } })).map(({ externalId }) => externalId).sort();
  const codeShownTo = async (person: Company['ann']) =>
    /(?:connect|relier) ((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})/.exec(textOf(await company.ask(person, 'connect')))?.[1] ?? '';
  const foreign = () => {
    const { chat } = company.messengers;
    if (chat) chat.ownWorkspace = false;
  };

  test('that the platform’s own credentials name becomes the company’s when it first writes', async () => {
    expect(textOf(await ask(from('W1')))).toContain('asked an Attendant admin');
    expect(await workspaces()).toContain('W1');
  });

  test('that only writes is refused, even as the first of its platform', async () => {
    await company.db.workspace.deleteMany();
    foreign();
    expect(textOf(await ask(from('W1')))).toContain('not connected with a company');
    expect(textOf(await ask(from('W1'), 'connect ABCD-EFGH-JKLM-NPQR'))).toContain('This code is wrong');
    expect(await workspaces()).toEqual([]);
    expect(await company.db.linkRequest.count()).toBe(0);
  });

  test('is the company’s once somebody there types an admin’s code, which works once', async () => {
    const code = await codeShownTo(company.ada);
    foreign();
    stranger('bo@maple.example');
    const typed = ` relier ${code.toLowerCase().replaceAll('-', ' ')} `;
    expect(textOf(await ask(from('W1'), typed))).toContain('now connected with Maple & Co');
    expect(textOf(await ask(from('W1')))).toContain('You are in the office');
    expect(await workspaces()).toContain('W1');
    expect((await company.audit()).map(({ event }) => event)).toContain('workspace.adopted');
    expect(textOf(await ask(from('W2'), `connect ${code}`))).toContain('This code is wrong');
    expect(await workspaces()).not.toContain('W2');
  });

  test('stays refused with a code whose time is over', async () => {
    const code = await codeShownTo(company.ada);
    foreign();
    company.clock.forward({ minutes: 16 });
    expect(textOf(await ask(from('W1'), `connect ${code}`))).toContain('This code is wrong');
  });

  test('is nobody’s business but an admin’s', async () => {
    expect(textOf(await company.ask(company.bo, 'connect'))).not.toContain('connect ');
    expect(await company.db.workspaceCode.count()).toBe(0);
    expect(textOf(await company.ask(company.ada, 'connect ABCD-EFGH-JKLM-NPQR'))).toContain('connected already');
  });
});

describe('the command line', () => {
  test('links an account, and its workspace', async () => {
    const account = { platform: 'other', externalWorkspaceId: 'W9', accountId: 'A9' };
    const actor = installationActor(company.tenantId, 'cli');
    const person = await linkAccount(company.deps, actor, { ...account, email: 'Ann@maple.example' });
    expect(person.displayName).toBe('Ann Baker');
    expect(textOf(await ask(account))).toContain('You are in the office');
    await expect(linkAccount(company.deps, actor, { ...account, email: 'x@y.example' })).rejects.toThrow('refused');
  });

  test('knows a GUID in capitals for the same', async () => {
    const guid = (id: string) => `${id}${id}${id}${id}${id}${id}${id}${id}-ABCD-4ABC-8ABC-ABCDEFABCDEF`;
    const account = { platform: 'other', externalWorkspaceId: guid('A'), accountId: guid('B') };
    const actor = installationActor(company.tenantId, 'cli');
    await linkAccount(company.deps, actor, { ...account, email: 'ann@maple.example' });
    const lower = { ...account, externalWorkspaceId: guid('a').toLowerCase(), accountId: guid('b').toLowerCase() };
    expect(textOf(await ask(lower))).toContain('You are in the office');
    expect(await company.db.workspace.findMany({ where: { platform: 'other' } })).toHaveLength(1);
  });
});

test('what a request newly shows of an account is kept', async () => {
  const { ann } = company;
  await ask({ ...ann.account, locale: 'fr-CA', timeZone: 'Europe/Paris', conversation: { id: '19:x' } }, 'help');
  await expect
    .poll(() => company.db.account.findFirst({ where: { userId: ann.id } }))
    .toMatchObject({ locale: 'fr-CA', timeZone: 'Europe/Paris', conversation: { id: '19:x' } });
  expect(textOf(await ask(ann.account))).toContain('Vous êtes au bureau');
});

describe('somebody mentioned who never wrote to Attendant', () => {
  const mention = (from: Sender, text: string, whom: Sender) =>
    dispatch(company.deps, { id: asId(`mention-${asked++}`), from, kind: 'command', text, mentions: [whom] });

  test('is the colleague whose e-mail address the platform vouches for, and can be told', async () => {
    const { ann, bo } = company;
    await company.db.account.deleteMany({ where: { userId: bo.id } });
    const account = stranger('bo@maple.example');
    const understood = await mention(ann.account, 'ooo until Friday 5pm', account);
    expect(textOf(understood)).toContain('Bo Chen');
    expect(await accounts()).toMatchObject([{ userId: bo.id, linkedBy: 'email' }]);
    expect(textOf(await mention(ann.account, 'status', account))).toContain('Bo Chen');
    expect((await company.audit()).filter(({ event }) => event === 'account.linked')).toHaveLength(1);
  });

  test('is nobody where the address is nobody’s, and no admin is asked', async () => {
    const understood = await mention(company.ann.account, 'ooo until Friday 5pm', stranger('who@else.example'));
    expect(textOf(understood)).toContain('is not in Attendant yet. An Attendant admin can add them.');
    expect(await company.db.linkRequest.count()).toBe(0);
    expect(await accounts()).toEqual([]);
  });

  test.each(['find', 'status', 'ooo until Friday 5pm', 'impersonate', 'audit'])(
    'is called by their name by “%s”, and is said not to be in Attendant, in both languages',
    async (command) => {
      const displayName = 'Sam <b>Stranger</b>';
      const outside = stranger('sam@else.example', displayName);
      const { ada } = company;
      expect(textOf(await mention(ada.account, command, outside))).toContain(`${displayName} is not in Attendant yet.`);
      const french = textOf(await mention({ ...ada.account, locale: 'fr' }, command, outside));
      expect(french).toContain(`${displayName} n’est pas encore dans Attendant.`);
      profiles().clear();
      const named = { ...outside, displayName: 'Sam Shown' };
      expect(textOf(await mention({ ...ada.account, locale: 'en' }, command, named))).toContain('Sam Shown is not in');
      expect(textOf(await mention({ ...ada.account, locale: 'en' }, command, outside))).toContain(
        'The person you mentioned is not in Attendant yet.',
      );
    },
  );

  test('and chosen in a platform’s own picker is named at the field', async () => {
    const outside = { ...stranger('sam@else.example'), accountId: randomUUID() };
    profiles().set(outside.accountId, { displayName: 'Sam Stranger' });
    const form = await company.submit(company.ann, 'ooo.set', { until: '2030-01-18', backup: outside.accountId });
    expect(problemsOf(form)).toEqual({ backup: expect.stringContaining('Sam Stranger is not in Attendant yet.') });
  });
});
