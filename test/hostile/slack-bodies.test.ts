import { beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { type SlackCompany, slackCompany } from '../support/slack.js';

/* Signed by Slack, and still nothing that Slack sends: it is refused or answered, and the process lives on. */

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const spaces = ' '.repeat(70);

let slack: SlackCompany['slack'];
let people: SlackCompany['company'];
let url: string;

beforeAll(async () => {
  ({ slack, company: people, url } = await slackCompany());
});

test.each([
  [json, 'null'],
  [json, `${spaces}null\n`],
  ['text/plain', `${spaces}null`],
  [form, 'payload=null'],
  [form, `payload=${'+'.repeat(70)}null`],
  [form, 'payload=%6eull'],
  [form, 'p%61yload=null'],
  [form, 'x=%7B%22%22%3A1%7D&payload=null'],
  [`${form}; charset=utf-8`, 'payload=%20null%20'],
])('a %s that says null, however it is written, is refused: %j', async (contentType, body) => {
  const { status } = await slack.deliver({}, 'form', { body, contentType });
  expect(status).toBe(400);
});

test('another spelling of the address is the same address', async () => {
  const spelled = url.replace('/slack/events', '/Slack/events/');
  expect((await fetch(spelled, { method: 'POST', body: 'a=1' })).status).toBe(401);
  slack.connect(spelled);
  try {
    expect((await slack.slash(people.bo.account.accountId, 'help')).status).toBe(200);
  } finally {
    slack.connect(url);
  }
});

test('an emoji in the midst of a long command is answered, wherever it stands', async () => {
  const { accountId } = people.ann.account;
  for (const before of [99, 98, 97]) {
    const shown = slack.ephemeralTo(accountId).length;
    await slack.slash(accountId, `find ${'x'.repeat(before - 'find '.length)}👩‍👩‍👧 and more`);
    const answer = await eventually(async () => {
      const answers = slack.ephemeralTo(accountId).slice(shown);
      expect(answers).toHaveLength(1);
      return answers[0];
    });
    expect(answer?.text).not.toMatch(/our fault|broke/i);
    expect(answer?.text).toContain('xxx');
  }
});

test('a form, a button and fields with names that no database stores do nothing, and say so', async () => {
  const { account } = people.ann;
  const team = { id: account.externalWorkspaceId };
  const user = { id: account.accountId, team_id: account.externalWorkspaceId };
  const odd = 'ooo\0\ud800.set';
  const metadata = { carries: { [odd]: odd }, from: { kind: 'home' }, locale: 'en' };
  for (const callback_id of [odd, 'ooo.set']) {
    const values = { [odd]: { [odd]: { type: 'plain_text_input', value: odd } } };
    const view = { id: `V${callback_id.length}`, type: 'modal', callback_id, state: { values } };
    const { status, body } = await slack.deliver({
      ...{ type: 'view_submission', team, user },
      view: { ...view, private_metadata: JSON.stringify(metadata) },
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/our fault/i);
  }
});
