import type { Words } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { likely, searchDirectory } from '../directory/directory.js';
import { as, type TenantId, type UserId } from '../ids.js';
import { findUserByExtension } from '../users/people.js';
import { type Person, roleOf } from '../users/person.js';
import type { Choice } from './call-plan.js';
import type { Heard } from './calls.store.js';

/** What a caller's words or keys come to. `because` says how. */
export type Resolution =
  | { readonly kind: 'person'; readonly id: UserId; readonly because: string }
  /** Understood by ear: asked back before it rings. */
  | { readonly kind: 'probably'; readonly choice: Choice; readonly because: string }
  | { readonly kind: 'operator' }
  /** Two to nine. */
  | { readonly kind: 'several'; readonly choices: readonly Choice[]; readonly because: string }
  | { readonly kind: 'too-many'; readonly because: string }
  /** They were offered somebody and said no. */
  | { readonly kind: 'other'; readonly because: string }
  | { readonly kind: 'nobody'; readonly because: string };

/** As many as there are keys to choose with. */
const mostChoices = 9;

/**
 * Whom a caller means: one of the choices just offered, an extension (exact, hidden people too), or a name. Keys win
 * over speech, since they cannot be misheard.
 */
export async function resolve(
  deps: Deps,
  tenantId: TenantId,
  heard: Heard,
  offered: readonly Choice[],
  words: Words['calls'],
): Promise<Resolution> {
  const keys = heard.digits ?? '';
  const said = heard.speech ?? [];
  if (keys === '' && said.length === 0) return { kind: 'nobody', because: words.heardNothing };

  const answer = fromOffered(keys, said, offered, words);
  if (answer) return answer;
  if (keys === '0') return { kind: 'operator' };

  const extension = await byExtension(deps, tenantId, keys === '' ? said.map(spokenDigits) : [keys]);
  if (extension)
    return { kind: 'person', id: extension.id, because: words.keyedExtension(extension.extension, extension.name) };

  return keys === '' ? byName(deps, tenantId, said, words) : { kind: 'nobody', because: words.nobodyMatches(keys) };
}

function fromOffered(
  keys: string,
  said: readonly string[],
  offered: readonly Choice[],
  words: Words['calls'],
): Resolution | undefined {
  const [only, second] = offered;
  if (!only) return undefined;

  const chosen = offered.find(({ digit }) => digit === (keys === '' ? said.map(spokenDigits).find(Boolean) : keys));
  if (chosen) return { kind: 'person', id: as<UserId>(chosen.userId), because: words.chose(chosen.label) };

  if (!second && said.some((text) => yes.test(text)))
    return { kind: 'person', id: as<UserId>(only.userId), because: words.chose(only.label) };
  if (!second && (keys === '2' || said.some((text) => no.test(text)))) return { kind: 'other', because: words.saidNo };
  return undefined;
}

const yes = /^\W*(yes|yeah|yep|correct|right|oui|exact|c.est (ça|lui|elle))\b/iu;
const no = /^\W*(no|nope|wrong|non)\b/iu;

async function byExtension(deps: Deps, tenantId: TenantId, candidates: readonly string[]) {
  for (const extension of candidates) {
    const found = extension === '' ? undefined : await findUserByExtension(deps.db, tenantId, extension);
    if (found) return { id: found.id, name: found.displayName, extension };
  }
  return undefined;
}

async function byName(
  deps: Deps,
  tenantId: TenantId,
  said: readonly string[],
  words: Words['calls'],
): Promise<Resolution> {
  const [text = '', ...nbest] = said;
  const found = await searchDirectory(deps, tenantId, text, { kind: 'name', nbest, limit: mostChoices + 1 });
  const fitting = likely(found).map(({ person }) => person);
  const [only, second] = fitting;
  if (!only) return { kind: 'nobody', because: words.nobodyMatches(text) };
  if (fitting.length > mostChoices) return { kind: 'too-many', because: words.tooManyMatch(text) };

  const choices = choicesFrom(fitting);
  const [choice] = choices;
  if (!second && choice) return { kind: 'probably', choice, because: words.oneMatch(text, choice.label) };
  return { kind: 'several', choices, because: words.severalMatch(text, choices.length) };
}

/** Numbered, and homonyms told apart by title and team. */
const choicesFrom = (people: readonly Person[]): Choice[] =>
  people.map((person, index) => {
    const { id, displayName } = person;
    const isHomonym = people.some((other) => other.id !== id && other.displayName === displayName);
    const label = isHomonym ? [displayName, roleOf(person)].filter(Boolean).join(', ') : displayName;
    return { digit: String(index + 1), label, userId: id };
  });

/** `two oh four` and `2 0 4` → `204`; anything else → nothing. */
function spokenDigits(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(extension|number|poste|numero|le|the)$/.test(word));
  const digits = words.map((word) => (/^\d+$/.test(word) ? word : digitOf[word]));
  return digits.length > 0 && digits.every((digit) => digit !== undefined) ? digits.join('') : '';
}

const digitOf: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['zero', 'oh', 'o'],
    ['one', 'un', 'une'],
    ['two', 'deux'],
    ['three', 'trois'],
    ['four', 'quatre'],
    ['five', 'cinq'],
    ['six'],
    ['seven', 'sept'],
    ['eight', 'huit'],
    ['nine', 'neuf'],
  ].flatMap((names, digit) => names.map((name) => [name, String(digit)])),
);
