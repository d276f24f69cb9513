import type { Logger } from 'pino';

/** What runs gets so long to end; then the process goes all the same. The rows are safe, and the sweep finds what was left. */
const drainMilliseconds = 15_000;

/**
 * From now on an uncaught exception or an unhandled rejection is logged, `stop` takes no more work and finishes what
 * runs, and the process exits with 1, so that a supervisor starts it anew. Going on would be worse: nobody knows what
 * was left half done in memory. Returns how to take this back.
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
