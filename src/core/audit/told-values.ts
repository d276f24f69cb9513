import { formatDuration, formatMoment, type Locale, type Reader } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import { settingOf } from '../settings/settings.js';

/** A value on record: of ids the names. Null: there was none, or the company's counted. */
export type ToldValue = string | boolean | Date | null;

/** The name of a value on record, as the forms have it; what no form has has its own words, or its name in the record. */
export function valueName(locale: Locale, name: string): string {
  const { peopleAdmin, audit } = wordsIn(locale);
  const setting = settingOf(settingColumns[name] ?? name);
  if (setting) return setting.words[locale].label;
  if (name === 'username' || name === 'pin') return peopleAdmin[name];
  if (name === 'backup' || name === 'defaultBackupId') return peopleAdmin.defaultBackup;
  return ownText(peopleAdmin.fields, columnNames[name] ?? name) ?? ownText(audit.values, name) ?? name;
}

/** Columns that the forms of people call by another name. */
const columnNames: Readonly<Record<string, string>> = { appAllowed: 'appAccess', forwardingAllowed: 'forwarding' };

/** Columns of the company that the settings call by another name. */
const settingColumns: Readonly<Record<string, string>> = { operatorId: 'operator', generalMailboxId: 'generalMailbox' };

/** A value on record, as the forms show it. */
export function valueText(reader: Reader, name: string, value: ToldValue): string {
  const { locale } = reader;
  const { peopleAdmin, audit, settings } = wordsIn(locale);
  const setting = settingOf(name);
  if (value === null) return setting?.kind === 'override' ? peopleAdmin.asCompany : audit.nothingThere;
  if (value instanceof Date) return formatMoment(reader, value);
  if (typeof value === 'boolean') return value ? settings.yes : settings.no;
  const control = setting?.type.control;
  if (control?.kind === 'switch') return value === 'yes' ? settings.yes : value === 'no' ? settings.no : value;
  if (control?.kind === 'choice') return control.options.find((one) => one.value === value)?.label[locale] ?? value;
  switch (name) {
    case 'userType':
      return ownText(peopleAdmin.types, value) ?? value;
    case 'access':
      return ownText(peopleAdmin.accesses, value) ?? value;
    case 'role':
      return ownText(peopleAdmin.roles, value) ?? value;
    case 'durationSeconds':
      return /^\d+(\.\d+)?$/.test(value) ? formatDuration(Number(value)) : value;
    case 'ani':
    case 'dnis':
    case 'number':
    case 'connectsTo':
      return formatNumber(value);
    case 'pin':
      return ownText(audit.pinValues, value) ?? value;
    default:
      return value;
  }
}

/** The text of this key; undefined: there is none, whatever objects inherit. */
const ownText = (texts: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(texts, key) ? texts[key] : undefined;
