import type { Deps } from '../../../deps.js';
import { isWhole, type Reason } from '../../../directory/matching/ranking.js';
import { type PersonMatch, searchDirectory } from '../../../directory/search-directory.js';
import type { TenantId } from '../../../ids.js';
import { findByNumbers } from '../../../people/index.js';
import { isListed, type Person } from '../../../people/person.js';
import { readNumber } from '../../../phone-number.js';
import { cutShortCost, nextReadingCost, numberScore, sureScore } from './confidence-thresholds.js';
import { transcriptWords, withoutGreeting } from './normalize-transcript.js';
import { type SpokenLetters, spokenLetters } from './spoken-letters.js';
import { type SpokenNumber, spokenNumber } from './spoken-number.js';

/** A person a caller may mean: how well they fit, and by what evidence. */
export interface Callee {
  readonly person: Person;
  /** From 0 to 1. */
  readonly score: number;
  readonly how: MatchEvidence;
}

type MatchEvidence =
  | { readonly by: 'name'; readonly reason: Reason }
  | { readonly by: 'spelling'; readonly letters: string }
  | { readonly by: 'extension'; readonly digits: string }
  | { readonly by: 'did'; readonly number: string }
  | { readonly by: 'keys'; readonly keys: string };

/** The company whose directory is searched, and the caller. */
export interface Caller {
  readonly tenantId: TenantId;
  /** ISO 3166: the country in which numbers are read. */
  readonly country: string;
  /** E.164; empty: withheld. */
  readonly ani: string;
}

/** A spoken number of at least this many digits may be a direct number. */
const fewestDidDigits = 7;
const mostTranscripts = 10;
/** The most people with a matching name among whom a spelled name is searched. */
const mostNamed = 100;

/**
 * Return whom a caller may mean by this speech (best transcript first), best first: by name, by letters, by number. All
 * three readings compete: the best match is first, whatever its kind. Hidden people are included only by their exact
 * number (PRODUCT.md §2).
 */
export async function calleesBySpeech(
  deps: Deps,
  caller: Caller,
  said: readonly string[],
  limit: number,
): Promise<readonly Callee[]> {
  const [transcript = ''] = said;
  const letters = spokenLetters(transcript);
  const ways = await Promise.all([
    byName(deps, caller, said, limit),
    letters ? bySpelling(deps, caller, said, letters, limit) : [],
    byNumber(deps, caller, said.slice(0, mostTranscripts).map(spokenNumber)),
  ]);
  return bestOfEach(ways.flat(), limit);
}

/**
 * Return whom a caller may mean by these keys: an exact extension or DID alone, hidden people too; otherwise letters of
 * a name.
 */
export async function calleesByKeys(
  deps: Deps,
  caller: Caller,
  keys: string,
  limit: number,
): Promise<readonly Callee[]> {
  const digits = keys.replace(/\D/g, '');
  if (digits === '') return [];
  const number = await calleesByExactNumber(deps, caller, [{ readings: [digits], score: 1 }], digits);
  if (number.length > 0) return number;
  const found = await search(deps, caller, digits, 'keypad', [], limit);
  return found.map(({ person, score }) => ({ person, score, how: { by: 'keys', keys: digits } }));
}

async function byName(deps: Deps, caller: Caller, said: readonly string[], limit: number): Promise<Callee[]> {
  const [transcript = '', ...nbest] = said.map(withoutGreeting);
  const found = await search(deps, caller, transcript, 'name', nbest, limit);
  const isOneWord = transcriptWords(transcript).length < 2;
  return found
    .filter(({ reason }) => !(reason === 'initials' && isOneWord))
    .map(({ person, score, reason }) => ({
      person,
      score: reason === 'prefix' ? score - cutShortCost : score,
      how: { by: 'name', reason },
    }));
}

/**
 * A name spelled alone, or said and then spelled: a person who fits both is meant, however badly the name was heard.
 */
async function bySpelling(
  deps: Deps,
  caller: Caller,
  said: readonly string[],
  { name, spelling, letters }: SpokenLetters,
  limit: number,
): Promise<Callee[]> {
  const how = { by: 'spelling', letters } as const;
  const others = said.slice(1).flatMap((transcript) => spokenLetters(transcript)?.spelling ?? []);
  const spelled = await search(deps, caller, spelling, 'spell', others, name === '' ? limit : mostNamed);
  const asSpelled = spelled.map(({ person, score }): Callee => ({ person, score, how }));
  if (name === '') return asSpelled;

  // The letters say how the last of the spoken words is written.
  const written = [...transcriptWords(name).slice(0, -1), letters].join(' ');
  const exact = (await search(deps, caller, written, 'name', [], limit)).filter(({ score }) => score >= sureScore);
  if (exact.length > 0)
    return exact.map(({ person, reason, score }) => ({ person, how, score: isWhole(reason) ? 1 : score }));

  const named = new Set((await search(deps, caller, name, 'name', [], mostNamed)).map(({ person }) => person.id));
  const both = asSpelled.filter(({ person }) => named.has(person.id));
  return both.length > 0 ? both.map((callee) => ({ ...callee, score: Math.max(callee.score, sureScore) })) : asSpelled;
}

async function byNumber(
  deps: Deps,
  caller: Caller,
  numbers: readonly (SpokenNumber | undefined)[],
): Promise<readonly Callee[]> {
  const said = numbers.flatMap((number) => number ?? []);
  const [heard] = numbers;
  const exact = await calleesByExactNumber(
    deps,
    caller,
    said,
    heard && heard.score >= numberScore.alone ? heard.readings[0] : undefined,
  );
  const [longest = ''] = said.flatMap(({ readings }) => readings).filter(({ length }) => length >= fewestDidDigits);
  if (exact.length > 0 || longest === '') return exact;
  // Without its area code, the number is not exact: listed people only.
  const local = await search(deps, caller, longest, 'did', [], 3);
  return local.map(({ person }) => ({
    person,
    score: numberScore.among,
    how: { by: 'did', number: person.did ?? longest },
  }));
}

/**
 * Everybody with exactly one of these numbers; the likelier reading first. Hidden people only by `plainly`, the number
 * as keyed or first heard: a guessed reading would tell their name to a caller who says any number.
 */
async function calleesByExactNumber(
  deps: Deps,
  caller: Caller,
  said: readonly SpokenNumber[],
  plainly: string | undefined,
): Promise<readonly Callee[]> {
  const readings = [...new Set(said.flatMap(({ readings }) => readings))];
  const dids = new Map<string, string>();
  for (const digits of readings.filter(({ length }) => length >= fewestDidDigits)) {
    for (const typed of [digits, `+${digits}`]) {
      const number = readNumber(typed, caller.country);
      if (number.kind === 'number' && !dids.has(number.e164)) dids.set(number.e164, digits);
    }
  }
  const found = await findByNumbers(deps.db, caller.tenantId, { extensions: readings, dids: [...dids.keys()] });
  const callees = found.flatMap((person): (Callee & { readonly turn: number })[] => {
    const { extension, did } = person;
    const byDid = dids.get(did ?? '');
    const isExtension = extension !== undefined && readings.includes(extension);
    const digits = isExtension ? extension : (byDid ?? '');
    const number = said.find((one) => one.readings.includes(digits));
    if (!number || (digits !== plainly && !isListed(person))) return [];
    const how: MatchEvidence = isExtension ? { by: 'extension', digits } : { by: 'did', number: did ?? digits };
    return [{ person, how, score: number.score, turn: readings.indexOf(digits) }];
  });
  return callees
    .sort((a, b) => a.turn - b.turn)
    .map(({ person, how, score }, at) => ({ person, how, score: score - Math.min(at, 3) * nextReadingCost }));
}

async function search(
  deps: Deps,
  { tenantId, ani }: Caller,
  query: string,
  kind: 'name' | 'spell' | 'did' | 'keypad',
  nbest: readonly string[],
  limit: number,
): Promise<readonly PersonMatch[]> {
  return searchDirectory(deps, tenantId, query, { kind, nbest, limit, ...(ani === '' ? {} : { whose: { ani } }) });
}

/** Everybody once, with their best match. Equal scores keep the order in which they were found. */
function bestOfEach(callees: readonly Callee[], limit: number): readonly Callee[] {
  const byId = new Map<string, Callee>();
  for (const callee of callees) {
    const known = byId.get(callee.person.id);
    if (!known || known.score < callee.score) byId.set(callee.person.id, callee);
  }
  return [...byId.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}
