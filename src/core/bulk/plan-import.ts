import { freeExtensions } from '../people/extensions.js';
import { accessOfType } from '../people/person.js';
import { type PinWeakness, pinWeakness } from '../people/pin.js';
import type { DialingRules } from '../phone-number.js';
import {
  type Column,
  cellText,
  type FactColumn,
  factColumns,
  hasControlCharacter,
  isRoundedNumber,
  type RefusalText,
  readCell,
  type UserFacts,
} from './columns.js';
import { withoutFormulaGuard } from './formula-guard.js';
import {
  type ImportCompany,
  type ImportLine,
  type KnownUser,
  type PinChange,
  refuseLine,
  usernameKey,
} from './import-line.js';
import { type CsvLine, longestCell } from './read-csv.js';
import { resolveConflicts } from './resolve-conflicts.js';

/** The result of a line. */
type Outcome =
  | { readonly outcome: 'created'; readonly facts: UserFacts; readonly pin?: PinChange }
  | {
      readonly outcome: 'updated';
      readonly user: KnownUser;
      readonly facts: UserFacts;
      readonly changed: readonly FactColumn[];
      readonly pin?: PinChange;
    }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'skipped' | 'refused'; readonly why: RefusalText };
/** A line with its planned result. */
export type PlannedLine = { readonly line: number; readonly username: string } & Outcome;

/**
 * Plan an import without writing. `inOrder` is the order in which to apply it: a backup before the people who name it,
 * and a line that gives up an extension before the line that takes it. `samePins`: lines whose PIN is the present one.
 */
export function planImport(
  lines: readonly CsvLine[],
  company: ImportCompany,
  samePins: ReadonlySet<number>,
): { readonly lines: readonly PlannedLine[]; readonly inOrder: readonly PlannedLine[] } {
  const drafts = lines.map((line) => draftOf(line, company, samePins));
  refuseRepeatedUsernames(drafts);
  pickExtensions(drafts, company);
  refuseWeakPins(drafts);
  const order = resolveConflicts(drafts, company);

  const planned = new Map(drafts.map((draft) => [draft, plannedOf(draft)]));
  return { lines: [...planned.values()], inOrder: order.flatMap((draft) => planned.get(draft) ?? []) };
}

function draftOf(line: CsvLine, company: ImportCompany, samePins: ReadonlySet<number>): ImportLine {
  const cell = (column: Column) => line.cells.get(column) ?? '';
  const username = withoutFormulaGuard(cell('username'));
  const user = company.users.get(usernameKey(username));
  const draft: ImportLine = {
    line: line.number,
    username: user?.username ?? username,
    key: usernameKey(username),
    user,
    facts: { ...(user?.facts ?? newcomer) },
    wantsExtension: false,
  };

  const { wrongCells, longCell } = line;
  if (line.cells.has('row_changed') && cell('row_changed').toUpperCase() !== 'Y') {
    draft.stopped = { outcome: 'skipped', why: (words) => words.notMarked };
    return draft;
  }
  if (wrongCells) return refuseLine(draft, (words) => words.wrongCells(wrongCells.expected, wrongCells.found));
  if (longCell) return refuseLine(draft, (words) => words.tooLong(longCell.column, longestCell));
  if (username === '') return refuseLine(draft, (words) => words.noUser);
  if (!user && !/^[\p{L}\p{N}._@+-]{1,254}$/u.test(username)) return refuseLine(draft, (words) => words.badUsername);

  readFacts(draft, cell, company);
  readPin(draft, cell('pin'), samePins.has(line.number));
  return draft;
}

const newcomer: UserFacts = {
  email: '',
  first_name: '',
  last_name: '',
  title: '',
  user_type: 'business',
  access: 'attendant_only',
  extension: null,
  did: null,
  personal_number: null,
  agent_id: null,
  notification_type: null,
  app_access: true,
  in_directory: true,
  default_backup: null,
  direct_voicemail_transfer: null,
  forwarding: true,
  aliases: [],
  phonetic_name: '',
  language: null,
  time_zone: null,
  role: 'member',
};

function readFacts(draft: ImportLine, cell: (column: Column) => string, dialing: DialingRules): void {
  for (const column of factColumns) {
    if (column === 'extension' && cell(column).toUpperCase() === 'AUTO') {
      draft.wantsExtension = draft.facts.extension === null;
      continue;
    }
    // An unchanged cell is not checked: an export imports as unchanged, whatever it contains.
    if (draft.user && withoutFormulaGuard(cell(column)) === cellText(column, draft.user.facts)) continue;
    const read = readCell(column, cell(column), dialing);
    if (read === undefined) continue;
    if ('why' in read) {
      refuseLine(draft, read.why);
      return;
    }
    Object.assign(draft.facts, { [column]: read.value });
  }
  if (!draft.user) {
    if (draft.facts.email === '') refuseLine(draft, (words) => words.missing('email'));
  }
  if (!hasName(draft.facts)) refuseLine(draft, (words) => words.missingName);
  fitAccess(draft, cell('access') !== '');
}

/** One name is enough, as in the lists of members (`member-facts.ts`): not everybody has two. */
const hasName = ({ first_name, last_name }: UserFacts): boolean => first_name !== '' || last_name !== '';

/** The kind of access follows the user type (PRODUCT.md §1); a different one in the file is refused. */
function fitAccess(draft: ImportLine, said: boolean): void {
  const { user_type, access } = draft.facts;
  const fitting = accessOfType(user_type);
  if (access === 'none' || access === fitting) return;
  const before = draft.user?.facts;
  if (before?.user_type === user_type && before.access === access) return;
  if (said) refuseLine(draft, (words) => words.accessDoesNotFit(user_type, access));
  else draft.facts.access = fitting;
}

function readPin(draft: ImportLine, cell: string, same: boolean): void {
  const hasPin = draft.user?.pinHash != null;
  if (cell === '' || same) return;
  if (hasControlCharacter(cell)) refuseLine(draft, (words) => words.unreadable('pin'));
  else if (isRoundedNumber(cell)) refuseLine(draft, (words) => words.shortened('pin'));
  else if (cell === '-') draft.pin = { kind: 'clear' };
  else if (cell.toUpperCase() === 'AUTO') draft.pin = { kind: 'auto' };
  else draft.pin = { kind: 'set', pin: cell };
  // AUTO keeps an existing PIN, and clearing needs one: the same file again changes nothing.
  if ((draft.pin?.kind === 'auto' && hasPin) || (draft.pin?.kind === 'clear' && !hasPin)) delete draft.pin;
}

function refuseRepeatedUsernames(drafts: readonly ImportLine[]): void {
  const first = new Map<string, number>();
  for (const draft of drafts) {
    if (draft.stopped?.outcome === 'skipped' || draft.key === '') continue;
    const line = first.get(draft.key);
    if (line === undefined) first.set(draft.key, draft.line);
    else refuseLine(draft, (words) => words.usernameTwice(line));
  }
}

/** `AUTO`: the lowest free number in the company's range (setting `extensionRange`). */
function pickExtensions(drafts: readonly ImportLine[], company: ImportCompany): void {
  const wanting = drafts.filter((draft) => draft.wantsExtension && !draft.stopped);
  if (wanting.length === 0) return;

  const known = [...company.users.values()].map(({ facts }) => facts.extension);
  const taken = new Set([...known, ...drafts.map(({ facts }) => facts.extension)].filter((one) => one !== null));
  const free = freeExtensions(company.extensionRange, taken);
  for (const draft of wanting) {
    const extension = free.next().value;
    if (extension === undefined) refuseLine(draft, (words) => words.noFreeExtension(company.extensionRange));
    else draft.facts.extension = extension;
  }
}

function refuseWeakPins(drafts: readonly ImportLine[]): void {
  for (const draft of drafts) {
    if (draft.pin?.kind !== 'set') continue;
    const weakness: PinWeakness | undefined = pinWeakness(draft.pin.pin, draft.facts.extension);
    if (weakness) refuseLine(draft, (words) => words.pin[weakness]);
  }
}

function plannedOf(draft: ImportLine): PlannedLine {
  const { line, username, facts, user, stopped } = draft;
  const at = { line, username };
  const pin = draft.pin ? { pin: draft.pin } : {};
  if (stopped) return { ...at, ...stopped };
  if (!user) return { ...at, outcome: 'created', facts, ...pin };

  const changed = factColumns.filter((column) => !isSameValue(facts[column], user.facts[column]));
  if (changed.length === 0 && !draft.pin) return { ...at, outcome: 'unchanged' };
  return { ...at, outcome: 'updated', user, facts, changed, ...pin };
}

const isSameValue = (a: UserFacts[FactColumn], b: UserFacts[FactColumn]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
