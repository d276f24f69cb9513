import { expect, test } from 'vitest';
import { isSlackUrl } from '../../../src/slack/response-url.js';

const slack = 'https://slack.com/api/';
const local = 'http://127.0.0.1:4873/api/';

test.each([
  ['https://hooks.slack.com/commands/T1/2/x', slack, true],
  ['https://files.slack-gov.com/x', slack, true],
  ['http://hooks.slack.com/commands/T1/2/x', slack, false],
  ['https://slack.com.example.net/x', slack, false],
  ['https://notslack.com/x', slack, false],
  ['http://127.0.0.1/x', slack, false],
  ['http://127.0.0.1:4876/r/1', local, true],
  ['ftp://127.0.0.1/r/1', local, false],
  ['http://127.0.0.2:4873/r/1', local, false],
  ['no address', local, false],
])('%s, with the API at %s: %s', (url, apiUrl, expected) => {
  expect(isSlackUrl(url, apiUrl)).toBe(expected);
});
