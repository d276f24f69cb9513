import type { Deps } from '../../deps.js';
import { nameWordsOf } from '../../directory/matching/carrier-words.js';
import { isWhole } from '../../directory/matching/ranking.js';
import { findUsers } from '../../people/index.js';
import type { CallerInput, UnclearRequest } from '../calls.store.js';
import { byKeys } from './identify-by-keys.js';
import { type Callee, calleesBySpeech } from './listening/callee-candidates.js';
import { sureScore } from './listening/confidence-thresholds.js';
import { matchAmongChoices } from './listening/match-among-choices.js';
import { transcriptWords, withoutGreeting } from './listening/normalize-transcript.js';
import { mostChoices } from './listening/numbered-choices.js';
import { agreeing } from './listening/rank-by-earlier.js';
import { readReply } from './listening/read-reply.js';
import { plausibleCallees, shortlist } from './listening/shortlist.js';
import {
  allRefused,
  askedAnew,
  calleesOf,
  chosenPerson,
  type DialogueState,
  evidenceOf,
  offer,
  propose,
  type Resolution,
  resolveNo,
  withoutPeople,
} from './resolution.js';

/** So many who fit new words are looked through for one who fits the words before as well. */
const mostAgreeing = 40;

/** The most people who are searched for one with the given team or first name. */
const mostNarrowed = 1000;

/**
 * Identify whom a caller means: one of the choices just offered, an extension (exact, hidden people too), or a name.
 * Keys take precedence over speech, since they cannot be misheard.
 */
export async function identifyCallee(deps: Deps, talk: DialogueState, heard: CallerInput): Promise<Resolution> {
  const { digits = '', speech = [] } = heard;
  const sinceStar = digits.slice(digits.lastIndexOf('*') + 1);
  const keys = sinceStar.replace(/\D/g, '');
  if (keys !== '') return byKeys(deps, talk, keys);
  if (digits.includes('*')) return { kind: 'again', counts: false, startsOver: true, because: [talk.words.askedAgain] };
  return speech.length > 0 ? bySpeech(deps, talk, speech) : nothingHeard(talk);
}

const nothingHeard = ({ words }: DialogueState): Resolution => ({
  kind: 'again',
  counts: true,
  because: [words.namedNobody],
});

async function bySpeech(deps: Deps, talk: DialogueState, said: readonly string[]): Promise<Resolution> {
  const { offered, words } = talk;
  const answer = readReply(said, offered);
  const [only, second] = offered;
  const connects = answer.kind === 'yes' || answer.kind === 'choice';
  if (connects && (await mayBeName(deps, talk, said)))
    return { kind: 'again', counts: true, isUnclear: true, because: [words.yesOrName(said[0] ?? '')] };
  switch (answer.kind) {
    case 'operator':
      return { kind: 'operator', because: [] };
    case 'again':
      return { kind: 'again', counts: false, because: [words.askedAgain] };
    case 'yes':
      if (only && !second) return chosenPerson(talk, only);
      return { kind: 'again', counts: true, isUnclear: true, because: [words.nobodyMatches(said[0] ?? '')] };
    case 'no':
      return answer.instead.length > 0 ? resolveCorrection(deps, talk, answer.instead) : resolveNo(deps, talk);
    case 'choice': {
      const chosen = offered.at(answer.number === -1 ? -1 : answer.number - 1);
      if (chosen) return chosenPerson(talk, chosen);
      return only && !second && answer.number === 2 ? resolveNo(deps, talk) : byWords(deps, talk, said);
    }
    case 'hesitation':
      return resolveHesitation(deps, talk, said);
    case 'other':
      return byWords(deps, talk, answer.said);
    default:
      return answer satisfies never;
  }
}

/** “Wes” and, as a further guess, “yes”: if a person is called Wes, ask once more before ringing anybody. */
async function mayBeName(
  deps: Deps,
  { caller, offered }: DialogueState,
  [heard = '']: readonly string[],
): Promise<boolean> {
  if (readReply([heard], offered).kind !== 'other') return false;
  const [word = ''] = transcriptWords(heard);
  if (offered.some(({ label }) => transcriptWords(label).includes(word))) return false;
  const called = (await calleesBySpeech(deps, caller, [heard], mostChoices + 1)).filter(
    ({ how, score }) => how.by === 'name' && (isWhole(how.reason) || how.reason === 'nickname') && score >= sureScore,
  );
  return called.length > 0 && called.every(({ person }) => offered.every(({ userId }) => userId !== person.id));
}

/** “Um” says nothingHeard, unless a person has that name. */
async function resolveHesitation(deps: Deps, talk: DialogueState, said: readonly string[]): Promise<Resolution> {
  if (talk.offered.length > 0 || said.length === 0) return nothingHeard(talk);
  const found = await calleesBySpeech(deps, talk.caller, said, mostChoices + 1);
  const named = found.filter(({ how, score }) => how.by === 'name' && isWhole(how.reason) && score >= sureScore);
  return named.length > 0 ? offer(talk, askedAnew(talk, { speech: said }, named), named) : nothingHeard(talk);
}

async function byWords(deps: Deps, talk: DialogueState, said: readonly string[]): Promise<Resolution> {
  const { caller, about } = talk;
  const told = await matchOffered(deps, talk, said);
  if (told) return told;
  const limit = mostChoices + 1 + (about?.refused.length ?? 0);
  const heard = await calleesBySpeech(deps, caller, said, about ? Math.max(limit, mostAgreeing) : limit);
  const found = agreeing(heard, askedAnew(talk, { speech: said }, heard).earlier ?? []);
  const anew = resolveNewRequest(talk, said, found);
  // “Smith”, and then “Bob”: a part of a name by itself fits nobody, or too many.
  const isPart = about !== undefined && (about.tooMany || anew.kind === 'too-many' || anew.kind === 'again');
  return (isPart ? await narrowDown(deps, talk, about, said, found) : undefined) ?? anew;
}

/** “The one in sales”: those of the people just offered who match, as far as it distinguishes them. */
async function matchOffered(deps: Deps, talk: DialogueState, said: readonly string[]): Promise<Resolution | undefined> {
  const { caller, offered, about, words } = talk;
  if (offered.length < 2) return undefined;
  const people = await findUsers(
    deps.db,
    caller.tenantId,
    offered.map(({ userId }) => userId),
  );
  const told = new Set<string>(matchAmongChoices(people, said).map(({ id }) => id));
  const left = offered.filter(({ userId }) => told.has(userId));
  const [chosen, another] = left;
  if (chosen && !another) return chosenPerson(talk, chosen);
  if (!chosen || !about) return undefined;
  const choices = left.map((choice, at) => ({ ...choice, digit: String(at + 1) }));
  return { kind: 'offer', choices, about, because: [words.severalMatch(said[0] ?? '', choices.length)] };
}

/** The result of a new request. */
function resolveNewRequest(talk: DialogueState, said: readonly string[], found: readonly Callee[]): Resolution {
  const { offered, words } = talk;
  const about = askedAnew(talk, { speech: said }, found);
  const heard = said[0] ?? '';
  const [first, second] = shortlist(withoutPeople(found, about.refused), evidenceOf(said));
  if (!first && offered.length > 0)
    return { kind: 'again', counts: true, isUnclear: true, because: [words.nobodyMatches(heard)] };

  const [only, other] = offered;
  if (first && !second && only && !other && only.userId === first.person.id) {
    // The offered name, said again, is a yes; a guess that comes again is still a guess.
    if (first.score >= sureScore) return chosenPerson(talk, only);
    return { kind: 'again', counts: true, because: [words.oneMatch(heard, only.label)] };
  }
  return offer(talk, about, found);
}

/** Too many people fitted, and the caller has added a first name, a team or a title. */
async function narrowDown(
  deps: Deps,
  talk: DialogueState,
  about: UnclearRequest,
  said: readonly string[],
  found: readonly Callee[],
): Promise<Resolution | undefined> {
  const many = withoutPeople(
    plausibleCallees(await calleesOf(deps, talk.caller, about, mostNarrowed), evidenceOf(about.speech)),
    about.refused,
  );
  const byId = new Map(many.map((callee) => [callee.person.id, callee]));
  const [anew] = shortlist(found, evidenceOf(said));
  const isWhole =
    nameWordsOf(withoutGreeting(said[0] ?? '')).length > 1 && anew !== undefined && anew.score >= sureScore;
  if (isWhole && !byId.has(anew.person.id)) return undefined;

  const told = matchAmongChoices(
    many.map(({ person }) => person),
    said,
  ).flatMap(({ id }) => byId.get(id) ?? []);
  return told.length === 0 ? undefined : propose(talk, about, told, said[0] ?? '');
}

/** “no, Bob Smith”; or, of several, “no, the one in sales”, unless another person has exactly that name. */
async function resolveCorrection(deps: Deps, talk: DialogueState, instead: readonly string[]): Promise<Resolution> {
  const refused = allRefused(talk);
  const found = await calleesBySpeech(deps, talk.caller, instead, mostChoices + 1 + refused.length);
  const [first] = found;
  const isElse = first && first.score >= sureScore && talk.offered.every(({ userId }) => userId !== first.person.id);
  const told = isElse ? undefined : await matchOffered(deps, talk, instead);
  if (told) return told;
  const about = { ...askedAnew(talk, { speech: instead }, found), refused };
  const resolution = offer(talk, about, found);
  return { ...resolution, because: [talk.words.saidNo, ...resolution.because] };
}
