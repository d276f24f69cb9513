import { findLinesOfSession } from '../audit/index.js';
import type { Deps } from '../deps.js';
import type { TenantId, UserId } from '../ids.js';
import { defineNotice } from '../notices/define-notice.js';
import { namesOf } from '../people/index.js';
import { sessionOf } from './impersonation.js';
import type { Session } from './impersonation.store.js';
import { endedForAdmin, endedNotice, startedNotice } from './impersonation.views.js';

declare module '../notices/notice-kind.js' {
  interface NoticeKinds {
    'impersonation.started': true;
    'impersonation.ended': true;
  }
}

/** To the person: an admin acts as them. */
export const impersonationStarted = defineNotice({
  kind: 'impersonation.started',
  notAtHome: true,
  async card(deps, { subjectId }, reader) {
    const session = await sessionOf(deps, undefined, subjectId);
    if (!session) return undefined;
    return startedNotice(reader, { ...session, admin: await adminOf(deps, session) }, session.endedAt ?? undefined);
  },
});

/** To the person: the actions between the session's start and its end. To the admin: why it ended. */
export const impersonationEnded = defineNotice({
  kind: 'impersonation.ended',
  async card(deps, { subjectId, userId }, reader) {
    const session = await sessionOf(deps, undefined, subjectId);
    if (!session || session.endedAt === null) return undefined;
    const endedBy = await endedByOf(deps, session);
    if (userId === session.impersonatorId)
      return endedForAdmin(reader, { ...session, person: await personOf(deps, session), endedBy });
    const lines = await findLinesOfSession(deps.db, session.tenantId, session.id);
    return endedNotice(reader, {
      ...session,
      endedAt: session.endedAt,
      admin: await adminOf(deps, session),
      endedBy,
      recordUrl: `${deps.publicUrl}/record/${session.id}`,
      acts: lines.filter(({ event }) => !event.startsWith('impersonation.')),
    });
  },
});

const adminOf = (deps: Deps, { tenantId, impersonatorId }: Session) => nameOf(deps, tenantId, impersonatorId);
const personOf = (deps: Deps, { tenantId, userId }: Session) => nameOf(deps, tenantId, userId);

const endedByOf = async (deps: Deps, { tenantId, endedById }: Session): Promise<string> =>
  endedById === null ? '' : nameOf(deps, tenantId, endedById);

const nameOf = async ({ db }: Deps, tenantId: TenantId, userId: UserId): Promise<string> =>
  (await namesOf(db, tenantId, [userId])).get(userId) ?? '';
