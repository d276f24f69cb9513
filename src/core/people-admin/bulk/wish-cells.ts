import type { PersonValues } from '../../people/person.js';
import { cellOf, personFormFields } from '../person-fields.js';
import type { PersonWish } from '../save-person.js';
import type { BulkValues } from './people-change.types.js';

/** The values but for the backup, as the form of one person has them. */
export function wishCells({ defaultBackup: _, ...cells }: BulkValues): PersonWish['cells'] {
  return cells;
}

/** The cells of a person at these keys, so that they can be had back, or compared; `-`: nothing. */
export function cellsAt(person: Partial<PersonValues>, keys: readonly string[]): BulkValues {
  const cells = personFormFields
    .filter(({ key }) => keys.includes(key))
    .map((field) => [field.name, cellOf(field, person) || '-'] as const);
  const backup = keys.includes('defaultBackupId') ? { defaultBackup: person.defaultBackupId ?? '-' } : {};
  return { ...Object.fromEntries(cells), ...backup };
}

/** All cells of a person. */
export const allCells = (person: Partial<PersonValues>): BulkValues => cellsAt(person, Object.keys(person));
