import type { Reply } from '../chat/exchange.js';
import type { Requester } from '../chat/requester.js';
import type { Deps } from '../deps.js';
import { isRunning } from '../routing/absence.js';
import { findOverview } from './overview.store.js';
import { overviewCard } from './overview.views.js';
import { shownPeriod, viewSettingsOf } from './period-view-model.js';

/**
 * Return the requester's overview: in or out, who covers, what waits, with buttons. The bare command and the app's
 * home.
 */
export async function overview(deps: Deps, requester: Requester): Promise<Reply> {
  const { user, tenant, reader } = requester;
  const { own, covered, defaultBackup, names, unheard } = await findOverview(deps.db, tenant.id, user.id, reader.now);
  const covering = covered.filter(({ backupAnswer }) => backupAnswer !== 'declined');
  const running = own.find((period) => isRunning(period, reader.now));
  const shown = {
    running: running && shownPeriod(running, names),
    planned: own.filter((period) => period !== running).map((period) => shownPeriod(period, names)),
    defaultBackup,
    covering: [...new Set(covering.map(({ userId }) => names.get(userId) ?? '?'))],
    unheard: tenant.edition === 'attendant_plus' ? unheard : undefined,
  };
  return { kind: 'say', card: overviewCard(reader, shown, viewSettingsOf(requester)) };
}
