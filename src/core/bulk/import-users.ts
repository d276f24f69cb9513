import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { LastAdmin } from '../people/last-admin.js';
import { hashPin, isPin, randomPin } from '../people/pin.js';
import { companyOf, createUser, isConflict, updateUser } from './bulk.store.js';
import type { Why } from './columns.js';
import { type Company, keyOf, type PinChange } from './draft.js';
import { unguarded } from './harmless.js';
import { type PlannedLine, planImport } from './plan.js';
import { type Line, readCsv } from './read-csv.js';

/** What came of a line; in a dry run, what would. */
export interface ImportedLine {
  readonly line: number;
  readonly username: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'skipped' | 'refused';
  readonly why?: Why;
}

/**
 * Creates and updates users from a CSV file (CONTRACT.md §5), each line in a change of its own: one bad line blocks
 * no good one, and the same file again changes nothing. Refuses (UserError) a file that cannot be read at all.
 */
export async function importUsers(
  deps: Deps,
  actor: Actor,
  file: Uint8Array,
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly ImportedLine[]> {
  const lines = readCsv(file);
  const company = await companyOf(deps.db, actor.tenantId, phoneNumbersIn(lines));
  const plan = planImport(lines, company, await samePins(lines, company));
  if (dryRun) return plan.lines.map(resultOf);

  const applied = new Map<number, ImportedLine>();
  for (const line of plan.inOrder) applied.set(line.line, await apply(deps, actor, line));
  return plan.lines.map((line) => applied.get(line.line) ?? resultOf(line));
}

const resultOf = (line: PlannedLine): ImportedLine => ({
  line: line.line,
  username: line.username,
  outcome: line.outcome,
  ...('why' in line ? { why: line.why } : {}),
});

async function apply(deps: Deps, actor: Actor, line: PlannedLine): Promise<ImportedLine> {
  if (line.outcome !== 'created' && line.outcome !== 'updated') return resultOf(line);
  const pinHash = await hashOf(line.pin, line.facts.extension);
  try {
    await change(deps, actor, (change) =>
      line.outcome === 'created'
        ? createUser(change, line.username, line.facts, pinHash ?? null)
        : updateUser(change, line.user, line.facts, line.changed, pinHash),
    );
    return resultOf(line);
  } catch (error) {
    // As planned, unless somebody demoted the other admins since.
    if (error instanceof LastAdmin)
      return {
        line: line.line,
        username: line.username,
        outcome: 'refused',
        why: (words) => words.lastAdmin(error.person),
      };
    if (!isConflict(error)) throw error;
    return { line: line.line, username: line.username, outcome: 'refused', why: (words) => words.changedMeanwhile };
  }
}

/** Undefined: leave the PIN; null: no PIN. */
async function hashOf(pin: PinChange | undefined, extension: string | null): Promise<string | null | undefined> {
  if (pin === undefined) return undefined;
  if (pin.kind === 'clear') return null;
  return hashPin(pin.kind === 'set' ? pin.pin : randomPin(extension));
}

/** Lines whose PIN is the one the person has: only the hash can tell. */
async function samePins(lines: readonly Line[], company: Company): Promise<ReadonlySet<number>> {
  const same = new Set<number>();
  for (const { number, cells } of lines) {
    const pin = cells.get('pin') ?? '';
    const user = company.users.get(keyOf(unguarded(cells.get('username') ?? '')));
    if (user?.pinHash && /^\d+$/.test(pin) && (await isPin(user.pinHash, pin))) same.add(number);
  }
  return same;
}

const phoneNumbersIn = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ cells }) => unguarded(cells.get('did') ?? '') || []);
