import { setTimeout as wait } from 'node:timers/promises';

const mostMilliseconds = 250;

/**
 * Asks `/healthz` ten times a second until `stop`, which returns what was wrong: an answer that took longer than 250 ms
 * twice in a row (a single one may be the test machine's own pause), or none at all.
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
