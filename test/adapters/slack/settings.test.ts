import { beforeAll, expect, test } from 'vitest';
import type { SlackMessage } from '../../fakes/slack/workspace.js';
import { type SlackCompany, slackCompany } from '../../support/slack.js';

let world: SlackCompany;
const ada = 'account-ada';
const ann = 'account-ann';
const bo = 'account-bo';

beforeAll(async () => {
  world = await slackCompany();
});

const shown = (on: { readonly blocks: unknown } | undefined) => JSON.stringify(on?.blocks ?? []);
const seenBy = (user: string, text: string): Promise<SlackMessage> =>
  world.slack.workspace.until(() => world.slack.ephemeralTo(user).find((one) => shown(one).includes(text)));
const topView = (user: string) => world.slack.workspace.until(() => world.slack.topView(user));
const tenant = () => world.company.db.tenant.findFirstOrThrow();

test('one’s own settings: a card, a window for a group, saved, and the card shows it', async () => {
  await world.slack.slash(bo, 'settings');
  const card = await seenBy(bo, 'Your settings');
  await world.slack.click(bo, card, 'settings.save');
  const view = await topView(bo);
  expect(view.content).toMatchObject({ callback_id: 'settings.save', title: { text: 'Numbers and languages' } });
  expect(shown(view.content)).toContain('As the company has it (English)');
  const refused = await world.slack.submit(bo, { timeZone: 'Mars/Olympus' });
  expect(refused.body).toMatchObject({ response_action: 'errors', errors: { timeZone: expect.any(String) } });
  await world.slack.submit(bo, { language: 'fr', timeZone: 'Europe/Paris' });
  await seenBy(bo, 'Saved. Language: French');
  const row = await world.company.db.user.findUniqueOrThrow({ where: { id: world.company.bo.id } });
  expect(row).toMatchObject({ language: 'fr', timeZone: 'Europe/Paris' });
});

test('what the company locked is words in the window, and no input', async () => {
  await world.company.db.tenant.updateMany({ data: { forwardingAllowed: false } });
  await world.slack.slash(ann, 'settings');
  const card = await seenBy(ann, 'Locked by the company');
  const blocks = card.blocks.filter((block) => JSON.stringify(block).includes('Change voicemail management'));
  await world.slack.click(ann, { ...card, blocks }, 'settings.save');
  const { content } = await topView(ann);
  expect(shown(content)).toContain('Where it comes from: Locked by the company');
  const inputs = content.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  expect(inputs).toEqual(['directVoicemailTransfer', 'urgentAllowed', 'transcripts']);
  await world.company.db.tenant.updateMany({ data: { forwardingAllowed: true } });
});

test('two admins at once: the window of the later one comes back with what the other changed', async () => {
  await world.company.db.user.update({ where: { id: world.company.bo.id }, data: { role: 'admin', language: 'en' } });
  for (const admin of [ada, bo]) {
    await world.slack.slash(admin, 'admin settings');
    await world.slack.click(admin, await seenBy(admin, 'Company settings'), 'admin.tenant');
    await topView(admin);
  }
  await world.slack.submit(bo, { appAccess: 'yes', edition: 'attendant' });
  await seenBy(bo, 'Saved. Edition: Attendant');

  const late = await world.slack.submit(ada, { edition: 'attendant_plus', enabled: 'no' });
  expect(late.body).toMatchObject({ response_action: 'update' });
  expect(JSON.stringify(late.body)).toContain('Meanwhile changed to Attendant (Bo Chen');
  expect(await tenant()).toMatchObject({ enabled: true, edition: 'attendant' });

  // Switched off, Bo has one button, and it works.
  await world.slack.submit(ada, { enabled: 'no' });
  await world.slack.workspace.until(() => world.slack.topView(ada) === undefined);
  expect(await tenant()).toMatchObject({ enabled: false });
  await world.slack.slash(bo, 'status');
  await world.slack.click(bo, await seenBy(bo, 'Switch Attendant on'), 'admin.switch-on');
  await world.slack.workspace.until(() => world.slack.ephemeralTo(bo).find((one) => shown(one).includes('is on.')));
  expect(await tenant()).toMatchObject({ enabled: true });
});
