import { type NameIndex, openNameIndex } from '../../../directory/matching/name-index.js';
import type { Said } from '../../calls.store.js';
import type { Callee } from './callee-candidates.js';
import { withoutGreeting } from './normalize-transcript.js';
import { spokenLetters } from './spoken-letters.js';

/** Somebody who fits what was said last, and how well they fit what was said before: from 0 to 1. */
export interface Weighed {
  readonly callee: Callee;
  readonly evidence: number;
}

/**
 * Those who fit best what the caller said or keyed before, first; of equals the order stays. Whatever a recogniser made
 * of a name, among the few whose names were keyed it mostly tells which is meant.
 */
export function rankByEarlier(callees: readonly Callee[], earlier: readonly Said[]): readonly Weighed[] {
  if (earlier.length === 0 || callees.length === 0) return callees.map((callee) => ({ callee, evidence: 0 }));
  const names = openNameIndex();
  for (const { person } of callees) {
    const { id, firstName, lastName } = person;
    names.put({ id, firstName, lastName });
  }
  const evidence = new Map<string, number>();
  for (const said of earlier)
    for (const { id, score } of fitting(names, said)) evidence.set(id, Math.max(evidence.get(id) ?? 0, score));
  return callees
    .map((callee) => ({ callee, evidence: evidence.get(callee.person.id) ?? 0 }))
    .sort((a, b) => b.evidence - a.evidence);
}

/** How much of the score that is missing may be made up for by what was said before. */
const agreementWeight = 0.15;
/** Below `sureScore`: who only resembles twice is still a guess. */
const mostAgreed = 0.89;

/** Who fits what was said now, best first; whoever fits what was said before as well is the likelier for it. */
export function agreeing(callees: readonly Callee[], earlier: readonly Said[]): readonly Callee[] {
  if (earlier.length === 0) return callees;
  const agreed = rankByEarlier(callees, earlier).map(({ callee, evidence }) => {
    const score = Math.max(callee.score, Math.min(mostAgreed, callee.score + agreementWeight * evidence));
    return { ...callee, score };
  });
  return agreed.sort((a, b) => b.score - a.score);
}

function fitting(names: NameIndex, { digits, speech = [] }: Said) {
  const limit = names.size;
  if (digits !== undefined) return names.search(digits, { kind: 'keypad', limit });
  const [first = ''] = speech;
  const letters = spokenLetters(first);
  if (letters) return names.search(letters.spelling, { kind: 'spell', limit });
  const [transcript = '', ...nbest] = speech.map(withoutGreeting);
  return names.search(transcript, { kind: 'name', nbest, limit });
}
