import { generateKeyPairSync, sign } from 'node:crypto';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import { carriesSignature, isSigned, type SignedPost } from '../../../src/phone/signature.js';

const url = 'https://attendant.example/voice/incoming?tenant=1';
const fields = { CallSid: 'CA1', From: '+14165550199', To: '+14165550100' };
const body = Buffer.from(new URLSearchParams(fields).toString());
const authToken = 'token';
const now = new Date('2026-11-30T12:00:00Z');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const proof = {
  authToken,
  publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
};

const post = (headers: Readonly<Record<string, string>>, changed: Partial<SignedPost> = {}): SignedPost => ({
  ...{ url, fields, body },
  ...changed,
  header: (name) => headers[name],
});

/** Telnyx's headers for a body that was sent so many seconds ago. */
function telnyx(secondsAgo: number, signed: Buffer = body, key = privateKey): Record<string, string> {
  const timestamp = String(now.getTime() / 1000 - secondsAgo);
  const signature = sign(null, Buffer.concat([Buffer.from(`${timestamp}|`), signed]), key).toString('base64');
  return { 'telnyx-signature-ed25519': signature, 'telnyx-timestamp': timestamp };
}

describe.each(['x-twilio-signature', 'x-signalwire-signature'])('%s', (header) => {
  const signature = webhooks.getExpectedTwilioSignature(authToken, url, fields);

  test('is taken', () => {
    expect(isSigned(post({ [header]: signature }), proof, now)).toBe(true);
  });

  test.each([
    ['another address', { url: `${url}2` }],
    ['another field', { fields: { ...fields, To: '+14165550101' } }],
  ])('is refused for %s', (_what, changed) => {
    expect(isSigned(post({ [header]: signature }, changed), proof, now)).toBe(false);
  });

  test('is refused with another token', () => {
    expect(isSigned(post({ [header]: signature }), { authToken: 'other' }, now)).toBe(false);
  });
});

describe('telnyx-signature-ed25519', () => {
  test('is taken, and while the clocks differ by minutes', () => {
    for (const seconds of [0, 290, -290]) expect(isSigned(post(telnyx(seconds)), proof, now)).toBe(true);
  });

  test.each([
    ['it is old', post(telnyx(301))],
    ['it is from the future', post(telnyx(-301))],
    ['the body was changed', post(telnyx(0), { body: Buffer.concat([body, Buffer.from('&x=1')]) })],
    ['the time was changed', post({ ...telnyx(0), 'telnyx-timestamp': String(now.getTime() / 1000 - 1) })],
    ['the time is missing', post({ 'telnyx-signature-ed25519': telnyx(0)['telnyx-signature-ed25519'] ?? '' })],
    ['it is another’s', post(telnyx(0, body, generateKeyPairSync('ed25519').privateKey))],
    ['it is no signature', post({ ...telnyx(0), 'telnyx-signature-ed25519': 'AAAA' })],
  ])('is refused where %s', (_why, refused) => {
    expect(isSigned(refused, proof, now)).toBe(false);
  });

  test('is refused where the account names no key', () => {
    expect(isSigned(post(telnyx(0)), { authToken }, now)).toBe(false);
  });
});

test('without a signature a post is not even read', () => {
  expect(carriesSignature(() => undefined)).toBe(false);
  expect(carriesSignature((name) => telnyx(0)[name])).toBe(true);
  expect(isSigned(post({}), proof, now)).toBe(false);
});
