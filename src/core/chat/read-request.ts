import { IANAZone } from 'luxon';
import { manyLines, oneLine, typedLine, wellFormed, wellFormedJson } from '../text.js';
import type { Request, Sender, TypedValues } from './exchange.js';
import type { Words } from './words.js';

/**
 * The limits of a request, the same on every platform. A longer request is refused before anything is done with it.
 */
export const requestLimits = {
  /** The text after `/attendant`, in UTF-16 code units, like all lengths here. */
  command: 2_000,
  mentions: 20,
  /** The text in a person field or a search box. */
  query: 200,
  /** A form's value. Each form has a tighter limit of its own; this one limits what is parsed at all. */
  value: 4_000,
  values: 100,
  /** The data that a button carries; Slack's limit is 2,000. */
  carries: 10_000,
  carried: 50,
  /** The name of a button, a form or a field. */
  name: 100,
  /** The id of an account, a workspace or a request. */
  id: 512,
} as const;

/** A request that is safe to work on: within the limits, well-formed, without invisible characters. */
export interface ReadRequest {
  readonly request: Request;
  /** Why the request is refused, in words; the parts over the limit are then emptied. */
  readonly refused?: (words: Words) => string;
  /** The ids are malformed, so no user can be looked up. */
  readonly nobodys?: true;
}

/** Limit and clean a request. Lengths are checked first, because cleaning takes time too. */
export function readRequest(asked: Request): ReadRequest {
  const { from, id } = asked;
  if (![from.platform, from.externalWorkspaceId, from.accountId, id].every(isId))
    return { request: emptied(asked), refused: tooMuch, nobodys: true };
  const request = { ...asked, from: readSender(from) };
  const refused = excessIn(request);
  return refused ? { request: emptied(request), refused } : { request: cleaned(request) };
}

/** Return the names of the fields whose values are over the limit. */
export const overlongFields = (values: TypedValues): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && value.length > requestLimits.value ? name : [],
  );

const tooMuch = (words: Words) => words.chat.tooMuch;

function excessIn(request: Request): ReadRequest['refused'] {
  switch (request.kind) {
    case 'command':
      if (request.text.length > requestLimits.command)
        return (words) => words.chat.tooLongToRead(requestLimits.command);
      return request.mentions.length > requestLimits.mentions
        ? (words) => words.chat.tooManyMentions(requestLimits.mentions)
        : undefined;
    case 'suggest':
      return request.query.length > requestLimits.query
        ? (words) => words.chat.tooLongToRead(requestLimits.query)
        : undefined;
    case 'click':
      return request.action.length > requestLimits.name || isLoaded(request.carries) ? tooMuch : undefined;
    case 'unknown':
      return request.what.length > requestLimits.name ? tooMuch : undefined;
    case 'submit':
      return request.form.length > requestLimits.name ||
        isLoaded(request.carries) ||
        isCrowded(request.values, requestLimits.values)
        ? tooMuch
        : undefined;
    case 'home':
      return undefined;
    default:
      return request satisfies never;
  }
}

const isCrowded = (fields: Readonly<Record<string, unknown>>, count: number): boolean => {
  const names = Object.keys(fields);
  return names.length > count || names.some(({ length }) => length > requestLimits.name);
};

function isLoaded(carries: Readonly<Record<string, string>>): boolean {
  if (isCrowded(carries, requestLimits.carried)) return true;
  return Object.values(carries).reduce((sum, { length }) => sum + length, 0) > requestLimits.carries;
}

function emptied(request: Request): Request {
  switch (request.kind) {
    case 'command':
      return { ...request, text: '', mentions: [] };
    case 'click':
      return { ...request, action: '', carries: {} };
    case 'submit':
      return { ...request, form: '', values: {}, carries: {} };
    case 'suggest':
      return { ...request, query: '' };
    case 'unknown':
      return { ...request, what: '' };
    case 'home':
      return request;
    default:
      return request satisfies never;
  }
}

function cleaned(request: Request): Request {
  switch (request.kind) {
    case 'command':
      return { ...request, text: commandLine(request.text), mentions: request.mentions.filter(isAccount) };
    case 'click':
      return {
        ...withPlace(request),
        action: wellFormed(request.action),
        carries: wellFormedJson(request.carries),
      };
    case 'submit':
      return {
        ...withPlace(request),
        form: wellFormed(request.form),
        values: readValues(request.values),
        carries: wellFormedJson(request.carries),
      };
    case 'unknown':
      return { ...request, what: oneLine(request.what, requestLimits.name) };
    case 'suggest':
      return { ...request, query: typedLine(request.query) };
    case 'home':
      return request;
    default:
      return request satisfies never;
  }
}

/** `/attendant ooo`, `attendant: ooo`, `/ooo` and `ooo` are the same command on every platform. */
const commandLine = (text: string): string =>
  typedLine(text)
    .replace(/^\/?attendant\b[\s:,]*/i, '')
    .replace(/^\/(?=\p{L})/u, '');

/** Keep the label and the message of the pressed control. A malformed message reference is dropped. */
function withPlace<Pressed extends Pick<Request & { kind: 'click' }, 'label' | 'on'>>(pressed: Pressed) {
  const { label, on, ...rest } = pressed;
  const isPlace = on !== undefined && !isCrowded(on, requestLimits.carried) && Object.values(on).every(isId);
  return {
    ...rest,
    ...(label === undefined ? {} : { label: oneLine(label, requestLimits.name) }),
    ...(isPlace ? { on } : {}),
  };
}

/** A value over the limit is cut to one character more than the limit, so that its form can refuse it. */
const readValues = (values: TypedValues): TypedValues =>
  Object.fromEntries(
    Object.entries(values).map(([given, value]) => {
      const name = wellFormed(given);
      if (typeof value === 'string')
        return [
          name,
          value.length > requestLimits.value
            ? wellFormed(value.slice(0, requestLimits.value + 1))
            : manyLines(value, requestLimits.value),
        ];
      if (typeof value !== 'object') return [name, value];
      return [name, { ...value, fileName: oneLine(value.fileName, 255) }];
    }),
  );

/** Account facts that a field of that kind cannot hold are left out. */
function readSender({ displayName, locale, timeZone, region, conversation, ...account }: Sender): Sender {
  const name = oneLine(displayName ?? '', 160);
  return {
    ...account,
    ...(name === '' ? {} : { displayName: name }),
    ...(locale !== undefined && /^[A-Za-z\d_-]{2,35}$/.test(locale) ? { locale } : {}),
    ...(timeZone !== undefined && isZone(timeZone) ? { timeZone } : {}),
    ...(region !== undefined && /^[A-Za-z]{2}$/.test(region) ? { region } : {}),
    ...(conversation === undefined ? {} : { conversation: wellFormedJson(conversation) }),
  };
}

const isZone = (name: string): boolean => name.length <= 64 && IANAZone.isValidZone(name);

const isAccount = ({ externalWorkspaceId, accountId }: Sender): boolean => isId(externalWorkspaceId) && isId(accountId);

/** An id is compared exactly: an id that would need cleaning is invalid. */
const isId = (id: string): boolean => id.length <= requestLimits.id && wellFormed(id) === id;
