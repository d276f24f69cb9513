import { createPostgresBackend, type Job, type JobsOptions, Queue, Worker, withBackend } from 'bullmq';
import { taskDefinitions } from '../core/app/task-definitions.js';
import { batched } from '../core/coalesce-calls.js';
import type { Task, Tasks } from '../core/tasks/tasks.js';

/** Where the queue is stored. `name` separates installations on one server. */
export type Backend =
  | { readonly kind: 'redis'; readonly url: string; readonly name?: string }
  /** The schema `bullmq` of the same database. */
  | { readonly kind: 'postgres'; readonly url: string; readonly name?: string };

/** A task in a job: ids only, and the id of the request that enqueued it. */
export interface QueuedTask {
  readonly ids: Task['payload'];
  readonly requestId?: string;
}

/** A job: one or more tasks of one name that were enqueued at the same time. */
interface JobData {
  readonly entries: readonly QueuedTask[];
}

/** The queue, for code that enqueues. */
export interface TaskQueue extends Tasks {
  /** Rejects with the reason while the queue is unavailable. */
  check(): Promise<void>;
  /** The numbers of waiting, running and delayed tasks. */
  counts(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** The timeout of enqueueing. The row is saved already; the sweep finds it. */
const timeoutMilliseconds = 3000;

/**
 * The minimum time between two additions, so that a busy hour has fewer and larger jobs. Cards are not visibly later.
 */
const paceMilliseconds = 30;

/** Longer than most jobs take, and shorter than a supervisor waits before it kills the process. */
const closingMilliseconds = 10_000;

/** A worker without a sign of life for this long is dead, and its jobs are given to another. */
const livingMilliseconds = 10_000;

const postgres = withBackend(createPostgresBackend);

/** Open the queue for enqueueing. It reconnects by itself; `onError` is called for each failure. */
export function openQueue(backend: Backend, onError: (error: Error) => void): TaskQueue {
  const queue =
    backend.kind === 'redis'
      ? new Queue<JobData>(nameOf(backend), {
          connection: { ...redisConnection(backend.url), enableOfflineQueue: false },
        })
      : new postgres.Queue<JobData>(nameOf(backend), { connection: postgresConnection(backend.url, 3) });
  queue.on('error', onError);
  const addTogether = batched(
    async (to: typeof queue, adding: readonly Added[][]) => {
      await to.addBulk(bulkOf(adding.flat()));
      return [];
    },
    { most: 500, everyMilliseconds: paceMilliseconds },
  );

  let latest: Promise<unknown> = Promise.resolve();
  return {
    async add(tasks, { once = false, requestId } = {}) {
      const added = tasks.map((task) => ({ task, once, requestId }));
      const adding = withTimeout(addTogether(queue, added));
      latest = adding.catch(() => {});
      await adding;
    },
    check: async () => void (await withTimeout(queue.getJobCounts('waiting'))),
    counts: () => withTimeout(queue.getJobCounts('waiting', 'active', 'delayed')),
    async close() {
      // Not every caller waits for its own addition, so an earlier one may still run.
      await latest;
      await closeWithin(queue.close(), closingMilliseconds, onError);
    },
  };
}

/** The functions that a worker calls for tasks. */
export interface WorkerHandlers {
  work(name: string, entry: QueuedTask): Promise<void>;
  /** `last`: there is no further retry. */
  onFailed(
    task: { readonly name: string; readonly entries: readonly QueuedTask[]; readonly last: boolean },
    error: Error,
  ): void;
  onError(error: Error): void;
}

/** Run tasks of the queue, up to a number at once; a rejected task is retried as its job's options say. */
export function openWorker(
  backend: Backend,
  { work, onFailed, onError }: WorkerHandlers,
  concurrency: number,
): { close(): Promise<void> } {
  const take = async (job: Job<JobData>) => {
    const { entries } = job.data;
    const outcomes = await Promise.allSettled(entries.map((entry) => work(job.name, entry)));
    const [error] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (error === undefined) return;
    // The retry contains the failed tasks only.
    const left = entries.filter((_, index) => outcomes[index]?.status === 'rejected');
    if (left.length < entries.length) await job.updateData({ entries: left });
    throw error;
  };
  const failed = (job: Job<JobData> | undefined, error: Error) => {
    if (!job) return;
    const last = job.attemptsMade >= (job.opts.attempts ?? 1);
    onFailed({ name: job.name, entries: job.data.entries, last }, error);
  };
  const options = { concurrency, lockDuration: livingMilliseconds, stalledInterval: livingMilliseconds / 2 };
  const worker =
    backend.kind === 'redis'
      ? new Worker<JobData>(nameOf(backend), take, { connection: redisConnection(backend.url), ...options })
          .on('error', onError)
          .on('failed', failed)
      : new postgres.Worker<JobData>(nameOf(backend), take, {
          connection: postgresConnection(backend.url, concurrency),
          ...options,
        })
          .on('error', onError)
          .on('failed', failed);
  return { close: () => closeWithin(worker.close(), closingMilliseconds, onError) };
}

/**
 * Close within a time limit. BullMQ waits for ever to tell an unavailable queue that the worker leaves. Its tasks have
 * rows, so the sweep finds them.
 */
async function closeWithin(
  closing: Promise<unknown>,
  milliseconds: number,
  onError: (error: Error) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      onError(new Error('queue not closed in time'));
      resolve();
    }, milliseconds);
  });
  await Promise.race([closing.catch(onError), late]);
  clearTimeout(timer);
}

interface Added {
  readonly task: Task;
  readonly once: boolean;
  readonly requestId: string | undefined;
}

interface BulkJob {
  readonly name: string;
  readonly data: { readonly entries: QueuedTask[] };
  readonly opts: JobsOptions;
}

/**
 * The jobs for these tasks. Tasks that can share a job do: a job costs the queue more than running a short task, and
 * tasks in one job can batch their statements (`core/batch`).
 */
function bulkOf(added: readonly Added[]): BulkJob[] {
  const bulk: BulkJob[] = [];
  const shared = new Map<Task['name'], QueuedTask[]>();
  for (const { task, once, requestId } of added) {
    const entry = { ids: task.payload, ...(requestId === undefined ? {} : { requestId }) };
    const alone = once || task.delaySeconds !== undefined;
    const others = alone ? undefined : shared.get(task.name);
    if (others && others.length < (taskDefinitions[task.name].mostInOneJob ?? 1)) {
      others.push(entry);
      continue;
    }
    const entries = [entry];
    if (!alone) shared.set(task.name, entries);
    bulk.push({ name: task.name, data: { entries }, opts: optionsOf(task, once) });
  }
  return bulk;
}

function optionsOf(task: Task, once: boolean): JobsOptions {
  const { attempts, afterSeconds } = taskDefinitions[task.name].retry;
  return {
    attempts,
    backoff: { type: 'exponential', delay: afterSeconds * 1000 },
    delay: (task.delaySeconds ?? 0) * 1000,
    // Ended jobs are not kept: the rows record what happened, and a kept job would block its id.
    removeOnComplete: true,
    removeOnFail: true,
    ...(once ? { jobId: [task.name, ...Object.values(task.payload)].join('_') } : {}),
  };
}

const nameOf = ({ name = 'attendant' }: Backend): string => name;

/** Reconnect within two seconds of the server's return; BullMQ's default is up to twenty. */
const redisConnection = (url: string) => ({
  url,
  maxRetriesPerRequest: null,
  connectTimeout: 5000,
  retryStrategy: (times: number) => Math.min(times * 100, 2000),
});

const postgresConnection = (connectionString: string, max: number) => ({
  connectionString,
  schema: 'bullmq',
  migrate: true,
  max,
  connectionTimeoutMillis: 5000,
  application_name: 'attendant queue',
});

async function withTimeout<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the queue does not answer')), timeoutMilliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {});
  }
}
