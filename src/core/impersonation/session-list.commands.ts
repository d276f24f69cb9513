import { z } from 'zod';
import { defineButton } from '../chat/define-handler.js';
import type { Reply } from '../chat/exchange.js';
import { formatMoment } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { namesOf } from '../people/index.js';
import { impersonationActions } from './impersonation.action-ids.js';
import { endImpersonation } from './impersonation.js';
import { startedNotice } from './impersonation.views.js';
import { listSessions } from './session-list.js';
import { sessionsCard, sessionsOnCard } from './session-list.views.js';

/** What a button of the list carries; anything odd in it is the default. */
const Carried = z.object({
  show: z.enum(['running', 'past']).catch('running'),
  before: z.string().optional().catch(undefined),
});

async function listCard(deps: Deps, requester: Requester, carries: z.infer<typeof Carried>): Promise<Card> {
  const page = await listSessions(deps, requester, { of: 'company', before: carries.before, size: sessionsOnCard });
  return sessionsCard(requester.reader, page, carries.show, `${deps.publicUrl}/admin/impersonations`);
}

/** The company’s impersonations, for those who read the record. */
const sessionsButton = defineButton({
  id: impersonationActions.sessions,
  permission: 'audit.view',
  readOnly: true,
  run: async (deps, requester, carries) => ({
    kind: 'replace',
    card: await listCard(deps, requester, Carried.parse(carries)),
  }),
});

/** An admin ends the session of another. */
const endButton = defineButton({
  id: impersonationActions.end,
  permission: 'impersonate',
  run: async (deps, requester, { session: id }): Promise<Reply> => {
    const session = await endImpersonation(deps, requester, 'admin', id);
    const names = await namesOf(deps.db, requester.tenant.id, [session.impersonatorId, session.userId]);
    const words = wordsIn(requester.reader.locale).impersonation;
    const isOurs = session.endedById === requester.user.id;
    const line = isOurs
      ? words.endedNow(names.get(session.impersonatorId) ?? '', names.get(session.userId) ?? '')
      : words.alreadyEnded;
    const card = await listCard(deps, requester, { show: 'running', before: undefined });
    return {
      kind: 'replace',
      card: { ...card, summary: line, blocks: [{ kind: 'text', text: line }, ...card.blocks] },
    };
  },
});

/** The person as whom an admin acts ends the session, by the card that told them. */
const endMineButton = defineButton({
  id: impersonationActions.endMine,
  permission: 'self',
  run: async (deps, requester, { session: id }): Promise<Reply> => {
    const { reader, tenant, user } = requester;
    const session = await endImpersonation(deps, requester, 'person', id);
    const admin = (await namesOf(deps.db, tenant.id, [session.impersonatorId])).get(session.impersonatorId) ?? '';
    const words = wordsIn(reader.locale).impersonation;
    const isTheirs = session.endedById === user.id;
    const line = isTheirs
      ? words.endedMine(admin)
      : words.alreadyOver(admin, formatMoment(reader, session.endedAt ?? session.expiresAt));
    const card = startedNotice(reader, { ...session, admin }, session.endedAt ?? session.expiresAt);
    return {
      kind: 'replace',
      card: { ...card, summary: line, blocks: [{ kind: 'text', text: line }, ...card.blocks] },
      shows: { kind: 'impersonation.started', subjectId: session.id, userId: user.id },
    };
  },
});

/** The buttons that show and end impersonations. */
export const sessionButtons = [sessionsButton, endButton, endMineButton];
