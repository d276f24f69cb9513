import { type Change, change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import { LastAdmin } from '../people/last-admin.js';
import { hashPin, isPin, randomPin } from '../people/pin.js';
import { findCircle, lockGraph } from '../routing/load-rows.js';
import { companyOf, createUser, findTakenColumn, isConflict, updateUser } from './bulk.store.js';
import type { RefusalText } from './columns.js';
import { withoutFormulaGuard } from './formula-guard.js';
import { type ImportCompany, type PinChange, usernameKey } from './import-line.js';
import { type PlannedLine, planImport } from './plan-import.js';
import { type CsvLine, readCsv } from './read-csv.js';

/** The result of a line; in a dry run, the expected one. */
export interface ImportedLine {
  readonly line: number;
  readonly username: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'skipped' | 'refused';
  readonly why?: RefusalText;
}

/**
 * Create and update users from a CSV file (CONTRACT.md §5), each line in a change of its own: a bad line blocks no good
 * one, and the same file again changes nothing. Throws UserError for an unreadable file.
 */
export async function importUsers(
  deps: Deps,
  actor: Actor,
  file: Uint8Array,
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly ImportedLine[]> {
  const lines = readCsv(file);
  const company = await companyOf(deps, actor.tenantId, phoneNumbersIn(lines));
  const plan = planImport(lines, company, await samePins(lines, company));
  if (dryRun) return plan.lines.map(resultOf);

  const applied = new Map<number, ImportedLine>();
  for (const line of plan.inOrder) applied.set(line.line, await applyLine(deps, actor, line));
  return plan.lines.map((line) => applied.get(line.line) ?? resultOf(line));
}

const resultOf = (line: PlannedLine): ImportedLine => ({
  line: line.line,
  username: line.username,
  outcome: line.outcome,
  ...('why' in line ? { why: line.why } : {}),
});

async function applyLine(deps: Deps, actor: Actor, line: PlannedLine): Promise<ImportedLine> {
  if (line.outcome !== 'created' && line.outcome !== 'updated') return resultOf(line);
  const pinHash = await hashOf(line.pin, line.facts.extension);
  try {
    await change(deps, actor, async (change) => {
      // Before anything else, like every change of the graph: locking a row first could deadlock two changes.
      if (changesGraph(line)) await lockGraph(change);
      const id = await writeLine(change, line, pinHash);
      const circle = changesGraph(line) ? await findCircle(change, id) : undefined;
      if (circle) throw new CircleOfBackups(circle);
    });
    return resultOf(line);
  } catch (error) {
    // As planned, unless another change demoted the other admins or closed a circle since.
    if (error instanceof LastAdmin || error instanceof CircleOfBackups)
      return {
        line: line.line,
        username: line.username,
        outcome: 'refused',
        why: (words) => (error instanceof LastAdmin ? words.lastAdmin(error.person) : words.circle(error.names)),
      };
    if (!isConflict(error)) throw error;
    const why = await whyConflict(deps, actor, line);
    return { line: line.line, username: line.username, outcome: 'refused', why };
  }
}

/** Another user has by now the value that the line needs, or the line's user was changed. */
async function whyConflict({ db }: Deps, { tenantId }: Actor, line: AppliedLine): Promise<RefusalText> {
  const taken = await findTakenColumn(db, tenantId, line.facts, line.outcome === 'updated' ? line.user.id : null);
  if (taken === undefined) return (words) => words.changedMeanwhile;
  const { column, holder } = taken;
  return (words) => (holder === undefined ? words.takenElsewhere(column) : words.taken(column, holder));
}

type AppliedLine = Extract<PlannedLine, { outcome: 'created' | 'updated' }>;

async function writeLine(change: Change, line: AppliedLine, pinHash: string | null | undefined): Promise<UserId> {
  if (line.outcome === 'created') return createUser(change, line.username, line.facts, pinHash ?? null);
  await updateUser(change, line.user, line.facts, line.changed, pinHash);
  return line.user.id;
}

/** A DID counts too: calls that are forwarded to this number go to its person from then on. */
const changesGraph = (line: AppliedLine): boolean =>
  line.outcome === 'created'
    ? line.facts.default_backup !== null || line.facts.did !== null
    : line.changed.includes('default_backup') || line.changed.includes('did');

/** Another change since the plan closes a circle of backups with this line. */
class CircleOfBackups extends Error {
  constructor(readonly names: readonly string[]) {
    super('backups would go round in a circle');
  }
}

/** Undefined: leave the PIN; null: no PIN. */
async function hashOf(pin: PinChange | undefined, extension: string | null): Promise<string | null | undefined> {
  if (pin === undefined) return undefined;
  if (pin.kind === 'clear') return null;
  return hashPin(pin.kind === 'set' ? pin.pin : randomPin(extension));
}

/** Lines whose PIN is the person's present one: only the hash can tell. */
async function samePins(lines: readonly CsvLine[], company: ImportCompany): Promise<ReadonlySet<number>> {
  const same = new Set<number>();
  for (const { number, cells } of lines) {
    const pin = cells.get('pin') ?? '';
    const user = company.users.get(usernameKey(withoutFormulaGuard(cells.get('username') ?? '')));
    if (user?.pinHash && /^\d+$/.test(pin) && (await isPin(user.pinHash, pin))) same.add(number);
  }
  return same;
}

const phoneNumbersIn = (lines: readonly CsvLine[]): readonly string[] =>
  lines.flatMap(({ cells }) => withoutFormulaGuard(cells.get('did') ?? '') || []);
