import { type RequestHandler, Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RecordingCounts } from '../core/recordings/recording-sweep.js';
import type { TranscriptionCounts } from '../core/voicemail/transcripts/transcribe.js';
import type { EventLoopWatch } from './event-loop.js';

/** The metrics route, and the middleware that measures requests. */
export interface Metrics {
  /** `GET /metrics`, for Prometheus. */
  readonly router: Router;
  /** Times requests; mounted before everything else. */
  readonly requests: RequestHandler;
  onTask(task: { readonly name: string; readonly ok: boolean; readonly seconds: number }): void;
}

/** Ends the help text of a figure that concerns the whole installation. */
const sameEverywhere = '; every process shows the same: use max(), not sum()';

/** Create the metrics. No label holds personal data: paths are the patterns of their routes. */
export function createMetrics({
  queueCounts,
  recordingCounts,
  transcriptionCounts,
  overduePurges,
  eventLoop,
}: {
  readonly queueCounts: () => Promise<Readonly<Record<string, number>>>;
  readonly recordingCounts: () => Promise<RecordingCounts>;
  readonly transcriptionCounts: () => Promise<TranscriptionCounts>;
  readonly overduePurges: () => Promise<number>;
  readonly eventLoop: Pick<EventLoopWatch, 'longestSeconds'>;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'attendant_http_request_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 3, 10],
    registers: [registry],
  });
  const tasks = new Histogram({
    name: 'attendant_task_seconds',
    help: 'How long tasks took',
    labelNames: ['task', 'result'] as const,
    buckets: [0.01, 0.05, 0.2, 1, 5, 30],
    registers: [registry],
  });
  new Gauge({
    name: 'attendant_queue_tasks',
    help: `Tasks in the queue${sameEverywhere}`,
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      this.reset();
      // /readyz reports an unavailable queue; the other figures are still useful.
      const counts = await queueCounts().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  observeRecordings(registry, recordingCounts);
  new Gauge({
    name: 'attendant_transcriptions',
    help: `Voicemails that wait for a transcript, and kept ones that stayed without one${sameEverywhere}`,
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      const counts = await transcriptionCounts().catch(() => undefined);
      for (const [state, count] of Object.entries(counts ?? {})) this.set({ state }, count);
    },
  });

  new Gauge({
    name: 'attendant_purges_overdue',
    help: `Deleted messages whose audio could not be deleted for an hour${sameEverywhere}`,
    registers: [registry],
    async collect() {
      const count = await overduePurges().catch(() => undefined);
      if (count !== undefined) this.set(count);
    },
  });

  // The default metrics have its distribution since the last scrape (nodejs_eventloop_lag_*); this figure is the one
  // that /readyz uses.
  new Gauge({
    name: 'attendant_event_loop_delay_seconds',
    help: 'The longest delay of the event loop within ten seconds',
    registers: [registry],
    collect() {
      this.set(eventLoop.longestSeconds());
    },
  });

  const router = Router();
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return {
    router,
    requests: (request, response, next) => {
      const begun = performance.now();
      response.once('finish', () => {
        const labels = { method: request.method, route: routeOf(request), status: response.statusCode };
        requests.observe(labels, (performance.now() - begun) / 1000);
      });
      next();
    },
    onTask: ({ name, ok, seconds }) => tasks.observe({ task: name, result: ok ? 'done' : 'failed' }, seconds),
  };
}

/**
 * The counts of the last sweep of recordings; while the database is unavailable the figures stay unchanged. Every
 * process shows the same figures of one database, so they are gauges: summing them would count each once per process.
 */
function observeRecordings(registry: Registry, recordingCounts: () => Promise<RecordingCounts>): void {
  const registers = [registry];
  const removed = new Gauge({
    name: 'attendant_recordings_removed',
    help: `Recording files removed because no row named them, in all${sameEverywhere}`,
    registers,
  });
  const setAside = new Gauge({
    name: 'attendant_recordings_set_aside',
    help: `Recording files that no row names, to be removed 30 days after they were set aside${sameEverywhere}`,
    registers,
  });
  const held = new Gauge({
    name: 'attendant_recordings_held',
    help: `Recording files that no row names, kept because they are too many to be orphans of failures${sameEverywhere}`,
    registers,
  });
  new Gauge({
    name: 'attendant_recordings_missing',
    help: `Recordings whose file is missing${sameEverywhere}`,
    registers,
    async collect() {
      const counts = await recordingCounts().catch(() => undefined);
      if (!counts) return;
      this.set(counts.missing);
      held.set(counts.held);
      setAside.set(counts.setAside);
      removed.set(counts.removed);
    },
  });
}

/**
 * The pattern that matched (`/v/:token`), never the path itself, which may hold a secret token. Every route is declared
 * by its whole path; `baseUrl` is the part of the path that a middleware (`use`) matched last, so it is left out.
 */
export const routeOf = (request: Parameters<RequestHandler>[0]): string => {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? path : 'none';
};
