/** The interval at which the parent process is checked. */
const pollMilliseconds = 500;

/**
 * Call `ended` once when npm (`npx attendant serve`, `npm run demo`) has ended before this process. A SIGTERM to npm
 * ends npm and its shell, but the shell does not pass the signal on, so the server would run on as an orphan. No-op
 * when npm did not start this process. Returns a function that stops watching.
 */
export function onNpmEnded(
  ended: () => void,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): () => void {
  if (environment.npm_command === undefined) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, pollMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
