import { beforeAll, expect, test } from 'vitest';
import type { Address, Receipt } from '../../../src/core/chat/messenger.js';
import type { Card } from '../../../src/core/chat/view.js';
import { OutcomeUnknown } from '../../../src/core/errors.js';
import { createLog } from '../../../src/log.js';
import { type SlackMessenger, slackMessenger } from '../../../src/slack/messenger.js';
import { botToken, type LocalSlack, signingSecret, startLocalSlack } from '../../fakes/slack/slack.js';
import { atTheEnd } from '../../support/clean-up.js';

let slack: LocalSlack;
let messenger: SlackMessenger;
const audio = Buffer.from('RIFF and so on');

beforeAll(async () => {
  slack = await startLocalSlack('T0ACME');
  atTheEnd(() => slack.stop());
  slack.workspace.addUser({
    id: 'U0ANN',
    realName: 'Ann Baker',
    email: 'ann@maple.example',
    locale: 'fr-FR',
    tz: 'Europe/Paris',
  });
  messenger = slackMessenger(
    { botToken, apiUrl: slack.apiUrl, mode: { kind: 'http', signingSecret } },
    {
      log: createLog({ level: 'silent', format: 'json' }),
      playable: async ({ fileName }) => ({ fileName, content: audio }),
    },
  );
});

const to = (accountId: string): Address => ({
  platform: 'slack',
  address: `T0ACME/${accountId}`,
  externalWorkspaceId: 'T0ACME',
  accountId,
});
const account = (accountId: string) => ({ platform: 'slack', externalWorkspaceId: 'T0ACME', accountId });

const card = (line: string): Card => ({ title: 'A voicemail', summary: line, blocks: [{ kind: 'text', text: line }] });
const file = { storageKey: 'rec/1', mimeType: 'audio/wav', fileName: 'ann-2026.wav' };
const inThread = (ts: string | undefined) => slack.workspace.messages.filter(({ threadTs }) => threadTs === ts);

const receiptOf = async (sent: Promise<Receipt>) => {
  const receipt = await sent;
  if (receipt.kind !== 'sent') throw new Error(receipt.why);
  return receipt;
};

test('sends a card as a direct message, and its audio as a file under it, once', async () => {
  const receipt = await receiptOf(messenger.send(to('U0ANN'), card('From +1 416')));
  const [message] = slack.directOf('U0ANN');
  expect(message).toMatchObject({ text: 'From +1 416', ts: receipt.ref.ts, channel: receipt.ref.channel });
  expect(await messenger.audio.attach(receipt.ref, file, { look: false })).toBe(true);
  const files = inThread(receipt.ref.ts).flatMap((one) => one.files);
  expect(files.map((id) => slack.workspace.files.get(id))).toMatchObject([{ name: 'ann-2026.wav', content: audio }]);

  expect(await messenger.audio.attach(receipt.ref, file, { look: true })).toBe(true);
  expect(inThread(receipt.ref.ts)).toHaveLength(1);
  expect(await messenger.update(to('U0ANN'), receipt.ref, card('Handled'))).toEqual(receipt);
  expect(message).toMatchObject({ text: 'Handled', edits: 1 });

  expect(await messenger.audio.attach(receipt.ref, undefined, { look: true })).toBe(false);
  expect([...slack.workspace.files.values()]).toEqual([]);
});

test('finds the card of an earlier try, and sends none beside it', async () => {
  const delivery = { key: 'notice-1', mayBeThere: false, ageSeconds: 0 };
  slack.loseAnswers('chat.postMessage');
  await expect(messenger.send(to('U0ANN'), card('Once'), delivery)).rejects.toThrow(OutcomeUnknown);
  await messenger.send(to('U0ANN'), card('Another'), { ...delivery, key: 'notice-2' });
  const receipt = await receiptOf(messenger.send(to('U0ANN'), card('Once more'), { ...delivery, mayBeThere: true }));
  const found = slack.directOf('U0ANN').filter(({ text }) => text.startsWith('Once'));
  expect(found).toMatchObject([{ text: 'Once more', ts: receipt.ref.ts }]);

  await messenger.send(to('U0ANN'), card('Onset'), { ...delivery, key: 'notice-3', mayBeThere: true });
  expect(slack.directOf('U0ANN').at(-1)).toMatchObject({ text: 'Onset', edits: 0 });
});

test('finds the card of an earlier try among hundreds of others', async () => {
  slack.workspace.addUser({ id: 'U0BUSY' });
  const delivery = { key: 'notice-old', mayBeThere: false, ageSeconds: 0 };
  await messenger.send(to('U0BUSY'), card('Old'), delivery);
  for (let count = 0; count < 250; count += 1)
    slack.workspace.post({ channel: 'D-U0BUSY', text: `${count}`, blocks: [] });
  await messenger.send(to('U0BUSY'), card('Old, seen'), { ...delivery, mayBeThere: true });
  expect(slack.directOf('U0BUSY').filter(({ text }) => text.startsWith('Old'))).toMatchObject([{ text: 'Old, seen' }]);
});

test('sends a new message where Slack has lost the old one', async () => {
  const receipt = await messenger.update(to('U0ANN'), { channel: 'D-U0ANN', ts: '1.1' }, card('Anew'));
  expect(receipt).toMatchObject({ kind: 'sent' });
  expect(slack.directOf('U0ANN').at(-1)).toMatchObject({ text: 'Anew' });
});

test('says when audio cannot be uploaded for now', async () => {
  const { ref } = await receiptOf(messenger.send(to('U0ANN'), card('Without sound')));
  slack.fail('files.getUploadURLExternal', 'storage_limit_reached');
  await expect(messenger.audio.attach(ref, file, { look: false })).rejects.toThrow('storage_limit_reached');
  expect(slack.directOf('U0ANN').at(-1)).toMatchObject({ text: 'Without sound' });
});

test('waits with audio until no card is under way, and runs what waits under one key once', async () => {
  slack.delayAnswers('chat.postMessage', 300);
  const order: string[] = [];
  const sending = messenger.send(to('U0ANN'), card('First')).then(() => order.push('card'));
  for (let times = 0; times < 3; times += 1)
    messenger.audio.runLater('one', async () => void order.push('audio'), { atOnce: false });
  await sending;
  await messenger.stop();
  expect(order).toEqual(['card', 'audio']);
});

test.each([
  ['somebody who left', { id: 'U0GONE', deleted: true }, 'user_disabled'],
  ['a bot', { id: 'U0BOTTY', isBot: true }, 'cannot_dm_bot'],
])('says that %s cannot be reached', async (_, user, why) => {
  slack.workspace.addUser(user);
  expect(await messenger.send(to(user.id), card('Hello'))).toEqual({ kind: 'unreachable', why });
});

test('says that nobody is there, and rejects what may work later', async () => {
  expect(await messenger.send(to('U0NO_PERSON'), card('Hello'))).toEqual({
    kind: 'unreachable',
    why: 'user_not_found',
  });
  slack.fail('chat.postMessage', 'internal_error');
  await expect(messenger.send(to('U0ANN'), card('Hello'))).rejects.toThrow('internal_error');
});

test('waits as long as Slack asks', async () => {
  slack.limit('chat.postMessage', 1);
  const started = Date.now();
  expect(await messenger.send(to('U0ANN'), card('Later'))).toMatchObject({ kind: 'sent' });
  expect(Date.now() - started).toBeGreaterThan(900);
});

test('knows who somebody is, and their e-mail only where the workspace vouches for it', async () => {
  expect(await messenger.profile(account('U0ANN'))).toEqual({
    displayName: 'Ann Baker',
    email: 'ann@maple.example',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
  });
  const email = 'x@maple.example';
  slack.workspace.addUser({ id: 'U1', email, isEmailConfirmed: false });
  slack.workspace.addUser({ id: 'U2', email, isStranger: true });
  slack.workspace.addUser({ id: 'U3', email, deleted: true });
  slack.workspace.addUser({ id: 'U4', email, isBot: true });
  const emails = await Promise.all(
    ['U1', 'U2', 'U3', 'U4', 'U5'].map(async (id) => (await messenger.profile(account(id)))?.email),
  );
  expect(emails).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
