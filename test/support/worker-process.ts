import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../src/root-folder.js';
import { botToken, signingSecret } from '../fakes/slack/slack.js';

export interface WorkerProcess {
  /** Its whole log. */
  log(): string;
  /** Kill it, as a power failure does. */
  kill(): Promise<void>;
  /** Ask it to end. */
  stop(): Promise<void>;
}

/** Start `attendant serve --role worker` in its own process; resolves once it runs. `database` and `redis` are URLs. */
export async function startWorkerProcess(where: {
  readonly database: string;
  readonly redis?: string | undefined;
  readonly slackApi: string;
  readonly folder: string;
}): Promise<WorkerProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'src/cli/main.ts'), 'serve', '--role', 'worker'],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: '0',
        DATABASE_URL: where.database,
        ATTENDANT_DATA: where.folder,
        ATTENDANT_SECRET: 'a secret for tests, long enough for signing links',
        SLACK_BOT_TOKEN: botToken,
        SLACK_SIGNING_SECRET: signingSecret,
        SLACK_API_URL: where.slackApi,
        ...(where.redis === undefined ? {} : { REDIS_URL: where.redis }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let logged = '';
  const exited = once(child, 'exit');
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        logged += chunk;
        if (logged.includes('attendant runs')) resolve();
      });
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  await Promise.race([
    listens,
    exited.then(() => {
      throw new Error(`the worker ended at once: ${logged}`);
    }),
  ]);
  return { log: () => logged, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
