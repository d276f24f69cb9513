import { z } from 'zod';
import { defineCommand, defineForm, formProblems } from '../../chat/define-handler.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { choosePin, requireOwnPin } from '../../people/choose-pin.js';
import { phoneAccessActions } from './phone-access.action-ids.js';
import { findPhoneAccess } from './phone-access.store.js';
import { phoneAccessCard, pinFormView } from './phone-access.views.js';

/** `phone`: the number to call, the extension, and whether there is a PIN. A PIN typed after it is not read. */
export const phoneCommand = defineCommand({
  word: 'phone',
  also: ['pin'],
  french: ['téléphone', 'nip'],
  permission: 'self',
  readOnly: true,
  actions: ['phone'],
  plus: true,
  help: ({ phoneAccess }) => ({ what: phoneAccess.help, example: phoneAccess.example }),
  run: async (deps, requester) => ({ kind: 'say', card: await cardOf(deps, requester) }),
});

/** `phone.pin`: a new PIN. */
export const pinForm = defineForm({
  id: phoneAccessActions.pin,
  permission: 'self',
  plus: true,
  async open(_deps, { actor, reader }) {
    requireOwnPin(actor);
    return pinFormView(reader);
  },
  values: (words) => z.object({ pin: z.string(words.people.pin.refused.shape) }),
  async submit(deps, requester, { pin }) {
    const refusal = await choosePin(deps, requester.actor, pin);
    const words = wordsIn(requester.reader.locale);
    if (refusal !== undefined) return formProblems({ pin: words.people.pin.refused[refusal] });
    return { kind: 'replace', card: await cardOf(deps, requester, words.phoneAccess.pinChanged) };
  },
});

async function cardOf(deps: Deps, { actor, user, tenant, reader }: Requester, said?: string): Promise<Card> {
  const access = await findPhoneAccess(deps.db, tenant.id, user.id);
  if (!access) throw new UserError((words) => words.directory.gone, 404);
  return phoneAccessCard(reader, { ...access, country: tenant.country, isOwn: actor.kind === 'self', said });
}
