import type { Deps } from '../deps.js';
import { forgetLinks, forgetSessions } from './sign-in.store.js';

/** After a week nobody asks how a person signed in; the audit log keeps it forever. */
const keptDays = 7;
/** In one statement, so that none takes long. */
const most = 5_000;

/** Delete sessions and sign-in links that ended more than a week ago. */
export async function forgetSignIns({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
  for (const forget of [forgetSessions, forgetLinks]) while ((await forget(db, before, most)) === most);
}
