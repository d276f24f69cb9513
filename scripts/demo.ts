/**
 * The demo: all parts in one process, a small company, and the main job run once.
 *
 *   npm run demo [-- --once] [-- --use-existing-people]
 *
 * Runs until Ctrl-C. With `--once` it ends after the main job, with 0 when the card arrived and its audio played. Every
 * visitor may sign in as any person, so a DATABASE_URL that already has people is refused, unless
 * `--use-existing-people` states that they are invented too.
 */
import '../src/core/app/register-words.js';
import { seedCompany } from '../prisma/seed.js';
import { wordsIn } from '../src/core/chat/words.js';
import { UserError } from '../src/core/errors.js';
import type { Config } from '../src/env.js';
import { exitOnUncaught } from '../src/exit-on-uncaught.js';
import { createLog } from '../src/log.js';
import { type Attendant, readConfig, startAttendant } from '../src/main.js';
import { onNpmEnded } from '../src/parent-process.js';
import { phoneOf } from '../src/phone/simulator/local-phone.js';
import { buildBrowser } from './build-browser.js';
import { JobFailed, playMainJob } from './main-job.js';
import { holdsPeople } from './people-in-database.js';

const once = process.argv.includes('--once');
const useExistingPeople = process.argv.includes('--use-existing-people');
const tell = (line: string) => console.log(line);
let stopping: Promise<void> | undefined;

try {
  // `npm run dev` restarts this when a file changes, including the browser’s files.
  if (process.env.npm_lifecycle_event === 'dev') await buildBrowser();
  tell('This is a demo: everybody who can open its address may sign in as anybody. Use it with made-up people only.');
  tell('Starting Attendant (the first time takes a little longer) …');
  const config = demoConfig();
  await refuseRealPeople(config);
  const attendant = await start(config);
  exitOnUncaught(createLog(config.log), () => attendant.stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(attendant, 0));
  onNpmEnded(() => void stop(attendant, 0));

  const tenantId = await seedCompany(attendant.deps);
  tell(`\nThe web app is at ${attendant.url}\n`);
  const phone = await phoneOf(config.dataFolder);
  if (!phone) throw new JobFailed('The demo’s telephone did not start.');
  const worked = await playMainJob({ url: attendant.url, deps: attendant.deps, phone, tell }, tenantId).then(
    () => true,
    (error: unknown) => complain(error),
  );
  if (once) await stop(attendant, worked ? 0 : 1);
  tell(
    `\nNow look yourself: ${attendant.url} (choose anybody; the telephone is on its own page). Ctrl-C stops everything.`,
  );
} catch (error) {
  complain(error);
  process.exit(1);
}

/** Refuse a company that is in use, because the demo opens it to every visitor. */
async function refuseRealPeople({ databaseUrl }: Config): Promise<void> {
  if (databaseUrl === undefined || useExistingPeople || !(await holdsPeople(databaseUrl))) return;
  throw new JobFailed(
    'DATABASE_URL already has people, and in the demo everybody may sign in as any of them. Use an empty database, or add -- --use-existing-people if they are made up.',
  );
}

/** The environment without the voice provider, so that the demo rings no real phone. */
function demoConfig(): Config {
  const config = readConfig({ demo: true });
  const log = process.env.LOG_LEVEL ? config.log : ({ level: 'warn', format: 'pretty' } as const);
  return { ...config, voice: undefined, log };
}

/** Start on PORT; when PORT is not set and 3000 is taken, on any free port. */
async function start(config: Config): Promise<Attendant> {
  try {
    return await startAttendant(config, { role: 'all', demo: true });
  } catch (error) {
    if (process.env.PORT || (error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
    tell(`Port ${config.http.port} is taken; another one is used.`);
    return startAttendant({ ...config, http: { ...config.http, port: 0 } }, { role: 'all', demo: true });
  }
}

/** Stop once, because the terminal and npm both send Ctrl-C. */
function stop(attendant: Attendant, code: number): Promise<void> {
  stopping ??= (async () => {
    tell('Stopping …');
    await attendant.stop();
    process.exit(code);
  })();
  return stopping;
}

/** Print an error, in words if it has some. */
function complain(error: unknown): false {
  if (error instanceof UserError) console.error(error.say(wordsIn('en')));
  // The stack is for developers.
  else if (error instanceof Error && process.env.LOG_LEVEL !== 'debug') console.error(error.message);
  else console.error(error);
  return false;
}
