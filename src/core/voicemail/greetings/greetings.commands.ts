import { z } from 'zod';
import { defineButton, defineCommand, defineForm, formProblems } from '../../chat/define-handler.js';
import type { TypedFile } from '../../chat/exchange.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { readPersonField } from '../../directory/person-field.js';
import { UserError } from '../../errors.js';
import { requireManagedMailbox } from '../mailbox/managed-mailbox.js';
import { greetingKinds, isGreetingKind } from './greeting-kind.js';
import { greetingActions } from './greetings.action-ids.js';
import { greetingsOf, removeGreeting, setGreeting } from './greetings.js';
import { greetingsCard, uploadForm } from './greetings.views.js';

/** `greeting`: what callers hear; `greeting WHO` for a general mailbox. */
export const greetingCommand = defineCommand({
  word: 'greeting',
  also: ['greetings'],
  french: ['accueil', "message d'accueil", "messages d'accueil", 'annonce', 'annonces', 'salutation'],
  permission: 'self',
  readOnly: true,
  actions: ['greeting'],
  plus: true,
  help: ({ greetings }) => ({ what: greetings.help, example: greetings.example }),
  async run(deps, requester, { text }) {
    if (text.trim() === '') return { kind: 'say', card: await cardOf(deps, requester, undefined) };
    const chosen = await readPersonField(deps, requester, text);
    if (chosen.kind === 'problem') throw new UserError(() => chosen.line, 404);
    return { kind: 'say', card: await cardOf(deps, requester, chosen.person.id) };
  },
});

/** `greeting.remove`: the spoken greeting again. */
export const greetingRemoveButton = defineButton({
  id: greetingActions.remove,
  permission: 'self',
  plus: true,
  async run(deps, requester, { kind = '', mailbox }) {
    if (!isGreetingKind(kind)) throw new UserError((words) => words.greetings.noSuchKind);
    const { userId } = await requireManagedMailbox(deps, requester, mailbox);
    await removeGreeting(deps, requester.actor, { userId, kind });
    return { kind: 'replace', card: await cardOf(deps, requester, mailbox) };
  },
});

/** `greeting.upload`: a file from the person's machine. */
export const greetingUploadForm = defineForm({
  id: greetingActions.upload,
  permission: 'self',
  plus: true,
  takesFile: true,
  async open(deps, requester, { mailbox }) {
    await requireManagedMailbox(deps, requester, mailbox);
    return uploadForm(requester.reader, mailbox);
  },
  values: (words) =>
    z.object({
      kind: z.enum(greetingKinds, words.chat.required),
      file: z.custom<TypedFile>((file) => typeof file === 'object' && file !== null, words.greetings.noFile),
    }),
  async submit(deps, requester, { kind, file }, { mailbox }) {
    const { userId } = await requireManagedMailbox(deps, requester, mailbox);
    try {
      await setGreeting(deps, requester.actor, { userId, kind, audio: file.content });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return formProblems({ file: error.say(wordsIn(requester.reader.locale)) });
    }
    return { kind: 'replace', card: await cardOf(deps, requester, mailbox) };
  },
});

async function cardOf(deps: Deps, requester: Requester, id: string | undefined): Promise<Card> {
  const { userId, displayName, isOwn } = await requireManagedMailbox(deps, requester, id);
  const greetings = await greetingsOf(deps, { tenantId: requester.tenant.id, userId });
  return greetingsCard(requester.reader, {
    ...greetings,
    mailbox: isOwn ? undefined : { id: userId, name: displayName },
    mayCall: deps.providerCalls !== undefined,
    url: `${deps.publicUrl}/greetings${isOwn ? '' : `?mailbox=${userId}`}`,
  });
}
