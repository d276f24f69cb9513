import type { Words } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { nameWordsOf } from '../../directory/matching/carrier-words.js';
import { isWhole } from '../../directory/matching/ranking.js';
import { asId, type UserId } from '../../ids.js';
import type { Said, UnclearRequest } from '../calls.store.js';
import type { Choice } from '../decision.js';
import { type Callee, type Caller, calleesByKeys, calleesBySpeech } from './listening/callee-candidates.js';
import { sureScore } from './listening/confidence-thresholds.js';
import { becauseLines } from './listening/explain-match.js';
import { transcriptWords, withoutGreeting } from './listening/normalize-transcript.js';
import { choicesFrom, mostChoices } from './listening/numbered-choices.js';
import { shortlist } from './listening/shortlist.js';

/**
 * The result of identifying the callee from speech or keys. `because` says how; `about`: what was said, for the next
 * answer.
 */
export type Resolution = { readonly because: readonly string[] } & (
  | { readonly kind: 'person'; readonly id: UserId }
  | { readonly kind: 'operator' }
  /** One person to confirm, or two to nine to choose from. `isNext`: replaces a person whom the caller refused. */
  | {
      readonly kind: 'offer';
      readonly choices: readonly Choice[];
      readonly about: UnclearRequest;
      readonly isNext?: boolean;
    }
  /** `more`: what would tell them apart. */
  | { readonly kind: 'too-many'; readonly about: UnclearRequest; readonly more: 'name' | 'team' | 'keys' }
  /**
   * The same question once more; `counts`: as a failed one. `isUnclear`: the caller answered, and it fits nothing.
   * `startsOver`: the first question, unless there is a choice.
   */
  | { readonly kind: 'again'; readonly counts: boolean; readonly isUnclear?: true; readonly startsOver?: boolean }
  /** The caller refused everyone offered, and nobody else fits. */
  | { readonly kind: 'other'; readonly about: UnclearRequest }
  | { readonly kind: 'nobody'; readonly about: UnclearRequest }
);

/** The state of the dialogue when a caller says or keys something. */
export interface DialogueState {
  readonly caller: Caller;
  readonly offered: readonly Choice[];
  /** What the caller said before; undefined: nothing yet. */
  readonly about: UnclearRequest | undefined;
  readonly words: Words['calls'];
}

/** The caller refused everyone offered; the next best match of the same words may be meant. */
export async function resolveNo(deps: Deps, talk: DialogueState): Promise<Resolution> {
  const about: UnclearRequest = { ...talk.about, refused: allRefused(talk) };
  const found = await calleesOf(deps, talk.caller, about, mostChoices + 1 + about.refused.length);
  const next = shortlist(withoutPeople(found, about.refused), evidenceOf(about.speech));
  const because = [talk.words.saidNo];
  if (next.length === 0) return { kind: 'other', about, because };
  const proposed = propose(talk, about, next, '');
  return { ...proposed, because, ...(proposed.kind === 'offer' ? { isNext: true } : {}) };
}

/** Offer those of the matches that are worth proposing. */
export function offer(talk: DialogueState, about: UnclearRequest, found: readonly Callee[]): Resolution {
  return propose(
    talk,
    about,
    shortlist(withoutPeople(found, about.refused), evidenceOf(about.speech)),
    about.digits ?? about.speech?.[0] ?? '',
  );
}

export function propose(
  talk: DialogueState,
  about: UnclearRequest,
  callees: readonly Callee[],
  heard: string,
): Resolution {
  const { words } = talk;
  if (callees.length === 0) return { kind: 'nobody', about, because: becauseLines(heard, [], words) };
  if (callees.length <= mostChoices)
    return {
      kind: 'offer',
      choices: choicesFrom(callees, words),
      about: { ...about, isGuess: callees.every(({ score }) => score < sureScore) },
      because: becauseLines(heard, callees, words),
    };
  const more = moreOf(about, callees);
  return { kind: 'too-many', about: { ...about, tooMany: true }, more, because: [words.tooManyMatch(heard)] };
}

/** What would tell the people apart: more of the name, or, of a crowd of one name, what else there is to tell. */
function moreOf(about: UnclearRequest, callees: readonly Callee[]): Extract<Resolution, { kind: 'too-many' }>['more'] {
  const [first] = callees;
  if (callees.every(({ person }) => person.displayName === first?.person.displayName)) return 'team';
  if (about.digits !== undefined) return 'keys';
  const isFullName = first?.how.by === 'name' && nameWordsOf(withoutGreeting(about.speech?.[0] ?? '')).length > 1;
  return isFullName || about.tooMany ? 'team' : 'name';
}

export const calleesOf = (
  deps: Deps,
  caller: Caller,
  about: UnclearRequest,
  limit: number,
): Promise<readonly Callee[]> =>
  about.digits === undefined
    ? calleesBySpeech(deps, caller, about.speech ?? [], limit)
    : calleesByKeys(deps, caller, about.digits, limit);

export const person = ({ person }: Callee, because: readonly string[]): Resolution => ({
  kind: 'person',
  id: person.id,
  because,
});

export const chosenPerson = ({ words }: DialogueState, { userId, label }: Choice): Resolution => ({
  kind: 'person',
  id: asId<UserId>(userId),
  because: [words.chose(label)],
});

export const withoutPeople = (callees: readonly Callee[], refused: readonly string[]): readonly Callee[] =>
  callees.filter(({ person }) => !refused.includes(person.id));

export const allRefused = ({ about, offered }: DialogueState): readonly string[] => [
  ...(about?.refused ?? []),
  ...offered.map(({ userId }) => userId),
];

/** How much of what was said before is kept. */
const mostEarlier = 3;

/**
 * The subject of the dialogue once the caller says or keys this. What they refused stays refused, unless they now name just
 * that person; what they said before is kept, and ranks whoever fits the new words.
 */
export function askedAnew({ about }: DialogueState, said: Said, found: readonly Callee[]): UnclearRequest {
  if (!about) return { ...said, refused: [] };
  if (isSame(about, said)) return { ...about, ...said };
  const named = new Set<string>(found.filter(isNamedNow).map(({ person }) => person.id));
  const { digits, speech, earlier = [] } = about;
  const before = digits === undefined && speech === undefined ? [] : [spoken({ digits, speech })];
  return {
    ...said,
    refused: about.refused.filter((id) => !named.has(id)),
    earlier: [...before, ...earlier].slice(0, mostEarlier),
  };
}

const spoken = ({
  digits,
  speech,
}: {
  digits: UnclearRequest['digits'] | undefined;
  speech: UnclearRequest['speech'] | undefined;
}): Said => ({
  ...(digits === undefined ? {} : { digits }),
  ...(speech === undefined ? {} : { speech }),
});

const isNamedNow = ({ how, score }: Callee): boolean =>
  how.by === 'extension' || how.by === 'did' || (how.by === 'name' && isWhole(how.reason) && score >= sureScore);

const isSame = (about: UnclearRequest, said: Said): boolean =>
  about.digits === said.digits && wordsOf(about) === wordsOf(said);

const wordsOf = ({ speech = [] }: Said): string => transcriptWords(speech[0] ?? '').join(' ');

export const evidenceOf = (said: readonly string[] | undefined) =>
  said === undefined ? 'keys' : said.length > 1 ? 'several transcripts' : 'one transcript';
