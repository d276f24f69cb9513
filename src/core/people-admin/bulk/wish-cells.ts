import type { PersonValues } from '../../people/person.js';
import { cellOf, personFormFields } from '../person-fields.js';
import type { PersonWish } from '../save-person.js';
import type { BulkValues } from './people-change.types.js';

/** The values but for the backup, as the form of one person has them. */
export function wishCells({ defaultBackup: _, ...cells }: BulkValues): PersonWish['cells'] {
  return cells;
}

/** What stood where these values were written, so that it can be had back; `-`: nothing. */
export function replacedCells(before: Partial<PersonValues>, written: Partial<PersonValues>): BulkValues {
  const cells = personFormFields
    .filter(({ key }) => key in written)
    .map((field) => [field.name, cellOf(field, before) || '-'] as const);
  const backup = 'defaultBackupId' in written ? { defaultBackup: before.defaultBackupId ?? '-' } : {};
  return { ...Object.fromEntries(cells), ...backup };
}
