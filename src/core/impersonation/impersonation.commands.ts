import { z } from 'zod';
import { lineCard } from '../chat/chat.views.js';
import { defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { CarriedData, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { readPersonField } from '../directory/person-field.js';
import { typedPerson } from '../directory/typed-person.js';
import { UserError } from '../errors.js';
import { findUser } from '../people/index.js';
import { labelOf, type Person } from '../people/person.js';
import { impersonationActions } from './impersonation.action-ids.js';
import { startImpersonation, stopImpersonation } from './impersonation.js';
import { bannerWithNames, startedCard, startForm } from './impersonation.views.js';
import { reasonFault } from './impersonation-reason.js';

/** A person as the chosen option of a form. */
const optionOf = (person: Person) => ({ value: person.id, label: labelOf(person) });

/** `impersonate`: opens the form to act as another user. */
export const impersonateCommand = defineCommand({
  word: 'impersonate',
  also: [],
  french: ['incarner', 'agir'],
  permission: 'impersonate',
  help: (words) => ({ what: words.impersonation.help, example: 'impersonate Marie Gagnon' }),
  run: async (deps, requester, typed) => ({ kind: 'open', form: await formFor(deps, requester, typed) }),
});

/** With the named person chosen, or the problem if there is none. */
async function formFor(deps: Deps, requester: Requester, typed: Parameters<typeof typedPerson>[2]): Promise<Form> {
  const told = requester.tenant.impersonationNotice;
  if (typed.text === '' && typed.mentions.length === 0) return startForm(requester.reader, { told });
  try {
    return startForm(requester.reader, { told, user: optionOf(await typedPerson(deps, requester, typed)) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // For a mentioned person the refusal says who it is.
    const { reader } = requester;
    const { notFound } = wordsIn(reader.locale).impersonation;
    const problem = typed.mentions.length > 0 ? error.say(wordsIn(reader.locale)) : notFound(typed.text);
    return startForm(reader, { told, problem });
  }
}

/** The form to act as another user, with a reason. */
export const impersonationForm = defineForm({
  id: impersonationActions.start,
  permission: 'impersonate',
  open: async (deps: Deps, requester: Requester, carries: CarriedData) => {
    const { user } = carries;
    const person = user && (await findUser(deps.db, requester.tenant.id, user));
    return startForm(requester.reader, {
      told: requester.tenant.impersonationNotice,
      ...(person ? { user: optionOf(person) } : {}),
    });
  },
  values: ({ impersonation: words }) =>
    z.object({
      user: z.string({ error: words.personMissing }),
      reason: z.string({ error: words.reasonTooShort }).superRefine((reason, context) => {
        const fault = reasonFault(reason);
        if (fault) context.addIssue(words[fault]);
      }),
    }),
  submit: async (deps, requester, { user, reason }) => {
    const chosen = await readPersonField(deps, requester, user);
    if (chosen.kind === 'problem') return formProblems({ user: chosen.line });
    try {
      return await startSession(deps, requester, chosen.person, reason);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return formProblems({ user: error.say(wordsIn(requester.reader.locale)) });
    }
  },
});

async function startSession(
  deps: Deps,
  requester: Requester,
  { id, displayName }: Person,
  reason: string,
): Promise<Reply> {
  const { expiresAt } = await startImpersonation(deps, requester, { userId: id, reason });
  return {
    kind: 'say',
    card: startedCard(requester.reader, displayName, expiresAt),
    bar: bannerWithNames(requester.reader, requester.user.displayName, displayName, expiresAt),
  };
}

/** Anybody may stop: the rights are the impersonated person's, and they may have none. */
export const stopCommand = defineCommand({
  word: 'stop',
  also: [],
  french: ['arrêter', 'cesser', 'stop'],
  permission: 'self',
  help: (words) => ({ what: words.impersonation.helpStop, example: 'stop' }),
  run: stopSession,
});

/** The button that ends an impersonation. */
export const impersonationStopButton = defineButton({
  id: impersonationActions.stop,
  permission: 'self',
  run: stopSession,
});

async function stopSession(deps: Deps, requester: Requester): Promise<Reply> {
  const words = wordsIn(requester.reader.locale).impersonation;
  const was = await stopImpersonation(deps, requester);
  const line = was ? words.stopped(requester.user.displayName) : words.notRunning;
  return { kind: 'say', card: lineCard(line), bar: null };
}
