import { findLines, type LineFilter } from '../audit/index.js';
import { asId, type UserId } from '../ids.js';
import { namesOf } from '../people/index.js';
import { type CompanyList, iso, pageOf } from './company-list.js';

/** The record, or what a filter selects of it, oldest first as the chain is. */
export const recordList = (filter: LineFilter): CompanyList => ({
  permission: 'audit.view',
  columns: ['line', 'at', 'event', 'actor', 'via', 'impersonator', 'session', 'reason', 'subject'].concat(
    ['before', 'after', 'hash'],
    ['actor_name', 'impersonator_name', 'subject_name'],
  ),
  async page({ db }, tenantId, { after, most }) {
    const from = /^\d{1,9}$/.test(after ?? '') ? Number(after) : 0;
    const found = await findLines(db, tenantId, filter, { after: from }, most + 1);
    const ids = found.flatMap(({ actorId, impersonatorId, subjectId }) => [actorId, impersonatorId, subjectId]);
    const people = ids.flatMap((id) => (id === null ? [] : asId<UserId>(id)));
    const names = await namesOf(db, tenantId, people);
    return pageOf(
      found,
      most,
      ({ seq }) => String(seq),
      (kept) => ({
        line: String(kept.seq),
        at: iso(kept.at),
        event: kept.event,
        actor: kept.actorId ?? '',
        via: kept.via,
        impersonator: kept.impersonatorId ?? '',
        session: kept.sessionId ?? '',
        reason: kept.reason ?? '',
        subject: kept.subjectId ?? '',
        before: kept.before === null ? '' : JSON.stringify(kept.before),
        after: kept.after === null ? '' : JSON.stringify(kept.after),
        hash: kept.hash,
        actor_name: names.get(kept.actorId ?? '') ?? '',
        impersonator_name: names.get(kept.impersonatorId ?? '') ?? '',
        subject_name: names.get(kept.subjectId ?? '') ?? '',
      }),
    );
  },
});
