import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { build as pretty } from 'pino-pretty';

/** Fields that are removed from every log line: identities, messages, secrets. */
const redactedFields = [
  ...['token', 'password', 'secret', 'authorization', 'cookie', 'pin', 'apiKey'],
  ...['name', 'displayName', 'firstName', 'lastName', 'callerName', 'email'],
  ...['ani', 'dnis', 'did', 'number', 'personalNumber', 'e164', 'from', 'to'],
  ...['transcript', 'text', 'note', 'reason'],
];

/**
 * Create the process's log: JSON lines on standard output, or readable ones for developers. Facts stand beside a fixed
 * message; `core/request-deps` adds the request's id to every line that belongs to it, in jobs too. `to`: another
 * stream, in tests.
 */
export function createLog(
  { level, format }: { level: string; format: 'json' | 'pretty' },
  to?: DestinationStream,
): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    serializers: { error: describeError, err: describeError },
    redact: { paths: redactedFields.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
    // The last safeguard, for personal data in the messages of libraries and servers.
    hooks: { streamWrite: withoutPeople },
  };
  if (to) return pino(options, to);
  return format === 'pretty' ? pino(options, pretty({ colorize: true, ignore: 'time', sync: true })) : pino(options);
}

/** An error has causes, and an aggregate error has several; both are cut at a limit. */
const mostCauses = 5;
const mostErrors = 10;

/** An error with its causes, in the form that is logged. Some libraries put their input into their messages. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutSecrets(error) : error;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const further = depth < mostCauses;
  return {
    type: error.constructor.name || error.name,
    code,
    message: withoutSecrets(error.message),
    stack: withoutSecrets(String(error.stack)),
    ...(further && cause !== undefined ? { cause: describeError(cause, depth + 1) } : {}),
    ...(further && Array.isArray(errors)
      ? { errors: errors.slice(0, mostErrors).map((one) => describeError(one, depth + 1)) }
      : {}),
  };
}

/** Replace tokens, and the password of a URL. */
const withoutSecrets = (text: string): string =>
  text
    .replace(/\b(xox[a-z]|xapp)-[\w-]+/g, '[token]')
    .replace(/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [token]')
    .replace(/(?<!\w)(\w+:\/\/[^\s:/@]*):[^\s/@]+@/g, '$1:[password]@');

/**
 * Replace e-mail addresses and phone numbers in a line, which stays valid JSON: the letter of an escape (`
 * `, `\u00e9`) is not part of an address. Each repetition is bounded, so that the time is linear in the line's length.
 */
const withoutPeople = (line: string): string =>
  line
    .replace(
      /(?<!\\(?:u[\da-f]{0,3})?)[\w.!#$%&'+^~-]{1,64}@[\d-]{0,10}[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){0,8}/gi,
      '[e-mail]',
    )
    .replace(/\+\d(?:[ ().-]{0,2}\d){6,14}(?!\d)/g, '[number]');
