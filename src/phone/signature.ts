import { createPublicKey, verify } from 'node:crypto';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { VoiceConfig } from '../env.js';

/** A form post as a voice provider signed it. */
export interface SignedPost {
  /**
   * The address as the provider knows it, with its query: built from PUBLIC_URL, not from headers that a proxy changed.
   */
  readonly url: string;
  /** A repeated parameter is a list. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** The body as it came. */
  readonly body: Buffer;
  header(name: string): string | undefined;
}

/** What proves that a post is from the provider. */
type Proof = Pick<VoiceConfig, 'authToken' | 'publicKey'>;

/** One vendor's kind of signature. */
interface Vendor {
  /** The header that carries it. */
  readonly header: string;
  verify(post: SignedPost, signature: string, proof: Proof, now: Date): boolean;
}

/** HMAC of the address and the fields, keyed with the account's token. */
const signedByToken: Vendor['verify'] = ({ url, fields }, signature, { authToken }) =>
  webhooks.validateRequest(authToken, signature, url, { ...fields });

const twilio: Vendor = { header: 'x-twilio-signature', verify: signedByToken };

/** SignalWire signs as Twilio does, under its own header. */
const signalWire: Vendor = { header: 'x-signalwire-signature', verify: signedByToken };

/** Against replays; the clocks of two machines differ. */
const oldestSeconds = 5 * 60;

/** Telnyx signs the time and the body with its own key; the account shows the public one. The address is not signed. */
const telnyx: Vendor = {
  header: 'telnyx-signature-ed25519',
  verify({ body, header }, signature, { publicKey }, now) {
    const timestamp = header('telnyx-timestamp') ?? '';
    if (publicKey === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
    if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > oldestSeconds) return false;
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = Buffer.concat([Buffer.from(`${timestamp}|`), body]);
    return verify(null, signed, key, Buffer.from(signature, 'base64'));
  },
};

const vendors: readonly Vendor[] = [twilio, signalWire, telnyx];

/** Whether a post carries a signature of any vendor. Posts without one are refused unread. */
export const carriesSignature = (header: SignedPost['header']): boolean =>
  vendors.some((vendor) => header(vendor.header) !== undefined);

/** Whether a post is from the account's provider and unchanged. The first signature that it carries decides. */
export function isSigned(post: SignedPost, proof: Proof, now: Date): boolean {
  for (const vendor of vendors) {
    const signature = post.header(vendor.header);
    if (signature !== undefined) return vendor.verify(post, signature, proof, now);
  }
  return false;
}
