import { IANAZone } from 'luxon';
import { z } from 'zod';
import { type Role, roles } from '../chat/actor.js';
import { type Locale, locales } from '../chat/phrasing.js';
import type { Words } from '../chat/words.js';
import {
  type Access,
  accessKinds,
  type NotificationType,
  notificationTypes,
  type UserType,
  userTypes,
} from '../people/person.js';
import { type DialingRules, type ReadDestination, readDestinationNumber, readNumber } from '../phone-number.js';
import { oneLine } from '../text.js';
import { withoutFormulaGuard } from './formula-guard.js';

/** RefusalText a line is refused or skipped, in the reader's language. */
export type RefusalText = (words: Words['bulk']) => string;

/** The file's values of a user, by column; `null`: not set. */
export interface UserFacts {
  email: string;
  first_name: string;
  last_name: string;
  title: string;
  user_type: UserType;
  access: Access;
  extension: string | null;
  did: string | null;
  personal_number: string | null;
  agent_id: string | null;
  notification_type: NotificationType | null;
  app_access: boolean;
  in_directory: boolean;
  /** A username. */
  default_backup: string | null;
  direct_voicemail_transfer: boolean | null;
  forwarding: boolean;
  aliases: readonly string[];
  phonetic_name: string;
  language: Locale | null;
  time_zone: string | null;
  role: Role;
}

/** The name of a fact. */
export type FactColumn = keyof UserFacts;
/** Columns of CONTRACT.md §5, in the order exports write them. */
export const columns = [
  'username',
  'email',
  'first_name',
  'last_name',
  'title',
  'user_type',
  'access',
  'extension',
  'did',
  'personal_number',
  'agent_id',
  'pin',
  'notification_type',
  'app_access',
  'in_directory',
  'default_backup',
  'direct_voicemail_transfer',
  'forwarding',
  'aliases',
  'phonetic_name',
  'language',
  'time_zone',
  'role',
  'row_changed',
] as const satisfies readonly (FactColumn | 'username' | 'pin' | 'row_changed')[];
/** The name of a column. */
export type Column = (typeof columns)[number];

const Email = z.email().max(254);

type Read<Value> = { readonly value: Value } | { readonly why: RefusalText };

interface Rule<Value> {
  read(cell: string, rules: DialingRules): Read<Value>;
  /** The value for `-`; absent if the column cannot be cleared. */
  readonly clear?: Value;
  show(value: Value): string;
}

const text = (column: Column, most: number): Rule<string> => ({
  read: (cell) =>
    cell.length <= most ? { value: oneLine(cell, most) } : { why: (words) => words.tooLong(column, most) },
  show: (value) => value,
});
const oneOf = <Option extends string>(column: Column, options: readonly Option[]): Rule<Option> => ({
  read: (cell) => {
    const value = options.find((option) => option === cell.toLowerCase());
    return value === undefined ? { why: (words) => words.notOneOf(column, options) } : { value };
  },
  show: (value) => value,
});
const yesNo = (column: Column): Rule<boolean> => {
  const words = oneOf(column, ['yes', 'no']);
  return {
    read: (cell, rules) => {
      const read = words.read(cell, rules);
      return 'why' in read ? read : { value: read.value === 'yes' };
    },
    show: (value) => (value ? 'yes' : 'no'),
  };
};
/** No phone number has so few digits: an extension is meant, or an emergency number. */
const isShortNumber = (cell: string): boolean => /^\d{2,6}$/.test(cell);
/** A number that calls go to: somebody's phone, and not their extension, which has a column of its own. */
const destination = (column: Column): Rule<string> => {
  const whole = number(column, readDestinationNumber);
  const why: RefusalText = (words) => words.shortNumber(column);
  return { ...whole, read: (cell, rules) => (isShortNumber(cell) ? { why } : whole.read(cell, rules)) };
};
const number = (column: Column, readAs: (cell: string, rules: DialingRules) => ReadDestination): Rule<string> => ({
  read: (cell, rules) => {
    const read = readAs(cell, rules);
    return read.kind === 'number' ? { value: read.e164 } : { why: numberWhy(column, read) };
  },
  show: (value) => value,
});
function numberWhy(column: Column, read: Exclude<ReadDestination, { kind: 'number' }>): RefusalText {
  switch (read.kind) {
    case 'invalid':
      return (words) => words.badNumber(column);
    case 'extension':
      return (words) => words.hasExtension(column);
    case 'premium':
      return (words) => words.premium(column);
    case 'abroad':
      return (words) => words.abroad(column, read.allowed);
    default:
      return read satisfies never;
  }
}
const matchingRule = (fits: (cell: string) => boolean, why: RefusalText): Rule<string> => ({
  read: (cell) => (fits(cell) ? { value: cell } : { why }),
  show: (value) => value,
});

const clearable = <Value>(rule: Rule<Value>, clear: Value): Rule<Value> => ({ ...rule, clear });
/** A rule for a value that may be unset, which `-` does. */
const orNone = <Value>(rule: Rule<Value>): Rule<Value | null> => ({
  read: rule.read,
  clear: null,
  show: (value) => (value === null ? '' : rule.show(value)),
});

/** How each column is read, cleared and written. `username`, `pin` and `row_changed` are no facts of a user. */
const rules: { readonly [Name in FactColumn]: Rule<UserFacts[Name]> } = {
  email: {
    read: (cell) => {
      const email = cell.toLowerCase();
      return Email.safeParse(email).success ? { value: email } : { why: (words) => words.badEmail };
    },
    show: (email) => email,
  },
  // A person has at least one name (`plan-import.ts`); either will do.
  first_name: clearable(text('first_name', 100), ''),
  last_name: clearable(text('last_name', 100), ''),
  title: clearable(text('title', 200), ''),
  user_type: oneOf('user_type', userTypes),
  access: clearable(oneOf('access', accessKinds), 'none'),
  extension: orNone(
    matchingRule(
      (cell) => /^\d{2,10}$/.test(cell),
      (words) => words.badExtension,
    ),
  ),
  did: orNone(number('did', (cell, { country }) => readNumber(cell, country))),
  personal_number: orNone(destination('personal_number')),
  agent_id: orNone(text('agent_id', 100)),
  notification_type: orNone(oneOf('notification_type', notificationTypes)),
  app_access: yesNo('app_access'),
  in_directory: yesNo('in_directory'),
  default_backup: orNone(text('default_backup', 254)),
  direct_voicemail_transfer: orNone(yesNo('direct_voicemail_transfer')),
  forwarding: yesNo('forwarding'),
  aliases: {
    read: (cell) => {
      const aliases = cell
        .split(';')
        .map((alias) => oneLine(alias, 500))
        .filter((alias) => alias !== '');
      return cell.length <= 500 ? { value: aliases } : { why: (words) => words.tooLong('aliases', 500) };
    },
    clear: [],
    show: (aliases) => aliases.join('; '),
  },
  phonetic_name: clearable(text('phonetic_name', 200), ''),
  language: orNone(oneOf('language', locales)),
  time_zone: orNone(
    matchingRule(
      (cell) => IANAZone.isValidZone(cell),
      (words) => words.badTimeZone,
    ),
  ),
  role: oneOf('role', roles),
};

/** The columns that are facts of a user. */
export const factColumns = Object.keys(rules) as readonly FactColumn[];

/** Read a cell: nothing (blank), a value, or why it is refused. */
export function readCell<Name extends FactColumn>(
  column: Name,
  cell: string,
  dialing: DialingRules,
): Read<UserFacts[Name]> | undefined {
  if (cell === '') return undefined;
  const rule: Rule<UserFacts[Name]> = rules[column];
  if (cell === '-')
    return rule.clear === undefined ? { why: (words) => words.cannotClear(column) } : { value: rule.clear };
  if (hasControlCharacter(cell)) return { why: (words) => words.unreadable(column) };
  const value = withoutFormulaGuard(cell);
  if (digitColumns.has(column) && isRoundedNumber(value)) return { why: (words) => words.shortened(column) };
  return rule.read(value, dialing);
}

/** Columns of digits that a spreadsheet takes for a number, and may round if long. */
const digitColumns: ReadonlySet<Column> = new Set(['extension', 'did', 'personal_number', 'agent_id', 'pin']);
/** Return whether a spreadsheet has rounded the number in a cell: `1.4E+10`. */
export const isRoundedNumber = (cell: string): boolean => /^\d+([.,]\d+)?E\+\d+$/i.test(cell);

/** Return a fact as its cell shows it, before the formula guard. */
export function cellText<Name extends FactColumn>(column: Name, facts: UserFacts): string {
  const rule: Rule<UserFacts[Name]> = rules[column];
  return rule.show(facts[column]);
}

/**
 * Return whether the cell has a control character: NUL cannot be stored, the others are invisible. Tab and line break
 * are allowed.
 */
export const hasControlCharacter = (cell: string): boolean => /[^\P{Cc}\t\r\n]/u.test(cell);
