import { randomUUID } from 'node:crypto';
import type { Request as HttpRequest } from 'express';
import { dispatch } from '../core/app/dispatch.js';
import { forms } from '../core/app/handler-registry.js';
import type { Request, Sender, TypedValues } from '../core/chat/exchange.js';
import type { CarriedData } from '../core/chat/view.js';
import type { Deps } from '../core/deps.js';
import { asId, type RequestId } from '../core/ids.js';
import type { FormBody } from './http/request-body.js';

/** The page the person was on, and the element there that the answer may replace. */
export interface FormOrigin {
  readonly page: string;
  readonly target: string | undefined;
}

/** Whether our script sent the request and swaps pieces; otherwise the browser itself did and shows pages. */
export const isFromScript = (request: HttpRequest): boolean => request.get('hx-request') === 'true';

/** A command typed into the box on the home page. */
export const readCommand = (from: Sender, { fields }: FormBody): Request => ({
  ...common(from, fields),
  kind: 'command',
  text: fields.get('text') ?? '',
  mentions: [],
});

/** A click on a button. */
export const readClick = (from: Sender, action: string, { fields }: FormBody): Request => ({
  ...common(from, fields),
  kind: 'click',
  action,
  carries: carriedIn(fields),
});

/** A link that opens a form. Undefined when there is no such form: buttons that act are never links. */
export const readOpening = (from: Sender, form: string, query: URLSearchParams): Request | undefined =>
  forms.some(({ id }) => id === form)
    ? { id: freshId(from), from, kind: 'click', action: form, carries: carriedIn(query) }
    : undefined;

/** A submitted form, and the names typed into its person fields. */
export async function readSubmit(
  deps: Deps,
  from: Sender,
  form: string,
  { fields, files }: FormBody,
): Promise<{ request: Request; names: Readonly<Record<string, string>> }> {
  const values: Record<string, TypedValues[string]> = Object.fromEntries(files);
  const names: Record<string, string> = {};
  for (const [name, value] of fields) {
    if (name.startsWith('_') || name.startsWith('c.') || name.includes('~')) continue;
    const chosen = fields.get(`${name}~id`);
    if (chosen === null || Object.keys(names).length === mostPeople) {
      values[name] = value;
    } else {
      names[name] = value;
      values[name] = await personIn(deps, from, value, { id: chosen, name: fields.get(`${name}~name`) ?? '' });
    }
  }
  // A browser omits an unchecked box.
  for (const name of fields.getAll('_toggle')) values[name] = fields.has(name);
  return { request: { ...common(from, fields), kind: 'submit', form, values, carries: carriedIn(fields) }, names };
}

/** A search for people while the person types in a field; `without`: the id of somebody whom it does not offer. */
export const readSuggest = (from: Sender, query: string, without?: string): Request => ({
  id: freshId(from),
  from,
  kind: 'suggest',
  query,
  ...(without === undefined ? {} : { without }),
});

/** A request for the home. */
export const readHome = (from: Sender): Request => ({ id: freshId(from), from, kind: 'home' });

/** The origin in a form's hidden fields. */
export const readOrigin = (fields: URLSearchParams): FormOrigin => ({
  page: ownPageAddress(fields.get('_page')),
  target: /^[\w-]{1,80}$/.exec(fields.get('_target') ?? '')?.[0],
});

/** The most person fields in a form, because each is a search. */
const mostPeople = 5;

/**
 * The id for a typed name: the chosen one while its name is unchanged, else the one person whom the core finds by it.
 * With none or several the typed text is returned, and the form shows the problem.
 */
async function personIn(
  deps: Deps,
  from: Sender,
  typed: string,
  chosen: { id: string; name: string },
): Promise<string | undefined> {
  const name = typed.trim();
  if (name === '') return undefined;
  if (chosen.id !== '' && name === chosen.name.trim()) return chosen.id;

  const answer = await dispatch(deps, readSuggest(from, name));
  const options = answer.kind === 'suggest' ? answer.options : [];
  const exact = options.filter(({ label }) => label.toLowerCase() === name.toLowerCase());
  const [only, ...more] = exact.length > 0 ? exact : options;
  return only && more.length === 0 ? only.value : typed;
}

/** A form sent twice has the same number; the account before it keeps people's numbers apart. */
const common = (from: Sender, fields: URLSearchParams): { id: RequestId; from: Sender } => {
  const once = /^[\w-]{8,64}$/.exec(fields.get('_once') ?? '')?.[0];
  return { id: once === undefined ? freshId(from) : idOf(from, once), from };
};

const freshId = (from: Sender): RequestId => idOf(from, randomUUID());
const idOf = (from: Sender, once: string): RequestId => asId(`${from.platform}:${from.accountId}:${once}`);

/** A name that comes several times (the ticks of a list) is all of its values, with spaces between them. */
function carriedIn(fields: URLSearchParams): CarriedData {
  const names = new Set([...fields.keys()].filter((name) => name.startsWith('c.')));
  return Object.fromEntries([...names].map((name) => [name.slice(2), fields.getAll(name).join(' ').trim()]));
}

/** A page of ours to return to; never an address of another site. */
export const ownPageAddress = (page: string | null): string =>
  page !== null && /^\/(?![/\\])[^\s\\]*$/.test(page) ? page : '/';
