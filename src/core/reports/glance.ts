import { formatCount, formatLabelled } from '../chat/phrasing.js';
import type { Requester } from '../chat/requester.js';
import { wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { findCoverGaps } from './cover-gaps.js';
import { countCompany } from './glance.store.js';
import { countUnreachable } from './unreachable-people.js';

/** Gaps cost a question for each who is away; more of them are in the list. */
const mostAway = 20;

/** The state of the company in one line: `12 people · 2 out now · 1 without cover · 3 unreachable · 4 unheard`. */
export async function glanceLine(deps: Deps, { tenant, reader }: Requester): Promise<string> {
  const words = wordsIn(reader.locale).reports.glance;
  const [counts, unreachable, { gaps, next }] = await Promise.all([
    countCompany(deps.db, tenant.id, reader.now),
    countUnreachable(deps, tenant.id),
    findCoverGaps(deps, tenant.id, undefined, mostAway),
  ]);
  const uncovered = new Set(gaps.map(({ person }) => person.id)).size;
  const number = (count: number) => formatCount(reader.locale, count);
  return [
    formatLabelled(reader.locale, words.people, number(counts.people)),
    formatLabelled(reader.locale, words.out, number(counts.out)),
    formatLabelled(reader.locale, words.gaps, `${number(uncovered)}${next === undefined ? '' : '+'}`),
    formatLabelled(reader.locale, words.unreachable, number(unreachable)),
    ...(tenant.edition === 'attendant_plus'
      ? [formatLabelled(reader.locale, words.unheard, number(counts.unheard))]
      : []),
  ].join(' · ');
}
