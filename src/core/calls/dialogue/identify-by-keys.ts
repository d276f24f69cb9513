import type { Deps } from '../../deps.js';
import type { UnclearRequest } from '../calls.store.js';
import { type Callee, calleesByKeys } from './listening/callee-candidates.js';
import { keyedEvidence, mostGuesses } from './listening/confidence-thresholds.js';
import { mostChoices } from './listening/numbered-choices.js';
import { rankByEarlier, type Weighed } from './listening/rank-by-earlier.js';
import { shortlist } from './listening/shortlist.js';
import {
  askedAnew,
  chosenPerson,
  type DialogueState,
  person,
  propose,
  type Resolution,
  resolveNo,
  withoutPeople,
} from './resolution.js';

/** So many whose names fit the keys are looked through for one who fits what was said before. */
const mostKeyed = 1000;

/**
 * Identify whom a caller means who keyed this: a choice, an extension, or letters of a name. Keys that fit an extension and
 * a name are choices: prompts invite letters, and an extension that happens to have their digits must not ring unasked.
 */
export async function byKeys(deps: Deps, talk: DialogueState, keys: string): Promise<Resolution> {
  const { offered, about, words } = talk;
  if (keys === '0') return { kind: 'operator', because: [] };
  const chosen = offered.find(({ digit }) => digit === keys);
  if (chosen) return chosenPerson(talk, chosen);
  if (offered.length === 1 && keys === '2') return resolveNo(deps, talk);

  const found = await calleesByKeys(deps, talk.caller, keys, mostKeyed);
  const numbered = found.find(isNumbered);
  const named = found.filter((callee) => !isNumbered(callee));
  if (numbered && (named.length === 0 || asksForExtension(about))) return ringNumbered(talk, numbered);
  if (found.length > 0) return proposeKeyed(talk, askedAnew(talk, { digits: keys }, found), found);

  // “Key more letters”: the caller keys only the further letters, rather than all of them again.
  const longer = about?.tooMany && about.digits !== undefined ? about.digits + keys : undefined;
  const rest = longer === undefined ? [] : await calleesByKeys(deps, talk.caller, longer, mostKeyed);
  if (about && longer !== undefined && rest.length > 0) return proposeKeyed(talk, { ...about, digits: longer }, rest);
  if (offered.length > 0) return { kind: 'again', counts: true, isUnclear: true, because: [words.nobodyMatches(keys)] };
  const nobody = askedAnew(talk, { digits: keys }, []);
  return { kind: 'nobody', about: nobody, because: [words.nobodyMatches(keys)] };
}

const isNumbered = ({ how }: Callee): boolean => how.by === 'extension' || how.by === 'did';

/** A name said fitted too many: they were asked to say more of it, or to key an extension. */
const asksForExtension = (about: UnclearRequest | undefined): boolean =>
  about?.tooMany === true && about.digits === undefined;

function ringNumbered({ words }: DialogueState, callee: Callee): Resolution {
  const { how, person: callees } = callee;
  if (how.by === 'extension') return person(callee, [words.keyedExtension(how.digits, callees.displayName)]);
  return person(callee, how.by === 'did' ? [words.dialledDid(how.number, callees.displayName)] : []);
}

/** Offer those who fit the keys, as far as they fit what was said before. */
function proposeKeyed(talk: DialogueState, about: UnclearRequest, found: readonly Callee[]): Resolution {
  const fresh = withoutPeople(found, about.refused);
  // Who keys the name of somebody whom they refused means that name.
  const left = fresh.length > 0 ? fresh : found;
  const numbered = left.filter(isNumbered);
  const named = likeliest(
    rankByEarlier(
      shortlist(
        left.filter((callee) => !isNumbered(callee)),
        'keys',
      ),
      about.earlier ?? [],
    ),
    mostChoices - numbered.length,
  );
  const callees =
    numbered.length > 0 && named.length + numbered.length > mostChoices ? numbered : [...numbered, ...named];
  return propose(talk, named.length > mostChoices ? { ...about, tooMany: true } : about, callees, about.digits ?? '');
}

/** One who fits what was said before far better than the others; of too many, the few who fit it. */
function likeliest(ranked: readonly Weighed[], room: number): readonly Callee[] {
  const [best, ...others] = ranked;
  if (!best) return [];
  const isSameName = ({ callee }: Weighed) => callee.person.displayName === best.callee.person.displayName;
  const next = others.find((other) => !isSameName(other));
  const isClear = best.evidence >= keyedEvidence.sure && best.evidence - (next?.evidence ?? 0) >= keyedEvidence.lead;
  if (isClear)
    return ranked.filter((one) => isSameName(one) && one.evidence === best.evidence).map(({ callee }) => callee);
  if (ranked.length <= room) return ranked.map(({ callee }) => callee);
  const fair = ranked.filter(({ evidence }) => evidence >= keyedEvidence.fair);
  const names = [...new Set(fair.map(({ callee }) => callee.person.displayName))].slice(0, mostGuesses);
  const few = fair.filter(({ callee }) => names.includes(callee.person.displayName)).map(({ callee }) => callee);
  return few.length > 0 ? few : ranked.map(({ callee }) => callee);
}
