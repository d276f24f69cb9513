import { isWhole } from '../../../directory/matching/ranking.js';
import type { Callee } from './callee-candidates.js';
import { asGood, mostGuesses, sureScore, wholeScore, worthAsking } from './confidence-thresholds.js';

/** More transcripts tell more. */
export type Evidence = 'keys' | 'one transcript' | 'several transcripts';

/**
 * Of whom a caller may mean (best first), those worth proposing. Where somebody has all that was said and no other name,
 * whoever has more or only resembles is left out; where nobody fits well a few guesses are made, or none at all rather
 * than rubbish.
 */
export function shortlist(callees: readonly Callee[], evidence: Evidence): readonly Callee[] {
  const whole = callees.filter((callee) => isExact(callee) && callee.score >= wholeScore);
  return whole.length > 0 ? [...whole, ...numbersBeside(callees, whole)] : closeEnough(callees, evidence);
}

/** Those of whom what was said is a part, or a fair guess: the ones among whom more would tell. */
export function closeEnough(callees: readonly Callee[], evidence: Evidence): readonly Callee[] {
  const [first] = callees;
  if (!first || evidence === 'keys') return callees;
  const exact = callees.filter(
    (callee) => isExact(callee) && callee.score >= (callee.how.by === 'name' ? sureScore : wholeScore),
  );
  if (exact.length > 0) return [...exact, ...numbersBeside(callees, exact)];
  if (first.score < floorOf(first, evidence)) return [];
  return ofFewNames(callees.filter(({ score }) => score >= first.score - asGood));
}

/** Homonyms are one guess. */
function ofFewNames(callees: readonly Callee[]): readonly Callee[] {
  const names = [...new Set(callees.map(({ person }) => person.displayName))].slice(0, mostGuesses);
  return callees.filter(({ person }) => names.includes(person.displayName));
}

/** “Six” is a name, and may be an extension as well. */
const numbersBeside = (callees: readonly Callee[], chosen: readonly Callee[]): readonly Callee[] =>
  callees.filter(
    (callee) =>
      (callee.how.by === 'extension' || callee.how.by === 'did') &&
      !chosen.includes(callee) &&
      callee.score >= (chosen[0]?.score ?? 1) - asGood,
  );

/** Everything that was said, spelled, keyed or counted is theirs. */
const isExact = ({ how }: Callee): boolean =>
  how.by === 'name' ? isWhole(how.reason) : how.by === 'spelling' || how.by === 'keys';

function floorOf({ how }: Callee, evidence: Evidence): number {
  if (how.by === 'spelling') return worthAsking.spelled;
  return evidence === 'several transcripts' ? worthAsking.severalTranscripts : worthAsking.oneTranscript;
}
