import { answerCall, decideAfterLeg } from '../core/calls/answer-call.js';
import { callRecord } from '../core/calls/api-call.js';
import { callerGone } from '../core/calls/end-call.js';
import { transferCall } from '../core/calls/transfer/transfer.js';
import { asId, isUuid, type UserId } from '../core/ids.js';
import { coverageOf } from '../core/routing/explain.js';
import { ownerOf } from './mailbox-owner.js';
import { ApiProblem } from './problem.js';
import { type ApiRequest, bodyOf, pathId, queryOf, withoutUndefined } from './request-input.js';
import { Call, CallEnd, CoverageQuery, Outcome, Transfer } from './schemas.js';

/** `POST /api/v1/calls`. */
export async function postCall({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const { speech, ...call } = bodyOf(request, Call);
  const said = typeof speech === 'string' ? [speech] : speech;
  response.json(inOrder(await answerCall(deps, tenantId, withoutUndefined({ ...call, speech: said }))));
}

/** `POST /api/v1/calls/{callId}/outcome`. */
export async function postCallOutcome({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const outcome = bodyOf(request, Outcome);
  response.json(inOrder(await decideAfterLeg(deps, tenantId, { callId: pathId(request, 'callId'), ...outcome })));
}

/** `POST /api/v1/calls/{callId}/transfer`. */
export async function postTransfer(asked: ApiRequest): Promise<void> {
  const { deps, tenantId, request, response } = asked;
  const { mailbox } = bodyOf(request, Transfer);
  const userId = await ownerOf(asked, Object.values(mailbox)[0] ?? '');
  response.json(inOrder(await transferCall(deps, tenantId, { callId: pathId(request, 'callId'), userId })));
}

/** Sort the properties by name: PostgreSQL returns a stored Decision's in another order, and the same one reads alike. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, inner]) => [name, inOrder(inner)]));
}

/** `POST /api/v1/calls/{callId}/end`. The body may be left out. */
export async function postCallEnd({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const { disposition } = request.body === undefined ? {} : bodyOf(request, CallEnd);
  await callerGone(deps, tenantId, pathId(request, 'callId'), disposition);
  response.status(204).end();
}

/** `GET /api/v1/calls/{callId}`. */
export async function getCall({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  response.json(await callRecord(deps, tenantId, pathId(request, 'callId')));
}

/** `GET /api/v1/users/{id}/coverage`. */
export async function getCoverage({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const { at } = queryOf(request, CoverageQuery);
  const id = pathId(request, 'id');
  if (!isUuid(id)) throw new ApiProblem(404, 'not-found', 'There is no user of that id.');
  const instant = at === undefined ? deps.clock.now() : new Date(at);
  response.json(await coverageOf(deps, tenantId, asId<UserId>(id), instant));
}
