import type { Asker } from '../chat/asker.js';
import type { Reply } from '../chat/exchange.js';
import type { Deps } from '../deps.js';
import { findUser, namesOf } from '../users/people.js';
import { unheardCount } from '../voicemail/list.js';
import { findPeriodsAround } from './out-of-office.js';
import { isRunning } from './period.js';
import { settingOf, shownPeriod } from './show.js';
import { standingCard } from './standing.views.js';

/** Where I stand now: in or out, who covers, what waits for me, with buttons. The bare command and the app's home. */
export async function standing(deps: Deps, asker: Asker): Promise<Reply> {
  const { user, tenant, reader } = asker;
  const [{ own, covered }, me, unheard] = await Promise.all([
    findPeriodsAround(deps.db, tenant.id, user.id, reader.now),
    findUser(deps.db, tenant.id, user.id),
    tenant.edition === 'attendant_plus' ? unheardCount(deps, user.id) : undefined,
  ]);
  const covering = covered.filter(({ backupAnswer }) => backupAnswer !== 'declined');
  const names = await namesOf(deps.db, tenant.id, [
    me?.defaultBackupId,
    ...own.map(({ backupId }) => backupId),
    ...covering.map(({ userId }) => userId),
  ]);

  const running = own.find((period) => isRunning(period, reader.now));
  const shown = {
    running: running && shownPeriod(running, names),
    planned: own.filter((period) => period !== running).map((period) => shownPeriod(period, names)),
    defaultBackup: me?.defaultBackupId && names.get(me.defaultBackupId),
    covering: [...new Set(covering.map(({ userId }) => names.get(userId) ?? '?'))],
    unheard,
  };
  return { kind: 'say', card: standingCard(reader, shown, settingOf(asker)) };
}
