import type { Requester } from '../chat/requester.js';
import type { CarriedData } from '../chat/view.js';
import type { Deps } from '../deps.js';
import { findUser } from '../people/index.js';
import { readDestination } from './out-of-office.js';
import type { PeriodDraft } from './plan-period.js';

/** Encode a draft as the data of a button, until it is confirmed or changed in the form. */
export const encodeDraft = (wish: PeriodDraft): CarriedData =>
  Object.fromEntries(
    Object.entries({
      from: wish.from?.toISOString(),
      until: wish.until?.toISOString(),
      backup: wish.backup?.id,
      number: wish.number?.kind === 'number' ? wish.number.e164 : undefined,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Decode the draft that a button carried. It is checked again, because rows may have changed since. */
export async function decodeDraft(deps: Deps, requester: Requester, carries: CarriedData): Promise<PeriodDraft> {
  const { from, until, backup, number } = carries;
  const destination =
    number === undefined
      ? undefined
      : await readDestination(deps.db, requester.tenant.id, number, requester.tenant.country);
  return {
    from: parseInstant(from),
    until: parseInstant(until),
    backup: backup === undefined ? destination?.backup : await findUser(deps.db, requester.tenant.id, backup),
    number: destination?.number,
    note: '',
    privacy: 'away_until',
  };
}

/** Parse an instant as `encodeDraft` wrote it; undefined: any other text. */
export function parseInstant(iso: string | undefined): Date | undefined {
  const date = new Date(iso ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
