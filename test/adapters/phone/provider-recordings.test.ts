import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { RecordingGone } from '../../../src/core/voicemail/ports.js';
import {
  accountAddress,
  credentialsOf,
  isProviderAddress,
  isProviderStorage,
  lookupPublicHost,
  whyRefused,
} from '../../../src/phone/provider-address.js';
import { providerRecordings } from '../../../src/phone/provider-recordings.js';
import { atTheEnd } from '../../support/clean-up.js';

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const accountAt = (apiUrl: string) =>
  providerRecordings(async () => ({ accountSid: 'AC1', authToken: 'token', apiUrl }));

test('a recording in the provider’s storage comes without our credentials having been shown there', async () => {
  const shown: (string | undefined)[] = [];
  const storage = await served(({ headers }, response) => {
    shown.push(headers.authorization);
    response.end('audio');
  });
  const api = await served(({ headers, url }, response) => {
    shown.push(headers.authorization);
    if (url?.endsWith('/RE1')) response.writeHead(302, { location: `${url}/again` }).end();
    else response.writeHead(307, { location: `${storage}/RE1.wav` }).end();
  });
  expect(await text(await accountAt(api).fetch({ sid: 'RE1' }))).toBe('audio');
  expect(shown).toEqual([expect.stringMatching(/^Basic /), expect.stringMatching(/^Basic /), undefined]);
});

test('endless redirects, endless audio, broken audio and none are failures, and deleted is said', async () => {
  const recordings = accountAt(
    await served(({ url }, response) => {
      if (url?.endsWith('/round')) response.writeHead(302, { location: url }).end();
      else if (url?.endsWith('/gone')) response.writeHead(410).end();
      else if (url?.endsWith('/empty')) response.end();
      else if (url?.endsWith('/broken')) {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        response.socket?.destroySoon();
      } else {
        response.on('error', () => {});
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
          response.once('drain', more);
        };
        more();
      }
    }),
  );
  await expect(recordings.fetch({ sid: 'round' })).rejects.toThrow('redirects');
  await expect(recordings.fetch({ sid: 'gone' })).rejects.toThrow(RecordingGone);
  await expect(recordings.fetch({ sid: 'empty' }).then(buffer)).rejects.toThrow('empty');
  await expect(recordings.fetch({ sid: 'broken' }).then(buffer)).rejects.toThrow('cannot be fetched');
  await expect(recordings.fetch({ sid: 'endless' }).then(buffer)).rejects.toThrow('too large');
});

test('a list holds the messages of this call that are ready, and waits for one that is not', async () => {
  let listed: unknown[] = [];
  const recordings = accountAt(
    await served((_request, response) => void response.end(JSON.stringify({ recordings: listed }))),
  );
  listed = [
    { sid: 'RE1', call_sid: 'CA1', source: 'RecordVerb', status: 'completed' },
    { sid: 'RE2', call_sid: 'CA2', source: 'RecordVerb', status: 'completed' },
    { sid: 'RE3', call_sid: 'CA1', source: 'DialVerb', status: 'completed' },
    { sid: 'RE4', call_sid: 'CA1', source: 'RecordVerb', status: 'absent' },
  ];
  expect(await recordings.list('CA1')).toEqual([{ sid: 'RE1' }]);
  listed = [{ sid: 'RE1', call_sid: 'CA1', source: 'RecordVerb', status: 'processing' }];
  await expect(recordings.list('CA1')).rejects.toThrow('still');
  listed = ['nonsense'];
  await expect(recordings.list('CA1')).rejects.toThrow('cannot be read');
});

test.each([
  ['https://api.twilio.com', 'https://api.twilio.com/2010-04-01/Accounts/AC1/'],
  ['https://space.signalwire.com/api/laml', 'https://space.signalwire.com/api/laml/2010-04-01/Accounts/AC1/'],
  ['https://api.telnyx.com', 'https://api.telnyx.com/v2/texml/Accounts/AC1/'],
  ['https://api.telnyx.com/v2/texml/', 'https://api.telnyx.com/v2/texml/Accounts/AC1/'],
  [
    'https://space.signalwire.com/api/laml/2010-04-01/',
    'https://space.signalwire.com/api/laml/2010-04-01/Accounts/AC1/',
  ],
])('the account of %s is at %s', (apiUrl, address) => {
  expect(accountAddress({ apiUrl, accountSid: 'AC1', authToken: '' })).toBe(address);
});

test.each([
  ['https://s3.amazonaws.com/telephony-recorder-prod/x.wav?X-Amz-Signature=1', true],
  ['https://us-east-1.s3.us-east-1.amazonaws.com/x', true],
  ['http://s3.amazonaws.com/x', false],
  ['https://s3.amazonaws.com:8443/x', false],
  ['https://s3.amazonaws.com.evil.example/x', false],
  ['https://evils3.amazonaws.com/x', false],
  ['https://169.254.169.254/x', false],
])('Telnyx keeps recordings at %s: %s; no other provider does', (url, keeps) => {
  expect(isProviderStorage(new URL(url), { apiUrl: 'https://api.telnyx.com' })).toBe(keeps);
  expect(isProviderStorage(new URL(url), { apiUrl: 'https://api.twilio.com' })).toBe(false);
});

test('Telnyx takes a bearer token, the others the account and its token', () => {
  const account = { accountSid: 'AC1', authToken: 't' };
  expect(credentialsOf({ ...account, apiUrl: 'https://api.telnyx.com' })).toBe('Bearer t');
  expect(credentialsOf({ ...account, apiUrl: 'https://telnyx.com.evil.example' })).toBe('Basic QUMxOnQ=');
});

test.each([
  ['https://api.ie1.twilio.com/x', 'https://api.twilio.com', true],
  ['https://api.sydney.au1.twilio.com/x', 'https://api.twilio.com', true],
  ['https://api.twilio.com/x', 'https://api.ie1.twilio.com', true],
  ['http://api.twilio.com/x', 'https://api.twilio.com', false],
  ['https://api.twilio.com:8443/x', 'https://api.twilio.com', false],
  ['https://api.twilio.com.evil.example/x', 'https://api.twilio.com', false],
  ['https://evilapi.twilio.com/x', 'https://api.twilio.com', false],
  ['https://media.twiliocdn.com/x', 'https://api.twilio.com', false],
  ['https://other.signalwire.com/api/laml/x', 'https://space.signalwire.com/api/laml', false],
  ['https://space.signalwire.com/files/x', 'https://space.signalwire.com/api/laml', true],
])('%s sees the credentials of %s: %s', (url, apiUrl, sees) => {
  expect(isProviderAddress(new URL(url), { apiUrl })).toBe(sees);
});

test.each([
  'http://storage.example.com/x',
  'ftp://storage.example.com/x',
  'file:///etc/passwd',
  'https://user:word@storage.example.com/x',
  'https://localhost/x',
  'https://db.internal/x',
  'https://intranet/x',
  'https://127.0.0.1/x',
  'https://127.1/x',
  'https://2130706433/x',
  'https://0.0.0.0/x',
  'https://10.1.2.3/x',
  'https://172.20.0.1/x',
  'https://192.168.1.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/x',
  'https://[::1]/x',
  'https://[::ffff:127.0.0.1]/x',
  'https://[::ffff:10.0.0.1]/x',
  'https://[fd00::1]/x',
  'https://[fe80::1]/x',
  'https://[64:ff9b::a00:1]/x',
  'https://[::ffff:0:127.0.0.1]/x',
  'https://[2001:0:7f00:1::]/x',
  'https://[100::1]/x',
  'https://192.88.99.1/x',
])('%s is not fetched for a provider out in the world', (url) => {
  expect(whyRefused(new URL(url), { apiUrl: 'https://api.twilio.com' })).toBeDefined();
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'https://[::ffff:169.254.169.254]/x',
  'http://[fd00:ec2::254]/x',
  'http://100.100.100.200/latest',
])('%s is not fetched for a provider in our own network either', (url) => {
  expect(whyRefused(new URL(url), { apiUrl: 'http://10.0.0.5:8088' })).toBeDefined();
});

test('storage in the world is fetched, and a provider on this machine may have its storage here', () => {
  const world = { apiUrl: 'https://api.twilio.com' };
  expect(whyRefused(new URL('https://com-twilio-us1-recordings.s3.amazonaws.com/x'), world)).toBeUndefined();
  expect(whyRefused(new URL('https://8.8.8.8/x'), world)).toBeUndefined();
  const here = { apiUrl: 'http://127.0.0.1:4000' };
  expect(whyRefused(new URL('http://127.0.0.1:4001/x'), here)).toBeUndefined();
  expect(whyRefused(new URL('http://storage.example.com/x'), here)).toBeDefined();
});

test('a name that leads into our own network is refused when it is looked up', async () => {
  const look = lookupPublicHost(new URL('https://storage.example.com/x'), { apiUrl: 'https://api.twilio.com' });
  // The one name that every machine resolves, standing for any outside name.
  const error = await new Promise((resolve) => look?.('localhost', {}, (error) => resolve(error)));
  expect(String(error)).toContain('inside our own network');
});
