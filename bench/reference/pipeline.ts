/**
 * The minimal pipeline: a BullMQ job on Redis that does one insert, one file write with fsync and one HTTP post, the
 * least that a voicemail service must do. `POST /` with audio enqueues; the response is sent once the job is in the
 * queue.
 */
import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { request as post } from 'undici';
import { scratchFolder } from '../scratch.js';

const { DATABASE_URL = '', REDIS_URL = '', POST_TO = '' } = process.env;
const folder = await scratchFolder();
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query('CREATE TABLE IF NOT EXISTS bare_pipeline (id uuid PRIMARY KEY, at timestamptz, bytes int)');

const connection = () => new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const queue = new Queue<{ id: string }>('bare', { connection: connection() });
const audio = new Map<string, Buffer>();
new Worker<{ id: string }>(
  'bare',
  async ({ data: { id } }) => {
    const bytes = audio.get(id) ?? Buffer.alloc(0);
    audio.delete(id);
    await pool.query('INSERT INTO bare_pipeline (id, at, bytes) VALUES ($1, now(), $2)', [id, bytes.length]);
    const file = await open(join(folder, id), 'w');
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    const answer = await post(POST_TO, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'D1', text: id }),
    });
    await answer.body.dump();
  },
  { connection: connection(), concurrency: 10 },
);

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', async () => {
    const id = randomUUID();
    audio.set(id, Buffer.concat(parts));
    await queue.add('job', { id }, { removeOnComplete: true });
    response.writeHead(202).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
process.once('SIGTERM', async () => {
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
});
