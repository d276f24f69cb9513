import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AccountKey } from '../core/chat/exchange.js';
import { canonicalId, isUuid } from '../core/ids.js';
import type { TeamsConfig } from '../env.js';
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

/** The claims of a token that name the person and their tenant. */
const Claims = z.looseObject({ tid: z.string(), oid: z.string(), iss: z.string(), scp: z.string() });

/** The scope that Microsoft’s clients request on a tab’s behalf, as the manifest’s `webApplicationInfo` expects. */
const scope = 'access_as_user';

/**
 * Create the check of the tokens by which Teams signs a person in to a tab or a dialog: RS256 with a key of Microsoft
 * Entra, our audience, an issuer of the token's own tenant. Any tenant is accepted: only a linked account signs in.
 * Undefined without credentials, because no token is issued for an anonymous bot.
 * https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview
 */
export function teamsTabHost({ identity, loginUrl }: TeamsConfig, publicUrl: string) {
  if (identity.kind === 'anonymous') return undefined;
  const { appId } = identity;
  const login = loginUrl.replace(/\/$/, '');
  // The keys of all tenants; the keys of one are among them.
  const keys = createRemoteJWKSet(new URL(`${login}/common/discovery/v2.0/keys`));
  const audience = [appId, tabResource({ appId, url: publicUrl })];

  return {
    ancestors: clientSites,
    async accountOf(token: string): Promise<AccountKey | undefined> {
      try {
        const options = { algorithms: ['RS256'], audience, clockTolerance: 60, requiredClaims: ['exp'] };
        const claims = Claims.safeParse((await jwtVerify(token, keys, options)).payload);
        if (!claims.success) return undefined;
        const { tid, oid, iss, scp } = claims.data;
        if (!isUuid(oid) || !issuersOf(login, tid).includes(iss) || !scp.split(' ').includes(scope)) return undefined;
        return { platform: 'teams', externalWorkspaceId: canonicalId(tid), accountId: canonicalId(oid) };
      } catch (error) {
        if (error instanceof errors.JOSEError && !isKeyFailure(error)) return undefined;
        throw new KeysUnavailable('the keys of Microsoft Entra cannot be loaded', { cause: error });
      }
    },
  };
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
