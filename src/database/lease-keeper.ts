import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { LeaseKeeper, LeaseRenewal } from '../core/tasks/lease.js';
import { heartbeatIndex, memorySize, slotCount, slotSize, viewsOf } from './lease-memory.js';

/** A lease keeper that can be closed. */
export interface OpenLeaseKeeper extends LeaseKeeper {
  close(): Promise<void>;
}

const beatEveryMilliseconds = 500;

/**
 * Renews leases in its own thread, over its own connection, while the event loop of the main thread is blocked.
 *
 * The leases are in memory that both threads share: registering one is a copy in memory, without a message. The main
 * thread increments a heartbeat there every half second. The other thread watches it; when it stands still for two
 * seconds, the thread renews every lease every three seconds until the heartbeat continues. After five minutes it
 * stops, because such a process does not recover, and its cards go to another worker. When the process dies, the thread
 * dies too.
 *
 * The thread starts with the first lease; a process that sends nothing has no thread.
 */
export function openLeaseKeeper(databaseUrl: string, log: Logger): OpenLeaseKeeper {
  const memory = new SharedArrayBuffer(memorySize);
  const { numbers, bytes } = viewsOf(memory);
  const free = Array.from({ length: slotCount }, (_, slot) => slot);
  const encoder = new TextEncoder();
  let running: { readonly thread: Worker; readonly beat: NodeJS.Timeout } | undefined;

  return {
    keep(lease) {
      running ??= start();
      const slot = write(lease);
      return () => {
        if (slot === undefined) return;
        Atomics.store(numbers, slot + 1, 0);
        free.push(slot);
      };
    },
    async close() {
      if (!running) return;
      clearInterval(running.beat);
      await running.thread.terminate();
    },
  };

  /** Store a lease in a free slot; undefined when there is none, and the lease is renewed by its timer only. */
  function write({ text, values }: LeaseRenewal): number | undefined {
    const slot = free.pop();
    if (slot === undefined) return undefined;
    const json = JSON.stringify({ text, values });
    const { read, written } = encoder.encodeInto(json, bytes.subarray(slot * slotSize, (slot + 1) * slotSize));
    if (read < json.length) throw new Error('a lease is too long to be kept');
    // Written last, so that the other thread sees either nothing or the whole lease.
    Atomics.store(numbers, slot + 1, written);
    return slot;
  }

  function start() {
    const beat = setInterval(() => Atomics.add(numbers, heartbeatIndex, 1), beatEveryMilliseconds);
    beat.unref();
    const thread = startThread('lease-thread', { memory, databaseUrl });
    thread.unref();
    // Without the thread, leases are renewed by their timers while the event loop runs.
    thread.on('error', (error) => log.error({ error }, 'lease keeper failed'));
    thread.on('message', (message: { readonly renewed: number; readonly seconds: number }) =>
      log.warn(message, 'event loop blocked, leases renewed by their own thread'),
    );
    return { thread, beat };
  }
}

/** Start a file of this folder as a thread: compiled, or from the sources with tsx. */
function startThread(name: string, workerData: object): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(isSource ? loadingWithTsx(file) : file, { eval: isSource, workerData });
}

const loadingWithTsx = (file: URL): string =>
  `import('${import.meta.resolve('tsx/esm/api')}').then((tsx) => { tsx.register(); return import('${file}'); })`;
