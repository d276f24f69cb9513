import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { beforeAll, expect, test } from 'vitest';
import { apiAdapter } from '../../src/api/listen.js';
import { createApiKey } from '../../src/core/api-keys/api-keys.js';
import { buttons, commands, examples, forms } from '../../src/core/app/handler-registry.js';
import { installationActor } from '../../src/core/chat/actor.js';
import type { CarriedData } from '../../src/core/chat/view.js';
import { receiveVoicemail } from '../../src/core/voicemail/arrival/receive-voicemail.js';
import { webAdapter } from '../../src/web/listen.js';
import { wav } from '../support/audio.js';
import { atTheEnd } from '../support/clean-up.js';
import { type Company, testCompany } from '../support/company.js';
import { webSession } from '../support/web-session.js';

/**
 * Boreal’s admin knows every id of Maple and tries each of them at every button, form, command, page and call of the API.
 * Nothing of Maple may change, and nothing of what is Maple’s alone may be read. New buttons, forms, commands, pages and
 * API calls are tried without being named here.
 */

/** Part of every name, address and text of Maple’s that nobody outside may read. */
const secret = 'Zarquon';

let maple: Company;
let boreal: Company;
/** One id of each table of Maple’s. */
let ids: readonly string[];
/** How Maple’s people can be named. */
let names: readonly string[];
let before: string;

beforeAll(async () => {
  maple = await testCompany({ annIsOut: true });
  boreal = await testCompany({ numberless: true });
  await fill(maple);
  // What the installation does for every company by itself is done.
  for (const company of [maple, boreal, maple, boreal]) await company.work();
  ids = await idsOf(maple);
  const ann = await maple.db.user.findUniqueOrThrow({ where: { id: maple.ann.id } });
  names = [ann.email, ann.extension ?? '', ann.did ?? '', ann.id];
  before = await rowsOf(maple);
  expect(before.length).toBeGreaterThan(5_000);
  expect(ids.length).toBeGreaterThan(10);
}, 120_000);

/** Rows in as many tables as the product's own doors fill. */
async function fill({ db, deps, tenantId, ...company }: Company): Promise<void> {
  for (const user of await db.user.findMany()) {
    const email = `${user.username}@elsewhere.example`;
    await db.user.update({ where: { id: user.id }, data: { title: `${secret} officer`, email } });
  }
  for (const mailbox of [company.ann.id, company.bo.id]) {
    const message = { sourceId: crypto.randomUUID(), mailbox: { userId: mailbox }, audio: wav(4), callerName: secret };
    await receiveVoicemail(deps, installationActor(tenantId, 'api'), message);
  }
  await company.work();
  const card = company.cardsOf(company.ann)[0];
  await company.submit(company.ann, 'voicemail.forward', { recipient: company.bo.id, note: secret }, carriedBy(card));
  await company.submit(company.ada, 'impersonation.start', { user: company.cleo.id, reason: `looking into ${secret}` });
  await company.ask(company.ada, 'audit');
  await company.work();
}

function carriedBy(card: Parameters<Company['press']>[1]): CarriedData {
  const found = JSON.stringify(card).match(/"carries":(\{[^}]*\})/)?.[1];
  if (found === undefined) throw new Error(`nothing carried by ${JSON.stringify(card)}`);
  return JSON.parse(found) as CarriedData;
}

async function tablesOf({ deps }: Company): Promise<readonly string[]> {
  const rows = await deps.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE column_name = 'tenantId' AND table_schema = current_schema() ORDER BY 1`;
  return rows.map(({ name }) => name);
}

/** Every row of the company, as text. */
async function rowsOf(company: Company): Promise<string> {
  const parts = [];
  for (const table of await tablesOf(company)) {
    const rows = await company.deps.db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM "${table}" t WHERE "tenantId" = $1::uuid ORDER BY 1`,
      company.tenantId,
    );
    parts.push(`${table}\n${rows.map(({ row }) => row).join('\n')}`);
  }
  return parts.join('\n');
}

async function idsOf(company: Company): Promise<readonly string[]> {
  const found = new Set<string>([company.tenantId, company.ann.id, company.ann.account.accountId]);
  for (const table of await tablesOf(company)) {
    const rows = await company.deps.db.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE "tenantId" = $1::uuid LIMIT 2`,
      company.tenantId,
    );
    for (const { row } of rows) if (typeof row.id === 'string') found.add(row.id);
  }
  return [...found];
}

/** What was carried by the views' own examples, by action or form. */
function carriedKeys(): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  const add = (id: string, carries: CarriedData) => {
    const known = keys.get(id) ?? new Set();
    for (const key of Object.keys(carries)) known.add(key);
    keys.set(id, known);
  };
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { action, id, carries } = value as { action?: unknown; id?: unknown; carries?: CarriedData };
    if (carries && typeof (action ?? id) === 'string') add(String(action ?? id), carries);
    for (const part of Object.values(value)) look(part);
  };
  for (const { view } of examples) look(view('en'));
  expect(keys.size).toBeGreaterThan(20);
  return keys;
}

/** Nothing that is Maple’s alone stands in what Boreal was answered, beside what Boreal itself had `sent`. */
function tellsNothing(what: string, answer: unknown, sent = ''): void {
  const text = JSON.stringify(answer).replaceAll(sent === '' ? '\0' : sent, '');
  expect(text.includes(secret), `${what}: ${text.slice(0, 400)}`).toBe(false);
}

async function mapleIsUnchanged(): Promise<void> {
  await boreal.work();
  expect(await rowsOf(maple)).toBe(before);
}

test('no button of a company does anything with the ids of another', { timeout: 180_000 }, async () => {
  const known = carriedKeys();
  const all = new Set([...known.values()].flatMap((some) => [...some]));
  for (const { id } of buttons) {
    const keys = known.get(id) ?? all;
    for (const foreign of keys.size > 0 ? ids : ids.slice(0, 1)) {
      const carries = Object.fromEntries([...keys].map((key) => [key, foreign]));
      tellsNothing(`${id} ${JSON.stringify(carries)}`, await boreal.click(boreal.ada, id, carries));
    }
  }
  await mapleIsUnchanged();
});

test('no form of a company opens or saves anything of another', { timeout: 180_000 }, async () => {
  const known = carriedKeys();
  const all = new Set([...known.values()].flatMap((some) => [...some]));
  for (const { id } of forms) {
    const keys = known.get(id) ?? all;
    for (const foreign of [...ids, ...names]) {
      const carries = Object.fromEntries([...keys].map((key) => [key, foreign]));
      const opened = await boreal.click(boreal.ada, id, carries);
      tellsNothing(`${id} opened`, opened, foreign);
      const fields =
        opened.kind === 'open' ? opened.form.fields.map(({ name }) => name) : ['user', 'recipient', 'backup', 'reason'];
      const values = Object.fromEntries(fields.map((name) => [name, foreign]));
      tellsNothing(`${id} sent`, await boreal.submit(boreal.ada, id, values, carries), foreign);
    }
  }
  await mapleIsUnchanged();
});

test('no command of a company finds anybody of another', { timeout: 180_000 }, async () => {
  for (const { word } of commands) {
    for (const foreign of [...ids, ...names])
      tellsNothing(`${word} ${foreign}`, await boreal.ask(boreal.ada, `${word} ${foreign}`), foreign);
    tellsNothing(`${word} @ann`, await boreal.ask(boreal.ada, word, { mentions: [maple.ann] }));
  }
  for (const foreign of [...ids, ...names, secret])
    tellsNothing(`suggest ${foreign}`, await boreal.suggest(boreal.ada, foreign), foreign);
  await mapleIsUnchanged();
});

test('no page of a company shows anything of another', { timeout: 180_000 }, async () => {
  const { router } = webAdapter(boreal.deps, { demo: false });
  if (!router) throw new Error('no router');
  const origin = await serve(router);
  const { cookie } = await webSession(boreal, boreal.ada);
  const paths = pathsOf(router).filter((path) => path.includes(':'));
  expect(paths).toContain('/people/:id');
  for (const path of paths)
    for (const foreign of ids) {
      const address = path.replace(/:\w+/g, foreign);
      const headers = { cookie, accept: 'text/html' };
      const page = await fetch(origin + address, { headers, redirect: 'manual' });
      tellsNothing(address, await page.text());
    }
  await mapleIsUnchanged();
});

test('no key of a company reads or changes anything of another', { timeout: 180_000 }, async () => {
  const { router } = apiAdapter(boreal.deps, { apiKey: undefined });
  if (!router) throw new Error('no router');
  const origin = await serve(router);
  const key = await createApiKey(boreal.deps, installationActor(boreal.tenantId, 'cli'));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const { paths } = (await (await fetch(`${origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
  for (const [path, methods] of Object.entries(paths)) {
    for (const foreign of path.includes('{') ? ids : ids.slice(0, 3)) {
      const address = `${path.replace(/\{\w+\}/g, foreign)}?mailbox=${foreign}&q=${secret}`;
      for (const method of Object.keys(methods).filter((name) => /^(get|post|put|delete)$/.test(name))) {
        const body = JSON.stringify({
          leg: 1,
          disposition: 'answered',
          state: 'busy',
          callId: foreign,
          ani: '',
          dnis: '',
        });
        const sent = await fetch(origin + address, { method, headers, ...(method === 'get' ? {} : { body }) });
        tellsNothing(`${method} ${address}`, await sent.text());
      }
    }
  }
  await mapleIsUnchanged();
});

async function serve(router: Router): Promise<string> {
  const app = express();
  app.use(router);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atTheEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The paths that a router answers GET at. */
function pathsOf(router: Router): readonly string[] {
  const layers = router.stack as unknown as { route?: { path: string | string[]; methods: Record<string, boolean> } }[];
  return layers
    .flatMap(({ route }) => (route?.methods.get ? [route.path].flat() : []))
    .filter((path) => !path.includes('*'));
}
