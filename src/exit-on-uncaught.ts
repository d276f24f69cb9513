import type { Logger } from 'pino';

/** Running work has this long to end; then the process exits. The rows are saved, and the sweep finds the rest. */
const drainMilliseconds = 15_000;

/**
 * From now on, log an uncaught exception or unhandled rejection, call `stop`, which finishes running work, and exit
 * with 1, so that a supervisor restarts the process. Its state in memory can no longer be trusted. Returns a function
 * that undoes this.
 */
export function exitOnUncaught(log: Logger, stop: () => Promise<unknown>): () => void {
  let isEnding = false;
  const end = async (error: unknown, message: string) => {
    log.fatal({ error }, message);
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => {
      log.fatal('drain timed out');
      process.exit(1);
    }, drainMilliseconds).unref();
    await stop().catch((failure: unknown) => log.fatal({ error: failure }, 'drain failed'));
    log.fatal('exit after an uncaught error');
    process.exit(1);
  };
  const onException = (error: unknown) => void end(error, 'uncaught exception');
  const onRejection = (error: unknown) => void end(error, 'unhandled rejection');
  process.on('uncaughtException', onException);
  process.on('unhandledRejection', onRejection);
  return () => {
    process.off('uncaughtException', onException);
    process.off('unhandledRejection', onRejection);
  };
}
