import type { PersonActor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import type { PeriodId } from '../ids.js';
import { findUser } from '../people/index.js';
import type { Window } from '../routing/absence.types.js';
import { previewOutOfOffice } from './out-of-office.js';
import type { PeriodDraft } from './plan-period.js';
import { findTeamMatesIn, type TeamMate } from './suggest-backup.store.js';

/** An absence without an end is looked at for so long. */
const openEndedMillis = 14 * 24 * 60 * 60 * 1000;
/** The first of them may close a circle. */
const mostTried = 3;

/**
 * Suggest a colleague to cover for an absence to which nobody is assigned: of the same team, in all that time, and not
 * covering for three others. Undefined: the absence has a destination, or nobody fits. `changing`: the saved period.
 */
export async function suggestBackup(
  deps: Deps,
  actor: PersonActor,
  wish: PeriodDraft,
  period: Window & { readonly backupId?: string | undefined; readonly number?: string | undefined },
  changing?: PeriodId,
): Promise<TeamMate | undefined> {
  if (period.backupId !== undefined || period.number !== undefined) return undefined;
  const { startsAt, endsAt = new Date(startsAt.getTime() + openEndedMillis) } = period;
  const mates = await findTeamMatesIn(deps.db, actor.tenantId, actor.userId, { startsAt, endsAt }, mostTried);
  for (const mate of mates) {
    const backup = await findUser(deps.db, actor.tenantId, mate.id);
    if (backup && (await previewOutOfOffice(deps, actor, { ...wish, backup }, changing)).kind === 'period') return mate;
  }
  return undefined;
}
