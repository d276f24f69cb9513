import { setTimeout as wait } from 'node:timers/promises';

const mostMilliseconds = 250;

/**
 * Request `/healthz` ten times a second until `stop`, which returns the problems: an answer slower than 250 ms twice in
 * a row (a single one may be a pause of the test machine), or no answer.
 */
export function watchHealth(url: string): { stop(): Promise<string[]> } {
  const problems: string[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const problem = (await problemWith(url)) && (await problemWith(url));
      if (problem) problems.push(problem);
      await wait(100);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return problems;
    },
  };
}

async function problemWith(url: string): Promise<string | undefined> {
  const begun = performance.now();
  try {
    const { status } = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) });
    const milliseconds = Math.round(performance.now() - begun);
    if (status !== 200) return `status ${status}`;
    return milliseconds > mostMilliseconds ? `${milliseconds} ms` : undefined;
  } catch (error) {
    return `no answer: ${error}`;
  }
}
