import { openNameIndex } from '../../../directory/matching/name-index.js';
import { isWhole, type Match } from '../../../directory/matching/ranking.js';
import { readingsOf } from '../../../directory/matching/spoken-digits.js';
import type { Person } from '../../../people/person.js';
import { choiceFillerWords } from './caller-phrases.js';
import { amongFewLead, amongFewScore, exactLead } from './confidence-thresholds.js';
import { transcriptWords } from './normalize-transcript.js';
import { spokenLetters } from './spoken-letters.js';

const mostTranscripts = 3;

/**
 * Return those of a few people just mentioned whom the caller means by this speech: by what distinguishes them, the one
 * “in sales”, “the extension two oh one”, “Robert”. Empty: none of them, or all of them equally.
 */
export function matchAmongChoices<Someone extends Person>(
  people: readonly Someone[],
  said: readonly string[],
): readonly Someone[] {
  const names = openNameIndex();
  const roles = openNameIndex();
  for (const person of people) {
    const { id, firstName, lastName } = person;
    names.put({ id, firstName, lastName });
    roles.put({ id, firstName: person.title, lastName: person.team });
  }
  let best: readonly Someone[] = [];
  let bestScore = 0;
  for (const transcript of said.slice(0, mostTranscripts)) {
    const numbered = byExtension(people, transcript);
    if (numbered) return [numbered];
    const words = transcriptWords(transcript).filter((word) => !choiceFillerWords.has(word));
    const text = words.join(' ');
    const letters = spokenLetters(transcript);
    if (letters) take(names.search(letters.spelling, { kind: 'spell', limit: people.length }));
    // “Kay Oh” is two letters, and a name.
    if (text !== '' && (!letters || words.every(({ length }) => length > 1))) {
      take(names.search(text, { kind: 'name', limit: people.length }));
      take(roles.search(text, { kind: 'name', limit: people.length }));
    }
  }
  return best.length < people.length ? best : [];

  function take(matches: readonly Match[]): void {
    const [first] = matches;
    if (!first || first.score < amongFewScore || first.score <= bestScore) return;
    // “Luc” is Luc rather than Jean-Luc.
    const lead = isWhole(first.reason) ? exactLead : amongFewLead;
    const ids = new Set(matches.filter(({ score }) => score > first.score - lead).map(({ id }) => id));
    bestScore = first.score;
    best = people.filter(({ id }) => ids.has(id));
  }
}

function byExtension<Someone extends Person>(people: readonly Someone[], transcript: string): Someone | undefined {
  const readings = readingsOf(transcript).filter(({ length }) => length > 1);
  return people.find(({ extension }) => extension !== undefined && readings.includes(extension));
}
