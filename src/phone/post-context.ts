import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import type { LinkParameters } from './read.js';

/** The input of a handler: the company, the call that the post is about, and the parameters of our own address. */
export interface PostContext {
  /** The dependencies of this request. */
  readonly deps: Deps;
  readonly tenantId: TenantId;
  readonly callId: string;
  /** The caller's number and the dialled number, as the provider sends them. */
  readonly from: string;
  readonly to: string;
  readonly carried: LinkParameters;
  readonly body: unknown;
}

/** Return one of our own addresses, with the parameters that it carries to the next post. */
export const address = (publicUrl: string, path: string, carried: LinkParameters): string =>
  `${publicUrl}${path}?${new URLSearchParams(Object.entries(carried).map(([name, value]) => [name, String(value)]))}`;
