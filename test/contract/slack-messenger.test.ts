import { beforeAll, expect, it } from 'vitest';
import type { Address } from '../../src/core/chat/messenger.js';
import type { Card } from '../../src/core/chat/view.js';
import { createLog } from '../../src/log.js';
import { type SlackMessenger, slackMessenger } from '../../src/slack/messenger.js';
import { botToken, type LocalSlack, signingSecret, startLocalSlack } from '../fakes/slack/slack.js';
import { atTheEnd } from '../support/clean-up.js';

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
  workspaceId: 'T0ACME',
  accountId,
});
const account = (accountId: string) => ({ platform: 'slack', workspaceId: 'T0ACME', accountId });

const card = (line: string, storageKey?: string): Card => ({
  title: 'A voicemail',
  summary: line,
  blocks: [
    { kind: 'text', text: line },
    ...(storageKey
      ? [
          {
            kind: 'audio' as const,
            audio: {
              label: 'Listen',
              url: 'https://a.example/v/1',
              durationSeconds: 3,
              fileName: 'ann-2026.wav',
              mimeType: 'audio/wav',
              storageKey,
            },
          },
        ]
      : []),
  ],
});
const inThread = (ts: string | undefined) => slack.workspace.messages.filter(({ threadTs }) => threadTs === ts);

it('sends a card as a direct message, with its audio as a file under it, once', async () => {
  const receipt = await messenger.send(to('U0ANN'), card('From +1 416', 'rec/1'));
  await messenger.stop();
  if (receipt.kind !== 'sent') throw new Error(receipt.why);
  const [message] = slack.directOf('U0ANN');
  expect(message).toMatchObject({ text: 'From +1 416', ts: receipt.ref.ts, channel: receipt.ref.channel });
  const files = inThread(receipt.ref.ts).flatMap((one) => one.files);
  expect(files.map((id) => slack.workspace.files.get(id))).toMatchObject([{ name: 'ann-2026.wav', content: audio }]);

  const again = await messenger.update(to('U0ANN'), receipt.ref, card('Handled', 'rec/1'));
  await messenger.stop();
  expect(again).toEqual(receipt);
  expect(message).toMatchObject({ text: 'Handled', edits: 1 });
  expect(inThread(receipt.ref.ts)).toHaveLength(1);

  await messenger.update(to('U0ANN'), receipt.ref, card('Deleted'));
  await messenger.stop();
  expect([...slack.workspace.files.values()]).toEqual([]);
});

it('sends a new message where Slack has lost the old one', async () => {
  const receipt = await messenger.update(to('U0ANN'), { channel: 'D-U0ANN', ts: '1.1' }, card('Anew'));
  expect(receipt).toMatchObject({ kind: 'sent' });
  expect(slack.directOf('U0ANN').at(-1)).toMatchObject({ text: 'Anew' });
});

it('takes the audio of a deleted voicemail away even while it is still being uploaded', async () => {
  const receipt = await messenger.send(to('U0ANN'), card('Soon deleted', 'rec/3'));
  if (receipt.kind !== 'sent') throw new Error(receipt.why);
  await messenger.update(to('U0ANN'), receipt.ref, card('Deleted'));
  await messenger.stop();
  expect([...slack.workspace.files.values()]).toEqual([]);
});

it('keeps the card when its audio cannot be uploaded', async () => {
  slack.fail('files.getUploadURLExternal', 'storage_limit_reached');
  const receipt = await messenger.send(to('U0ANN'), card('Without sound', 'rec/2'));
  await messenger.stop();
  expect(receipt.kind).toBe('sent');
  expect(slack.directOf('U0ANN').at(-1)).toMatchObject({ text: 'Without sound' });
});

it.each([
  ['somebody who left', { id: 'U0GONE', deleted: true }, 'user_disabled'],
  ['a bot', { id: 'U0BOTTY', isBot: true }, 'cannot_dm_bot'],
])('says that %s cannot be reached', async (_, user, why) => {
  slack.workspace.addUser(user);
  expect(await messenger.send(to(user.id), card('Hello'))).toEqual({ kind: 'unreachable', why });
});

it('says that nobody is there, and rejects what may work later', async () => {
  expect(await messenger.send(to('U0NOBODY'), card('Hello'))).toEqual({ kind: 'unreachable', why: 'user_not_found' });
  slack.fail('chat.postMessage', 'internal_error');
  await expect(messenger.send(to('U0ANN'), card('Hello'))).rejects.toThrow('internal_error');
});

it('waits as long as Slack asks', async () => {
  slack.limit('chat.postMessage', 1);
  const started = Date.now();
  expect(await messenger.send(to('U0ANN'), card('Later'))).toMatchObject({ kind: 'sent' });
  expect(Date.now() - started).toBeGreaterThan(900);
});

it('knows who somebody is, and their e-mail only where the workspace vouches for it', async () => {
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
