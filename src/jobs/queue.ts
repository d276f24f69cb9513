import { createPostgresBackend, type Job, type JobsOptions, Queue, Worker, withBackend } from 'bullmq';
import type { Task, Tasks } from '../core/tasks.js';
import { together } from '../core/together.js';
import { currentRequestId } from '../request-id.js';
import { jobs } from './jobs.js';

/** Where the queue lives. `name` keeps installations on one server apart. */
export type Backend =
  | { readonly kind: 'redis'; readonly url: string; readonly name?: string }
  /** The schema `bullmq` of the same database. */
  | { readonly kind: 'postgres'; readonly url: string; readonly name?: string };

/** What a job carries: the task's ids, and which request asked for it. */
export interface JobData {
  readonly ids: Task['payload'];
  readonly requestId?: string;
}

export interface TaskQueue extends Tasks {
  /** Rejects with the reason when the queue cannot be used just now. */
  check(): Promise<void>;
  /** How many tasks wait, run or are held back. */
  counts(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** How long somebody who enqueues waits for a queue that does not answer. The row is saved; the sweep finds it. */
const patienceMilliseconds = 3000;

const postgres = withBackend(createPostgresBackend);

/** The queue, for those who add to it. It connects by itself, again and again; `onError` hears of each failure. */
export function openQueue(backend: Backend, onError: (error: Error) => void): TaskQueue {
  const queue =
    backend.kind === 'redis'
      ? new Queue<JobData>(nameOf(backend), {
          connection: { ...redisConnection(backend.url), enableOfflineQueue: false },
        })
      : new postgres.Queue<JobData>(nameOf(backend), { connection: postgresConnection(backend.url, 3) });
  queue.on('error', onError);
  const addTogether = together(async (to: typeof queue, adding: readonly BulkJob[][]) => {
    await to.addBulk(adding.flat());
    return [];
  });

  return {
    async add(tasks, { once } = { once: false }) {
      const jobs = tasks.map((task) => bulkJob(task, once));
      await inTime(addTogether(queue, jobs));
    },
    check: async () => void (await inTime(queue.getJobCounts('waiting'))),
    counts: () => inTime(queue.getJobCounts('waiting', 'active', 'delayed')),
    close: () => queue.close(),
  };
}

/** What a worker does with a task, and what it tells. */
export interface WorkerHandlers {
  work(name: string, data: JobData): Promise<void>;
  /** `last`: it is not tried again. */
  onFailed(task: { readonly name: string; readonly data: JobData; readonly last: boolean }, error: Error): void;
  onError(error: Error): void;
}

/** Takes tasks out of the queue, so many at once; one that rejects is tried again as its job says. */
export function openWorker(
  backend: Backend,
  { work, onFailed, onError }: WorkerHandlers,
  concurrency: number,
): { close(): Promise<void> } {
  const take = (job: { name: string; data: JobData }) => work(job.name, job.data);
  const failed = (job: Job<JobData> | undefined, error: Error) => {
    if (job) onFailed({ name: job.name, data: job.data, last: job.attemptsMade >= (job.opts.attempts ?? 1) }, error);
  };
  return backend.kind === 'redis'
    ? new Worker<JobData>(nameOf(backend), take, { connection: redisConnection(backend.url), concurrency })
        .on('error', onError)
        .on('failed', failed)
    : new postgres.Worker<JobData>(nameOf(backend), take, {
        connection: postgresConnection(backend.url, concurrency),
        concurrency,
      })
        .on('error', onError)
        .on('failed', failed);
}

interface BulkJob {
  readonly name: string;
  readonly data: JobData;
  readonly opts: JobsOptions;
}

function bulkJob(task: Task, once: boolean): BulkJob {
  const requestId = currentRequestId();
  const { attempts, retrySeconds } = jobs[task.name];
  return {
    name: task.name,
    data: { ids: task.payload, ...(requestId === undefined ? {} : { requestId }) },
    opts: {
      attempts,
      backoff: { type: 'exponential', delay: retrySeconds * 1000 },
      delay: (task.delaySeconds ?? 0) * 1000,
      // Nothing is kept of what ended: the rows say what happened, and a kept job would block its id.
      removeOnComplete: true,
      removeOnFail: true,
      ...(once ? { jobId: [task.name, ...Object.values(task.payload)].join('_') } : {}),
    },
  };
}

const nameOf = ({ name = 'attendant' }: Backend): string => name;

/** Reconnects within two seconds of the server's return; BullMQ by itself would wait up to twenty. */
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

async function inTime<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the queue does not answer')), patienceMilliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    promise.catch(() => {});
  }
}
