import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { canonicalId } from './core/ids.js';
import { withoutTrailing } from './core/text.js';
import { type RecordingsConfig, readRecordingsUrl } from './recordings-url.js';
import { root } from './root-folder.js';
import { secretBytes, shortestSecretBytes } from './secret.js';

/** The configuration of this installation (CONTRACT.md §2), parsed once and grouped. `undefined`: off, or embedded. */
export interface Config {
  /** `publicUrl` has no slash at the end; undefined: the address on which the server listens. */
  readonly http: {
    readonly port: number;
    readonly host: string;
    readonly publicUrl: string | undefined;
    /** Addresses and ranges whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted. */
    readonly trustedProxies: readonly string[];
  };
  /** The port on which a worker answers health checks; undefined: none. */
  readonly healthPort: number | undefined;
  /** The requests of one person per minute, after a burst; 0: no limit. */
  readonly commandsPerMinute: number;
  /** To the JSON API, per company; 0: no limit. */
  readonly apiRequestsPerMinute: number;
  /** Undefined: the embedded server, under `dataFolder`. */
  readonly databaseUrl: string | undefined;
  /** Undefined: BullMQ on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly dataFolder: string;
  /** Undefined: created at the first start and stored under `dataFolder`. */
  readonly secret: string | undefined;
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  readonly voice: VoiceConfig | undefined;
  readonly apiKey: string | undefined;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly inboundMail: InboundMailConfig | undefined;
  readonly recordings: RecordingsConfig;
  readonly log: { readonly level: string; readonly format: 'json' | 'pretty' };
  /** Undefined: voicemails come without transcripts. */
  readonly transcription: TranscriptionConfig | undefined;
}

/** Where voicemails by e-mail are taken. */
export interface InboundMailConfig {
  readonly host: string;
  readonly port: number;
  /** In lower case; the domain of the recipients. */
  readonly domain: string;
}

/** How to reach Slack. */
export interface SlackConfig {
  /** Of the one workspace; undefined: many install it, and each has a token of its own. */
  readonly botToken?: string | undefined;
  readonly oauth?: SlackOAuthConfig | undefined;
  readonly apiUrl: string;
  /** Over HTTP each request is signed; in Socket Mode the connection is authenticated. */
  readonly mode:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
}

/** The app's credentials with which workspaces install it. */
export interface SlackOAuthConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs the state that an installation carries to Slack and back. */
  readonly stateSecret: string;
}

/** An Azure app that is a bot, with its secret. */
export interface TeamsAppIdentity {
  readonly kind: 'app';
  /** Its id in Entra, in lower case. */
  readonly appId: string;
  readonly appPassword: string;
  readonly appType: 'MultiTenant' | 'SingleTenant';
  readonly appTenantId: string | undefined;
}

/** How to reach Teams and Microsoft. */
export interface TeamsConfig {
  /** The bot of the environment; undefined: companies have bots of their own, and the installation has none. */
  readonly identity: { readonly kind: 'anonymous' } | TeamsAppIdentity | undefined;
  /** The metadata that lists the keys of incoming tokens. */
  readonly openIdMetadataUrl: string;
  /** The login server that issues our own tokens. */
  readonly loginUrl: string;
  /** Microsoft Graph, which lists the people of a tenant; without a slash at the end. */
  readonly graphUrl: string;
}

/** How one bot reaches Teams and Microsoft. */
export type BotConfig = TeamsConfig & { readonly identity: NonNullable<TeamsConfig['identity']> };

/** The service that writes voicemails down. */
export interface TranscriptionConfig {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly model: string;
}

/** The account at a voice provider. */
export interface VoiceConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
  /** With which the provider signs, where it does not sign with the token (Telnyx): 32 bytes in base64. */
  readonly publicKey?: string;
}

const port = z.coerce
  .number('must be a whole number from 0 to 65535')
  .int('must be a whole number from 0 to 65535')
  .min(0, 'must be a whole number from 0 to 65535')
  .max(65_535, 'must be a whole number from 0 to 65535');
const limitPerMinute = z.coerce
  .number('must be a whole number; 0 for no limit')
  .int('must be a whole number; 0 for no limit')
  .min(0, 'must be a whole number; 0 for no limit');
const text = z.string();
const web = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`);
const intAtLeast = (bytes: number) =>
  z.string().refine((secret) => secretBytes(secret) >= bytes, `must be at least ${bytes} bytes long`);

/** Addresses or ranges (`10.0.0.0/8`), comma-separated; the error lists the invalid ones. */
const proxies = z.string().transform((list, context) => {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const wrong = entries.filter((entry) => !isAddressOrRange(entry));
  if (wrong.length > 0)
    context.addIssue(`must be addresses or ranges such as 10.0.0.0/8, with commas between; wrong: ${wrong.join(', ')}`);
  return entries;
});

/**
 * Whether an entry is like `10.1.2.3`, `10.0.0.0/8` or `2001:db8::/32`. A range of all addresses is refused, because
 * every client could then forge its address.
 */
function isAddressOrRange(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || more.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128);
}

const recordingsUrl = z.string().transform((url, context) => {
  try {
    return readRecordingsUrl(url);
  } catch (error) {
    context.addIssue((error as Error).message);
    return z.NEVER;
  }
});

/** Every variable on its own; combinations are checked below. */
const Environment = z.object({
  PORT: port.default(3000),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: web.optional(),
  HEALTH_PORT: port.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' }).optional(),
  ATTENDANT_DATA: text.default('.data'),
  ATTENDANT_SECRET: intAtLeast(shortestSecretBytes).optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_APP_TOKEN: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: intAtLeast(shortestSecretBytes).optional(),
  SLACK_API_URL: web.default('https://slack.com/api/'),
  MICROSOFT_APP_ID: text.optional(),
  MICROSOFT_APP_PASSWORD: text.optional(),
  MICROSOFT_APP_TYPE: oneOf(['MultiTenant', 'SingleTenant']).default('MultiTenant'),
  MICROSOFT_APP_TENANT_ID: text.optional(),
  TEAMS_ANONYMOUS: oneOf(['0', '1']).default('0'),
  TEAMS_COMPANY_BOTS: oneOf(['0', '1']).default('0'),
  BOT_OPENID_METADATA_URL: web.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_LOGIN_URL: web.default('https://login.microsoftonline.com'),
  GRAPH_URL: web.default('https://graph.microsoft.com'),
  VOICE_ACCOUNT_SID: text.optional(),
  VOICE_AUTH_TOKEN: text.optional(),
  VOICE_API_URL: web.default('https://api.twilio.com'),
  VOICE_PUBLIC_KEY: text
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64, as the provider shows it')
    .optional(),
  ATTENDANT_API_KEY: intAtLeast(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z.string().includes('@', 'must hold an e-mail address').optional(),
  INBOUND_SMTP_PORT: port.optional(),
  INBOUND_SMTP_DOMAIN: z
    .string()
    .max(255, 'must be a domain such as voicemail.example.com')
    .regex(/^[a-z\d]+([.-][a-z\d]+)*$/i, 'must be a domain such as voicemail.example.com')
    .toLowerCase()
    .optional(),
  RECORDINGS_URL: recordingsUrl.optional(),
  TRANSCRIBE_URL: web.optional(),
  TRANSCRIBE_API_KEY: text.optional(),
  TRANSCRIBE_MODEL: text.optional(),
  TRUSTED_PROXIES: proxies.default([]),
  COMMANDS_PER_MINUTE: limitPerMinute.default(120),
  API_REQUESTS_PER_MINUTE: limitPerMinute.default(12_000),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FORMAT: oneOf(['json', 'pretty']).default('json'),
});
type Environment = z.infer<typeof Environment>;
type Name = keyof Environment;

/** Every name that is known. */
export const knownVariables: readonly string[] = Object.keys(Environment.shape);

/** Lists all invalid variables, one per line, for a person at a terminal. */
export class InvalidEnvironment extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'InvalidEnvironment';
  }
}

/**
 * Read the environment; throws `InvalidEnvironment` with every problem. An empty value counts as unset. `demo`: a
 * generated secret in the data folder is enough, whatever the database.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  { demo = false }: { readonly demo?: boolean } = {},
): Config {
  const filled = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const read = Environment.safeParse(filled);
  const wrongAlone = read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);

  // A variable that is invalid alone must not hide invalid combinations: parse the others without it.
  const wrongNames = new Set(read.success ? [] : read.error.issues.map(({ path }) => String(path[0])));
  const rest = Object.fromEntries(Object.entries(filled).filter(([name]) => !wrongNames.has(name)));
  const environment = read.success ? read.data : Environment.parse(rest);
  const wrongTogether = contradictions(environment, new Set(Object.keys(filled)), demo);

  const problems = [...wrongAlone, ...wrongTogether];
  if (problems.length > 0) throw new InvalidEnvironment(problems);
  return configOf(environment);
}

/** Combinations that are incomplete, contradictory, or without effect in this version. */
function contradictions(environment: Environment, given: ReadonlySet<string>, demo: boolean): string[] {
  const problems: string[] = [];
  const has = (name: Name) => given.has(name);
  const needs = (name: Name, ...others: Name[]) => {
    const missing = others.filter((other) => !has(other));
    if (has(name) && missing.length > 0) problems.push(`${name}: needs ${missing.join(' and ')} too`);
  };

  if (has('DATABASE_URL') && !has('ATTENDANT_SECRET') && !demo)
    problems.push(
      'ATTENDANT_SECRET: must be set when DATABASE_URL is: each process would sign with a secret of its own (openssl rand -hex 32 makes one)',
    );

  const oauth = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const;
  for (const name of oauth) needs(name, ...oauth.filter((other) => other !== name), 'SLACK_SIGNING_SECRET');
  if (has('SLACK_CLIENT_ID') && (has('SLACK_BOT_TOKEN') || has('SLACK_APP_TOKEN')))
    problems.push(
      'SLACK_CLIENT_ID: many workspaces, each with its own token, over HTTP; unset SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or SLACK_CLIENT_ID',
    );
  if (!has('SLACK_CLIENT_ID')) needs('SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN');
  needs('SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN');
  if (has('SLACK_BOT_TOKEN') && !has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET'))
    problems.push('SLACK_BOT_TOKEN: needs SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN (Socket Mode) too');

  needs('MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD');
  needs('MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_ID');
  needs('MICROSOFT_APP_TENANT_ID', 'MICROSOFT_APP_ID');
  if (environment.MICROSOFT_APP_TYPE === 'SingleTenant') needs('MICROSOFT_APP_TYPE', 'MICROSOFT_APP_TENANT_ID');
  if (environment.TEAMS_ANONYMOUS === '1' && !isLoopback(environment.HOST))
    problems.push('TEAMS_ANONYMOUS: lets anybody in, so HOST must be a loopback address such as 127.0.0.1');
  if (environment.TEAMS_ANONYMOUS === '1' && environment.TEAMS_COMPANY_BOTS === '1')
    problems.push(
      'TEAMS_COMPANY_BOTS: tokens are checked, so unset TEAMS_ANONYMOUS, which lets anybody in without one',
    );

  needs('VOICE_ACCOUNT_SID', 'VOICE_AUTH_TOKEN');
  needs('VOICE_AUTH_TOKEN', 'VOICE_ACCOUNT_SID');
  needs('VOICE_PUBLIC_KEY', 'VOICE_ACCOUNT_SID');
  needs('TRANSCRIBE_API_KEY', 'TRANSCRIBE_URL');
  needs('TRANSCRIBE_MODEL', 'TRANSCRIBE_URL');
  needs('SMTP_URL', 'MAIL_FROM');
  needs('MAIL_FROM', 'SMTP_URL');
  needs('INBOUND_SMTP_PORT', 'INBOUND_SMTP_DOMAIN');
  needs('INBOUND_SMTP_DOMAIN', 'INBOUND_SMTP_PORT');
  return problems;
}

function configOf(environment: Environment): Config {
  const dataFolder = resolve(root, environment.ATTENDANT_DATA);
  const {
    SMTP_URL,
    MAIL_FROM,
    INBOUND_SMTP_PORT: inboundPort,
    INBOUND_SMTP_DOMAIN: domain,
    RECORDINGS_URL,
  } = environment;
  return {
    http: {
      port: environment.PORT,
      host: environment.HOST,
      publicUrl: environment.PUBLIC_URL && withoutTrailing(environment.PUBLIC_URL, '/'),
      trustedProxies: environment.TRUSTED_PROXIES,
    },
    healthPort: environment.HEALTH_PORT,
    commandsPerMinute: environment.COMMANDS_PER_MINUTE,
    apiRequestsPerMinute: environment.API_REQUESTS_PER_MINUTE,
    databaseUrl: environment.DATABASE_URL,
    redisUrl: environment.REDIS_URL,
    dataFolder,
    secret: environment.ATTENDANT_SECRET,
    slack: slackOf(environment),
    teams: teamsOf(environment),
    voice: voiceOf(environment),
    apiKey: environment.ATTENDANT_API_KEY,
    mail: SMTP_URL && MAIL_FROM ? { smtpUrl: SMTP_URL, from: MAIL_FROM } : undefined,
    inboundMail:
      inboundPort !== undefined && domain ? { host: environment.HOST, port: inboundPort, domain } : undefined,
    recordings: RECORDINGS_URL ?? { kind: 'folder', folder: join(dataFolder, 'recordings') },
    log: { level: environment.LOG_LEVEL, format: environment.LOG_FORMAT },
    transcription: transcriptionOf(environment),
  };
}

function slackOf(environment: Environment): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = environment;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = environment;
  const apiUrl = `${withoutTrailing(environment.SLACK_API_URL, '/')}/`;
  if (botToken && appToken) return { botToken, apiUrl, mode: { kind: 'socket', appToken } };
  if (!signingSecret) return undefined;
  const http = { apiUrl, mode: { kind: 'http', signingSecret } } as const;
  if (clientId && clientSecret && stateSecret) return { oauth: { clientId, clientSecret, stateSecret }, ...http };
  return botToken ? { botToken, ...http } : undefined;
}

function teamsOf(environment: Environment): TeamsConfig | undefined {
  const { MICROSOFT_APP_ID: appId, MICROSOFT_APP_PASSWORD: appPassword, TEAMS_ANONYMOUS } = environment;
  const places = {
    openIdMetadataUrl: environment.BOT_OPENID_METADATA_URL,
    loginUrl: environment.BOT_LOGIN_URL,
    graphUrl: withoutTrailing(environment.GRAPH_URL, '/'),
  };
  if (appId && appPassword) {
    const { MICROSOFT_APP_TYPE: appType, MICROSOFT_APP_TENANT_ID } = environment;
    const appTenantId = MICROSOFT_APP_TENANT_ID && canonicalId(MICROSOFT_APP_TENANT_ID);
    return { identity: { kind: 'app', appId: canonicalId(appId), appPassword, appType, appTenantId }, ...places };
  }
  if (TEAMS_ANONYMOUS === '1') return { identity: { kind: 'anonymous' }, ...places };
  return environment.TEAMS_COMPANY_BOTS === '1' ? { identity: undefined, ...places } : undefined;
}

function voiceOf(environment: Environment): VoiceConfig | undefined {
  const { VOICE_ACCOUNT_SID: accountSid, VOICE_AUTH_TOKEN: authToken, VOICE_API_URL: apiUrl } = environment;
  const { VOICE_PUBLIC_KEY: publicKey } = environment;
  if (!accountSid || !authToken) return undefined;
  return { accountSid, authToken, apiUrl: withoutTrailing(apiUrl, '/'), ...(publicKey ? { publicKey } : {}) };
}

function transcriptionOf(environment: Environment): TranscriptionConfig | undefined {
  const { TRANSCRIBE_URL: url, TRANSCRIBE_API_KEY: apiKey, TRANSCRIBE_MODEL: model = 'whisper-1' } = environment;
  return url ? { url, apiKey, model } : undefined;
}

/** Whether a host name is this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
