/** How often the parent process is looked at. */
const pollMilliseconds = 500;

/**
 * Call `ended` once when npm (`npx attendant serve`, `npm run demo`) has ended without us. A SIGTERM to npm ends npm
 * and its shell, but the shell passes nothing on: without this the server would run on with nobody to stop it. Does
 * nothing where npm did not start this process. Returns how to stop watching.
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
