import type { PersonField } from '../core/chat/view.js';

/**
 * The dataset name in `application/search`, which Teams sends with what a person types in the field: it also says whom the
 * field does not offer. We do not use Microsoft's list of everybody in the tenant (`graph.microsoft.com/users`): it lacks
 * nicknames and sounds, and would offer hidden people.
 */
export const peopleDataset = ({ without }: PersonField): string =>
  without === undefined ? 'people' : `people${mark}${without}`;

/** The user whom the field with this dataset leaves out. */
export function leftOutIn(dataset: string): { readonly without?: string } {
  const [, without] = dataset.split(mark);
  return without === undefined ? {} : { without };
}

const mark = '~without~';
