import { findLinesOfSession } from '../audit/audit-lines.js';
import type { Deps } from '../deps.js';
import type { NoticeCard } from '../notices/notice.js';
import { namesOf } from '../users/people.js';
import { sessionOf } from './impersonation.js';
import type { Session } from './impersonation.store.js';
import { endedNotice, startedNotice } from './impersonation.views.js';

/** The card of the notice `impersonation.started`. */
export const impersonationStarted: NoticeCard = async (deps, { subjectId }, reader) => {
  const session = await sessionOf(deps, undefined, subjectId);
  return session && startedNotice(reader, { ...session, admin: await adminOf(deps, session) });
};

/** The card of the notice `impersonation.ended`: what was done between its start and its end. */
export const impersonationEnded: NoticeCard = async (deps, { subjectId }, reader) => {
  const session = await sessionOf(deps, undefined, subjectId);
  if (!session || session.endedAt === null) return undefined;
  const lines = await findLinesOfSession(deps.db, session.tenantId, session.id);
  return endedNotice(reader, {
    ...session,
    endedAt: session.endedAt,
    admin: await adminOf(deps, session),
    acts: lines.filter(({ event }) => !event.startsWith('impersonation.')),
  });
};

async function adminOf({ db }: Deps, session: Session): Promise<string> {
  const names = await namesOf(db, session.tenantId, [session.impersonatorId]);
  return names.get(session.impersonatorId) ?? '';
}
