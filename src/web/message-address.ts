import { carriedChoice, ListChoice } from '../core/voicemail/mailbox/list-choice.js';

/** Parse the parameters of the address of a list of messages; an invalid one becomes the default. */
export const readMessagesAddress = (query: Readonly<Record<string, unknown>>): ListChoice =>
  ListChoice.parse({ ...query, search: query.q });

/** Return the address of this list, from its beginning or from a message; defaults are omitted. */
export function addressOfMessages(
  choice: ListChoice,
  place: { readonly after?: string; readonly before?: string } = {},
): string {
  const { search, ...parts } = carriedChoice(choice);
  const query = new URLSearchParams({ ...(search === undefined ? {} : { q: search }), ...parts, ...place });
  return query.size === 0 ? '/messages' : `/messages?${query}`;
}
