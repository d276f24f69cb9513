/**
 * A file of 100,000 people: dry run and apply, against COPY of the same rows into a table like theirs with all its indexes.
 * Ours is the whole way: the file is read, each line judged, each person on record. `memory-growth` is the growth of the
 * process while it imports, against 64 MB. `slack-ack-p99` is the time to acknowledge a command of Slack's at rest, against
 * the same while the file is imported by another process of the same installation.
 */
import '../src/core/app/register-words.js';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { accessEnds } from '../src/core/app/access-ends.js';
import type { CsvSource } from '../src/core/bulk/csv-source.js';
import { importUsers } from '../src/core/bulk/import-users.js';
import { installationActor } from '../src/core/chat/actor.js';
import type { Deps } from '../src/core/deps.js';
import { asId, type TenantId } from '../src/core/ids.js';
import { copyRowsInto } from '../src/database/copy-rows.js';
import { openDatabase } from '../src/database/database.js';
import { startEmbeddedPostgres } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { createLog } from '../src/log.js';
import { cost, type Figure, rate } from './measure.js';
import { scratchFolder } from './scratch.js';
import { acknowledgedMeanwhile } from './slack-ack.js';

const people = 100_000;
const runs = 3;
const budgetBytes = 64 * 1024 * 1024;

export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  const log = createLog({ level: 'warn', format: 'json' });
  const db = openDatabase(postgres.url, log);
  const deps = {
    ...{ db, log, accessEnds, copyRows: copyRowsInto(postgres.url) },
    clock: { now: () => new Date() },
    changes: { publish: () => {}, subscribe: () => () => {} },
    secret: 'a secret for benchmarks, which sign nothing with it',
  } as unknown as Deps;
  try {
    await importOnce(deps, 2_000);
    const samples = { rows: [] as number[], copied: [] as number[], bytes: [] as number[] };
    for (let run = 0; run < runs; run += 1) {
      const copied = await copyOnce(postgres.url);
      const { seconds, bytes } = await importOnce(deps, people);
      say(
        `COPY ${copied.toFixed(1)} s, dry run and apply ${seconds.toFixed(1)} s, ${Math.round(bytes / 2 ** 20)} MB more`,
      );
      samples.copied.push(people / copied);
      samples.rows.push(people / seconds);
      samples.bytes.push(bytes);
    }
    yield rate('bulk', 'rate', samples.rows, samples.copied);
    yield cost('bulk', 'memory-growth', samples.bytes, [budgetBytes]);
  } finally {
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const { rest, meanwhile } = await slackMeanwhile();
  yield cost('bulk', 'slack-ack-p99', [meanwhile], [rest]);
}

async function slackMeanwhile() {
  const folder = await scratchFolder();
  const path = join(folder, 'people.csv');
  await writeFile(path, file(people));
  try {
    return await acknowledgedMeanwhile((ours) => ours.cli('import', path, '--json').then(() => {}));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds for a dry run and the real one into a new company, and by how much the process grew meanwhile. */
async function importOnce(deps: Deps, count: number): Promise<{ readonly seconds: number; readonly bytes: number }> {
  const { id } = await deps.db.tenant.create({ data: { name: `Company ${randomUUID()}`, extensionRange: '200-899' } });
  const actor = installationActor(asId<TenantId>(id), 'cli');
  const source: CsvSource = { fileName: 'people.csv', chunks: () => file(count) };
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const start = performance.now();
  await importUsers(deps, actor, source, { dryRun: true });
  const { created } = await importUsers(deps, actor, source, { dryRun: false });
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  if (created !== count) throw new Error(`${created} of ${count} people were created`);
  return { seconds, bytes: Math.max(1, most - before) };
}

function* file(count: number): Generator<Uint8Array> {
  yield Buffer.from('username,email,first_name,last_name,title,extension,default_backup,language\r\n');
  for (let at = 0; at < count; at += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, row) => {
      const { username, email, first, last, title, extension } = personAt(at + row);
      // Every tenth has a backup.
      const backup = row % 10 === 1 ? personAt(at + row - 1).username : '';
      return `${username},${email},${first},${last},${title},${extension},${backup},fr\r\n`;
    });
    yield Buffer.from(rows.join(''));
  }
}

const personAt = (at: number) => ({
  username: `person.${at}`,
  email: `person.${at}@maple.example`,
  first: `First${at % 997}`,
  last: `Last${at % 4_999}`,
  title: `Team ${at % 50}`,
  extension: String(1_000_000 + at),
});

/** Seconds for COPY of the same people into an empty table with the indexes of `User`. */
async function copyOnce(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('DROP TABLE IF EXISTS "Copied"; CREATE TABLE "Copied" (LIKE "User" INCLUDING ALL)');
  const columns = ['id', 'tenantId', 'username', 'email', 'firstName', 'lastName', 'title', 'extension', 'language'];
  const tenantId = randomUUID();
  async function* rows() {
    for (let at = 0; at < people; at += 1) {
      const { username, email, first, last, title, extension } = personAt(at);
      yield [randomUUID(), tenantId, username, email, first, last, title, extension, 'fr'];
    }
  }
  const start = performance.now();
  await copyRowsInto(url)('Copied' as 'ImportLine', columns, rows());
  const seconds = (performance.now() - start) / 1000;
  await client.query('DROP TABLE "Copied"');
  await client.end();
  return seconds;
}
