/**
 * The record of changes. `append`: a save of one’s own settings with its audit line, against the same save without the
 * append. `verify-rate`: lines a second of `audit verify`, against reading them with one SHA-256 each. `lookup`:
 * `/attendant audit` of anybody in a chain of 1,000,000 lines, the 99th of 100, in milliseconds, against 20.
 */
import '../src/core/app/register-words.js';
import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { accessEnds } from '../src/core/app/access-ends.js';
import { dispatch } from '../src/core/app/dispatch.js';
import { verifyChain } from '../src/core/audit/verify-chain.js';
import { change } from '../src/core/change.js';
import { installationActor } from '../src/core/chat/actor.js';
import type { Deps } from '../src/core/deps.js';
import { openDirectory } from '../src/core/directory/live-directory.js';
import { asId, type RequestId, type TenantId, type UserId } from '../src/core/ids.js';
import { noLimit } from '../src/core/rate-limit.js';
import { settingsActions } from '../src/core/settings/settings.action-ids.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { createLog } from '../src/log.js';
import { alternate, cost, type Figure, quantile, rate } from './measure.js';
import { scratchFolder } from './scratch.js';

const sealedLines = 50_000;
/** The lines after the sealed ones have no true hashes, which no reader of the record computes. */
const allLines = 1_000_000;
const linesPerChange = 1_000;
const people = 1_000;
const saves = 200;
const lookups = 100;
const lookupBudgetMilliseconds = 20;

interface Bench {
  readonly deps: Deps;
  readonly url: string;
  readonly tenantId: TenantId;
  /** The first is an admin; the last has one line, the oldest. */
  readonly userIds: readonly UserId[];
}

export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const log = createLog({ level: 'warn', format: 'json' });
  const db = openDatabase(postgres.url, log);
  const deps = {
    ...{ db, log, accessEnds, directory: openDirectory(db), publicUrl: 'http://127.0.0.1' },
    clock: { now: () => new Date() },
    tasks: { add: async () => {} },
    changes: { publish: () => {}, subscribe: () => () => {} },
    limits: { commands: noLimit, suggestions: noLimit },
    secret: 'a secret for benchmarks, which sign nothing with it',
  } as unknown as Deps;
  try {
    const at = await foundCompany(deps, postgres.url);
    const appends = await alternate(
      5,
      () => saveSettings(at, deps),
      () => saveSettings(at, withoutAppend(deps)),
    );
    yield cost('audit', 'append', appends.ours, appends.reference);
    const start = performance.now();
    await fillChain(at);
    say(`${sealedLines} lines appended in ${Math.round((performance.now() - start) / 1000)} s`);
    const verified = await alternate(
      3,
      () => verifyRate(at),
      () => readRate(at),
      { warmUps: 0 },
    );
    yield rate('audit', 'verify-rate', verified.ours, verified.reference);
    await lengthenChain(at);
    yield cost('audit', 'lookup', await lookUp(at), [lookupBudgetMilliseconds]);
  } finally {
    // Answered requests are forgotten in the background.
    await setTimeout(500);
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function foundCompany(deps: Deps, url: string): Promise<Bench> {
  const { id } = await deps.db.tenant.create({ data: { name: 'Maple', extensionRange: '200-899' } });
  const userIds = Array.from({ length: people }, () => asId<UserId>(randomUUID()));
  await deps.db.user.createMany({
    data: userIds.map((userId, at) => ({
      ...{ id: userId, tenantId: id, username: `person.${at}`, email: `person.${at}@maple.example` },
      ...{ firstName: `First${at}`, lastName: `Last${at % 499}`, access: 'attendant_only' },
      role: at === 0 ? 'admin' : 'member',
    })),
  });
  await deps.db.workspace.create({ data: { tenantId: id, platform: 'chat', externalId: 'workspace' } });
  await deps.db.account.createMany({
    data: userIds.map((userId) => ({
      ...{ tenantId: id, userId, platform: 'chat', externalWorkspaceId: 'workspace', accountId: userId },
      linkedBy: 'email',
    })),
  });
  return { deps, url, tenantId: asId<TenantId>(id), userIds };
}

/** Milliseconds of one save of the form of one’s own settings, averaged over many. */
async function saveSettings({ userIds }: Bench, deps: Deps): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < saves; at += 1) {
    const answer = await dispatch(deps, {
      kind: 'submit',
      id: asId<RequestId>(randomUUID()),
      from: { platform: 'chat', externalWorkspaceId: 'workspace', accountId: userIds[0] ?? '' },
      form: settingsActions.save,
      values: { quietHours: `2${at % 4}:00-06:00` },
      carries: { group: 'notifications' },
    });
    if (answer.kind === 'invalid') throw new Error(JSON.stringify(answer));
  }
  return (performance.now() - start) / saves;
}

/** The same dependencies, whose transactions leave out the statement that appends audit lines. */
function withoutAppend(deps: Deps): Deps {
  const proxyOf = (transaction: object): object =>
    new Proxy(transaction, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== '$executeRaw') return typeof value === 'function' ? value.bind(target) : value;
        return (parts: TemplateStringsArray, ...values: unknown[]) =>
          parts.join('').includes('"linkedLine"') ? Promise.resolve(0) : value.call(target, parts, ...values);
      },
    });
  const db = new Proxy(deps.db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== '$transaction') return typeof value === 'function' ? value.bind(target) : value;
      return (work: (transaction: object) => Promise<unknown>) =>
        value.call(target, (transaction: object) => work(proxyOf(transaction)));
    },
  });
  return { ...deps, db };
}

/** Lines about people in turn; the last person has the first alone. */
async function fillChain({ deps, tenantId, userIds }: Bench): Promise<void> {
  const actor = installationActor(tenantId, 'job');
  for (let from = 0; from < sealedLines; from += linesPerChange) {
    await change(deps, actor, async ({ record }) => {
      for (let at = from; at < from + linesPerChange; at += 1) {
        const subjectId = at === 0 ? userIds.at(-1) : userIds[at % (people - 1)];
        record({
          event: at % 3 === 0 ? 'user.updated' : 'voicemail.heard',
          subjectId: subjectId ?? '',
          before: { title: `Clerk ${at}` },
          after: { title: `Manager ${at}` },
        });
      }
    });
  }
}

/** Append lines about the same people to the chain, up to its full length, without their hashes. */
async function lengthenChain({ deps, tenantId, userIds }: Bench): Promise<void> {
  // In steps, each within the time that a statement may take.
  for (let from = sealedLines * 2; from <= allLines; from += sealedLines)
    await deps.db.$executeRaw`
      INSERT INTO "AuditLine" (id, "tenantId", seq, at, via, event, "subjectId", before, after, "previousHash", hash)
      SELECT gen_random_uuid(), ${tenantId}::uuid, seq, now() + seq * interval '1 ms', 'job',
        CASE WHEN seq % 3 = 0 THEN 'user.updated' ELSE 'voicemail.heard' END,
        (${userIds.slice(0, -1)}::uuid[])[1 + seq % ${people - 1}::int], '{"title":"Clerk"}', '{"title":"Manager"}',
        repeat('0', 64), md5(seq::text) || md5(seq::text)
      FROM generate_series(
        (SELECT max(seq) + 1 FROM "AuditLine" WHERE "tenantId" = ${tenantId}::uuid), ${from}::int) AS seq`;
  await deps.db.$executeRaw`ANALYZE "AuditLine"`;
}

async function verifyRate({ deps, tenantId }: Bench): Promise<number> {
  const start = performance.now();
  const verdict = await verifyChain(deps, tenantId);
  if (verdict.kind !== 'whole') throw new Error(`the chain is ${verdict.how} at line ${verdict.line}`);
  return verdict.lines / ((performance.now() - start) / 1000);
}

async function readRate({ url, tenantId }: Bench): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const start = performance.now();
  let seq = 0;
  for (;;) {
    const { rows } = await client.query<{ seq: number }>(
      'SELECT * FROM "AuditLine" WHERE "tenantId" = $1 AND seq > $2 ORDER BY seq LIMIT 1000',
      [tenantId, seq],
    );
    for (const row of rows) createHash('sha256').update(JSON.stringify(row)).digest('hex');
    const last = rows.at(-1);
    if (!last) break;
    seq = last.seq;
  }
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  return seq / seconds;
}

/** The 99th of 100 in milliseconds: the admin asks about people in turn, the one with a single old line among them. */
async function lookUp({ deps, userIds }: Bench): Promise<number[]> {
  const ask = async (about: UserId): Promise<number> => {
    const start = performance.now();
    const answer = await dispatch(deps, {
      kind: 'command',
      id: asId<RequestId>(randomUUID()),
      from: { platform: 'chat', externalWorkspaceId: 'workspace', accountId: userIds[0] ?? '' },
      text: 'audit',
      mentions: [{ platform: 'chat', externalWorkspaceId: 'workspace', accountId: about }],
    });
    if (!JSON.stringify(answer).includes('"table"')) throw new Error(`no lines: ${JSON.stringify(answer)}`);
    return performance.now() - start;
  };
  for (const about of userIds.slice(0, 20)) await ask(about);
  const times: number[] = [];
  for (let at = 0; at < lookups; at += 1)
    times.push(await ask((at % 10 === 0 ? userIds.at(-1) : userIds[(at * 7) % (people - 1)]) ?? asId<UserId>('')));
  return [quantile(times, 0.99)];
}
