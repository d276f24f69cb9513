import type { Request } from 'express';
import { companyOfNumber } from '../core/calls/phone-settings.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { asId, type TenantId } from '../core/ids.js';
import { CallPost, LinkParameters } from './read.js';

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

/** Read what every post says of its call. Throws UserError (404) for a number that belongs to no company. */
export async function aboutOf(deps: Deps, request: Request): Promise<PostContext> {
  const post = CallPost.parse(request.body ?? {});
  const carried = LinkParameters.parse(request.query);
  const tenantId = carried.tenant ? asId<TenantId>(carried.tenant) : await companyOfNumber(deps, post.To);
  if (!tenantId) throw new UserError((words) => words.calls.unknownCall, 404); // a number that belongs to no company
  const callId = carried.call ?? post.ParentCallSid ?? post.CallSid;
  return { deps, tenantId, callId, from: post.From, to: post.To, carried, body: request.body };
}

/** The leg that our own address names; without one, the call's latest leg. */
export const legOf = ({ carried, callId }: PostContext): { callId: string; leg: number | undefined } => ({
  callId,
  leg: carried.leg,
});

/** An address of ours with what it carries to the next post. */
export const address = (publicUrl: string, path: string, carried: LinkParameters): string =>
  `${publicUrl}${path}?${new URLSearchParams(Object.entries(carried).map(([name, value]) => [name, String(value)]))}`;
