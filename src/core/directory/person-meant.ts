import type { Asker } from '../chat/asker.js';
import type { AccountKey } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { personMentioned } from '../users/linking.js';
import type { Person } from '../users/person.js';
import { findByExtension, resolvePerson } from './directory.js';

/** The one person meant by a mention, a name, an extension or an e-mail address. Refuses (UserError) where it is none or several. */
export async function personMeant(
  deps: Deps,
  asker: Asker,
  { text, mentions }: { readonly text: string; readonly mentions: readonly AccountKey[] },
): Promise<Person> {
  const [mention] = mentions;
  const person = mention
    ? await personMentioned(deps, asker.tenant.id, mention)
    : await personTyped(deps, asker, text.trim());
  if (!person) throw new UserError((words) => words.chat.noSuchPerson, 404);
  return person;
}

async function personTyped(deps: Deps, asker: Asker, text: string): Promise<Person | undefined> {
  const extension = /\d{2,}$/.test(text) ? await findByExtension(deps.db, asker.tenant.id, text) : undefined;
  return extension ?? resolvePerson(deps, asker, text);
}
