import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AccountKey } from '../core/chat/exchange.js';
import { canonicalId, isUuid } from '../core/ids.js';
import { withoutTrailing } from '../core/text.js';
import type { TeamsBots } from './bots.js';
import { KeysUnavailable } from './token-check.js';

/**
 * The sites on which Microsoft’s clients show tabs and dialogs.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements
 */
const clientSites = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
];

/** The claims of a token that name the app, the person and their tenant. */
const Claims = z.looseObject({ aud: z.string(), tid: z.string(), oid: z.string(), iss: z.string(), scp: z.string() });
type Claims = z.infer<typeof Claims>;

/** The scope that Microsoft’s clients request on a tab’s behalf, as the manifest’s `webApplicationInfo` expects. */
const scope = 'access_as_user';

/**
 * Create the check of the tokens by which Teams signs a person in to a tab or a dialog: RS256 with a key of Microsoft
 * Entra, the audience of a bot that serves the token's own tenant, an issuer of that tenant. The environment's bot serves
 * any tenant without a bot of its own: only a linked account signs in. Undefined without credentials, because no token is
 * issued for an anonymous bot.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview
 */
export function teamsTabHost(bots: TeamsBots, publicUrl: string) {
  const { identity, loginUrl } = bots.config;
  if (identity?.kind === 'anonymous') return undefined;
  const login = withoutTrailing(loginUrl, '/');
  // The keys of all tenants; the keys of one are among them.
  const keys = createRemoteJWKSet(new URL(`${login}/common/discovery/v2.0/keys`));

  return {
    ancestors: clientSites,
    async accountOf(token: string): Promise<AccountKey | undefined> {
      const claims = await claimsOf(token);
      if (!claims) return undefined;
      const { aud, tid, oid, iss, scp } = claims;
      const appId = appIdIn(aud, publicUrl);
      if (appId === undefined || !isUuid(oid) || !issuersOf(login, tid).includes(iss)) return undefined;
      if (!scp.split(' ').includes(scope)) return undefined;
      const account = { platform: 'teams', externalWorkspaceId: canonicalId(tid), accountId: canonicalId(oid) };
      return (await bots.forTenant(account.externalWorkspaceId))?.appId === appId ? account : undefined;
    },
  };

  async function claimsOf(token: string): Promise<Claims | undefined> {
    try {
      const options = { algorithms: ['RS256'], clockTolerance: 60, requiredClaims: ['exp', 'aud'] };
      return Claims.safeParse((await jwtVerify(token, keys, options)).payload).data;
    } catch (error) {
      if (error instanceof errors.JOSEError && !isKeyFailure(error)) return undefined;
      throw new KeysUnavailable('the keys of Microsoft Entra cannot be loaded', { cause: error });
    }
  }
}

/** The app for which a token was issued: its audience is the app's id, or our resource. */
function appIdIn(audience: string, url: string): string | undefined {
  const appId = audience.split('/').at(-1) ?? '';
  return [appId, tabResource({ appId, url })].includes(audience) ? appId : undefined;
}

/** Return the resource for which Teams requests the token of our pages, as it stands in the manifest. */
export const tabResource = ({ appId, url }: { readonly appId: string; readonly url: string }): string =>
  `api://${new URL(url).host}/${appId}`;

/** The issuers of a tenant, by the version of the token. */
const issuersOf = (login: string, tenantId: string): string[] => [
  `${login}/${tenantId}/v2.0`,
  `https://sts.windows.net/${tenantId}/`,
];

const isKeyFailure = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC';
