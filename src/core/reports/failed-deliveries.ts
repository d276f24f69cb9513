import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findFailedDeliveriesAfter } from './failed-deliveries.store.js';

/** A cause for which the last deliveries to some people did not arrive. */
export interface FailureCause {
  readonly platform: string;
  /** The platform's words. */
  readonly why: string;
  /** The newest first. */
  readonly people: readonly string[];
}

/** As many failures as are looked at; a company with more has one cause for most of them. */
const mostLookedAt = 200;

/** Return why the last deliveries to people did not arrive, the most frequent cause first. */
export async function failureCauses({ db }: Pick<Deps, 'db'>, tenantId: TenantId): Promise<readonly FailureCause[]> {
  const causes = new Map<string, { platform: string; why: string; people: string[] }>();
  for (const { platform, why, name } of await findFailedDeliveriesAfter(db, tenantId, undefined, mostLookedAt, {})) {
    const key = JSON.stringify([platform, why]);
    const cause = causes.get(key) ?? { platform, why, people: [] };
    cause.people.push(name);
    causes.set(key, cause);
  }
  return [...causes.values()].sort((a, b) => b.people.length - a.people.length);
}
