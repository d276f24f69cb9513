import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { listMessages } from '../../../src/core/voicemail/mailbox/message-list.js';
import { type MessagesQuery, messagesSorts } from '../../../src/core/voicemail/mailbox/message-list.types.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { formOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

let sources = 0;
async function leave(
  to: Person,
  { transcript, ...incoming }: { callerName?: string; ani?: string; transcript?: string } = {},
): Promise<VoicemailId> {
  company.clock.forward({ seconds: 60 });
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `listed ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    ...incoming,
  });
  if (transcript !== undefined) await company.db.voicemail.updateMany({ where: { id }, data: { transcript } });
  return id;
}

const list = (query: MessagesQuery, person = company.ann) => listMessages(company.deps, person.id, query);
const found = async (search: string) => (await list({ search })).messages.map(({ id }) => id);

describe('pages', () => {
  test.each(messagesSorts)('sorted by %s have each message once, forth and back, both ways', async (sort) => {
    const callers = ['Zoe', 'Ann', 'Ann', '', 'Bo', 'Bo', 'Eve'];
    const ids = [];
    for (const callerName of callers) ids.push(await leave(company.ann, { callerName }));
    for (const id of ids.slice(0, 3)) await company.click(company.ann, 'voicemail.handled', { voicemail: id });
    await company.db.voicemail.updateMany({
      where: { id: { in: ids.slice(2, 5) } },
      data: { heardAt: company.clock.now(), forwardedById: company.bo.id, durationSeconds: 9 },
    });
    for (const direction of ['ascending', 'descending'] as const) {
      const whole = (await list({ sort, direction, pageSize: 100 })).messages.map(({ id }) => id);
      expect([...whole].sort()).toEqual([...ids].sort());
      const forth: VoicemailId[][] = [];
      let page = await list({ sort, direction, pageSize: 2 });
      for (;;) {
        forth.push(page.messages.map(({ id }) => id));
        const after = page.messages.at(-1)?.id;
        if (!page.hasLater || after === undefined) break;
        page = await list({ sort, direction, pageSize: 2, after });
        expect(page.hasEarlier).toBe(true);
      }
      expect(forth.flat()).toEqual(whole);
      const [before] = forth[2] ?? [];
      const back = await list({ sort, direction, pageSize: 2, ...(before ? { before } : {}) });
      expect(back.messages.map(({ id }) => id)).toEqual(forth[1]);
    }
  });

  test('that begin at a message of nobody, or of somebody else, are the first page', async () => {
    const own = await leave(company.ann);
    const theirs = await leave(company.bo);
    await leave(company.ann);
    const first = (await list({})).messages;
    for (const after of [theirs, randomUUID() as VoicemailId]) expect((await list({ after })).messages).toEqual(first);
    expect((await list({ after: own })).messages).toEqual(first); // nothing lies beyond the oldest
  });

  test('of members hold the messages of all their mailboxes in one order', async () => {
    const level = 'handle';
    await company.submit(company.ada, 'mailbox.member', { user: company.ann.id, level }, { mailbox: company.box.id });
    const ids = [];
    for (const to of [company.box, company.ann, company.box, company.ann, company.box]) ids.push(await leave(to));
    const first = await list({ pageSize: 3 });
    const second = await list({ pageSize: 3, ...(first.messages[2] ? { after: first.messages[2].id } : {}) });
    expect([...first.messages, ...second.messages].map(({ id }) => id)).toEqual([...ids].reverse());
    expect(first.total).toBe(5);
  });
});

describe('the search', () => {
  test('finds beginnings of words of transcript and name, without accents, in any order, and parts of numbers', async () => {
    const dentist = await leave(company.ann, {
      callerName: 'Zoë O’Neil-Brûlé',
      ani: '+14165550142',
      transcript: 'Your dentist appointment is on Élysée street, call me back.',
    });
    const other = await leave(company.ann, { callerName: 'Kim', transcript: 'About the invoice.' });
    for (const search of [
      'dent',
      'appointment DENT',
      'zoe',
      'ZOË',
      'brule',
      'élys',
      'o’neil',
      "o'neil",
      '0142',
      '416-555 01',
      '+1 416',
    ])
      expect(await found(search), search).toEqual([dentist]);
    expect(await found('invo')).toEqual([other]);
    expect(await found('dent invo')).toEqual([]);
    expect((await list({ search: 'dent' })).total).toBe(1);
  });

  test('finds nothing of other mailboxes, nor of a message deleted for good', async () => {
    await leave(company.bo, { transcript: 'secret plan' });
    expect(await found('secret')).toEqual([]);
    const mine = await leave(company.ann, { transcript: 'secret plan' });
    expect(await found('secret')).toEqual([mine]);
    await company.click(company.ann, 'voicemail.delete', { voicemail: mine });
    expect(await found('secret')).toEqual([]);
    expect((await list({ search: 'secret', deleted: true })).messages.map(({ id }) => id)).toEqual([mine]);
  });

  test.each(['!!!', '\\', "' | '@", '@', ':*', '& |', '%', '<->', "a'b", '🦊', 'x'.repeat(200)])(
    'for %j is text and breaks nothing',
    async (search) => {
      await leave(company.ann, { transcript: 'hello' });
      expect(await found(search)).toEqual([]);
    },
  );

  test('of one person never becomes the search of another mailbox', async () => {
    await leave(company.bo, { transcript: 'hello' });
    expect(await found(`@${company.bo.id}`)).toEqual([]);
  });

  test('takes a transcript without spaces, and of any length', async () => {
    const id = await leave(company.ann, { callerName: 'Long', transcript: 'x'.repeat(90_000) });
    expect(await found('long')).toEqual([id]);
  });
});

test('filters by caller, day, length and state meet', async () => {
  const early = await leave(company.ann, { callerName: 'Kim One', ani: '+14165550101' });
  const between = company.clock.now();
  company.clock.forward({ seconds: 60 });
  const late = await leave(company.ann, { callerName: 'Kim Two' });
  await company.db.voicemail.updateMany({ where: { id: late }, data: { durationSeconds: 130 } });
  const ids = async (query: MessagesQuery) => (await list(query)).messages.map(({ id }) => id);
  expect(await ids({ until: new Date(between.getTime() + 1) })).toEqual([early]);
  expect(await ids({ since: new Date(between.getTime() + 1) })).toEqual([late]);
  expect(await ids({ maxSeconds: 30 })).toEqual([early]);
  expect(await ids({ minSeconds: 120 })).toEqual([late]);
  expect(await ids({ caller: 'kim t' })).toEqual([late]);
  expect(await ids({ caller: '0101', handled: false })).toEqual([early]);
  expect(await ids({ caller: '0101', handled: true })).toEqual([]);
});

test('in chat the list is searched by a form, and its pages keep the search', async () => {
  for (let at = 0; at < 10; at += 1) await leave(company.ann, { callerName: `Dentist ${at}` });
  await leave(company.ann, { callerName: 'Other' });
  const form = formOf(await company.press(company.ann, await company.ask(company.ann, 'voicemail'), 'voicemail.find'));
  const listed = await company.submit(company.ann, form, { search: 'dent', show: 'unheard', sort: 'caller' });
  expect(listed.kind).toBe('replace');
  expect(textOf(listed)).toContain('Shown: New · Search: dent');
  expect(textOf(listed)).toContain('10 messages');
  expect(textOf(listed).indexOf('Dentist 0')).toBeLessThan(textOf(listed).indexOf('Dentist 7'));
  const next = await company.press(company.ann, listed, 'voicemail.older');
  expect(textOf(next)).toContain('Dentist 9');
  expect(textOf(next)).not.toContain('Other');
  expect(textOf(await company.press(company.ann, next, 'voicemail.newer'))).toContain('Dentist 0');
  const none = await company.submit(company.ann, form, { search: 'nobody', show: 'all', sort: 'received' });
  expect(textOf(none)).toContain('No message fits');
});
