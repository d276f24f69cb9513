import type { Deps } from '../deps.js';
import { isPin } from '../people/pin.js';
import { judgingCompanyOf } from './bulk.store.js';
import type { Column } from './columns.js';
import { withoutFormulaGuard } from './formula-guard.js';
import { type JudgingCompany, usernameKey } from './import-line.js';
import { findUnjudged, type StagedLine, writeJudged } from './import-lines.store.js';
import type { ClaimedRun } from './import-runs.store.js';
import { resolveRun } from './judge-lines-together.js';
import { judgeLine } from './judge-single-line.js';
import type { CsvLine } from './read-csv.js';
import { unsealCell } from './seal-cell.js';

/** Lines judged at once. The rest of the service has its turn in between. */
const judgedAtOnce = 250;

/**
 * Judges every line of a run that is not judged yet, and then all beside each other. `gotOn` is called after each set,
 * and rejects where the run is somebody else's by now. Idempotent.
 */
export async function checkRun(deps: Deps, run: ClaimedRun, gotOn: (lines: number) => Promise<void>): Promise<void> {
  for (let after = 0; ; ) {
    const staged = await findUnjudged(deps.db, run.id, after, judgedAtOnce);
    if (staged.length === 0) break;
    const lines = staged.map((line) => lineOf(deps.secret, line));
    const company = await judgingCompanyOf(deps, run.tenantId, run.userId, {
      usernames: usernamesIn(lines),
      numbers: cellsIn(lines, 'did'),
      extensions: cellsIn(lines, 'extension'),
    });
    const same = await samePins(lines, company);
    await writeJudged(
      deps.db,
      run.id,
      lines.map((line) => judgeLine(line, company, same.has(line.number))),
    );
    after = lines.at(-1)?.number ?? after;
    await gotOn(lines.length);
  }
  await resolveRun(deps, run);
}

/** The line as the file had it. */
export function lineOf(secret: string, { line, cells, pin, flaw }: StagedLine): CsvLine {
  const all = new Map(Object.entries(cells)) as Map<Column, string>;
  if (pin !== null) all.set('pin', unsealCell(secret, pin));
  return { number: line, cells: all, ...flaw };
}

const usernamesIn = (lines: readonly CsvLine[]): readonly string[] =>
  lines.map(({ cells }) => usernameKey(withoutFormulaGuard(cells.get('username') ?? '')));

const cellsIn = (lines: readonly CsvLine[], column: Column): readonly string[] =>
  lines.flatMap(({ cells }) => withoutFormulaGuard(cells.get(column) ?? '') || []);

/** Lines whose PIN is the one the person has: only the hash can tell. */
async function samePins(lines: readonly CsvLine[], company: JudgingCompany): Promise<ReadonlySet<number>> {
  const same = new Set<number>();
  for (const { number, cells } of lines) {
    const pin = cells.get('pin') ?? '';
    const user = company.users.get(usernameKey(withoutFormulaGuard(cells.get('username') ?? '')));
    if (user?.pinHash && /^\d{4,10}$/.test(pin) && (await isPin(user.pinHash, pin))) same.add(number);
  }
  return same;
}
