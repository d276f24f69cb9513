import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { namesOf } from '../people/people.js';
import type { Period } from '../routing/absence.types.js';
import type { Gap } from '../routing/gaps.js';
import type { Setting, ShownGap, ShownPeriod } from './out-of-office.views.js';
import type { PlannedPeriod } from './plan-period.js';

/** Names for everybody a period or its gaps speak of, and the period as a view shows it. */
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
      // That they named nobody themselves stands on the card already.
      .filter(({ userId, because }) => userId !== period.userId || because !== 'out')
      .map(({ userId, ...gap }) => ({ ...gap, name: names.get(userId) ?? '?' })),
  };
}

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

export const settingOf = ({ tenant }: Requester): Setting => ({
  country: tenant.country,
  hasVoicemail: tenant.edition === 'attendant_plus',
});
