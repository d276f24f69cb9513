import { type Locale, localeOf } from '../chat/phrasing.js';
import { wordsIn } from '../chat/words.js';
import type { Db } from '../deps.js';
import { findTakenNumbers } from '../people/index.js';
import { formatNumber, leadsBack, mayBeDialled } from '../phone-number.js';
import { tenantOf } from './load-rows.js';
import type { RoutingCompany } from './routing-rows.js';

/** What becomes of every call while Attendant is off for the company; for the live router and for `explain`. */
export interface CallsWhileOff {
  /** The number (E.164) that takes the calls; undefined: none. */
  readonly number: string | undefined;
  /** What the company lets callers hear before the call ends; undefined: the usual sentence. */
  readonly announcement: string | undefined;
  readonly because: readonly string[];
}

/**
 * Return what becomes of calls while Attendant is off. The number is checked again, because rules and numbers change: one
 * that leads to a company of this installation could bring the call back.
 */
export async function callsWhileOff(
  { db }: { readonly db: Db },
  company: RoutingCompany,
  language: Locale = localeOf(company.language),
): Promise<CallsWhileOff> {
  const words = wordsIn(language).calls;
  const { offNumber: wanted, country } = company;
  const announcement = (language === 'fr' ? company.offAnnouncementFr : company.offAnnouncementEn) || undefined;
  if (wanted === null) return { number: undefined, announcement, because: [words.tenantOff] };
  const isUsable =
    mayBeDialled(wanted, company) &&
    !leadsBack(wanted, company) &&
    (await findTakenNumbers(db, tenantOf(company), [wanted])).length === 0;
  const shown = formatNumber(wanted, country);
  return {
    number: isUsable ? wanted : undefined,
    announcement,
    because: [words.tenantOff, isUsable ? words.offNumber(shown) : words.offNumberRefused(shown)],
  };
}
