import { z } from 'zod';

/** How this installation is set up: CONTRACT.md §2, parsed once, grouped by meaning. `undefined`: off, or embedded. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string; readonly publicUrl: string };
  /** Undefined: the embedded server, under `dataFolder`. */
  readonly databaseUrl: string | undefined;
  /** Undefined: BullMQ on PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly dataFolder: string;
  /** Undefined: made at the first start and kept under `dataFolder`. */
  readonly secret: string | undefined;
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  readonly voice: VoiceConfig | undefined;
  readonly apiKey: string | undefined;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly recordingsUrl: URL;
  readonly log: { readonly level: string; readonly format: 'json' | 'pretty' };
}

export interface SlackConfig {
  readonly botToken: string;
  readonly apiUrl: string;
  /** Over HTTP requests are signed; in Socket Mode the socket is. */
  readonly mode:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
}

export interface TeamsConfig {
  readonly identity:
    | { readonly kind: 'anonymous' }
    | {
        readonly kind: 'app';
        readonly appId: string;
        readonly appPassword: string;
        readonly appType: 'MultiTenant' | 'SingleTenant';
        readonly appTenantId: string | undefined;
      };
  /** Where the keys of incoming tokens are described. */
  readonly openIdMetadataUrl: string;
  /** Where our own tokens come from. */
  readonly loginUrl: string;
}

export interface VoiceConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
}

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url();
const text = z.string().min(1);

const Environment = z.object({
  PORT: port.default(3000),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  ATTENDANT_DATA: text.default('.data'),
  ATTENDANT_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= 32, 'must be at least 32 bytes')
    .optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_APP_TOKEN: text.optional(),
  SLACK_API_URL: url.default('https://slack.com/api/'),
  MICROSOFT_APP_ID: text.optional(),
  MICROSOFT_APP_PASSWORD: text.optional(),
  MICROSOFT_APP_TYPE: z.enum(['MultiTenant', 'SingleTenant']).default('MultiTenant'),
  MICROSOFT_APP_TENANT_ID: text.optional(),
  TEAMS_ANONYMOUS: z.enum(['0', '1']).optional(),
  BOT_OPENID_METADATA_URL: url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_LOGIN_URL: url.default('https://login.microsoftonline.com'),
  VOICE_ACCOUNT_SID: text.optional(),
  VOICE_AUTH_TOKEN: text.optional(),
  VOICE_API_URL: url.default('https://api.twilio.com'),
  ATTENDANT_API_KEY: z.string().min(16).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text.optional(),
  RECORDINGS_URL: text.default('file:'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
});

/** Every wrong name at once, one a line, ready for a person at a terminal. */
export class WrongEnvironment extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'WrongEnvironment';
  }
}
