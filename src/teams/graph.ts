import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { canonicalId } from '../core/ids.js';
import { type ListedMember, ListRefused } from '../core/members/ports.js';
import type { TeamsConfig } from '../env.js';
import { confidentialClient } from './microsoft-login.js';

/** Lets an app without a person in front of it read everybody; an administrator has to agree. */
export const graphPermission = 'User.Read.All';

const version = 'v1.0';
/** As many as Graph gives at once. */
const pageSize = 999;
const timeoutMilliseconds = 30_000;

/** A property that was not selected does not come, and `accountEnabled` never does by itself. */
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
 * Everybody of an Entra tenant, page by page. Rejects with `ListRefused` where Graph does not let us.
 * https://learn.microsoft.com/graph/api/user-list
 */
export function graphPeople({ identity, loginUrl, graphUrl }: TeamsConfig) {
  const logins = new LRUCache<string, ReturnType<typeof confidentialClient>>({ max: 100 });

  return async (tenantId: string, onPage: (members: readonly ListedMember[]) => Promise<void>): Promise<void> => {
    if (identity.kind === 'anonymous') throw new ListRefused('credentials');
    const login = logins.get(tenantId) ?? confidentialClient(identity, loginUrl, tenantId);
    logins.set(tenantId, login);
    const client = await graphClient(graphUrl);
    try {
      let path: string | undefined = `/users?$select=${Object.keys(GraphUser.shape).join(',')}&$top=${pageSize}`;
      while (path !== undefined) {
        // Kept by the login until it is over. Asked for here, because the client makes every error one of its own.
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

/** The next page lies with Graph itself: our token is shown to nobody else. */
function nextPath(link: string | undefined, graphUrl: string): string | undefined {
  if (link === undefined) return undefined;
  const base = `${graphUrl}/${version}/`;
  if (!link.startsWith(base)) throw new Error('the next page is not where Graph is');
  return link.slice(base.length - 1);
}

/**
 * Microsoft's client with its own patience for 429 and 503. Its way of logging in shows the token only to hosts it knows,
 * over TLS, and its requests have no end: both are ours. It is loaded at the first use.
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

/** A token of the tenant itself. An app that a tenant has never agreed to does not even exist there. */
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

/** Accounts of before guests existed have no type: they are members. */
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
 * `mail` is what the company's administrators gave. Where there is none, the name somebody signs in with: Entra takes
 * only domains that the tenant has proven to own. Microsoft's own fallback domain is nobody's mailbox, and a roster gives
 * it as either.
 */
export const addressOf = ({
  mail,
  userPrincipalName,
}: {
  readonly mail?: string | null | undefined;
  readonly userPrincipalName?: string | null | undefined;
}): string | undefined =>
  [mail, userPrincipalName].find((address) => address && !/\.onmicrosoft\.com$|#ext#/i.test(address)) ?? undefined;
