/**
 * Decisions about calls over the JSON API in a company of 100,000 people, each of them stored with its call, against an
 * Express handler with one Prisma query by an indexed key. `growth`: against a company of 1,000 on the same installation.
 * `in-process`: `decide` on rows at hand, against 5,000 decisions a second.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { request } from 'undici';
import { asId, type UserId } from '../src/core/ids.js';
import { decide } from '../src/core/routing/decide.js';
import type { RoutingPeriod, RoutingRows } from '../src/core/routing/routing-rows.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { createLog } from '../src/log.js';
import { routingCompany, routingPerson } from '../test/support/routing-rows.js';
import { startInstallation, startReference } from './installation.js';
import { insertPeople } from './large-company.js';
import { alternate, cost, type Figure, quantile, rate } from './measure.js';
import { scratchFolder } from './scratch.js';

const seconds = 6;
const large = 100_000;
const small = 1_000;
const decisionsASecond = 5_000;

export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  const ours = await startInstallation({
    DATABASE_URL: postgres.url,
    ATTENDANT_SECRET: 'a secret for benchmarks, which sign nothing with it',
  });
  try {
    const [many, few] = await companies(postgres.url, ours.cli);
    const reference = await startReference('prisma', { DATABASE_URL: postgres.url, TENANT_ID: many.tenantId });
    try {
      const samples = await alternate(
        3,
        () => load(`${ours.url}/api/v1/calls`, many),
        () => load(reference.url, many),
      );
      yield rate('route', 'rate', samples.ours.map(perSecond), samples.reference.map(perSecond));
      yield cost('route', 'p99', samples.ours.map(p99), samples.reference.map(p99));
    } finally {
      await reference.stop();
    }
    const url = `${ours.url}/api/v1/calls`;
    const grown = await alternate(
      3,
      () => typicalMilliseconds(url, many),
      () => typicalMilliseconds(url, few),
    );
    say(
      `one call after the other: ${grown.ours.join(', ')} ms with 100,000, ${grown.reference.join(', ')} ms with 1,000`,
    );
    yield cost('route', 'growth', grown.ours, grown.reference);
  } finally {
    await ours.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const rates = Array.from({ length: 3 }, decideForASecond);
  say(`${Math.round(Math.max(...rates))} decisions a second at best in process`);
  yield rate('route', 'in-process', rates, [decisionsASecond]);
}

/** A company of the installation, as its phone system reaches it. */
interface CalledCompany {
  readonly tenantId: string;
  readonly key: string;
  readonly people: number;
}

/** Make the two companies; of each the people have phones, every tenth a backup, and every hundredth is out. */
async function companies(
  url: string,
  cli: (...args: string[]) => Promise<string>,
): Promise<readonly [CalledCompany, CalledCompany]> {
  const db = openDatabase(url, createLog({ level: 'warn', format: 'json' }));
  const made: CalledCompany[] = [];
  for (const people of [large, small]) {
    const tenant = await db.tenant.create({
      data: { name: `Company of ${people}`, enabled: true, edition: 'attendant_plus', extensionRange: '200-899' },
    });
    const ids = await insertPeople(
      url,
      tenant.id,
      Array.from({ length: people }, (_, at) => personAt(at)),
    );
    await db.$executeRaw`
      UPDATE "User" SET "defaultBackupId" = ${ids[0]}::uuid
      WHERE "tenantId" = ${tenant.id}::uuid AND id <> ${ids[0]}::uuid AND extension LIKE '%0'`;
    await db.outOfOfficePeriod.createMany({
      data: ids
        .filter((_, at) => at % 100 === 50)
        .map((userId) => ({ tenantId: tenant.id, userId, startsAt: new Date(), backupId: ids[1] ?? null })),
    });
    const key = (await cli('api-key', 'create', '--tenant', tenant.id)).trim().split(/\s+/).at(-1) ?? '';
    made.push({ tenantId: tenant.id, key, people });
  }
  await db.$executeRaw`ANALYZE`;
  await db.$disconnect();
  return made as [CalledCompany, CalledCompany];
}

const personAt = (at: number) => ({
  ...{ firstName: `First${at % 997}`, lastName: `Last${at % 4_999}` },
  ...{ extension: extensionOf(at), did: null, personalNumber: '+14165550191' },
});

const extensionOf = (at: number): string => String(1_000_000 + at);

function load(url: string, company: CalledCompany): Promise<autocannon.Result> {
  return autocannon({
    ...{ url, connections: 10, duration: seconds },
    requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...incoming(company) }) }],
  });
}

/** A new call to anybody of the company. */
const incoming = ({ key, people }: CalledCompany) => ({
  headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
  body: JSON.stringify({
    ...{ callId: randomUUID(), ani: '+14165550123' },
    dnis: extensionOf(Math.floor(Math.random() * people)),
  }),
});

/** The median of calls one after the other: the time of a decision, rather than of waiting for others. */
async function typicalMilliseconds(url: string, company: CalledCompany): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < 500; call += 1) {
    const start = performance.now();
    const answer = await request(url, { method: 'POST', ...incoming(company) });
    await answer.body.dump();
    times.push(performance.now() - start);
  }
  return Number(quantile(times, 0.5).toFixed(3));
}

const perSecond = (result: autocannon.Result): number => result['2xx'] / result.duration;
const p99 = ({ latency }: autocannon.Result): number => latency.p99;

/** Decide for a second about somebody who is out, whose backup is out too, whose default backup is rung. */
function decideForASecond(): number {
  const [ann, bo, cy] = ['ann', 'bo', 'cy'].map((id) => asId<UserId>(id)) as [UserId, UserId, UserId];
  const at = new Date('2030-01-15T15:00:00Z');
  const out = (userId: UserId, backupId: UserId | null): RoutingPeriod => ({
    ...{ userId, backupId, number: null, backupAnswer: 'accepted', privacy: 'away', note: '' },
    ...{ startsAt: new Date(at.getTime() - 3_600_000), endsAt: new Date(at.getTime() + 3_600_000) },
  });
  const hours = 'Mo-Fr 09:00-17:00; Sa 10:00-14:00';
  const rows: RoutingRows = {
    ...{ company: routingCompany(), asked: ann, presence: 'everybody-available', holidays: new Set(['2030-01-01']) },
    people: new Map([
      [ann, routingPerson('ann', { hours })],
      [bo, routingPerson('bo', { hours, defaultBackupId: cy })],
      [cy, routingPerson('cy', { hours, personalNumber: '+14165550191' })],
    ]),
    periods: [out(ann, bo), out(bo, null)],
  };
  const start = performance.now();
  let decided = 0;
  for (; performance.now() - start < 1000; decided += 1) decide(rows, at);
  return (decided * 1000) / (performance.now() - start);
}
