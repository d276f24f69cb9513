import type { MemberFacts, MemberStatus } from './member-facts.js';

/** What a reading means for the mirror. */
export type Verdict =
  | {
      readonly kind: 'believed';
      /** Account ids of people who are there and were not. */
      readonly come: readonly string[];
      /** Of those, the ones who had left. */
      readonly back: readonly string[];
      /** People who were there and are not. */
      readonly gone: readonly string[];
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'doubted'; readonly lost: number; readonly known: number };

/** This few people may plausibly leave at once. */
const fewPeople = 2;

/**
 * Compare a list with the mirror. An empty list is invalid, since the person who installed the app is in it. A list
 * that lacks more than half of the people is more likely broken than true, and is ignored until an admin confirms it
 * (`believe`). Only a whole list says who is not in it.
 */
export function compareWithMirror(
  mirror: ReadonlyMap<string, MemberStatus>,
  listed: ReadonlyMap<string, MemberFacts>,
  { whole, believe }: { readonly whole: boolean; readonly believe: boolean },
): Verdict {
  const present = [...listed.values()].filter(({ status }) => status === 'present');
  if (whole && present.length === 0) return { kind: 'empty' };

  const known = [...mirror].flatMap(([id, status]) => (status === 'present' || status === 'outside' ? [id] : []));
  const gone = known.filter((id) => (listed.has(id) ? listed.get(id)?.status === 'left' : whole));
  if (!believe && gone.length > fewPeople && gone.length * 2 > known.length)
    return { kind: 'doubted', lost: gone.length, known: known.length };

  const come = present.map(({ accountId }) => accountId).filter((id) => mirror.get(id) !== 'present');
  return { kind: 'believed', come, back: come.filter((id) => mirror.get(id) === 'left'), gone };
}
