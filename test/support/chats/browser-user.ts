import { randomUUID } from 'node:crypto';
import type { Company, Person } from '../company.js';
import { webSession } from '../web-session.js';
import { attribute, type Element, elementsOf, fieldsOf, pageOf, textIn } from './page.js';
import { type ChatUser, type ChosenFile, isFile, isPerson, readable, type Screen, type Typed } from './screen.js';

/** A browser without scripts, signed in. */
export interface Browser extends ChatUser {
  /** Open a page of the app. */
  open(path: string): Promise<Screen>;
  /** Ask for an address as the browser does, without following redirects. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** A person in the browser: pages are requested with a session’s cookie, and read as HTML. */
export function browserUser(company: Company, origin: string, person: Person, locale: string): Browser {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const { cookie } = await cookieOf(company, person);
    const headers = { cookie, 'accept-language': locale, origin, ...init.headers };
    return fetch(new URL(path, origin), { redirect: 'manual', ...init, headers });
  }

  async function open(path: string, init?: RequestInit): Promise<Screen> {
    const response = await ask(path, init);
    const to = response.headers.get('location');
    if (to !== null && response.status === 303) return open(to);
    if (response.status >= 500) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return screenOf(path, await response.text());
  }

  const post = (path: string, fields: readonly (readonly [string, string])[]) =>
    open(path, { method: 'POST', body: new URLSearchParams(fields.map(([name, value]) => [name, value])) });
  /** A form with files. */
  const send = (
    path: string,
    fields: readonly (readonly [string, string])[],
    files: readonly (readonly [string, ChosenFile])[],
  ) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    for (const [name, { fileName, content }] of files) body.append(name, new Blob([new Uint8Array(content)]), fileName);
    return open(path, { method: 'POST', body });
  };
  const once = () => ['_once', randomUUID()] as const;

  return {
    open: (path) => open(path),
    fetch: ask,
    say: (text) => post('/say', [['text', text], ['_page', '/'], once()]),
    message: (id) => open(`/messages/${id}`),
    notices: async () => [(await open('/')).text],
    forge: (action, carries, typed) => {
      const carried = Object.entries(carries).map(([name, value]) => [`c.${name}`, value] as const);
      return typed
        ? post(`/forms/${action}`, [...carried, once(), ...valuesOf(typed)])
        : post(`/do/${action}`, [...carried, once()]);
    },
  };

  function screenOf(path: string, html: string): Screen {
    const page = pageOf(html);
    const all = elementsOf(page);
    const main = all.find(({ tagName }) => tagName === 'main') ?? page;
    const bar = all.filter((element) => attribute(element, 'class') === 'bar');
    const acting = elementsOf(main).concat(bar.flatMap(elementsOf));
    const buttons = acting.flatMap((element) => {
      const action = attribute(element, 'data-action');
      return action === undefined ? [] : [{ action, element }];
    });
    const form = acting.find((element) => element.tagName === 'form' && attribute(element, 'class') === 'form');
    return {
      text: readable([...bar.map(textIn), textIn(main)].join('\n')),
      actions: buttons.map(({ action }) => action),
      fields: form ? fieldsOf(form).flatMap(([name]) => (/^_|^c\.|~/.test(name) ? [] : [name])) : [],
      page: path.startsWith('/v/') ? new URL(path, origin).href : undefined,
      async press(action, about = '') {
        const button = buttons.find((one) => one.action === action && carried(acting, one.element).includes(about));
        if (!button) throw new Error(`no button ${action} on ${textIn(main)}`);
        const { element } = button;
        const href = attribute(element, 'href');
        if (href !== undefined) return open(href);
        const around = formAround(acting, element);
        return post(attribute(around, 'action') ?? '', fieldsOf(around));
      },
      async submit(typed) {
        if (!form) throw new Error(`no form on ${textIn(main)}`);
        const kept = fieldsOf(form);
        const missing = Object.keys(typed).filter((name) => !namesOf(form).includes(name));
        if (missing.length > 0) throw new Error(`no field ${missing} on ${textIn(main)}`);
        const values = valuesOf(typed);
        const files = Object.entries(typed).flatMap(([name, value]) => (isFile(value) ? [[name, value] as const] : []));
        const typedNames = new Set([...Object.keys(typed), ...values.map(([name]) => name)]);
        const fields = [...kept.filter(([name]) => !typedNames.has(name)), ...values];
        const action = attribute(form, 'action') ?? '';
        return attribute(form, 'enctype') === undefined ? post(action, fields) : send(action, fields, files);
      },
    };
  }
}

const namesOf = (form: Element): (string | undefined)[] =>
  elementsOf(form).map((element) => attribute(element, 'name'));

const formAround = (all: readonly Element[], button: Element): Element => {
  const form = all.find((element) => element.tagName === 'form' && elementsOf(element).includes(button));
  if (!form) throw new Error('the button stands in no form');
  return form;
};

function carried(all: readonly Element[], button: Element): string {
  const href = attribute(button, 'href');
  return href ?? JSON.stringify(fieldsOf(formAround(all, button)));
}

/** An unchecked box is not sent; a chosen person is sent with the id beside the name. */
const valuesOf = (typed: Typed): (readonly [string, string])[] =>
  Object.entries(typed).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [[name, 'true'] as const] : [];
    if (isFile(value)) return [];
    if (!isPerson(value)) return [[name, value] as const];
    const { id, displayName } = value;
    return [
      [name, displayName],
      [`${name}~id`, id],
      [`${name}~name`, displayName],
    ] as const;
  });

const sessions = new WeakMap<Person, ReturnType<typeof webSession>>();

function cookieOf(company: Company, person: Person): ReturnType<typeof webSession> {
  const session = sessions.get(person) ?? webSession(company, person);
  sessions.set(person, session);
  return session;
}
