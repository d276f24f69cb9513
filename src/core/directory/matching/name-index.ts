import { nameWordsOf } from './carrier-words.js';
import { findHeard } from './find-heard.js';
import { findKeyed } from './find-keyed.js';
import { findSpelled } from './find-spelled.js';
import { findTyped, findWritten } from './find-typed.js';
import { byDid, byExtension, enterNumbers, leaveNumbers, newNumberIndex } from './number-index.js';
import { type Match, newRanking, place, type Ranking, reasonNumber, reasons } from './ranking.js';
import { enter, leave, type NamedPerson, newRoster } from './roster.js';
import { readingsOf } from './spoken-digits.js';

export type { NamedPerson } from './roster.js';

/**
 * What is asked with: a name typed or said, a name spelled aloud, an extension or a DID in any format or in words, or a
 * name on a telephone's keys.
 */
export type QueryKind = 'name' | 'spell' | 'extension' | 'did' | 'keypad';

export interface Query {
  readonly kind: QueryKind;
  /** What else a recogniser may have heard, best first. */
  readonly nbest?: readonly string[];
  /** How near somebody is to who asks, from 0 to 1: tells people of the same name apart, and no others. */
  readonly near?: (id: string) => number;
  /** 10 unless told. */
  readonly limit?: number;
}

/** The people of one tenant, ready to be found. Changes one person at a time; many can share a process. */
export interface NameIndex {
  /** Takes somebody in, or in anew where the id is known. */
  put(person: NamedPerson): void;
  remove(id: string): void;
  /** Whom a query may mean, best first. Any text has an answer, an empty one at worst. */
  search(query: string, options: Query): Match[];
  readonly size: number;
}

/** A hundredth of a wrong letter is worth this little: one wrong letter leaves 0.8. */
const scoreScale = 400;
/** From this cost on, a typed name is better listened to. */
const doubtful = 240;
const listenedCost = 40;
const laterTranscriptCost = 3;
/** As much better somebody's score is whom the requester knows well. */
const nearLead = 25;

export function openNameIndex(): NameIndex {
  const roster = newRoster();
  const book = newNumberIndex();

  const remove = (id: string): void => {
    const slot = leave(roster, id);
    if (slot !== undefined) leaveNumbers(book, slot);
  };

  return {
    put(person) {
      remove(person.id);
      enterNumbers(book, enter(roster, person), person.extension, person.did);
    },
    remove,
    search(query, { kind, nbest = [], near, limit = 10 }) {
      const transcripts = [query, ...nbest];
      switch (kind) {
        case 'name':
          return matches(byName(transcripts, limit, near), near);
        case 'spell':
          return matches(findSpelled(roster, transcripts, limit, near), near);
        case 'keypad':
          return matches(findKeyed(roster, query, limit, near), near);
        default:
          return matches(byNumber(kind, transcripts, limit));
      }
    },
    get size() {
      return roster.slots.size;
    },
  };

  /** What a recogniser heard is matched by sound; what is typed by its letters, and by sound where they fit nobody well. */
  function byName(transcripts: readonly string[], limit: number, near: Query['near']): Ranking {
    const [said = ''] = transcripts;
    const query = said.includes(',') ? said : nameWordsOf(said).join(' ');
    const heard = () => findHeard(roster, transcripts, limit, near);
    if (transcripts.length > 1) return merged(heard(), wholly(findWritten(roster, query, limit, near)));

    const typed = findTyped(roster, query, limit, near);
    const best = typed.costs[0] ?? Number.POSITIVE_INFINITY;
    return best < doubtful ? typed : merged(typed, heard(), listenedCost);
  }

  function byNumber(kind: 'extension' | 'did', transcripts: readonly string[], limit: number): Ranking {
    const ranking = newRanking(limit);
    for (const [rank, transcript] of transcripts.slice(0, mostTranscripts).entries()) {
      for (const [turn, digits] of readingsOf(transcript).entries()) {
        const cost = rank * laterTranscriptCost + Math.min(turn, 20) * 0.1;
        for (const slot of byExtension(book, digits)) {
          place(ranking, slot, cost + (kind === 'extension' ? 0 : 30), extension);
        }
        for (const slot of byDid(book, digits)) place(ranking, slot, cost + (kind === 'did' ? 0 : 30), did);
      }
    }
    return ranking;
  }

  /** Whom the requester knows stands out by the score, yet never above somebody who fits better. */
  function matches({ slots, costs, reasons: why }: Ranking, near: Query['near'] = () => 0): Match[] {
    let least = 0;
    return slots.map((slot, at) => {
      const id = roster.ids[slot] ?? '';
      least = Math.max(least, (costs[at] ?? 0) - near(id) * nearLead);
      return {
        id,
        score: Number(Math.min(1, scoreScale / (scoreScale + least)).toFixed(3)),
        reason: reasons[why[at] ?? 0] ?? 'exact',
      };
    });
  }
}

const mostTranscripts = 10;
const extension = reasonNumber('extension');
const did = reasonNumber('did');

/** Of a ranking, those whose whole name was asked for. */
function wholly({ limit, slots, costs, reasons: why }: Ranking): Ranking {
  const sure = newRanking(limit);
  slots.forEach((slot, at) => {
    if ((costs[at] ?? 0) <= 2) place(sure, slot, costs[at] ?? 0, why[at] ?? 0);
  });
  return sure;
}

/** One ranking of two; `more` is added to what the second's people cost. */
function merged(one: Ranking, other: Ranking, more = 0): Ranking {
  const all = newRanking(one.limit);
  for (const [{ slots, costs, reasons: why }, handicap] of [
    [one, 0],
    [other, more],
  ] as const) {
    slots.forEach((slot, at) => void place(all, slot, (costs[at] ?? 0) + handicap, why[at] ?? 0));
  }
  return all;
}
