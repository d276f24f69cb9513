import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { installationActor } from '../../src/core/chat/actor.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { buttonsOf } from '../fakes/slack/windows.js';
import type { SlackMessage } from '../fakes/slack/workspace.js';
import { wav } from '../support/audio.js';
import { eventually } from '../support/eventually.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

const ann = 'account-ann';
let world: SlackCompany;
let card: SlackMessage;

beforeAll(async () => {
  world = await slackCompany();
});

const until = <Value>(look: () => Value | undefined | false) => world.slack.workspace.until(look);
const shown = (on: { blocks: unknown } | undefined) => JSON.stringify(on?.blocks ?? []);
const actionsOn = (message: SlackMessage) => buttonsOf(message).map(({ action_id }) => action_id);
/** The permanent messages in Ann's direct messages, without the audio under the cards. */
const staying = () => world.slack.directOf(ann).filter(({ threadTs }) => !threadTs);
const exported = () => until(() => world.company.mails.length > 0);

beforeEach(async () => {
  // The newest stands first in lists.
  world.company.clock.forward({ seconds: 1 });
  const { id } = await receiveVoicemail(world.deps, installationActor(world.company.tenantId, 'api'), {
    sourceId: randomUUID(),
    mailbox: { userId: world.company.ann.id },
    audio: wav(3),
    ani: '+14165550142',
  });
  await world.work();
  await world.messenger.stop();
  card = await until(() => world.slack.directOf(ann).find((one) => shown(one).includes(id)));
});

afterEach(() => {
  world.slack.limit('response_url', 0, 0);
  world.slack.fail('response_url', '500', 0);
  (world.company.mails as unknown[]).length = 0;
});

/** The click has changed the row, and its answer has not arrived yet. */
const asked = () =>
  eventually(async () => expect(await world.company.db.export.count({ where: { status: 'waiting' } })).toBe(1));

test('a click whose answer has to wait does not overwrite what the worker has written since', async () => {
  world.slack.limit('response_url', 1, 1);
  await world.slack.click(ann, card, 'voicemail.export');
  await asked();
  await world.work();
  await exported();
  await world.work();
  await until(() => shown(card).includes('E-mailed to'));
  await wait(1_500);
  expect(shown(card)).toContain('E-mailed to');
  expect(shown(card)).not.toContain('E-mailing it to');
});

test('a click shows its result within a second, though no worker runs', async () => {
  await world.slack.click(ann, card, 'voicemail.export');
  await world.slack.workspace.until(() => shown(card).includes('E-mailing it to'), 1_000);
  await world.work();
});

test.each(['404', '500'])('a response address that answers %s brings no second card', async (status) => {
  const before = staying();
  world.slack.fail('response_url', status, 10);
  await world.slack.click(ann, card, 'voicemail.handled');
  await until(() => actionsOn(card).includes('voicemail.reopen'));
  await wait(200);
  expect(staying()).toEqual(before);
  expect(world.slack.ephemeralTo(ann)).toEqual([]);
});

test('a form that was opened from a card leaves the card to its notice', async () => {
  const before = staying();
  world.slack.limit('response_url', 1, 1);
  await world.slack.click(ann, card, 'voicemail.forward');
  await until(() => world.slack.topView(ann));
  const recipient = (await world.slack.suggest(ann, 'Bo'))[0];
  await world.slack.submit(ann, { recipient });
  await eventually(async () => expect(await world.company.db.forward.count({ where: { status: 'waiting' } })).toBe(1));
  await world.work();
  await until(() => shown(card).includes('Forwarded to'));
  await wait(1_500);
  expect(shown(card)).not.toContain('Forwarding to');
  expect(staying()).toEqual(before);
});

test('a click that changed nothing brings a card that shows an older state up to date', async () => {
  await world.slack.click(ann, card, 'voicemail.handled');
  await until(() => actionsOn(card).includes('voicemail.reopen'));
  const handled = card.blocks;
  const old = JSON.parse(shown(card).replaceAll('voicemail.reopen', 'voicemail.handled')) as SlackMessage['blocks'];
  await world.work();
  Object.assign(card, { blocks: old });
  world.company.clock.forward({ seconds: 5 });
  await world.slack.click(ann, card, 'voicemail.handled');
  await until(() => actionsOn(card).includes('voicemail.reopen'));
  expect(buttonsOf(card).length).toBe(buttonsOf({ ...card, blocks: handled }).length);
});

test('while a notice cannot be posted at once, its task posts it; nothing else is written', async () => {
  const before = staying();
  world.slack.fail('chat.update', 'internal_error', 1);
  await world.slack.click(ann, card, 'voicemail.handled');
  await until(() => world.slack.workspace.calls.some(({ method }) => method === 'chat.update'));
  await wait(100);
  world.company.clock.forward({ minutes: 2 });
  await world.work();
  await until(() => actionsOn(card).includes('voicemail.reopen'));
  expect(staying()).toEqual(before);
});

/** The number of times an answer had to wait. */
const limited = () => world.slack.workspace.calls.filter(({ method }) => method === 'limited response_url').length;

/** The list, which is visible to Ann only. */
async function list(): Promise<SlackMessage> {
  const seen = world.slack.ephemeralTo(ann).length;
  await world.slack.slash(ann, 'voicemail');
  return until(() => world.slack.ephemeralTo(ann)[seen]);
}

test('an answer that only one person sees is replaced there, or said there: no card that stays', async () => {
  const ephemeral = await list();
  await world.slack.click(ann, ephemeral, 'voicemail.open');
  // The list has such a button too, for what is ticked in it.
  const opened = await until(() => {
    const last = world.slack.ephemeralTo(ann).at(-1);
    return last !== ephemeral && last && actionsOn(last).includes('voicemail.delete') ? last : undefined;
  });
  const before = staying();
  const seen = world.slack.ephemeralTo(ann).length;
  world.slack.fail('response_url', '404', 10);
  await world.slack.click(ann, opened, 'voicemail.handled');
  const said = await until(() => world.slack.ephemeralTo(ann)[seen]);
  expect(actionsOn(said)).toContain('voicemail.reopen');
  expect(staying()).toEqual(before);
});

test('of two answers for one message the newer stands, though the older had to wait', async () => {
  const ephemeral = await list();
  const seen = world.slack.ephemeralTo(ann).length;
  await world.slack.click(ann, ephemeral, 'voicemail.open');
  const opened = await until(() => world.slack.ephemeralTo(ann)[seen]);
  const before = limited();
  world.slack.limit('response_url', 1, 1);
  const { edits } = opened;
  await world.slack.click(ann, opened, 'voicemail.export');
  await until(() => limited() > before);
  await world.slack.click(ann, opened, 'voicemail.handled');
  await until(() => actionsOn(opened).includes('voicemail.reopen'));
  await wait(1_500);
  expect(actionsOn(opened)).toContain('voicemail.reopen');
  expect(opened.edits).toBe(edits + 1);
});
