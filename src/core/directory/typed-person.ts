import { outsiderLine } from '../accounts/linking.js';
import type { Mention } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { Person } from '../people/person.js';
import { findPerson } from './find-person.js';
import { readPersonField } from './person-field.js';

/**
 * Return the one person named by a mention, a name, an extension or an e-mail address. Throws UserError for none or
 * several.
 */
export async function typedPerson(
  deps: Deps,
  requester: Requester,
  { text, mentions }: { readonly text: string; readonly mentions: readonly Mention[] },
): Promise<Person> {
  const [mention] = mentions;
  const mentioned = mention && (await findPerson(deps, requester.tenant, { text, mentions }));
  if (mentioned?.kind === 'person') return mentioned.person;
  if (mentioned?.kind === 'outside') throw new UserError(() => outsiderLine(requester.reader.locale, mentioned), 404);
  const chosen = await readPersonField(deps, requester, text.replace(/^@/, ''));
  if (chosen.kind === 'problem') throw new UserError(() => chosen.line, 404);
  return chosen.person;
}
