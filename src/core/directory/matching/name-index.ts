import { nameWordsOf } from './carrier-words.js';
import { findHeard } from './find-heard.js';
import { findKeyed } from './find-keyed.js';
import { findSpelled } from './find-spelled.js';
import { findTyped, findWritten } from './find-typed.js';
import { byDid, byExtension, enterNumbers, newNumberIndex, removeNumbers } from './number-index.js';
import { insertRanked, type Match, newRanking, type Ranking, reasonNumber, reasons } from './ranking.js';
import { addToRoster, type NamedPerson, newRoster, removeFromRoster } from './roster.js';
import { readingsOf } from './spoken-digits.js';

export type { NamedPerson } from './roster.js';

/**
 * What a query is: a name typed or said, a name spelled aloud, an extension or a DID in any format or in words, or a
 * name on a telephone's keys.
 */
export type QueryKind = 'name' | 'spell' | 'extension' | 'did' | 'keypad';

/** The options of a query. */
export interface Query {
  readonly kind: QueryKind;
  /** The recogniser's other transcripts, best first. */
  readonly nbest?: readonly string[];
  /** How near a person is to the requester, from 0 to 1: orders homonyms, and no others. */
  readonly near?: (id: string) => number;
  /** 10 by default. */
  readonly limit?: number;
}

/**
 * The names of one tenant's people, ready to be searched. Updated one person at a time; many indexes share a process.
 */
export interface NameIndex {
  /** Add a person, or replace the one with this id. */
  put(person: NamedPerson): void;
  remove(id: string): void;
  /** Return the people whom a query may mean, best first. Any text has a result, possibly an empty one. */
  search(query: string, options: Query): Match[];
  readonly size: number;
}

/** The effect of a hundredth of a wrong letter on the score: one wrong letter leaves 0.8. */
const scoreScale = 400;
/** From this cost on, a typed name is matched by its sound too. */
const doubtfulCost = 240;
const listenedCost = 40;
const laterTranscriptCost = 3;
/** The lead of a person whom the requester knows well, in hundredths of a wrong letter. */
const nearLead = 25;

/** Create an empty index of names. */
export function openNameIndex(): NameIndex {
  const roster = newRoster();
  const book = newNumberIndex();

  const remove = (id: string): void => {
    const slot = removeFromRoster(roster, id);
    if (slot !== undefined) removeNumbers(book, slot);
  };

  return {
    put(person) {
      remove(person.id);
      enterNumbers(book, addToRoster(roster, person), person.extension, person.did);
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

  /**
   * A recogniser's transcript is matched by sound; typed text by its letters, and by sound if the letters fit nobody
   * well.
   */
  function byName(transcripts: readonly string[], limit: number, near: Query['near']): Ranking {
    const [said = ''] = transcripts;
    const query = said.includes(',') ? said : nameWordsOf(said).join(' ');
    const heard = () => findHeard(roster, transcripts, limit, near);
    if (transcripts.length > 1) return mergeRankings(heard(), wholeMatches(findWritten(roster, query, limit, near)));

    const typed = findTyped(roster, query, limit, near);
    const best = typed.costs[0] ?? Number.POSITIVE_INFINITY;
    return best < doubtfulCost ? typed : mergeRankings(typed, heard(), listenedCost);
  }

  function byNumber(kind: 'extension' | 'did', transcripts: readonly string[], limit: number): Ranking {
    const ranking = newRanking(limit);
    for (const [rank, transcript] of transcripts.slice(0, mostTranscripts).entries()) {
      for (const [turn, digits] of readingsOf(transcript).entries()) {
        const cost = rank * laterTranscriptCost + Math.min(turn, 20) * 0.1;
        for (const slot of byExtension(book, digits)) {
          insertRanked(ranking, slot, cost + (kind === 'extension' ? 0 : 30), extension);
        }
        for (const slot of byDid(book, digits)) insertRanked(ranking, slot, cost + (kind === 'did' ? 0 : 30), did);
      }
    }
    return ranking;
  }

  /** A frequent contact's score is better, yet never above that of a person who fits better. */
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

/** Those of a ranking whose whole name was asked for. */
function wholeMatches({ limit, slots, costs, reasons: why }: Ranking): Ranking {
  const sure = newRanking(limit);
  slots.forEach((slot, at) => {
    if ((costs[at] ?? 0) <= 2) insertRanked(sure, slot, costs[at] ?? 0, why[at] ?? 0);
  });
  return sure;
}

/** Merge two rankings; `more` is added to the costs of the second. */
function mergeRankings(one: Ranking, other: Ranking, more = 0): Ranking {
  const all = newRanking(one.limit);
  for (const [{ slots, costs, reasons: why }, handicap] of [
    [one, 0],
    [other, more],
  ] as const) {
    slots.forEach((slot, at) => void insertRanked(all, slot, (costs[at] ?? 0) + handicap, why[at] ?? 0));
  }
  return all;
}
