import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { namesOf } from '../people/index.js';
import type { Period } from '../routing/absence.types.js';
import type { Gap } from '../routing/gaps.js';
import type { ShownGap, ShownPeriod, ViewSettings } from './out-of-office.views.js';
import type { PlannedPeriod } from './plan-period.js';

/** Return the period as a view shows it, with the names of everybody in the period or its gaps. */
export async function periodViewModel(
  deps: Deps,
  tenantId: TenantId,
  period: Period | PlannedPeriod,
  gaps: readonly Gap[] = [],
): Promise<{ period: ShownPeriod; gaps: readonly ShownGap[] }> {
  const names = await namesOf(deps.db, tenantId, [period.backupId, ...gaps.map(({ userId }) => userId)]);
  return {
    period: shownPeriod(period, names),
    gaps: gaps
      // The card already says that the person named no backup.
      .filter(({ userId, because }) => userId !== period.userId || because !== 'out')
      .map(({ userId, ...gap }) => ({ ...gap, name: names.get(userId) ?? '?' })),
  };
}

/** Return the period as a view shows it. */
export function shownPeriod(period: Period | PlannedPeriod, names: ReadonlyMap<string, string>): ShownPeriod {
  const { backupId, startsAt, endsAt, number, note, privacy } = period;
  const answer = 'backupAnswer' in period ? period.backupAnswer : 'none';
  return {
    ...('id' in period ? { id: period.id } : {}),
    startsAt,
    endsAt,
    number,
    note,
    privacy,
    backup: backupId && { name: names.get(backupId) ?? '?', answer },
  };
}

/** Return the company's settings on which the views depend. */
export const viewSettingsOf = ({ tenant }: Requester): ViewSettings => ({
  country: tenant.country,
  hasVoicemail: tenant.edition === 'attendant_plus',
});
