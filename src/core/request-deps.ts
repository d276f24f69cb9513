import type { Logger } from 'pino';
import type { Deps } from './deps.js';

/**
 * Return the core's dependencies for one request, whose id goes on every log line and with every task it enqueues.
 * Passed on explicitly, because with `AsyncLocalStorage` every promise of the process would pay on Node 20.
 */
export function depsForRequest(deps: Deps, requestId: string): Deps {
  let log: Logger | undefined;
  return {
    ...deps,
    // Created on first use: most requests log nothing.
    get log() {
      log ??= deps.log.child({ requestId });
      return log;
    },
    tasks: { add: (tasks, options) => deps.tasks.add(tasks, { ...options, requestId }) },
  };
}
