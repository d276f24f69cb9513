/** The thread of `lease-keeper.ts`: it renews leases while the event loop of the main thread is blocked. */
import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import type { LeaseRenewal } from '../core/tasks/lease.js';
import { heartbeatIndex, slotCount, slotSize, viewsOf } from './lease-memory.js';

const lookEveryMilliseconds = 250;
/** The heartbeat comes twice a second; without one for this long the loop is blocked. */
const blockedAfterMilliseconds = 2_000;
const renewEveryMilliseconds = 3_000;
/** A process that is blocked for this long will not recover. */
const givenUpAfterMilliseconds = 300_000;

const { memory, databaseUrl } = workerData as { memory: SharedArrayBuffer; databaseUrl: string };
const { numbers, bytes } = viewsOf(memory);
const decoder = new TextDecoder();

let beat = -1;
let beatSince = performance.now();
let renewedAt = Number.NEGATIVE_INFINITY;
let renewed = 0;
let client: Client | undefined;
let isBusy = false;

setInterval(() => void look(), lookEveryMilliseconds);

async function look(): Promise<void> {
  if (isBusy) return;
  const now = performance.now();
  const current = Atomics.load(numbers, heartbeatIndex);
  if (current !== beat) {
    tellOfBlock(now - beatSince);
    beat = current;
    beatSince = now;
    return;
  }
  const blocked = now - beatSince;
  if (blocked < blockedAfterMilliseconds || blocked > givenUpAfterMilliseconds) return;
  if (now - renewedAt < renewEveryMilliseconds) return;
  renewedAt = now;
  isBusy = true;
  await renewAll().catch(() => disconnect());
  isBusy = false;
}

/** Renew all leases; when the database is unavailable, retry at the next turn. */
async function renewAll(): Promise<void> {
  const leases = keptLeases();
  if (leases.length === 0) return;
  const connection = await connect();
  for (const { text, values } of leases) await connection.query(text, [...values]);
  renewed += leases.length;
}

function keptLeases(): LeaseRenewal[] {
  return Array.from({ length: slotCount }, (_, slot) => slot).flatMap((slot) => {
    const length = Atomics.load(numbers, slot + 1);
    if (length === 0) return [];
    try {
      // A copy, because decoders refuse shared memory.
      const text = decoder.decode(bytes.slice(slot * slotSize, slot * slotSize + length));
      return [JSON.parse(text) as LeaseRenewal];
    } catch {
      // The slot is being rewritten, so the main thread runs and renews the lease itself.
      return [];
    }
  });
}

async function connect(): Promise<Client> {
  if (client) return client;
  const next = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
    application_name: 'attendant leases',
  });
  next.on('error', () => disconnect());
  await next.connect();
  client = next;
  return next;
}

/** The connection exists only while the loop is blocked, which is rare. */
function disconnect(): void {
  const gone = client;
  client = undefined;
  void gone?.end().catch(() => {});
}

function tellOfBlock(milliseconds: number): void {
  if (renewed > 0) parentPort?.postMessage({ renewed, seconds: Math.round(milliseconds / 1000) });
  renewed = 0;
  if (client) disconnect();
}
