import webhooks from 'twilio/lib/webhooks/webhooks.js';

/** A form post as a voice provider signed it. */
export interface SignedPost {
  /** As the provider knows it, with its query: built from PUBLIC_URL, not from what a proxy made of it. */
  readonly url: string;
  /** A parameter that stands there twice is a list. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  header(name: string): string | undefined;
}

/** One function a vendor: is this post really from whom we share the token with? Undefined: not their kind of signature. */
type Verify = (post: SignedPost, authToken: string) => boolean | undefined;

const twilio: Verify = (post, authToken) => {
  const signature = post.header('x-twilio-signature');
  return signature === undefined
    ? undefined
    : webhooks.validateRequest(authToken, signature, post.url, { ...post.fields });
};

/** SignalWire signs TwiML posts as Twilio does, under a header of its own. */
const signalWire: Verify = (post, authToken) => {
  const signature = post.header('x-signalwire-signature');
  return signature === undefined
    ? undefined
    : webhooks.validateRequest(authToken, signature, post.url, { ...post.fields });
};

/** Does a post carry a signature of any vendor at all? What carries none is refused unread. */
export const carriesSignature = (header: SignedPost['header']): boolean =>
  header('x-twilio-signature') !== undefined || header('x-signalwire-signature') !== undefined;

const vendors: readonly Verify[] = [twilio, signalWire];

/** False for what is unsigned, signed with another token, or changed on the way. */
export const isSigned = (post: SignedPost, authToken: string): boolean =>
  vendors.map((verify) => verify(post, authToken)).find((verdict) => verdict !== undefined) ?? false;
