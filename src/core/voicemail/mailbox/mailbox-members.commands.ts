import { z } from 'zod';
import { defineCommand, defineForm, formProblems } from '../../chat/define-handler.js';
import type { Requester } from '../../chat/requester.js';
import type { Card } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { readPersonField } from '../../directory/person-field.js';
import { UserError } from '../../errors.js';
import { asId, isUuid, type UserId } from '../../ids.js';
import { hasAccess } from '../../people/person.js';
import { voicemailActions } from '../voicemail.action-ids.js';
import { mailboxCard, memberView, removeMemberView } from './claim.views.js';
import { readFutureMoment } from './future-moment.js';
import { memberLevels } from './mailbox-member.js';
import { removeMember, setMember } from './mailbox-members.js';
import { findMembers } from './mailbox-members.store.js';
import { requireManagedMailbox } from './managed-mailbox.js';

/** `mailbox`: who works on it; `mailbox WHO` for a general one. */
export const mailboxCommand = defineCommand({
  word: 'mailbox',
  also: ['assistant', 'assistants'],
  french: ['adjoint', 'adjointe', 'adjoints'],
  permission: 'self',
  readOnly: true,
  actions: ['mailbox'],
  plus: true,
  help: ({ claim }) => ({ what: claim.help, example: claim.example }),
  async run(deps, requester, { text }) {
    if (text.trim() === '') return { kind: 'say', card: await cardOf(deps, requester, undefined) };
    const chosen = await readPersonField(deps, requester, text);
    if (chosen.kind === 'problem') throw new UserError(() => chosen.line, 404);
    return { kind: 'say', card: await cardOf(deps, requester, chosen.person.id) };
  },
});

/** So far ahead a membership may end. */
const mostDays = 5 * 366;

/** `mailbox.member`: makes somebody a member, or changes what they may do. */
export const memberForm = defineForm({
  id: voicemailActions.addMember,
  permission: 'self',
  plus: true,
  async open(deps, requester, { mailbox }) {
    await requireManagedMailbox(deps, requester, mailbox);
    return memberView(requester.reader, mailbox);
  },
  values: ({ chat }) =>
    z.object({
      user: z.string(chat.required),
      level: z.enum(memberLevels, chat.required),
      until: z.string().max(100, chat.tooLong(100)).optional(),
    }),
  async submit(deps, requester, { user, level, until }, { mailbox }) {
    const words = wordsIn(requester.reader.locale).claim;
    const { userId: ownerId } = await requireManagedMailbox(deps, requester, mailbox);
    const chosen = await readPersonField(deps, requester, user);
    if (chosen.kind === 'problem') return formProblems({ user: chosen.line });
    if (chosen.person.id === ownerId) return formProblems({ user: words.notTheOwner });
    if (!hasAccess(chosen.person)) return formProblems({ user: words.withoutAccess });
    const endsAt = until === undefined ? undefined : readFutureMoment(requester.reader, until, { mostDays, as: 'end' });
    if (typeof endsAt === 'string') return formProblems({ until: endsAt });
    await setMember(deps, requester.actor, { ownerId, userId: chosen.person.id, level, endsAt });
    return { kind: 'replace', card: await cardOf(deps, requester, mailbox) };
  },
});

/** `mailbox.remove`: takes a member off. */
export const removeMemberForm = defineForm({
  id: voicemailActions.removeMember,
  permission: 'self',
  plus: true,
  async open(deps, requester, { mailbox }) {
    const { userId } = await requireManagedMailbox(deps, requester, mailbox);
    const members = await membersOf(deps, requester, userId);
    const options = members.map(({ userId, name }) => ({ value: userId, label: name }));
    return removeMemberView(requester.reader, mailbox, options);
  },
  values: ({ chat }) => z.object({ user: z.string(chat.required) }),
  async submit(deps, requester, { user }, { mailbox }) {
    const { userId: ownerId } = await requireManagedMailbox(deps, requester, mailbox);
    if (isUuid(user)) await removeMember(deps, requester.actor, { ownerId, userId: asId<UserId>(user) });
    return { kind: 'replace', card: await cardOf(deps, requester, mailbox) };
  },
});

async function cardOf(deps: Deps, requester: Requester, id: string | undefined): Promise<Card> {
  const { userId, displayName, isOwn } = await requireManagedMailbox(deps, requester, id);
  const members = await membersOf(deps, requester, userId);
  return mailboxCard(requester.reader, { members, mailbox: isOwn ? undefined : { id: userId, name: displayName } });
}

const membersOf = ({ db, clock }: Deps, { tenant }: Requester, ownerId: string) =>
  findMembers(db, tenant.id, ownerId, clock.now());
