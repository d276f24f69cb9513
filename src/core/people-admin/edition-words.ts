import type { Locale } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import { type UserType, userTypes } from '../people/person.js';
import { type Condition, conditions } from './people-list.types.js';

/** The words for people; without voicemail a general mailbox is called a department. */
export function peopleWordsIn(locale: Locale, isPlus: boolean): Words['peopleAdmin'] {
  const { peopleAdmin: words } = wordsIn(locale);
  return isPlus ? words : { ...words, types: { ...words.types, general_voicemail: words.department } };
}

/** The types to choose from. Without voicemail no general mailbox, but for somebody who is one. */
export const userTypesIn = (isPlus: boolean, current?: string): readonly UserType[] =>
  userTypes.filter((type) => isPlus || type !== 'general_voicemail' || type === current);

/** The conditions to filter people by. */
export const conditionsIn = (isPlus: boolean): readonly Condition[] =>
  conditions.filter((condition) => isPlus || condition !== 'box-nearly-full');
