import type { Requester } from '../chat/requester.js';
import type { Card } from '../chat/view.js';
import type { Deps } from '../deps.js';
import type { SaveResult } from './out-of-office.js';
import { savedCard } from './out-of-office.views.js';
import { periodViewModel, viewSettingsOf } from './period-view-model.js';
import type { PeriodDraft } from './plan-period.js';
import { suggestBackup } from './suggest-backup.js';

/** The card after an absence was saved as it was wished for; where nobody covers, with a colleague who could. */
export async function savedView(
  deps: Deps,
  requester: Requester,
  saved: Extract<SaveResult, { kind: 'saved' }>,
  wish: PeriodDraft,
): Promise<Card> {
  const { period, gaps } = await periodViewModel(deps, requester.tenant.id, saved.period, saved.gaps);
  const suggestion = await suggestBackup(deps, requester.actor, wish, saved.period, saved.period.id);
  return savedCard(requester.reader, period, gaps, viewSettingsOf(requester), suggestion);
}
