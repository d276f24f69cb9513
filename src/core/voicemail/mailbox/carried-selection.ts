import type { CarriedData } from '../../chat/view.js';
import { carriedPlace, ListChoice } from './list-choice.js';

/** The name under which the selected messages are carried. */
export const selectionName = 'voicemails';

/** Return the selected messages, in the data of a button; undefined: it is about one message. */
export function selectedIn({ voicemails }: CarriedData): readonly string[] | undefined {
  if (voicemails === undefined) return undefined;
  return [
    ...new Set(
      voicemails
        .toLowerCase()
        .split(' ')
        .filter((id) => id !== ''),
    ),
  ];
}

/** Return the data of a button about these messages. */
export const carriedSelection = (ids: readonly string[]): CarriedData => ({ voicemails: ids.join(' ') });

/** Return the data of a button of a list in chat: its answer is the list again, as it is then. */
export const carriedList = (choice: ListChoice): CarriedData => ({ list: 'yes', ...carriedPlace(choice) });

/** Return the list in which the button stands; undefined: it stands elsewhere. */
export const listIn = (carries: CarriedData): ListChoice | undefined =>
  carries.list === undefined ? undefined : ListChoice.parse(carries);
