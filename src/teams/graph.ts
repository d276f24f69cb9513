import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { canonicalId } from '../core/ids.js';
import { type ListedMember, ListRefused } from '../core/members/ports.js';
import type { BotConfig } from '../env.js';
import { confidentialClient } from './microsoft-login.js';

/** The application permission to read every user; an administrator must grant it. */
export const graphPermission = 'User.Read.All';

const version = 'v1.0';
/** Graph's largest page. */
const pageSize = 999;
const timeoutMilliseconds = 30_000;

/** A property that was not selected is missing, and `accountEnabled` is missing unless selected. */
const text = z.string().nullish().catch(null);
const GraphUser = z.looseObject({
  id: z.string().min(1),
  accountEnabled: z.boolean().nullish().catch(null),
  userType: text,
  displayName: text,
  givenName: text,
  surname: text,
  mail: text,
  userPrincipalName: text,
  jobTitle: text,
  preferredLanguage: text,
});
type GraphUser = z.infer<typeof GraphUser>;

const Page = z.looseObject({ value: z.array(GraphUser), '@odata.nextLink': z.string().optional() });

/**
 * List the people of an Entra tenant, page by page. Rejects with `ListRefused` when Graph does not allow it.
 * https://learn.microsoft.com/graph/api/user-list
 */
export function graphPeople({ identity, loginUrl, graphUrl }: BotConfig) {
  const logins = new LRUCache<string, ReturnType<typeof confidentialClient>>({ max: 100 });

  return async (tenantId: string, onPage: (members: readonly ListedMember[]) => Promise<void>): Promise<void> => {
    if (identity.kind === 'anonymous') throw new ListRefused('credentials');
    const login =
      logins.get(tenantId) ??
      confidentialClient(identity, loginUrl, { tenantId, answerMilliseconds: timeoutMilliseconds });
    logins.set(tenantId, login);
    const client = await graphClient(graphUrl);
    try {
      let path: string | undefined = `/users?$select=${Object.keys(GraphUser.shape).join(',')}&$top=${pageSize}`;
      while (path !== undefined) {
        // The login caches the token until it expires. It is requested here, because the client would wrap its errors.
        const token = await tokenFrom(login, graphUrl);
        const page = Page.parse(await client.api(path).header('authorization', `Bearer ${token}`).get());
        await onPage(page.value.map(memberOf));
        path = nextPath(page['@odata.nextLink'], graphUrl);
      }
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode === 401) throw new ListRefused('credentials');
      if (statusCode === 403) throw new ListRefused('permission', graphPermission);
      throw error;
    }
  };
}

/** The path of the next page. It must be on Graph's own host, because our token goes with the request. */
function nextPath(link: string | undefined, graphUrl: string): string | undefined {
  if (link === undefined) return undefined;
  const base = `${graphUrl}/${version}/`;
  if (!link.startsWith(base)) throw new Error('the next page is not where Graph is');
  return link.slice(base.length - 1);
}

/**
 * Create Microsoft's client with its own retries for 429 and 503. Its login sends the token only to hosts it knows,
 * over TLS, and its requests have no timeout, so both are replaced by ours. Loaded at the first use.
 */
async function graphClient(graphUrl: string) {
  const { Client, RetryHandler } = await import('@microsoft/microsoft-graph-client');
  const retry = new RetryHandler();
  retry.setNext({
    async execute(context) {
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      context.response = await fetch(context.request, { ...context.options, signal });
    },
  });
  return Client.initWithMiddleware({ middleware: retry, baseUrl: graphUrl, defaultVersion: version });
}

/** Get a token of the tenant. In a tenant that never granted the permission the app does not exist. */
async function tokenFrom(login: ReturnType<typeof confidentialClient>, graphUrl: string): Promise<string> {
  try {
    const result = await login.acquireTokenByClientCredential({ scopes: [`${new URL(graphUrl).origin}/.default`] });
    if (!result) throw new Error('no token for Graph');
    return result.accessToken;
  } catch (error) {
    const { errorCode } = error as { errorCode?: string };
    if (errorCode === 'invalid_client') throw new ListRefused('credentials');
    if (errorCode === 'unauthorized_client') throw new ListRefused('permission', graphPermission);
    throw error;
  }
}

/** Accounts from before guests existed have no type; they are members. */
function memberOf(user: GraphUser): ListedMember {
  const isGuest = user.userType?.toLowerCase() === 'guest';
  return {
    accountId: canonicalId(user.id),
    is: isGuest ? 'outside' : user.accountEnabled === false ? 'left' : 'member',
    displayName: user.displayName ?? undefined,
    firstName: user.givenName ?? undefined,
    lastName: user.surname ?? undefined,
    title: user.jobTitle ?? undefined,
    email: isGuest ? undefined : addressOf(user),
    locale: user.preferredLanguage ?? undefined,
  };
}

/**
 * The address of a user: `mail`, which the company's administrators set, else the name that the person signs in with,
 * because Entra accepts only domains that the tenant has verified. Microsoft's own fallback domain has no mailboxes,
 * and a roster may give it as either, so it is dropped.
 */
export const addressOf = ({
  mail,
  userPrincipalName,
}: {
  readonly mail?: string | null | undefined;
  readonly userPrincipalName?: string | null | undefined;
}): string | undefined =>
  [mail, userPrincipalName].find((address) => address && !/\.onmicrosoft\.com$|#ext#/i.test(address)) ?? undefined;
