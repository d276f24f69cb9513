import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { LeaseKeeper, LeaseRenewal } from '../core/tasks/lease.js';
import { beatAt, memorySize, slotSize, slots, viewsOf } from './lease-memory.js';

export interface OpenLeaseKeeper extends LeaseKeeper {
  close(): Promise<void>;
}

const beatEveryMilliseconds = 500;

/**
 * Renews leases in a thread of its own, over its own connection, while the event loop of this one is blocked.
 *
 * The leases lie in memory that both threads see: registering one is a copy in memory, without a message. This
 * thread counts a beat there every half second. The other one does nothing but watch it; when the beat stands still for
 * two seconds it renews every lease, every three seconds, until the beat goes on. After five minutes it gives up: such
 * a process never comes back, and its cards are another worker's. When this process dies, so does the thread.
 *
 * It starts with the first lease; a process that sends nothing has none.
 */
export function openLeaseKeeper(databaseUrl: string, log: Logger): OpenLeaseKeeper {
  const memory = new SharedArrayBuffer(memorySize);
  const { numbers, bytes } = viewsOf(memory);
  const free = Array.from({ length: slots }, (_, slot) => slot);
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

  /** Undefined: there is no room for it, so that it is renewed by its timer alone. */
  function write({ text, values }: LeaseRenewal): number | undefined {
    const slot = free.pop();
    if (slot === undefined) return undefined;
    const json = JSON.stringify({ text, values });
    const { read, written } = encoder.encodeInto(json, bytes.subarray(slot * slotSize, (slot + 1) * slotSize));
    if (read < json.length) throw new Error('a lease is too long to be kept');
    // Last, so that the other thread sees either nothing or all of it.
    Atomics.store(numbers, slot + 1, written);
    return slot;
  }

  function start() {
    const beat = setInterval(() => Atomics.add(numbers, beatAt, 1), beatEveryMilliseconds);
    beat.unref();
    const thread = startThread('lease-thread', { memory, databaseUrl });
    thread.unref();
    // Without it claims are renewed by their timers, as long as the event loop runs.
    thread.on('error', (error) => log.error({ error }, 'lease keeper failed'));
    thread.on('message', (message: { readonly renewed: number; readonly seconds: number }) =>
      log.warn(message, 'event loop was blocked, leases renewed outside it'),
    );
    return { thread, beat };
  }
}

/** Starts a file of this folder as a thread: compiled, or straight from the sources, for which it has to be given tsx. */
function startThread(name: string, workerData: object): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(isSource ? loadingWithTsx(file) : file, { eval: isSource, workerData });
}

const loadingWithTsx = (file: URL): string =>
  `import('${import.meta.resolve('tsx/esm/api')}').then((tsx) => { tsx.register(); return import('${file}'); })`;
