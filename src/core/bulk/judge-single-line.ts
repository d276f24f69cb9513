import type { Locale } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { makesDead } from '../people/dead-mailbox.js';
import { restingKinds } from '../people/index.js';
import type { PersonWays } from '../people/mailbox-ways.types.js';
import { accessOfType } from '../people/person.js';
import { type PinWeakness, pinWeakness } from '../people/pin.js';
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
  endsOwnRights,
  type ImportLine,
  type JudgingCompany,
  type LineOutcome,
  type PinChange,
  refuseLine,
  usernameKey,
} from './import-line.js';
import { type CsvLine, longestCell } from './read-csv.js';

/** Why a line is refused, in each language: a run outlives the words that its lines were refused with. */
export type SaidWhy = Readonly<Record<Locale, string>>;

/** What a line would do, judged by itself; whether it may beside the others is another question (`refuse-conflicts`). */
export interface JudgedLine {
  readonly line: number;
  readonly username: string;
  readonly outcome: LineOutcome;
  readonly why: SaidWhy | null;
  readonly userId: string | null;
  /** The person as the line wants them; null where it is refused, skipped or changes nothing. */
  readonly facts: UserFacts | null;
  readonly changed: readonly FactColumn[];
  readonly knownAt: Date | null;
  readonly pinChange: PinChange['kind'] | null;
  readonly wantsExtension: boolean;
}

/** Judges a line; the validator of dry and real runs alike. `samePin`: its PIN is the one already kept. */
export function judgeLine(line: CsvLine, company: JudgingCompany, samePin: boolean): JudgedLine {
  const draft = draftOf(line, company, samePin);
  if (draft.pin?.kind === 'set') {
    const weakness = pinWeakness(draft.pin.pin, draft.facts.extension);
    if (weakness) refuseLine(draft, weakPin(weakness));
  }
  if (leavesDeadMailbox(draft, company)) refuseLine(draft, (words) => words.deadMailbox(draft.username));
  const { stopped, user, facts, wantsExtension, pin } = draft;
  const at = { line: draft.line, username: draft.username, userId: user?.id ?? null, knownAt: user?.updatedAt ?? null };
  const nothing = { facts: null, changed: [], pinChange: null, wantsExtension: false };
  if (stopped) return { ...at, ...nothing, outcome: stopped.outcome, why: saidWhy(stopped.why) };

  const before = user?.facts ?? newcomer;
  const changed = factColumns.filter((column) => !isSame(column, facts, before));
  if (user && changed.length === 0 && !pin && !wantsExtension)
    return { ...at, ...nothing, outcome: 'unchanged', why: null };
  const outcome = user ? 'updated' : 'created';
  return { ...at, outcome, why: null, facts, changed, pinChange: pin?.kind ?? null, wantsExtension };
}

export const saidWhy = (why: RefusalText): SaidWhy => ({ en: why(wordsIn('en').bulk), fr: why(wordsIn('fr').bulk) });

export const weakPin =
  (weakness: PinWeakness): RefusalText =>
  (words) =>
    words.pin[weakness];

/** A backup is named by a username, whose capitals do not count. */
const isSame = (column: FactColumn, one: UserFacts, other: UserFacts): boolean =>
  column === 'default_backup'
    ? usernameKey(one.default_backup ?? '') === usernameKey(other.default_backup ?? '')
    : JSON.stringify(one[column]) === JSON.stringify(other[column]);

function draftOf(line: CsvLine, company: JudgingCompany, samePin: boolean): ImportLine {
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
  readPin(draft, cell('pin'), samePin);
  return draft;
}

/** `updatePeople` refuses it as well; a dry run does not write. */
function leavesDeadMailbox({ user, facts, pin, wantsExtension }: ImportLine, { ways }: JudgingCompany): boolean {
  const hadPin = user?.pinHash != null;
  const before = user && waysIn(user.facts, user.facts.extension !== null && hadPin);
  const hasPin = pin ? pin.kind !== 'clear' : hadPin;
  return makesDead(ways, before, waysIn(facts, hasPin && (wantsExtension || facts.extension !== null)));
}

const waysIn = (facts: UserFacts, hasPhoneAccess: boolean): PersonWays => ({
  access: facts.access,
  userType: facts.user_type,
  appAllowed: facts.app_access,
  notificationType: facts.notification_type,
  hasPhoneAccess,
});

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

function readFacts(draft: ImportLine, cell: (column: Column) => string, company: JudgingCompany): void {
  for (const column of factColumns) {
    if (column === 'extension' && cell(column).toUpperCase() === 'AUTO') {
      draft.wantsExtension = draft.facts.extension === null;
      continue;
    }
    // An unchanged cell is not checked: an export imports as unchanged, whatever it contains.
    if (draft.user && withoutFormulaGuard(cell(column)) === cellText(column, draft.user.facts)) continue;
    const read = readCell(column, cell(column), company);
    if (read === undefined) continue;
    if ('why' in read) {
      refuseLine(draft, read.why);
      return;
    }
    Object.assign(draft.facts, { [column]: read.value });
  }
  const { did } = draft.facts;
  if (did !== null && did !== draft.user?.facts.did) {
    if (company.ownNumbers.has(did)) refuseLine(draft, (words) => words.ownNumber);
    if (company.takenElsewhere.has(did)) refuseLine(draft, (words) => words.takenElsewhere('did'));
  }
  for (const kind of restingKinds) {
    const wanted = draft.facts[kind];
    if (wanted === null || wanted === draft.user?.facts[kind]) continue;
    const restsFor = company.resting.get(`${kind} ${wanted}`);
    if (restsFor !== undefined && restsFor !== draft.user?.id) refuseLine(draft, (words) => words.resting(kind));
  }
  if (!draft.user) {
    if (draft.facts.email === '') refuseLine(draft, (words) => words.missing('email'));
  }
  if (!hasName(draft.facts)) refuseLine(draft, (words) => words.missingName);
  fitAccess(draft, cell('access') !== '');
  if (endsOwnRights(company.sender, { id: draft.user?.id ?? null, facts: draft.facts }))
    refuseLine(draft, (words) => words.ownRights);
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
