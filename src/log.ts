import { type Logger, pino, stdSerializers } from 'pino';
import { build as pretty } from 'pino-pretty';

/** What nobody may read in a log, wherever a fact carries it: who people are, what they say, what opens doors. */
const unspeakable = [
  ...['token', 'password', 'secret', 'authorization', 'cookie', 'pin', 'apiKey'],
  ...['name', 'displayName', 'firstName', 'lastName', 'callerName', 'email'],
  ...['ani', 'dnis', 'did', 'number', 'personalNumber', 'e164', 'from', 'to'],
  ...['transcript', 'text', 'note', 'reason'],
];

/**
 * The process's log: JSON lines on standard output, or readable ones for developers. Facts stand beside a fixed message;
 * `core/for-request` puts the request's id on every line that comes of it, in the job too.
 */
export function createLog({ level, format }: { level: string; format: 'json' | 'pretty' }): Logger {
  const options = {
    level,
    base: null,
    serializers: { error: describeError, err: describeError },
    redact: { paths: unspeakable.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
  };
  return format === 'pretty' ? pino(options, pretty({ colorize: true, ignore: 'time', sync: true })) : pino(options);
}

/** An error as it is logged: some libraries put what they were given into their messages. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutSecrets(error) : error;
  const { type, message, stack, code } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return { type, code, message: withoutSecrets(String(message)), stack: withoutSecrets(String(stack)) };
}

/** Blanks phone numbers, tokens, and the password of a URL. */
const withoutSecrets = (text: string): string =>
  text
    .replace(/\+\d{7,15}\b/g, '[number]')
    .replace(/\b(xox[a-z]|xapp)-[\w-]+/g, '[token]')
    .replace(/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [token]')
    .replace(/(?<!\w)(\w+:\/\/[^\s:/@]*):[^\s/@]+@/g, '$1:[password]@');
