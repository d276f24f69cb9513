import { readFile, rm } from 'node:fs/promises';
import { startInstallation } from './installation.js';
import { cost, type Figure } from './measure.js';
import { scratchFolder } from './scratch.js';

const goal = { readySeconds: 3, idleMegabytes: 250 };

/** The start time of a compiled, warm installation, and its idle size; the reference is the goal. */
export async function* bench(say: (line: string) => void): AsyncIterable<Figure> {
  const folder = await scratchFolder();
  const readySeconds: number[] = [];
  const idleMegabytes: number[] = [];
  try {
    for (let run = 0; run <= 3; run += 1) {
      const installation = await startInstallation({}, folder);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const status = await readFile(`/proc/${installation.pid}/status`, 'utf8');
      const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
      await installation.stop();
      if (run === 0) continue; // The first start creates the database.
      say(`ready after ${Math.round(installation.readyMilliseconds)} ms, ${Math.round(megabytes)} MB`);
      readySeconds.push(installation.readyMilliseconds / 1000);
      idleMegabytes.push(megabytes);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  yield cost('footprint', 'ready-seconds', readySeconds, [goal.readySeconds]);
  yield cost('footprint', 'idle-megabytes', idleMegabytes, [goal.idleMegabytes]);
}
