import { z } from 'zod';
import { actingPersonId, type PersonActor } from '../chat/actor.js';
import { defineButton, defineCommand, defineForm, formProblems } from '../chat/define-handler.js';
import type { Deps } from '../deps.js';
import { readPersonField } from '../directory/person-field.js';
import { UserError } from '../errors.js';
import { isUuid, type TenantId } from '../ids.js';
import { linkingActions } from './linking.action-ids.js';
import { confirmLink, findLinkRequest, type LinkRequest, refuseLink } from './linking.js';
import { linkForm, unknownAccountCard, workspaceCodeCard } from './linking.views.js';
import { codeMinutes, makeCode } from './workspace-code.js';

/** `connect`: an admin gets the code that lets another workspace into the company. `linkOrAskAdmins` redeems it. */
export const connectCommand = defineCommand({
  word: 'connect',
  also: [],
  french: ['relier'],
  permission: 'tenant.edit',
  help: (words) => ({ what: words.users.connectHelp, example: 'connect' }),
  async run(deps, { actor, reader }, { text }) {
    if (text.trim() !== '') throw new UserError((words) => words.users.connectedAlready, 409);
    return { kind: 'say', card: workspaceCodeCard(reader.locale, await makeCode(deps, actor), codeMinutes) };
  },
});

/** An admin says to whom an unknown account belongs. */
export const linkConfirmForm = defineForm({
  id: linkingActions.confirm,
  permission: 'users.edit',
  open: async (deps, { reader, tenant }, carries) =>
    linkForm(reader.locale, await requireLinkRequest(deps, tenant.id, carries.request)),
  values: ({ chat }) => z.object({ user: z.string({ error: chat.required }) }),
  async submit(deps, requester, { user }, carries) {
    const { actor, reader } = requester;
    const chosen = await readPersonField(deps, requester, user);
    if (chosen.kind === 'problem') return formProblems({ user: chosen.line });
    const { person } = chosen;
    const request = await confirmLink(deps, actor, carries.request ?? '', person);
    const shown = { ...request, status: 'confirmed', person: person.displayName } as const;
    return { kind: 'replace', card: unknownAccountCard(reader.locale, shown), shows: noticeOf(actor, request) };
  },
});

/** An admin leaves an unknown account unlinked. */
export const linkRefuseButton = defineButton({
  id: linkingActions.refuse,
  permission: 'users.edit',
  async run(deps, { actor, reader }, carries) {
    const request = await refuseLink(deps, actor, carries.request ?? '');
    return {
      kind: 'replace',
      card: unknownAccountCard(reader.locale, { ...request, status: 'refused', person: undefined }),
      shows: noticeOf(actor, request),
    };
  },
});

/** The notice whose card asks this admin. */
const noticeOf = (actor: PersonActor, { id }: LinkRequest) => ({
  kind: 'account.unknown',
  subjectId: id,
  userId: actingPersonId(actor),
});

async function requireLinkRequest(deps: Deps, tenantId: TenantId, id = ''): Promise<LinkRequest> {
  const request = isUuid(id) ? await findLinkRequest(deps.db, id) : undefined;
  if (request?.tenantId !== tenantId) throw new UserError((words) => words.users.decided, 404);
  return request;
}
