import '../core/app/register-words.js';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { linesToDo } from '../core/bulk/bulk.views.js';
import type { CsvSource } from '../core/bulk/csv-source.js';
import { type ImportRun, resultsOf, revertApplied, runOf, stageFile } from '../core/bulk/import-users.js';
import { workOnRun } from '../core/bulk/work-on-run.js';
import { installationActor } from '../core/chat/actor.js';
import { wordsIn } from '../core/chat/words.js';
import type { Deps } from '../core/deps.js';
import { UserError } from '../core/errors.js';
import { asId, type TenantId } from '../core/ids.js';
import { defaultTenant, findDefaultTenant } from '../core/tenants/tenants.js';
import { fileChunks } from '../file-chunks.js';
import { printError, printTable } from './print.js';
import { withProgress } from './progress-bar.js';
import { companyOrFirst, withInstallation } from './with-installation.js';

interface ImportOptions {
  readonly dryRun: boolean;
  readonly revert?: string;
  readonly tenant?: string;
  readonly json: boolean;
}

/** `attendant import FILE`, `attendant import --revert RUN`. */
export async function importOrRevert(file: string | undefined, options: ImportOptions): Promise<void> {
  if (options.revert !== undefined) return revert(options.revert, options);
  if (file !== undefined) return importFile(file, options);
}

async function importFile(file: string, { dryRun, tenant, json }: ImportOptions): Promise<void> {
  const source: CsvSource = { fileName: basename(file), chunks: () => fileChunks(file) };
  const { run, rows } = await withInstallation(async (deps) => {
    const run = await importInto(deps, tenant, source, dryRun);
    return { run, rows: await rowsOf(deps, run) };
  });
  if (run.note) printError(run.note.en);
  printTable(rows, { columns: ['line', 'username', 'outcome', 'reason'], json });
  const came = `${dryRun ? 'Nothing was changed. It would be: ' : ''}${summaryOf(run)}.`;
  const takeBack = `attendant import --revert ${run.id}`;
  if (run.status === 'applying')
    throw new Error(`the import was interrupted. The server goes on with it; to take it back instead: ${takeBack}`);
  if (run.status === 'failed')
    throw new Error(`the import was given up. Import the file again, or take back what is done: ${takeBack}`);
  const changed = !dryRun && run.created + run.updated > 0;
  // The good lines stand all the same; a script must not take the file for done.
  if (run.refused > 0)
    throw new Error(`some lines were refused. ${came}${changed ? ` To take the others back: ${takeBack}` : ''}`);
  printError(came);
  if (changed) printError(`To take this back within 24 hours: ${takeBack}`);
}

/** Into the company that is named, or the first. Where there is none one is founded, but not for a trial, nor for a file that is refused. */
async function importInto(
  deps: Deps,
  named: string | undefined,
  source: CsvSource,
  dryRun: boolean,
): Promise<ImportRun> {
  const company = named === undefined ? await findDefaultTenant(deps.db) : await companyOrFirst(deps, named);
  const tenantId = company ?? asId<TenantId>(randomUUID());
  const run = await stageAndWork(deps, tenantId, source, { applies: !dryRun && company !== undefined });
  if (dryRun || company) return run;
  return stageAndWork(deps, await defaultTenant(deps), source, { applies: true });
}

async function stageAndWork(
  deps: Deps,
  tenantId: TenantId,
  source: CsvSource,
  { applies }: { readonly applies: boolean },
): Promise<ImportRun> {
  const runId = await stageFile(deps, installationActor(tenantId, 'cli'), source, { applies });
  await workInSight(deps, tenantId, runId);
  return runOf(deps, tenantId, runId);
}

/** Does what the run waits for, and shows how far it is. */
const workInSight = (deps: Deps, tenantId: TenantId, runId: string): Promise<void> =>
  withProgress(
    async () => {
      const run = await runOf(deps, tenantId, runId);
      const all = linesToDo(run);
      return { step: run.status, done: Math.min(run.progress, all), all };
    },
    workOnRun(deps, runId),
  );

async function rowsOf(deps: Deps, run: ImportRun) {
  const rows = [];
  for await (const { line, username, outcome, why } of resultsOf(deps, run))
    rows.push({ line, username, outcome, reason: why?.en ?? '' });
  return rows;
}

function summaryOf(run: ImportRun): string {
  const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
  const said = outcomes.flatMap((outcome) => (run[outcome] > 0 ? `${run[outcome]} ${outcome}` : []));
  return said.length === 0 ? 'no lines' : said.join(', ');
}

async function revert(id: string, { tenant, json, dryRun }: ImportOptions): Promise<void> {
  if (dryRun) throw new UserError((words) => words.bulk.noDryRevert, 400);
  const { run, kept } = await withInstallation(async (deps) => {
    const tenantId = await companyOrFirst(deps, tenant);
    await revertApplied(deps, installationActor(tenantId, 'cli'), id);
    await workInSight(deps, tenantId, id);
    const kept = [];
    for await (const { line, username } of resultsOf(deps, { id }, 'kept'))
      kept.push({ line, username, outcome: 'kept', reason: words.changedSince });
    return { run: await runOf(deps, tenantId, id), kept };
  });
  if (kept.length > 0 || json) printTable(kept, { columns: ['line', 'username', 'outcome', 'reason'], json });
  const came = `${run.restored} restored${run.kept > 0 ? `, ${run.kept} left as they are now` : ''}.`;
  if (run.status !== 'reverted') throw new Error('the revert was interrupted. The server goes on with it.');
  printError(came);
}

const words = wordsIn('en').bulk;
