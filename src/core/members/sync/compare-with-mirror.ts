import type { MemberFacts, MemberStatus } from './member-facts.js';

/** What a reading means for the mirror. */
export type Verdict =
  | {
      readonly kind: 'believed';
      /** Account ids of the people who are there and were not. */
      readonly come: readonly string[];
      /** Of those, the ones who had left. */
      readonly back: readonly string[];
      /** Who was there and is not. */
      readonly gone: readonly string[];
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'doubted'; readonly lost: number; readonly known: number };

/** So few may well leave at once. */
const fewPeople = 2;

/**
 * Judges a list against the mirror. A list without anybody is no list, since whoever installed the app is in it. One
 * that lacks more than half of the people is more likely broken than true, and is left alone until an admin says that it
 * is true (`believe`). Only a whole list tells of who is not in it.
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
