import { createRequire } from 'node:module';
import type { BotFrameworkAuthentication, ClaimsIdentity, ConnectorFactory } from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import type { BotConfig, TeamsAppIdentity } from '../env.js';

type ConfidentialClientApplication = InstanceType<Msal['ConfidentialClientApplication']>;
type Msal = typeof import('@azure/msal-node', { with: { 'resolution-mode': 'require' }});
type Configuration = ConstructorParameters<Msal['ConfidentialClientApplication']>[0];
type INetworkModule = NonNullable<NonNullable<Configuration['system']>['networkClient']>;
type NetworkRequestOptions = Parameters<INetworkModule['sendPostRequestAsync']>[1];

/** The issuer of Bot Framework's tokens, and the audience of ours. */
export const issuer = 'https://api.botframework.com';

/**
 * Create botbuilder's authentication. Every endpoint is given, because botbuilder accepts all of them or none. A request
 * to Teams or to the login that is not answered within `answerMilliseconds` fails.
 */
export async function authenticationOf(
  { identity, loginUrl, openIdMetadataUrl }: BotConfig,
  answerMilliseconds: number,
) {
  const [{ ConfigurationBotFrameworkAuthentication }, credentials] = await Promise.all([
    import('botbuilder'),
    credentialsOf(identity, loginUrl, answerMilliseconds),
  ]);

  /**
   * botbuilder creates new HTTP clients for every activity, though they keep no state of it; this caches one per
   * service.
   */
  class Authentication extends ConfigurationBotFrameworkAuthentication {
    private readonly connectors = new LRUCache<string, ReturnType<ConnectorFactory['create']>>({ max: 50 });
    private tokenClient: ReturnType<BotFrameworkAuthentication['createUserTokenClient']> | undefined;

    override createConnectorFactory(caller: ClaimsIdentity): ConnectorFactory {
      const factory = super.createConnectorFactory(caller);
      return {
        create: (serviceUrl, audience) => {
          const known =
            this.connectors.get(serviceUrl) ??
            factory
              .create(serviceUrl, audience)
              .then(postingOnce)
              .then((connector) => answeredInTime(connector, answerMilliseconds));
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

/** The part of the connector's HTTP client that retries requests; Bot Framework's types hide it. */
interface Repeating {
  readonly client?: {
    readonly pipeline: {
      removePolicy(which: { name: string }): readonly Policy[];
      addPolicy(policy: Policy, options?: { phase: 'Retry' }): void;
    };
  };
}
interface Policy {
  readonly name: string;
  sendRequest(
    request: { readonly method: string; abortSignal?: AbortSignal },
    next: (request: unknown) => Promise<unknown>,
  ): Promise<unknown>;
}

/**
 * Turn off the connector's retries for posts. It repeats a request after a lost connection or a 5xx, even if the
 * message has arrived. Messages are retried by `teams/messenger` and the job; reads are still retried here.
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

/**
 * End requests that Teams does not answer, retries included. The connector itself waits for ever, and with it whoever
 * was to be told: the person, and the job with its place among the workers.
 */
function answeredInTime<Connector extends object>(connector: Connector, milliseconds: number): Connector {
  (connector as Repeating).client?.pipeline.addPolicy({
    name: 'answeredInTime',
    sendRequest(request, next) {
      request.abortSignal ??= AbortSignal.timeout(milliseconds);
      return next(request);
    },
  });
  return connector;
}

/** The source of our own tokens: a client secret at Microsoft's login, or none for an anonymous bot. */
async function credentialsOf(identity: BotConfig['identity'], loginUrl: string, answerMilliseconds: number) {
  const { MsalServiceClientCredentialsFactory, PasswordServiceClientCredentialFactory } = await import(
    'botframework-connector'
  );
  if (identity.kind === 'anonymous') return new PasswordServiceClientCredentialFactory('', '', '');

  return new MsalServiceClientCredentialsFactory(
    identity.appId,
    confidentialClient(identity, loginUrl, { answerMilliseconds }),
  );
}

/** Create a login client. `tenantId`: log in as the app in that tenant, for calls that the bot itself does not make. */
export function confidentialClient(
  identity: TeamsAppIdentity,
  loginUrl: string,
  { tenantId, answerMilliseconds }: { readonly tenantId?: string; readonly answerMilliseconds: number },
): ConfidentialClientApplication {
  // Load the same copy of the library that botframework-connector uses.
  const { ConfidentialClientApplication } = createRequire(import.meta.url)('@azure/msal-node') as Msal;
  const { secure, plain } = authorityOf(identity, loginUrl, tenantId);
  return new ConfidentialClientApplication({
    auth: {
      clientId: identity.appId,
      clientSecret: identity.appPassword,
      authority: secure,
      knownAuthorities: [new URL(loginUrl).host],
      // Given in advance: this saves two requests, and allows a local login without TLS, which the library demands of
      // an authority.
      authorityMetadata: JSON.stringify({
        issuer: `${plain}/v2.0`,
        token_endpoint: `${plain}/oauth2/v2.0/token`,
        authorization_endpoint: `${plain}/oauth2/v2.0/authorize`,
        jwks_uri: `${plain}/discovery/v2.0/keys`,
      }),
    },
    system: { networkClient: loginNetwork(answerMilliseconds) },
  });
}

/** Performs the library's requests, because its own have no timeout. */
function loginNetwork(answerMilliseconds: number): INetworkModule {
  const ask = async <Body>(url: string, method: 'GET' | 'POST', { headers = {}, body }: NetworkRequestOptions = {}) => {
    const signal = AbortSignal.timeout(answerMilliseconds);
    const response = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    // A gateway's error page is no JSON; the library reads the kind of error from this property.
    const noJson = { error: response.status >= 500 ? 'server_error' : 'client_error' };
    const answer = (await response.json().catch(() => noJson)) as Body;
    return { headers: Object.fromEntries(response.headers), status: response.status, body: answer };
  };
  return {
    sendGetRequestAsync: (url, options) => ask(url, 'GET', options),
    sendPostRequestAsync: (url, options) => ask(url, 'POST', options),
  };
}

/** Return the login of the bot's own tokens, or of the tenant that is given: `plain` as configured, `secure` over TLS. */
export function authorityOf(
  identity: BotConfig['identity'],
  loginUrl: string,
  tenantId?: string,
): { secure: string; plain: string } {
  const own = identity.kind === 'app' && identity.appType === 'SingleTenant' ? identity.appTenantId : undefined;
  const tenant = encodeURIComponent(tenantId ?? own ?? 'botframework.com');
  const plain = `${loginUrl.replace(/\/$/, '')}/${tenant}`;
  return { plain, secure: plain.replace(/^http:/, 'https:') };
}
