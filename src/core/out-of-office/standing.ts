import type { Asker } from '../chat/asker.js';
import type { Reply } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import { isRunning } from '../routing/absence.js';
import { settingOf, shownPeriod } from './period-view-model.js';
import { findStanding } from './standing.store.js';
import { standingCard } from './standing.views.js';

/** Where I stand now: in or out, who covers, what waits for me, with buttons. The bare command and the app's home. */
export async function standing(deps: Deps, asker: Asker): Promise<Reply> {
  const { user, tenant, reader } = asker;
  const { own, covered, defaultBackup, names, unheard } = await findStanding(deps.db, tenant.id, user.id, reader.now);
  const covering = covered.filter(({ backupAnswer }) => backupAnswer !== 'declined');
  const running = own.find((period) => isRunning(period, reader.now));
  const shown = {
    running: running && shownPeriod(running, names),
    planned: own.filter((period) => period !== running).map((period) => shownPeriod(period, names)),
    defaultBackup,
    covering: [...new Set(covering.map(({ userId }) => names.get(userId) ?? '?'))],
    unheard: tenant.edition === 'attendant_plus' ? unheard : undefined,
  };
  return { kind: 'say', card: standingCard(reader, shown, settingOf(asker)) };
}
