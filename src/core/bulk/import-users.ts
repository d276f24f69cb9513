import { enqueue } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { isUuid, type TenantId } from '../ids.js';
import { oneLine } from '../text.js';
import type { CsvSource } from './csv-source.js';
import { findDialect } from './decode-csv.js';
import { withoutFormulaGuard } from './formula-guard.js';
import { usernameKey } from './import-line.js';
import { findResults } from './import-lines.store.js';
import type { ImportRun, LineResult } from './import-run.types.js';
import { dropRun, endStaging, findRun, findRuns, insertRun, RunUnderWay, startRun } from './import-runs.store.js';
import { saidWhy } from './judge-single-line.js';
import { type CsvTable, readCsv } from './read-csv.js';
import { sealCell } from './seal-cell.js';
import { workOnRun } from './work-on-run.js';

export type { ImportRun, LineResult } from './import-run.types.js';

const hoursToRevert = 24;
const runsListed = 20;

/**
 * Takes in a file of users (CONTRACT.md §5): reads it once to see how it is written, and once more into the lines of a new
 * run, which `workOnRun` then judges, and applies where `applies`. Refuses (UserError) a file that cannot be read at all,
 * and one that comes while another is under way.
 */
export async function stageFile(
  deps: Deps,
  actor: Actor,
  source: CsvSource,
  { applies }: { readonly applies: boolean },
): Promise<string> {
  const dialect = await findDialect(source);
  const { tenantId, via } = actor;
  const userId = actor.kind === 'self' ? actor.userId : null;
  const fileName = oneLine(source.fileName, 200);
  const run = { tenantId, userId, via, fileName, applies };
  const runId = await insertRun(deps.db, deps.clock, run).catch(refuseBusy);
  try {
    const table = await readCsv(source, dialect);
    const lines = await deps.copyRows('ImportLine', stagedColumns, stagedRows(deps, runId, table));
    const note = dialect.note ? saidWhy(dialect.note) : null;
    await endStaging(deps.db, deps.clock, runId, { columns: table.columns, lines, note });
  } catch (error) {
    await dropRun(deps.db, runId).catch((cause) => deps.log.warn({ error: cause, runId }, 'import not dropped'));
    throw error;
  }
  return runId;
}

const stagedColumns = ['runId', 'line', 'key', 'username', 'cells', 'pin', 'flaw'];

async function* stagedRows({ secret }: Deps, runId: string, table: CsvTable): AsyncGenerator<(string | null)[]> {
  for await (const { number, cells, ...flaw } of table.lines) {
    const { pin = '', ...others } = Object.fromEntries(cells) as Record<string, string>;
    const username = storable(withoutFormulaGuard(others.username ?? ''));
    yield [
      runId,
      String(number),
      usernameKey(username),
      username,
      storable(JSON.stringify(others)),
      pin === '' ? null : sealCell(secret, pin),
      Object.keys(flaw).length === 0 ? null : JSON.stringify(flaw),
    ];
  }
}

/** PostgreSQL keeps no U+0000; another control character has the line refused as well. */
const storable = (text: string): string => text.replaceAll('\0', '\u0001').replaceAll('\\u0000', '\\u0001');

const refuseBusy = (error: unknown): never => {
  throw error instanceof RunUnderWay ? new UserError((words) => words.bulk.busy, 409) : error;
};

/** Has a task do what the run waits for. */
export const enqueueRun = (deps: Deps, runId: string): Promise<void> =>
  enqueue(deps, [{ name: 'bulk.import', payload: { runId } }]);

/** Applies a run that was checked. Refuses (UserError) one that is not there, was applied, or waited too long. */
export async function applyChecked(deps: Deps, actor: Actor, id: string): Promise<ImportRun> {
  const run = await runOf(deps, actor.tenantId, id);
  const isStale = hoursSince(deps, run.createdAt) > hoursToRevert;
  if (isStale || !(await startRun(deps.db, deps.clock, run, 'applying', actor).catch(refuseBusy)))
    throw new UserError((words) => words.bulk.notToApply, 409);
  return run;
}

/** Reverts a run. Refuses (UserError) one that is not there, wrote nothing, or was applied more than a day ago. */
export async function revertApplied(deps: Deps, actor: Actor, id: string): Promise<ImportRun> {
  const run = await runOf(deps, actor.tenantId, id);
  if (!mayRevert(deps, run)) throw new UserError((words) => words.bulk.notToRevert(hoursToRevert), 409);
  if (!(await startRun(deps.db, deps.clock, run, 'reverting', actor).catch(refuseBusy)))
    throw new UserError((words) => words.bulk.notToRevert(hoursToRevert), 409);
  return run;
}

/** Can this be reverted now? It wrote something, and is over, or was interrupted (the rule of `startRun`). */
export function mayRevert(deps: Pick<Deps, 'clock'>, run: ImportRun): boolean {
  const { status, created, updated, appliedAt, progress, claimedAt, dueAt } = run;
  if (status === 'applying') return progress > 0 && (claimedAt === null || dueAt < deps.clock.now());
  const isOver = status === 'applied' || status === 'failed';
  return isOver && created + updated > 0 && appliedAt !== null && hoursSince(deps, appliedAt) <= hoursToRevert;
}

const hoursSince = ({ clock }: Pick<Deps, 'clock'>, instant: Date): number =>
  (clock.now().getTime() - instant.getTime()) / 3_600_000;

/** The run of this id in this company. Refuses (UserError) where there is none. */
export async function runOf(deps: Deps, tenantId: TenantId, id: string): Promise<ImportRun> {
  const run = isUuid(id) ? await findRun(deps.db, tenantId, id) : undefined;
  if (!run) throw new UserError((words) => words.bulk.noSuchRun, 404);
  return run;
}

/** The last runs of a company, the newest first. */
export const lastRuns = (deps: Deps, tenantId: TenantId): Promise<readonly ImportRun[]> =>
  findRuns(deps.db, tenantId, runsListed);

/** What came of each line, in the order of the file. `only`: of those refused, or left by a revert. */
export async function* resultsOf(
  deps: Deps,
  run: Pick<ImportRun, 'id'>,
  only: 'refused' | 'kept' | null = null,
): AsyncGenerator<LineResult> {
  const most = 1_000;
  for (let after = 0; ; ) {
    const page = await findResults(deps.db, run.id, { after, most, only });
    yield* page;
    after = page.at(-1)?.line ?? after;
    if (page.length < most) return;
  }
}

/** The first lines of a run that were refused, or that a revert left. */
export const firstResults = (
  deps: Deps,
  run: Pick<ImportRun, 'id'>,
  only: 'refused' | 'kept',
  most: number,
): Promise<readonly LineResult[]> => findResults(deps.db, run.id, { after: 0, most, only });

/**
 * Creates and updates users from a file at once, in this process: for the command line, and for tests. In a dry run nothing
 * but the run itself is written. Resolves to the run as it ended.
 */
export async function importUsers(
  deps: Deps,
  actor: Actor,
  source: CsvSource,
  { dryRun }: { readonly dryRun: boolean },
): Promise<ImportRun> {
  const runId = await stageFile(deps, actor, source, { applies: !dryRun });
  await workOnRun(deps, runId);
  return runOf(deps, actor.tenantId, runId);
}
