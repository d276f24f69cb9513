import { setPresence } from '../core/calls/set-presence.js';
import { searchDirectory } from '../core/directory/search-directory.js';
import { type ApiRequest, bodyOf, pathId, queryOf, withoutUndefined } from './request-input.js';
import { DirectoryQuery, Presence } from './schemas.js';

/** `GET /api/v1/directory`. */
export async function getDirectory({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const { q, kind, limit } = queryOf(request, DirectoryQuery);
  const found = await searchDirectory(deps, tenantId, q, { limit, kind });
  response.json({
    matches: found.map(({ person: { id, displayName, extension, did }, score }) => ({
      userId: id,
      displayName,
      extension: extension ?? null,
      did: did ?? null,
      score,
    })),
  });
}

/** `PUT /api/v1/agents/{agentId}/presence`. */
export async function putPresence({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const { state, at } = bodyOf(request, Presence);
  const since = at === undefined ? undefined : new Date(at);
  await setPresence(deps, tenantId, withoutUndefined({ agentId: pathId(request, 'agentId'), state, at: since }));
  response.status(204).end();
}
