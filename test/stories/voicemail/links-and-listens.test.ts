import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { UserError } from '../../../src/core/errors.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listListens } from '../../../src/core/voicemail/mailbox/listens.js';
import { listenUrl } from '../../../src/core/voicemail/mailbox/load-voicemail-card.js';
import { markHeard } from '../../../src/core/voicemail/mailbox/mark-heard.js';
import { linkHolders, linkHoldersOf } from '../../../src/core/voicemail/sharing/live-links.js';
import { openPlayer } from '../../../src/core/voicemail/sharing/player-link.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { textOf } from '../../support/read.js';

let company: Company;
let message: VoicemailId;

/** Bo is a member of Ann's mailbox. */
beforeEach(async () => {
  company = await testCompany();
  await company.submit(company.ann, 'mailbox.member', { user: company.bo.id, level: 'handle' });
  message = await leave(company.ann);
});

let sources = 0;
async function leave(to: Person): Promise<VoicemailId> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `linked ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
  });
  await company.work();
  return id;
}

const actor = (person: Person) =>
  ({ kind: 'self', tenantId: company.tenantId, userId: person.id, role: 'member', via: 'web' }) as const;
const holders = async (person = company.ann) =>
  (await linkHolders(company.deps, actor(person))).map(({ name, links }) => `${name}: ${links}`);
const tokenOf = async (person: Person) =>
  ((await listenUrl(company.deps, actor(person), message)) ?? '').replace('https://attendant.example/v/', '');
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error) => (error instanceof UserError ? error.status : error),
  );
const opens = (token: string) => refusal(openPlayer(company.deps, token, undefined));

describe('the owner of a mailbox', () => {
  test('sees which others have links, how many, and when they last played, and not the own ones', async () => {
    await leave(company.ann);
    expect(await holders()).toEqual([`${company.bo.displayName}: 2`]);
    expect(await holders(company.bo)).toEqual([]);
    expect((await linkHolders(company.deps, actor(company.ann)))[0]?.playedAt).toBeNull();
    await markHeard(company.deps, actor(company.bo), message);
    expect((await linkHolders(company.deps, actor(company.ann)))[0]?.playedAt).toEqual(company.clock.now());
  });

  test('ends the link of another to one message; it opens nothing more, and that is on record', async () => {
    const [theirs, own] = [await tokenOf(company.bo), await tokenOf(company.ann)];
    const person = company.bo.id;
    await company.click(company.ann, 'voicemail.revoke', { voicemail: message, person });
    expect(await opens(theirs)).toBe(403);
    expect(await opens(own)).toBe('no refusal');
    expect(await holders()).toEqual([]);
    const line = (await company.audit()).find(({ event }) => event === 'voicemail.link-revoked');
    expect(line).toMatchObject({ subjectId: message, after: { linkOf: person, links: 1 } });
    const again = await company.click(company.ann, 'voicemail.revoke', { voicemail: message, person });
    expect(textOf(again)).toContain('ended already');
  });

  test('ends all links of another at once', async () => {
    await leave(company.ann);
    const theirs = await tokenOf(company.bo);
    await company.click(company.ann, 'voicemail.revoke', { person: company.bo.id });
    expect(await holders()).toEqual([]);
    expect(await opens(theirs)).toBe(403);
  });

  test.each([
    ['after a month', async () => company.clock.forward({ days: 31 })],
    ['of a deleted message', () => company.click(company.ann, 'voicemail.delete', { voicemail: message })],
    [
      'of somebody who is no member any more',
      () => company.submit(company.ann, 'mailbox.remove', { user: company.bo.id }, {}),
    ],
    [
      'of somebody whose app access is off',
      () => company.db.user.updateMany({ where: { id: company.bo.id }, data: { appAllowed: false } }),
    ],
    [
      'of somebody without access',
      () => company.db.user.updateMany({ where: { id: company.bo.id }, data: { access: 'none' } }),
    ],
  ])('is not shown a link %s, and it opens nothing', async (_when, change) => {
    const theirs = await tokenOf(company.bo);
    expect(await holders()).toEqual([`${company.bo.displayName}: 1`]);
    await change();
    expect(await holders()).toEqual([]);
    expect(await opens(theirs)).not.toBe('no refusal');
  });
});

describe('how long a link opens is the company’s choice', () => {
  const linkDays = (days: number) => company.submit(company.ada, 'admin.tenant', { linkDays: String(days) });

  test('a new link ends after those days', async () => {
    await linkDays(2);
    const token = await tokenOf(company.bo);
    company.clock.forward({ days: 1, hours: 23 });
    expect(await opens(token)).toBe('no refusal');
    company.clock.forward({ hours: 1 });
    expect(await opens(token)).toBe(403);
    expect(await holders()).toEqual([]);
  });

  test('a shorter time ends older links at once, and a card that is shown again renews them', async () => {
    const token = await tokenOf(company.bo);
    company.clock.forward({ days: 3 });
    await linkDays(2);
    expect(await opens(token)).toBe(403);
    expect(await holders()).toEqual([]);
    expect(await opens(await tokenOf(company.bo))).toBe('no refusal');
    expect(await holders()).toEqual([`${company.bo.displayName}: 1`]);
  });

  test('a longer time does not open a link again that has ended', async () => {
    const token = await tokenOf(company.bo);
    company.clock.forward({ days: 31 });
    await linkDays(365);
    expect(await opens(token)).toBe(403);
  });

  test('a link that is soon over is renewed when its message is shown, another is not written', async () => {
    await linkDays(4);
    await tokenOf(company.bo);
    const link = () => company.db.playerLink.findFirstOrThrow({ where: { userId: company.bo.id } });
    const before = await link();
    company.clock.forward({ days: 2 });
    await tokenOf(company.bo);
    expect(await link()).toEqual(before);
    company.clock.forward({ days: 1, minutes: 1 });
    await tokenOf(company.bo);
    expect((await link()).expiresAt).toEqual(new Date(company.clock.now().getTime() + 4 * 24 * 3_600_000));
  });

  test.each(['0', '366', '1.5', 'a month'])('not %s days', async (days) => {
    const reply = await company.submit(company.ada, 'admin.tenant', { linkDays: days });
    expect(JSON.stringify(reply)).toContain('365');
    expect((await company.db.tenant.findUniqueOrThrow({ where: { id: company.tenantId } })).linkDays).toBe(30);
  });
});

describe('nobody else', () => {
  test('ends links of a mailbox: a member who does not manage it, a stranger, another company, an id of nobody', async () => {
    const own = await tokenOf(company.ann);
    const other = await testCompany({ numberless: true });
    const ofAnn = { voicemail: message, person: company.ann.id };
    await company.click(company.bo, 'voicemail.revoke', ofAnn);
    await company.click(company.dan, 'voicemail.revoke', ofAnn);
    await company.click(company.dan, 'voicemail.revoke', { person: company.ann.id });
    await other.click(other.ann, 'voicemail.revoke', ofAnn);
    await other.click(other.ann, 'voicemail.revoke', { person: company.ann.id });
    expect(textOf(await company.click(company.ann, 'voicemail.revoke', { person: 'nobody' }))).toContain(
      'ended already',
    );
    expect(await opens(own)).toBe('no refusal');
  });

  test('sees the links and the listens of a message', async () => {
    expect(await refusal(linkHoldersOf(company.deps, actor(company.bo), message))).toBe(403);
    expect(await refusal(listListens(company.deps, actor(company.bo), message, undefined))).toBe(403);
    expect(await refusal(listListens(company.deps, actor(company.dan), message, undefined))).toBe(404);
  });
});

test('the log of a message has every listen, by whom, by phone or by link, page by page', async () => {
  await markHeard(company.deps, actor(company.bo), message);
  company.clock.forward({ seconds: 1 });
  await markHeard(company.deps, { ...actor(company.ann), via: 'phone' }, message);
  company.clock.forward({ seconds: 1 });
  const byLink = await openPlayer(company.deps, await tokenOf(company.bo), undefined);
  await markHeard(company.deps, byLink.actor, message);
  const { listens } = await listListens(company.deps, actor(company.ann), message, undefined);
  expect(listens.map(({ name, byPhone, linkOf }) => ({ name, byPhone, linkOf }))).toEqual([
    { name: null, byPhone: false, linkOf: company.bo.displayName },
    { name: company.ann.displayName, byPhone: true, linkOf: null },
    { name: company.bo.displayName, byPhone: false, linkOf: null },
  ]);

  const at = company.clock.now();
  const more = Array.from({ length: 60 }, () => ({
    tenantId: company.tenantId,
    voicemailId: message,
    userId: company.ann.id,
    at,
  }));
  await company.db.listen.createMany({ data: more });
  const first = await listListens(company.deps, actor(company.ann), message, undefined);
  const second = await listListens(company.deps, actor(company.ann), message, first.next);
  expect(new Set([...first.listens, ...second.listens].map(({ id }) => id)).size).toBe(63);
  expect(second.next).toBeUndefined();
});
