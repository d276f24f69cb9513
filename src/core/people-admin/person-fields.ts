import { cellText, type FactColumn, type RefusalText, readCell, type UserFacts } from '../bulk/columns.js';
import type { UserId } from '../ids.js';
import type { PersonValues } from '../people/person.js';
import type { DialingRules } from '../phone-number.js';
import type { SettingKey } from '../settings/settings.js';

/** A person with all that can be written of them. */
export type KnownValues = PersonValues & { readonly id: UserId; readonly updatedAt: Date };

/** A field of the form `admin.user` that is a column of CONTRACT.md §5 and a value of the person. */
export interface PersonFormField {
  /** The column's name in camel case (CONTRACT.md §4). */
  readonly name: FieldName;
  readonly column: ReadColumn;
  readonly key: keyof PersonValues;
  /** It is a setting of the person too, with an origin of its own. */
  readonly setting?: SettingKey;
  /** Part of Attendant Plus only. */
  readonly plus?: true;
}

/** The backup is a person field, and the form finds the person (`save-person.ts`). */
type ReadColumn = Exclude<FactColumn, 'default_backup'>;

export type FieldName =
  | Exclude<keyof PersonValues, 'username' | 'pinHash' | 'appAllowed' | 'forwardingAllowed' | 'defaultBackupId'>
  | 'appAccess'
  | 'forwarding';

/** In the order of the form; what belongs to voicemail stands together at its end. */
export const personFormFields: readonly PersonFormField[] = [
  { name: 'firstName', column: 'first_name', key: 'firstName' },
  { name: 'lastName', column: 'last_name', key: 'lastName' },
  { name: 'email', column: 'email', key: 'email' },
  { name: 'title', column: 'title', key: 'title' },
  { name: 'userType', column: 'user_type', key: 'userType' },
  { name: 'access', column: 'access', key: 'access' },
  { name: 'role', column: 'role', key: 'role' },
  { name: 'extension', column: 'extension', key: 'extension' },
  { name: 'did', column: 'did', key: 'did' },
  { name: 'personalNumber', column: 'personal_number', key: 'personalNumber' },
  { name: 'agentId', column: 'agent_id', key: 'agentId' },
  { name: 'inDirectory', column: 'in_directory', key: 'inDirectory' },
  { name: 'appAccess', column: 'app_access', key: 'appAllowed', setting: 'appAccess' },
  { name: 'language', column: 'language', key: 'language', setting: 'language' },
  { name: 'timeZone', column: 'time_zone', key: 'timeZone', setting: 'timeZone' },
  { name: 'aliases', column: 'aliases', key: 'aliases' },
  { name: 'phoneticName', column: 'phonetic_name', key: 'phoneticName' },
  {
    name: 'notificationType',
    column: 'notification_type',
    key: 'notificationType',
    setting: 'notificationType',
    plus: true,
  },
  {
    name: 'directVoicemailTransfer',
    column: 'direct_voicemail_transfer',
    key: 'directVoicemailTransfer',
    setting: 'directVoicemailTransfer',
    plus: true,
  },
  { name: 'forwarding', column: 'forwarding', key: 'forwardingAllowed', setting: 'forwarding', plus: true },
];

/** A value as its cell of a CSV file says it. */
export const cellOf = ({ column, key }: PersonFormField, values: Partial<PersonValues>): string =>
  values[key] === undefined ? '' : cellText(column, { [column]: values[key] } as unknown as UserFacts);

/**
 * A cell read as the import reads it (`readCell`); undefined: it says what is there already, or nothing. The same cell as
 * before needs no second look: an old value that today's rules would refuse does not keep the person from being changed.
 */
export function readField(
  field: PersonFormField,
  cell: string,
  before: Partial<PersonValues>,
  dialing: DialingRules,
): { readonly value: unknown } | { readonly why: RefusalText } | undefined {
  if (cell === cellOf(field, before)) return undefined;
  const read = readCell(field.column, cell, dialing);
  const isSame = read && 'value' in read && JSON.stringify(read.value) === JSON.stringify(before[field.key]);
  return isSame ? undefined : read;
}
