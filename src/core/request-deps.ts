import type { Logger } from 'pino';
import type { Deps } from './deps.js';

/**
 * What the core may use for one request, which has a name from the door it came in by to the jobs it asks for: the id
 * stands on every line that is logged, and goes with every task. Handed on and not kept beside the calls
 * (`AsyncLocalStorage`), for which every promise of the process would pay on Node 20.
 */
export function forRequest(deps: Deps, requestId: string): Deps {
  let log: Logger | undefined;
  return {
    ...deps,
    // Made when something is to be said: mostly nothing is.
    get log() {
      log ??= deps.log.child({ requestId });
      return log;
    },
    tasks: { add: (tasks, options) => deps.tasks.add(tasks, { ...options, requestId }) },
  };
}
