import { z } from 'zod';
import type { Request } from '../chat/exchange.js';
import { asId, type RequestId } from '../ids.js';
import { firstCharacters } from '../text.js';

/** What is stored of a request until it is answered: all of it, or only its title if it is too large. */
const Stored = z.object({
  from: z.object({
    platform: z.string(),
    externalWorkspaceId: z.string(),
    accountId: z.string(),
    displayName: z.string().optional(),
    locale: z.string().optional(),
    timeZone: z.string().optional(),
    region: z.string().optional(),
    conversation: z.unknown().optional(),
  }),
  /** In the person's own words: what they typed, or the label of the button; empty: unknown. */
  title: z.string(),
  /** Absent: the request cannot run again. */
  act: z
    .union([
      z.object({
        kind: z.literal('command'),
        text: z.string(),
        mentions: z.array(
          z.object({
            platform: z.string(),
            externalWorkspaceId: z.string(),
            accountId: z.string(),
            displayName: z.string().optional(),
          }),
        ),
      }),
      z.object({
        kind: z.literal('click'),
        action: z.string(),
        carries: z.record(z.string(), z.string()),
        on: z.record(z.string(), z.string()).optional(),
      }),
      z.object({
        kind: z.literal('submit'),
        form: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.boolean()]).optional()),
        carries: z.record(z.string(), z.string()),
        on: z.record(z.string(), z.string()).optional(),
      }),
    ])
    .optional(),
});
/** A request as it is stored until it is answered. */
export type StoredRequest = z.infer<typeof Stored>;

const mostCharacters = 8_000;
const longestTitle = 100;

/**
 * Return what to store of a request. Files and secrets are never stored: the person is asked to submit such a form
 * again.
 */
export function storedRequest(request: Request): StoredRequest {
  const { from } = request;
  const title = firstCharacters(titleOf(request), longestTitle);
  const { conversation: _, ...who } = from;
  const act = actOf(request);
  const whole = { from, title, ...(act === undefined ? {} : { act }) } as StoredRequest;
  if (JSON.stringify(whole).length <= mostCharacters) return whole;
  return { from: who, title };
}

/** Parse a stored request. Undefined: the row is malformed or of another version. */
export function readStoredRequest(json: unknown): StoredRequest | undefined {
  const read = Stored.safeParse(json);
  return read.success ? read.data : undefined;
}

/** Return the request as it was made; undefined: only its title is known. */
export const requestOf = (id: string, { from, act }: StoredRequest): Request | undefined =>
  act === undefined ? undefined : ({ ...act, id: asId<RequestId>(id), from } as Request);

function titleOf(request: Request): string {
  if (request.kind === 'command') return withoutPin(request.text).trim();
  return 'label' in request ? (request.label ?? '') : '';
}

function actOf(request: Request): StoredRequest['act'] {
  switch (request.kind) {
    case 'command':
      return { kind: 'command', text: withoutPin(request.text), mentions: [...request.mentions] };
    case 'click':
      return { kind: 'click', action: request.action, carries: request.carries, ...onOf(request) };
    case 'submit': {
      const { form, values, carries } = request;
      const isPlain = Object.entries(values).every(([name, value]) => typeof value !== 'object' && !secret.test(name));
      return isPlain
        ? { kind: 'submit', form, values: values as Record<string, string | boolean>, carries, ...onOf(request) }
        : undefined;
    }
    default:
      return undefined;
  }
}

const onOf = ({ on }: Request & { kind: 'click' | 'submit' }) => (on === undefined ? {} : { on });

/** Return a command's text without a PIN that was typed after its word, though it belongs in the form. */
const withoutPin = (text: string): string =>
  text.replace(/^(\s*(?:phone|pin|nip|t[eé]l[eé]phone))(?!\p{L}).*$/isu, '$1');

/** Names of fields whose values nobody else may read. */
const secret = /pin|password|secret|key$/i;
