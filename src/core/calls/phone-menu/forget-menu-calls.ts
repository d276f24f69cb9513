import type { Deps } from '../../deps.js';
import { forgetMenuCalls, forgetSignInAttempts } from './phone-menu.store.js';

/** A call has ended by then; what it changed is in the audit. */
const keptCallDays = 1;
/** Attempts decide about locks, which last minutes. */
const keptAttemptDays = 30;
/** In one statement, so that none takes long. */
const most = 5_000;

/** Delete calls to the phone menu and attempts to sign in that are over for long. */
export async function forgetOldMenuCalls({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
  while ((await forgetMenuCalls(db, daysAgo(keptCallDays), most)) === most);
  while ((await forgetSignInAttempts(db, daysAgo(keptAttemptDays), most)) === most);
}
