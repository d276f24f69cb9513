/**
 * Threads that read and convert outside audio, because a malicious file can keep its reader busy for minutes and must
 * not block the event loop.
 *
 * A thread is starting, idle, busy or ended. At most `most` exist; each does one job at a time. The deadline starts
 * when a ready thread receives the job, so a slow start fails no job. A thread that misses the deadline or fails is
 * terminated, and the next job starts another. Idle threads stay, and keep no process alive.
 */
import { Worker } from 'node:worker_threads';
import { AudioLate } from '../core/voicemail/ports.js';
import type { AudioAnswer, AudioInput, AudioJobName, AudioJobs, AudioRequest } from './audio-jobs.js';

export interface AudioThreads {
  /**
   * `load` is called when a thread is free, so that waiting jobs hold no audio. Rejects with `AudioLate` past the
   * deadline, with `AudioUnreadable` when the audio takes too much memory or its reader fails, with `AudioBusy` when
   * too many jobs wait, or with the error of `load`.
   */
  run<Name extends AudioJobName>(job: Name, load: Load<Name>): Promise<AudioJobs[Name]>;
  /** Terminate all threads; running jobs reject. */
  close(): Promise<void>;
}

type Load<Name extends AudioJobName> = () => AudioInput[Name] | Promise<AudioInput[Name]>;

/** The audio could not be read. */
export class AudioUnreadable extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`audio unreadable: ${why}`, options);
    this.name = 'AudioUnreadable';
  }
}

/** All threads are busy and too many jobs wait; a retry may succeed. */
class AudioBusy extends Error {
  readonly code = 'AUDIO_BUSY';
  constructor() {
    super('too many audio files are being read');
    this.name = 'AudioBusy';
  }
}

interface Waiting {
  readonly load: () => Promise<AudioRequest>;
  readonly resolve: (result: AudioJobs[AudioJobName]) => void;
  readonly reject: (error: unknown) => void;
}

const startMilliseconds = 30_000;
/** A timer that fires later than this was delayed by a blocked event loop, which may have delayed the answer too. */
const usualDelayMilliseconds = 500;

function usedByThisProcess(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function audioThreads({
  deadlineMilliseconds = 2000,
  most = 2,
  mostWaiting = 100,
  processorMilliseconds = usedByThisProcess,
} = {}): AudioThreads {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: Waiting[] = [];
  let working = 0;

  return {
    run: (job, load) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting) return reject(new AudioBusy());
        const ask = async () => requestOf(job, await load());
        waiting.push({ load: ask, resolve: resolve as Waiting['resolve'], reject });
        next();
      }),
    async close() {
      for (const { reject } of waiting.splice(0)) reject(new AudioUnreadable('closed'));
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };

  /**
   * Watch whether something other than the file may have delayed a thread: another file, a blocked event loop, or other
   * programs, which show in a thread that is always busy and still gets little processor time.
   */
  function watchLoad(): { wasHigh(): boolean } {
    const begunAt = performance.now();
    const usedBefore = processorMilliseconds();
    return {
      wasHigh() {
        const lateMilliseconds = performance.now() - begunAt - deadlineMilliseconds;
        const hadProcessor = processorMilliseconds() - usedBefore > deadlineMilliseconds * 0.75;
        return working > 1 || waiting.length > 0 || lateMilliseconds > usualDelayMilliseconds || !hadProcessor;
      },
    };
  }

  function next(): void {
    if (working >= most) return;
    const one = waiting.shift();
    if (!one) return;
    working += 1;
    work(one)
      .then(one.resolve, one.reject)
      .finally(() => {
        working -= 1;
        next();
      });
  }

  async function work({ load }: Waiting): Promise<AudioJobs[AudioJobName]> {
    const request = await load();
    const thread = idle.pop() ?? (await start());
    thread.ref();
    try {
      const watch = watchLoad();
      const asked = answerOf(thread, deadlineMilliseconds);
      thread.postMessage(request, buffersOf(request));
      const answer = await asked.catch((error) => {
        throw error instanceof DeadlineExceeded ? new AudioLate(watch.wasHigh(), { cause: error }) : error;
      });
      thread.unref();
      idle.push(thread);
      return answer.kind === 'done' ? answer.result : undefined;
    } catch (error) {
      await thread.terminate();
      if (error instanceof AudioLate) throw error;
      throw new AudioUnreadable((error as Error).message, { cause: error });
    }
  }

  async function start(): Promise<Worker> {
    const thread = new Worker(program, { execArgv: [], stderr: true, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    // The Opus decoder prints each packet that it cannot decode.
    thread.stderr.resume();
    all.add(thread);
    // Without a listener an error of a thread would end the process; an ended idle thread receives no job.
    thread.on('error', () => {});
    thread.once('exit', () => {
      all.delete(thread);
      const at = idle.indexOf(thread);
      if (at !== -1) idle.splice(at, 1);
    });
    try {
      await answerOf(thread, startMilliseconds);
      return thread;
    } catch (error) {
      await thread.terminate();
      throw new Error('audio thread does not start', { cause: error });
    }
  }
}

/** The bytes are copied, because they are still needed here and may be part of a larger buffer. */
function requestOf(job: AudioJobName, input: AudioInput[AudioJobName]): AudioRequest {
  if (typeof input === 'string') return { job: job === 'silence' ? job : 'probe', path: input };
  if (Buffer.isBuffer(input)) return { job: 'convert', bytes: new Uint8Array(input) };
  const [first, second] = input;
  return { job: 'join', first: new Uint8Array(first), second: new Uint8Array(second) };
}

/** The memory that a request hands over to the thread. */
function buffersOf(request: AudioRequest): ArrayBuffer[] {
  if (request.job === 'convert') return [request.bytes.buffer];
  return request.job === 'join' ? [request.first.buffer, request.second.buffer] : [];
}

class DeadlineExceeded extends Error {
  constructor() {
    super('deadline exceeded');
    this.name = 'DeadlineExceeded';
  }
}

/** The thread's next message. Rejects when the thread fails, ends, or sends nothing in time. */
function answerOf(thread: Worker, milliseconds: number): Promise<AudioAnswer> {
  return new Promise((resolve, reject) => {
    // Read an answer that arrived while the event loop was blocked before the deadline is applied.
    const late = () => setImmediate(() => end(() => reject(new DeadlineExceeded())));
    const timer = setTimeout(late, milliseconds);
    const onMessage = (answer: AudioAnswer) => end(() => resolve(answer));
    const onError = (error: Error) => end(() => reject(error));
    const onExit = () => end(() => reject(new Error('thread ended')));
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);

    function end(settle: () => void): void {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    }
  });
}

/** Compiled in production, the sources in development. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './audio-worker-from-source.mjs' : './audio-worker.js',
  import.meta.url,
);
