import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listenUrl } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { forwardVoicemail } from '../../../src/core/voicemail/sharing/forward-voicemail.js';
import { wav } from '../../support/audio.js';
import type { Person } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { buttonsOf, problemsOf, textOf } from '../../support/read.js';
import { type WebCompany, webCompany } from '../../support/web.js';

const reason = 'Ann is ill and asked me to set her absence.';
const platforms = ['slack', 'teams', 'web'] as const;
type Platform = (typeof platforms)[number];

let company: WebCompany;
let cookies: Record<string, string>;

beforeEach(async () => {
  company = await webCompany({ platforms: ['slack', 'teams'] });
  cookies = {};
});

/** The same person on another platform. */
const on = (person: Person, platform: Platform): Person =>
  platform === 'web'
    ? { ...person, account: { platform, externalWorkspaceId: company.tenantId, accountId: person.id } }
    : { ...person, account: { ...person.account, platform } };

const get = (path: string, person?: Person, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${company.origin}${path}`, {
    redirect: 'manual',
    headers: { ...headers, ...(person ? { cookie: cookies[person.id] ?? '' } : {}) },
  });

const post = (path: string, fields: Record<string, string>, person?: Person) =>
  fetch(path.startsWith('http') ? path : `${company.origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: person ? { cookie: cookies[person.id] ?? '' } : {},
    body: new URLSearchParams(fields),
  });

async function signIn(person: Person): Promise<void> {
  const answer = await post('/sign-in', { user: person.id });
  cookies[person.id] = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Import a row as `attendant import` does. */
async function importRow(row: Record<string, string>): Promise<void> {
  const file = Buffer.from(`${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
  const [line] = await importFile(company.deps, installationActor(company.tenantId, 'cli'), file, { dryRun: false });
  expect(line?.outcome).toBe('updated');
}

async function leaveMessageFor(person: Person): Promise<Awaited<ReturnType<typeof receiveVoicemail>>['id']> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'phone'), {
    sourceId: `for ${person.id} ${Math.random()}`,
    mailbox: { userId: person.id },
    audio: wav(4),
    callerName: 'Priya Raman',
  });
  return id;
}

const actAs = (person: Person, platform: Platform = 'slack') =>
  company.submit(on(company.ada, platform), 'impersonation.start', { user: person.id, reason });

/** A second admin, so that one can lose access. */
const secondAdmin = () => company.db.user.update({ where: { id: company.eve.id }, data: { role: 'admin' } });

const eventsAbout = async (person: Person) =>
  (await company.audit()).filter(({ subjectId }) => subjectId === person.id).map(({ event }) => event);

describe.each(platforms)('an admin acts as Ann on every platform, and on %s', (platform) => {
  test.each([
    ['access', { access: 'none' }, 'no longer has access', 'not switched on for you'],
    ['the app', { app_access: 'no' }, 'no longer has access', 'not switched on for you'],
    ['the role', { role: 'member' }, 'is no longer an Attendant admin', ''],
  ])('loses %s and acts as herself again from that moment on', async (_what, row, told, refused) => {
    const { ada, ann } = company;
    await secondAdmin();
    await signIn(ada);
    await actAs(ann, platform);
    expect((await company.ask(on(ada, platform), 'help')).bar?.text).toContain('Ann Baker');

    const mail = { notification_type: 'email_with_attachment' };
    await importRow({ username: 'ada', ...mail, ...row });

    const answer = await company.ask(on(ada, platform), 'ooo until Friday');
    expect(answer.bar).toBeUndefined();
    if (refused !== '') expect(textOf(answer)).toContain(refused);
    expect(await company.db.outOfOfficePeriod.count({ where: { userId: ann.id } })).toBe(0);
    // The browser's session ended in the same transaction.
    expect((await get('/', ada)).headers.get('location')).toBe('/sign-in?to=%2F');

    const [session] = await company.db.impersonationSession.findMany();
    expect(session?.endedAt).toEqual(company.clock.now());
    await company.work({ twice: true });
    const cards = company.cardsOf(ann, 'slack');
    expect(textOf(cards.at(-1))).toContain('Ada Roy no longer acts as you');
    expect(textOf(cards.at(-1))).toContain(told);
    expect(await eventsAbout(ann)).toContain('impersonation.ended');
    expect(await eventsAbout(ada)).toContain('access.ended');
  });
});

test('an admin who lost only the role is told why the bar is gone', async () => {
  await secondAdmin();
  await actAs(company.ann);
  await importRow({ username: 'ada', role: 'manager' });
  await company.work();
  expect(textOf(company.cardsOf(company.ada, 'slack').at(-1))).toContain('you are no longer an Attendant admin');
});

test('the person who is acted as loses access: the session ends, and the admin is told', async () => {
  const { ada, ann } = company;
  await actAs(ann);
  await importRow({ username: 'ann', access: 'none' });
  expect((await company.ask(on(ada, 'teams'), 'help')).bar).toBeUndefined();
  await company.work();
  expect(textOf(company.cardsOf(ada, 'teams').at(-1))).toContain('Ann Baker no longer has access');
});

test('the person who is acted as becomes an admin: the session ends', async () => {
  await actAs(company.ann);
  await importRow({ username: 'ann', role: 'admin' });
  const [session] = await company.db.impersonationSession.findMany();
  expect(session?.endedHow).toBe('person-became-admin');
});

test.each([
  ['her access', { access: 'none' }],
  ['her side of the app', { appAllowed: false }],
  ['her role', { role: 'manager' }],
])('a change of %s by a door that tells nobody counts at once, and the sweep ends the session', async (_what, data) => {
  const { ada, ann } = company;
  await actAs(ann);
  await company.db.user.update({ where: { id: ada.id }, data });
  for (const platform of ['slack', 'teams'] as const)
    expect((await company.ask(on(ada, platform), 'help')).bar).toBeUndefined();

  company.tasks.lose();
  await company.deps.tasks.add([{ name: 'sweep', payload: {} }]);
  await company.work();
  const [session] = await company.db.impersonationSession.findMany();
  expect(session?.endedHow).toMatch(/^admin-lost/);
});

test.each([{ enabled: false }, { appAllowed: false }])(
  'the company is switched off: nobody acts as anybody (%o)',
  async (data) => {
    const { ada, ann } = company;
    await actAs(ann);
    await company.db.tenant.update({ where: { id: company.tenantId }, data });
    const answer = await company.ask(on(ada, 'slack'), 'ooo until Friday');
    expect(answer.bar).toBeUndefined();
    expect(await company.db.outOfOfficePeriod.count()).toBe(0);
  },
);

test('nobody begins to act as somebody at the moment when their own access goes', async () => {
  const { ada, ann } = company;
  const form = await company.ask(ada, 'impersonate', { mentions: [ann] });
  expect(form.kind).toBe('open');
  await secondAdmin();
  const [answer] = await Promise.all([actAs(ann), importRow({ username: 'ada', access: 'none' })]);
  expect(answer).toBeDefined();
  const running = await company.db.impersonationSession.count({ where: { endedAt: null } });
  expect(running).toBe(0);
});

describe('somebody whose access is taken', () => {
  test('by the list of leavers loses sessions, sign-in links and player links in that transaction', async () => {
    const { ada, bo } = company;
    const id = await leaveMessageFor(bo);
    const actor = { kind: 'self', tenantId: company.tenantId, userId: bo.id, role: 'member', via: 'web' } as const;
    const link = await listenUrl(company.deps, actor, id);
    await signIn(bo);
    const [open] = buttonsOf(await company.ask(bo, 'app'));
    const member = await company.db.member.create({
      data: {
        ...bo.account,
        tenantId: company.tenantId,
        status: 'left',
        since: company.clock.now(),
        seenAt: company.clock.now(),
      },
    });
    await company.db.account.deleteMany({ where: { userId: bo.id, platform: 'teams' } });

    await company.click(ada, 'members.deactivate', { member: member.id });

    expect(await company.db.user.findUnique({ where: { id: bo.id } })).toMatchObject({ access: 'none' });
    expect(await company.db.webSession.count({ where: { userId: bo.id, endedAt: null } })).toBe(0);
    expect(await company.db.playerLink.count({ where: { userId: bo.id, revokedAt: null } })).toBe(0);
    expect((await get('/', bo)).headers.get('location')).toContain('/sign-in');
    expect((await get(link ?? '')).status).toBe(403);
    if (open?.kind !== 'link') throw new Error('no link');
    expect((await post(new URL(open.url).pathname, {})).status).toBe(403);
    expect((await company.audit()).at(-1)).toMatchObject({
      event: 'access.ended',
      subjectId: bo.id,
      after: { sessions: 1, signInLinks: 1, playerLinks: 1 },
    });
  });

  test('signs in nowhere, not with a link made before, and not in the demo', async () => {
    const { dan } = company;
    const [open] = buttonsOf(await company.ask(dan, 'app'));
    if (open?.kind !== 'link') throw new Error('no link');
    await company.db.user.update({ where: { id: dan.id }, data: { access: 'none' } });
    const path = new URL(open.url).pathname;
    expect(await (await get(path)).text()).toContain('not switched on for you');
    expect((await post(path, {})).status).toBe(403);
    expect((await post('/sign-in', { user: dan.id })).status).toBe(403);
    expect(await company.db.webSession.count()).toBe(0);
  });

  test('who is only no longer an admin keeps the links to their own messages', async () => {
    const { ada } = company;
    await secondAdmin();
    const id = await leaveMessageFor(ada);
    const actor = { kind: 'self', tenantId: company.tenantId, userId: ada.id, role: 'admin', via: 'web' } as const;
    const link = (await listenUrl(company.deps, actor, id)) ?? '';
    await importRow({ username: 'ada', role: 'member' });
    expect((await get(link)).status).toBe(200);
  });

  test('a forward that an admin asked for as somebody is not made once they may not act so', async () => {
    const { ada, ann, bo } = company;
    const id = await leaveMessageFor(ann);
    await actAs(ann);
    const asked = await company.submit(on(ada, 'slack'), 'voicemail.forward', { recipient: bo.id }, { voicemail: id });
    expect(asked.kind).not.toBe('invalid');
    await company.db.user.update({ where: { id: ada.id }, data: { access: 'none' } });
    const [forward] = await company.db.forward.findMany();
    await forwardVoicemail(company.deps, forward?.id ?? '');
    expect(await company.db.voicemail.count({ where: { userId: bo.id } })).toBe(0);
    expect((await company.db.forward.findMany())[0]).toMatchObject({ status: 'failed' });
  });
});

test('nobody begins to act as somebody without access', async () => {
  const answer = await actAs(company.nil);
  expect(problemsOf(answer).user).toContain('has no access');
});
