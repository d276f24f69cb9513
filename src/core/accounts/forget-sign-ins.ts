import type { Deps } from '../deps.js';
import { forgetLinks, forgetSessions } from './sign-in.store.js';

/** A week later nobody asks any more how somebody came in; the audit knows for ever. */
const keptDays = 7;
/** In one statement, so that none takes long. */
const most = 5_000;

/** Deletes sessions and sign-in links that have been over for a week. */
export async function forgetSignIns({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
  for (const forget of [forgetSessions, forgetLinks]) while ((await forget(db, before, most)) === most);
}
