import type { Asker } from '../chat/asker.js';
import type { AccountKey } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { findUserByAccount, findUserByEmail, findUserByExtension } from './people.js';
import type { Person } from './person.js';

/** Who is meant by a mention, an extension or an e-mail address. */
export async function personMeant(
  { db }: Deps,
  { tenant }: Asker,
  { text, mentions }: { readonly text: string; readonly mentions: readonly AccountKey[] },
): Promise<Person> {
  const [mention] = mentions;
  const person = mention
    ? await findUserByAccount(db, tenant.id, mention)
    : ((await findUserByExtension(db, tenant.id, text.trim())) ?? (await findUserByEmail(db, tenant.id, text.trim())));
  if (!person) throw new UserError((words) => words.chat.noSuchPerson, 404);
  return person;
}
