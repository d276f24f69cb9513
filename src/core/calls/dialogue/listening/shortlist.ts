import { isWhole } from '../../../directory/matching/ranking.js';
import type { Callee } from './callee-candidates.js';
import { equalScoreMargin, mostGuesses, proposalScores, sureScore, wholeScore } from './confidence-thresholds.js';

/** What a match is based on; several transcripts are better evidence than one. */
export type Evidence = 'keys' | 'one transcript' | 'several transcripts';

/**
 * Return the matches (best first) that are worth proposing. If a person has exactly the name that was said, people with
 * longer or similar names are left out; if nobody fits well, a few guesses are made, or none below the thresholds.
 */
export function shortlist(callees: readonly Callee[], evidence: Evidence): readonly Callee[] {
  const whole = callees.filter((callee) => isExact(callee) && callee.score >= wholeScore);
  return whole.length > 0 ? [...whole, ...numbersBeside(callees, whole)] : plausibleCallees(callees, evidence);
}

/** Return the matches of a part of a name, and fair guesses: the people among whom more information would decide. */
export function plausibleCallees(callees: readonly Callee[], evidence: Evidence): readonly Callee[] {
  const [first] = callees;
  if (!first || evidence === 'keys') return callees;
  const exact = callees.filter(
    (callee) => isExact(callee) && callee.score >= (callee.how.by === 'name' ? sureScore : wholeScore),
  );
  if (exact.length > 0) return [...exact, ...numbersBeside(callees, exact)];
  if (first.score < floorOf(first, evidence)) return [];
  return ofFewNames(callees.filter(({ score }) => score >= first.score - equalScoreMargin));
}

/** Homonyms count as one guess. */
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
      callee.score >= (chosen[0]?.score ?? 1) - equalScoreMargin,
  );

/** Everything that was said, spelled, keyed or counted matches the person. */
const isExact = ({ how }: Callee): boolean =>
  how.by === 'name' ? isWhole(how.reason) : how.by === 'spelling' || how.by === 'keys';

function floorOf({ how }: Callee, evidence: Evidence): number {
  if (how.by === 'spelling') return proposalScores.spelled;
  return evidence === 'several transcripts' ? proposalScores.severalTranscripts : proposalScores.oneTranscript;
}
