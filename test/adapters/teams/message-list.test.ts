import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { actionOf, cardIn, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { teamsListening } from '../../fakes/teams/listening.js';
import { walk } from '../../fakes/teams/strict.js';
import { type FakeCard, fakeTeams } from '../../fakes/teams/teams.js';
import { wav } from '../../support/audio.js';
import { atTheEnd } from '../../support/clean-up.js';
import { type Company, type Person, testCompany } from '../../support/company.js';

let company: Company;
let ann: ReturnType<typeof teamsClient>;
beforeEach(async () => {
  const teams = await fakeTeams();
  atTheEnd(() => teams.close());
  company = await testCompany({ platforms: ['teams'] });
  const { url } = await teamsListening(company.deps, teams);
  const { account, displayName } = company.ann;
  const { accountId, externalWorkspaceId: tenantId } = account;
  ann = teamsClient(teams, url, { accountId, tenantId, name: displayName });
});

let sources = 0;
async function leave(to: Person, callerName: string): Promise<string> {
  company.clock.forward({ seconds: 60 });
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `teams list ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    callerName,
  });
  return id;
}

const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });

/** What Teams sends for the boxes of a card, with these values ticked: all of them, with every action. */
function ticked(card: FakeCard | undefined, ...values: string[]): Record<string, string> {
  const inputs: Record<string, string> = {};
  walk(card?.body, ({ type, id, isMultiSelect, choices }) => {
    if (type !== 'Input.ChoiceSet' || isMultiSelect !== true) return;
    inputs[String(id)] = (choices as { value: string }[])
      .map(({ value }) => value)
      .filter((one) => values.includes(one))
      .join();
  });
  return inputs;
}

async function list(): Promise<FakeCard> {
  await ann.say('voicemail');
  const { card } = ann.last();
  if (!card) throw new Error('no card');
  return card;
}

describe('several messages on the card', () => {
  test('are deleted, the card shows the rest, and one undo brings them back', async () => {
    const [one, two, three] = [
      await leave(company.ann, 'First Caller'),
      await leave(company.ann, 'Second Caller'),
      await leave(company.ann, 'Third Caller'),
    ];
    const card = await list();
    const after = cardIn(await ann.press(card, 'voicemail.delete', ticked(card, one, three)));
    expect(wordsOf(after)).toContain('2 messages deleted');
    // A client that keeps ticks by the id of a box finds none of those here.
    const boxes = Object.keys(ticked(after));
    expect(boxes).toHaveLength(1);
    expect(Object.keys(ticked(card))).not.toContain(boxes[0]);
    expect(wordsOf(after)).toContain('Second Caller');
    expect(wordsOf(after)).not.toContain('Third Caller');
    expect((await row(one)).deletedAt).not.toBeNull();
    expect((await row(two)).deletedAt).toBeNull();

    const undone = cardIn(await ann.press(after, 'voicemail.undo', ticked(after)));
    expect(wordsOf(undone)).toContain('2 messages restored');
    expect(wordsOf(undone)).toContain('Third Caller');
    for (const id of [one, two, three]) expect((await row(id)).deletedAt).toBeNull();
  });

  test('are marked handled and e-mailed; with none ticked the card says so and stays', async () => {
    const ids = [await leave(company.ann, 'One'), await leave(company.ann, 'Two')];
    const card = await list();
    const none = cardIn(await ann.press(card, 'voicemail.handled', ticked(card)));
    expect(wordsOf(none)).toContain('No message is selected. Tick the messages first.');
    expect(wordsOf(none)).toContain('Two');
    const handled = cardIn(await ann.press(none, 'voicemail.handled', ticked(none, ...ids)));
    expect(wordsOf(handled)).toContain('2 messages marked handled');
    expect(wordsOf(handled)).toContain('New · Handled · Two');
    const mailed = cardIn(await ann.press(handled, 'voicemail.export', ticked(handled, ...ids)));
    expect(wordsOf(mailed)).toContain('2 messages on the way to your e-mail');
    expect(await company.db.export.count()).toBe(2);
    for (const id of ids) expect((await row(id)).handledById).toBe(company.ann.id);
  });

  test('are forwarded with a note by a dialog, and the card is updated with the result', async () => {
    const ids = [await leave(company.ann, 'One'), await leave(company.ann, 'Two')];
    const card = await list();
    const form = cardIn(await ann.press(ann.last(), 'voicemail.forward', ticked(card, ...ids)));
    expect(wordsOf(form)).toContain('2 messages, each as a copy of its own.');
    await ann.press(form, 'voicemail.forward', { recipient: company.bo.id, note: 'for you' });
    expect(ann.last().updates).toBe(1);
    expect(wordsOf(ann.last().card)).toContain('2 messages being forwarded');
    expect(wordsOf(ann.last().card)).toContain('Two');
    await company.work();
    expect(await company.db.voicemail.count({ where: { userId: company.bo.id, forwardNote: 'for you' } })).toBe(2);
  });

  test('that are none open a dialog that says so', async () => {
    await leave(company.ann, 'Kim');
    const card = await list();
    expect(wordsOf(cardIn(await ann.press(card, 'voicemail.forward', ticked(card))))).toContain(
      'No message is selected',
    );
  });
});

test('the card never shows more than six actions; the others are behind the three dots', async () => {
  for (let at = 0; at < 20; at += 1) await leave(company.ann, `Caller ${at}`);
  const first = await list();
  const second = cardIn(await ann.press(first, 'Older', ticked(first)));
  const ids: string[] = [];
  walk(second.body, ({ type, choices }) => {
    if (type === 'Input.ChoiceSet') ids.push(...(choices as { value: string }[]).map(({ value }) => value));
  });
  const deleted = cardIn(await ann.press(second, 'voicemail.delete', ticked(second, ids[0] ?? '')));
  for (const card of [first, second, deleted]) {
    const actions: Record<string, unknown>[] = [];
    walk(card.body, ({ type, actions: row }) => {
      if (type === 'ActionSet') actions.push(...(row as Record<string, unknown>[]));
    });
    expect(actions.filter(({ mode }) => mode !== 'secondary').length).toBeLessThanOrEqual(6);
    expect(actions.map(({ title }) => title)).toContain('All messages');
  }
  expect(actionOf(second, 'Older').mode).toBeUndefined();
  expect(wordsOf(deleted)).toContain('Caller 10');
});

test('the dialog has the filters and the order of the browser, and the card shows what was chosen', async () => {
  for (const caller of ['Zoe Caller', 'Ada Caller', 'Kim Other']) await leave(company.ann, caller);
  await list();
  const form = cardIn(await ann.press(ann.last(), 'Search and filter'));
  await ann.press(form, 'Show', {
    caller: 'caller',
    show: 'unheard',
    length: 'short',
    sort: 'caller',
    reversed: 'true',
    since: '2030-01-01',
  });
  const found = wordsOf(ann.last().card);
  expect(found).toContain(
    'Shown: New · Caller: caller · From Tue, Jan 1 · Shorter than 30 s · Sorted by Caller, A to Z, reversed',
  );
  expect(found).not.toContain('Kim Other');
  expect(found.indexOf('Zoe Caller')).toBeLessThan(found.indexOf('Ada Caller'));
});

test('the words beside an entry open it and play it', async () => {
  await leave(company.ann, 'Kim Caller');
  const card = await list();
  await ann.press(card, 'voicemail.open');
  expect(wordsOf(ann.last().card)).toContain('Voicemail from Kim Caller');
  const { body } = await ann.press(card, 'voicemail.listen');
  expect(JSON.stringify(body)).toContain('/teams/frame?to=');
});

test('what a colleague did meanwhile is named, and the rest is done', async () => {
  for (const { id: user } of [company.ann, company.bo])
    await company.submit(company.ada, 'mailbox.member', { user, level: 'handle' }, { mailbox: company.box.id });
  const [taken, free] = [await leave(company.box, 'Taken Caller'), await leave(company.box, 'Free Caller')];
  const card = await list();
  await company.click(company.bo, 'voicemail.delete', { voicemail: taken });
  const after = cardIn(await ann.press(card, 'voicemail.delete', ticked(card, taken, free)));
  expect(wordsOf(after)).toContain('1 message deleted');
  expect(wordsOf(after)).toMatch(/Taken Caller, .*: Deleted already\./);
  await ann.press(after, 'voicemail.undo', ticked(after));
  expect((await row(free)).deletedAt).toBeNull();
  expect((await row(taken)).deletedAt).not.toBeNull();
});

test('ids that the card never showed are refused, a thousand of them whole', async () => {
  const other = await testCompany({ platforms: ['teams'], numberless: true });
  const { id: foreign } = await receiveVoicemail(other.deps, installationActor(other.tenantId, 'api'), {
    sourceId: 'foreign',
    mailbox: { userId: other.ann.id },
    audio: wav(4),
    callerName: 'Foreign Caller',
  });
  const [own, stranger] = [await leave(company.ann, 'Own Caller'), await leave(company.bo, 'Secret Caller')];
  const card = await list();
  const many = [own, ...Array.from({ length: 999 }, () => crypto.randomUUID())].join();
  const refused = await ann.press(card, 'voicemail.delete', { 'tick.voicemails.0': many });
  expect(JSON.stringify(refused.body)).toContain('cannot read that much at once');
  expect((await row(own)).deletedAt).toBeNull();

  const hostile = [own, own, stranger, foreign, crypto.randomUUID(), 'x'].join();
  const said = wordsOf(
    cardIn(await ann.press(card, 'voicemail.delete', { 'tick.voicemails.0': hostile, 'tick.x.y': 'z' })),
  );
  expect(said).toContain('1 message deleted');
  expect(said).toContain('This message is not in your mailbox.');
  expect(said).not.toMatch(/Secret|Foreign/);
  expect((await row(stranger)).deletedAt).toBeNull();
  expect((await other.db.voicemail.findUniqueOrThrow({ where: { id: foreign } })).deletedAt).toBeNull();
});
