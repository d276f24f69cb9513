import type { CarriedData } from '../../chat/view.js';

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
