import webhooks from 'twilio/lib/webhooks/webhooks.js';

/** A form post as a voice provider signed it. */
export interface SignedPost {
  /**
   * The address as the provider knows it, with its query: built from PUBLIC_URL, not from headers that a proxy changed.
   */
  readonly url: string;
  /** A repeated parameter is a list. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  header(name: string): string | undefined;
}

/** Verify one vendor's kind of signature; undefined when the post does not carry that kind. */
type Verify = (post: SignedPost, authToken: string) => boolean | undefined;

const twilio: Verify = (post, authToken) => {
  const signature = post.header('x-twilio-signature');
  return signature === undefined
    ? undefined
    : webhooks.validateRequest(authToken, signature, post.url, { ...post.fields });
};

/** SignalWire signs TwiML posts as Twilio does, under its own header. */
const signalWire: Verify = (post, authToken) => {
  const signature = post.header('x-signalwire-signature');
  return signature === undefined
    ? undefined
    : webhooks.validateRequest(authToken, signature, post.url, { ...post.fields });
};

/** Whether a post carries a signature of any vendor. Posts without one are refused unread. */
export const carriesSignature = (header: SignedPost['header']): boolean =>
  header('x-twilio-signature') !== undefined || header('x-signalwire-signature') !== undefined;

const vendors: readonly Verify[] = [twilio, signalWire];

/** Whether a post is signed with this token and unchanged. */
export const isSigned = (post: SignedPost, authToken: string): boolean =>
  vendors.map((verify) => verify(post, authToken)).find((verdict) => verdict !== undefined) ?? false;
