import type { Words } from '../../../chat/words.js';
import { titleAndTeam } from '../../../people/person.js';
import type { Choice } from '../../decision.js';
import type { Callee } from './callee-candidates.js';

/** The number of keys to choose with. */
export const mostChoices = 9;

/**
 * Return numbered choices, labelled so that a caller can tell them apart: homonyms by title and team, otherwise by
 * extension. A person who was asked for by extension is labelled with it, since it may have been misheard.
 */
export const choicesFrom = (callees: readonly Callee[], words: Words['calls']): Choice[] => {
  const labels = callees.map((callee) => labelOf(callee, callees, words));
  return callees.map(({ person }, at) => ({
    digit: String(at + 1),
    label: labels[at] ?? person.displayName,
    userId: person.id,
  }));
};

function labelOf({ person, how }: Callee, callees: readonly Callee[], words: Words['calls']): string {
  const { displayName, extension } = person;
  const byExtension = extension === undefined ? displayName : words.withExtension(displayName, spokenDigits(extension));
  if (how.by === 'extension') return byExtension;

  const homonyms = callees.filter((other) => other.person.displayName === displayName);
  if (homonyms.length === 1) return displayName;
  const role = titleAndTeam(person);
  const isTold = role !== '' && homonyms.filter((other) => titleAndTeam(other.person) === role).length === 1;
  return isTold ? `${displayName}, ${role}` : byExtension;
}

/** `2101` → `2 1 0 1`: a voice would say two thousand one hundred and one. */
const spokenDigits = (digits: string): string => [...digits].join(' ');
