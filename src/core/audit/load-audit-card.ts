import { hasPermission } from '../chat/actor.js';
import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { auditCard } from './audit.views.js';
import { type AuditFilter, carriedAuditFilter } from './audit-filter.js';
import { readRecord } from './audit-record.js';

/** As many lines as one card shows. */
export const linesOnCard = 10;

/**
 * Return the card of a page of the record. Throws UserError (403) for what is on record about others if the requester
 * may not read it.
 */
export async function auditCardOf(
  deps: Deps,
  requester: Requester,
  filter: AuditFilter,
  before?: number,
): Promise<Card> {
  const page = await readRecord(deps, requester, filter, { before, size: linesOnCard });
  const readsAll = hasPermission(requester.actor, 'audit.view');
  const webUrl = `${deps.publicUrl}${recordAddress(page.filter, readsAll)}`;
  return auditCard(requester.reader, page, { webUrl, readsAll });
}

/** Everybody’s own page shows all of it; the admins’ page takes the filter. */
function recordAddress(filter: AuditFilter, readsAll: boolean): string {
  const query = new URLSearchParams(carriedAuditFilter(filter));
  if (!readsAll) return '/record';
  return query.size === 0 ? '/admin/record' : `/admin/record?${query}`;
}
