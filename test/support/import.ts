import { setTimeout as pause } from 'node:timers/promises';
import { csvInMemory } from '../../src/core/bulk/csv-source.js';
import type { LineOutcome } from '../../src/core/bulk/import-line.js';
import { importUsers, resultsOf } from '../../src/core/bulk/import-users.js';
import type { Actor } from '../../src/core/chat/actor.js';
import type { Deps } from '../../src/core/deps.js';
import { UserError } from '../../src/core/errors.js';

/** What came of a line, and why in English. */
export interface ImportedLine {
  readonly line: number;
  readonly username: string;
  readonly outcome: LineOutcome;
  readonly why?: string;
}

/** Imports a file, as the command line does; what came of each line. */
export async function importFile(
  deps: Deps,
  actor: Actor,
  file: string | Uint8Array,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ImportedLine[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const run = await onceFree(() => importUsers(deps, actor, csvInMemory('people.csv', bytes), { dryRun }));
  const lines: ImportedLine[] = [];
  for await (const { line, username, outcome, why } of resultsOf(deps, run))
    lines.push({ line, username, outcome, ...(why ? { why: why.en } : {}) });
  return lines;
}

/** Waits for the company's other file, where there is one. */
async function onceFree<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof UserError) || error.status !== 409) throw error;
      await pause(10);
    }
  }
}
