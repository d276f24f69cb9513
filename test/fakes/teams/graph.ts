import { randomUUID } from 'node:crypto';

/** A person in an Entra tenant, as Graph returns them. */
interface GraphPerson {
  readonly id: string;
  readonly accountEnabled?: boolean;
  readonly userType?: string | null;
  readonly displayName?: string | null;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly userPrincipalName?: string;
  readonly jobTitle?: string | null;
  readonly preferredLanguage?: string | null;
}

export interface FakeGraph {
  readonly people: Map<string, GraphPerson>;
  /** Whether an administrator granted `User.Read.All`. */
  granted: boolean;
  /** The next requests are answered 429, with this many seconds to wait. */
  limited: { times: number; retryAfterSeconds: number } | undefined;
  /** The status with which the next request fails. */
  failing: number | undefined;
  /** The address given for the next page. */
  lure: string | undefined;
  readonly requests: string[];
  add(person: GraphPerson): void;
  /** Accept a token of a tenant. */
  issue(token: string): void;
  /** `base` is the address of this Graph. */
  answer(asked: { readonly method: string; readonly url: URL; readonly token: string; readonly base: string }): Answer;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The properties returned without `$select`. */
const usual = [
  'id',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'userPrincipalName',
  'jobTitle',
  'preferredLanguage',
];

/** Microsoft Graph's list of users, limited to what the app requests; it refuses what the real one refuses. */
export function fakeGraph(): FakeGraph {
  const tokens = new Set<string>();
  const cursors = new Map<string, { readonly at: number; readonly size: number; readonly select: string }>();
  const graph: FakeGraph = {
    people: new Map(),
    granted: true,
    limited: undefined,
    failing: undefined,
    lure: undefined,
    requests: [],
    add: (person) => void graph.people.set(person.id, { accountEnabled: true, userType: 'Member', ...person }),
    issue: (token) => void tokens.add(token),
    answer({ method, url, token, base }) {
      const path = url.pathname.slice(new URL(base).pathname.length);
      graph.requests.push(`${method} ${path}${url.search}`);
      if (!tokens.has(token)) return refusal(401, 'InvalidAuthenticationToken');
      if (graph.limited && graph.limited.times > 0) {
        graph.limited.times -= 1;
        const wait = { 'retry-after': String(graph.limited.retryAfterSeconds) };
        return { ...refusal(429, 'TooManyRequests'), headers: wait };
      }
      const { failing } = graph;
      graph.failing = undefined;
      if (failing !== undefined) return refusal(failing, 'ServiceFailure');
      if (method !== 'GET' || path !== '/v1.0/users') return refusal(404, 'Request_ResourceNotFound');
      if (!graph.granted) return refusal(403, 'Authorization_RequestDenied');
      return users(url.searchParams, base);
    },
  };
  return graph;

  function users(query: URLSearchParams, base: string): Answer {
    const cursor = query.get('$skiptoken');
    const from = cursor === null ? undefined : cursors.get(cursor);
    if (cursor !== null && !from) return refusal(400, 'Directory_ExpiredPageToken');
    const size = from?.size ?? Number(query.get('$top') ?? 100);
    if (!Number.isInteger(size) || size < 1 || size > 999) return refusal(400, 'Request_BadRequest');
    const select = from?.select ?? query.get('$select') ?? usual.join(',');
    const at = from?.at ?? 0;

    const everybody = [...graph.people.values()];
    const value = everybody.slice(at, at + size).map((person) =>
      Object.fromEntries(
        select
          .split(',')
          .filter((name) => name in person)
          .map((name) => [name, person[name as keyof GraphPerson]]),
      ),
    );
    if (at + size >= everybody.length) return { status: 200, body: { value } };
    // Real cursors hold characters that are special in an address.
    const next = `R${randomUUID()}==&b`;
    cursors.set(next, { at: at + size, size, select });
    const link = `${graph.lure ?? base}/v1.0/users?$top=${size}&$skiptoken=${encodeURIComponent(next)}`;
    return { status: 200, body: { value, '@odata.nextLink': link } };
  }
}

const refusal = (status: number, code: string): Answer => ({ status, body: { error: { code, message: code } } });
