import { createRequire } from 'node:module';
import type { BotFrameworkAuthentication, ClaimsIdentity, ConnectorFactory } from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import type { TeamsConfig } from '../env.js';

type ConfidentialClientApplication = InstanceType<Msal['ConfidentialClientApplication']>;
type Msal = typeof import('@azure/msal-node', { with: { 'resolution-mode': 'require' }});

/** Who signs the tokens of Bot Framework, and whom ours are for. */
export const issuer = 'https://api.botframework.com';

/** Every endpoint is named, because botbuilder takes all of them from us or none. */
export async function authenticationOf({ identity, loginUrl, openIdMetadataUrl }: TeamsConfig) {
  const [{ ConfigurationBotFrameworkAuthentication }, credentials] = await Promise.all([
    import('botbuilder'),
    credentialsOf(identity, loginUrl),
  ]);

  /** botbuilder makes its HTTP clients anew for every activity, though they hold nothing of it: one a service will do. */
  class Authentication extends ConfigurationBotFrameworkAuthentication {
    private readonly connectors = new LRUCache<string, ReturnType<ConnectorFactory['create']>>({ max: 50 });
    private tokenClient: ReturnType<BotFrameworkAuthentication['createUserTokenClient']> | undefined;

    override createConnectorFactory(caller: ClaimsIdentity): ConnectorFactory {
      const factory = super.createConnectorFactory(caller);
      return {
        create: (serviceUrl, audience) => {
          const known = this.connectors.get(serviceUrl) ?? factory.create(serviceUrl, audience).then(postingOnce);
          this.connectors.set(serviceUrl, known);
          return known;
        },
      };
    }

    override createUserTokenClient(caller: ClaimsIdentity) {
      this.tokenClient ??= super.createUserTokenClient(caller);
      return this.tokenClient;
    }
  }
  return new Authentication(
    {
      ToChannelFromBotLoginUrl: authorityOf(identity, loginUrl).secure,
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: 'https://token.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      CallerId: '',
      ValidateAuthority: false,
    },
    credentials,
  );
}

/** The part of the connector's HTTP client that repeats requests; Bot Framework's types hide it. */
interface Repeating {
  readonly client?: {
    readonly pipeline: {
      removePolicy(which: { name: string }): readonly Policy[];
      addPolicy(policy: Policy, options: { phase: 'Retry' }): void;
    };
  };
}
interface Policy {
  readonly name: string;
  sendRequest(request: { readonly method: string }, next: (request: unknown) => Promise<unknown>): Promise<unknown>;
}

/**
 * The connector sends again by itself what met a lost connection or a 5xx, even a message that has arrived. Messages are
 * left to `teams/messenger` and the job; reading goes on as before.
 */
function postingOnce<Connector extends object>(connector: Connector): Connector {
  const pipeline = (connector as Repeating).client?.pipeline;
  for (const repeat of pipeline?.removePolicy({ name: 'defaultRetryPolicy' }) ?? []) {
    const once: Policy = {
      name: repeat.name,
      sendRequest: (request, next) => (request.method === 'POST' ? next(request) : repeat.sendRequest(request, next)),
    };
    pipeline?.addPolicy(once, { phase: 'Retry' });
  }
  return connector;
}

/** How our own tokens are had: a secret at Microsoft's login, or none at all for an anonymous bot. */
async function credentialsOf(identity: TeamsConfig['identity'], loginUrl: string) {
  const { MsalServiceClientCredentialsFactory, PasswordServiceClientCredentialFactory } = await import(
    'botframework-connector'
  );
  if (identity.kind === 'anonymous') return new PasswordServiceClientCredentialFactory('', '', '');

  return new MsalServiceClientCredentialsFactory(identity.appId, confidentialClient(identity, loginUrl));
}

/** Our own login; `tenantId`: as the app of that tenant, where it is not the bot that speaks. */
export function confidentialClient(
  identity: TeamsConfig['identity'] & { readonly kind: 'app' },
  loginUrl: string,
  tenantId?: string,
): ConfidentialClientApplication {
  // The very copy that botframework-connector uses.
  const { ConfidentialClientApplication } = createRequire(import.meta.url)('@azure/msal-node') as Msal;
  const { secure, plain } = authorityOf(identity, loginUrl, tenantId);
  return new ConfidentialClientApplication({
    auth: {
      clientId: identity.appId,
      clientSecret: identity.appPassword,
      authority: secure,
      knownAuthorities: [new URL(loginUrl).host],
      // Known beforehand: saves two requests, and lets a local login do without TLS, which the library asks of an authority.
      authorityMetadata: JSON.stringify({
        issuer: `${plain}/v2.0`,
        token_endpoint: `${plain}/oauth2/v2.0/token`,
        authorization_endpoint: `${plain}/oauth2/v2.0/authorize`,
        jwks_uri: `${plain}/discovery/v2.0/keys`,
      }),
    },
  });
}

function authorityOf(
  identity: TeamsConfig['identity'],
  loginUrl: string,
  tenantId?: string,
): { secure: string; plain: string } {
  const own = identity.kind === 'app' && identity.appType === 'SingleTenant' ? identity.appTenantId : undefined;
  const tenant = encodeURIComponent(tenantId ?? own ?? 'botframework.com');
  const plain = `${loginUrl.replace(/\/$/, '')}/${tenant}`;
  return { plain, secure: plain.replace(/^http:/, 'https:') };
}
