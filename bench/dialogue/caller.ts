import type { CallerInput, UnclearRequest } from '../../src/core/calls/calls.store.js';
import { mostRetries } from '../../src/core/calls/connect-callee.js';
import type { Choice } from '../../src/core/calls/decision.js';
import { readCallersAnswer } from '../../src/core/calls/dialogue/ask-caller.js';
import type { Deps } from '../../src/core/deps.js';
import { foldText } from '../../src/core/directory/matching/fold-text.js';
import type { RoutingCompany } from '../../src/core/routing/routing-rows.js';

/** The person a simulated caller wants, and what the caller knows of them. */
export interface Wanted {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly displayName: string;
  readonly title: string;
  readonly team: string;
}

/** How a simulated call went. `names`: how often the caller had to say or key whom they want; yes and choices are none. */
export interface CallResult {
  readonly end: 'right' | 'wrong' | 'operator';
  readonly names: number;
  readonly steps: readonly string[];
}

/** More than any dialogue takes. */
const mostTurns = 15;

/**
 * Let a caller who does as the prompts say ask for a person: `first` answers the first question. An offer of the person is
 * taken; to any other they key the last name, then the first name after it; of a crowd of one name they tell the team, then
 * the title.
 */
export async function callFor(
  deps: Deps,
  company: RoutingCompany,
  wanted: Wanted,
  first: CallerInput,
): Promise<CallResult> {
  const steps: string[] = [];
  const inputs = laterInputs(wanted);
  const base = { company, ani: '', language: 'en' as const, because: [] };
  let state: { retries: number; offered: readonly Choice[]; about?: UnclearRequest; prompt?: string } = {
    ...{ retries: mostRetries, offered: [] },
  };
  let heard = first;
  let names = 1;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const next = await readCallersAnswer(deps, { ...base, ...state }, heard);
    steps.push(`${JSON.stringify(heard)} → ${next.action}: ${next.prompt ?? ''} ${next.because.at(-1) ?? ''}`);
    if (next.action !== 'ask') {
      if (next.asksFor === undefined || next.asksFor === company.operatorId) return { end: 'operator', names, steps };
      return { end: next.asksFor === wanted.id ? 'right' : 'wrong', names, steps };
    }
    const { choices = [], retries, about, prompt } = next;
    state = { retries, offered: choices, ...(about ? { about } : {}), ...(prompt === undefined ? {} : { prompt }) };
    const chosen = chosenBy(wanted, choices);
    if (chosen) {
      heard = { digits: chosen.digit };
      continue;
    }
    heard = inputs.next(prompt ?? '', choices);
    names += 1;
  }
  return { end: 'operator', names, steps };
}

/** A caller knows the name, the title and the team; of several who sound like the person they take the one that fits best. */
function chosenBy({ id, displayName, title, team }: Wanted, choices: readonly Choice[]): Choice | undefined {
  const named = choices.filter(({ label }) => foldText(label.split(',')[0] ?? '').startsWith(foldText(displayName)));
  const told = named.filter(({ label }) => label.includes(title) || label.includes(team));
  return choices.find(({ userId }) => userId === id) ?? told[0] ?? (choices.length === 1 ? named[0] : undefined);
}

/** What the caller tells after the first try, one after the other. */
function laterInputs({ firstName, lastName, team, title }: Wanted) {
  const last = keysFor(lastName);
  const told: CallerInput[] = [{ speech: [team] }, { speech: [title] }];
  const keyed: CallerInput[] = [{ digits: last }, { digits: last + keysFor(firstName) }];
  return {
    next(prompt: string, choices: readonly Choice[]): CallerInput {
      const isCrowd = choices.length === 0 && prompt.includes('their team');
      // “Enter the last name and then the first name”
      if (/enter the (whole )?last name,? (and )?then the first name/i.test(prompt)) keyed.splice(0, keyed.length - 1);
      const [own, other] = isCrowd ? [told, keyed] : [keyed, told];
      return own.shift() ?? other.shift() ?? { digits: last };
    },
  };
}

/** The keys of a telephone for a name: a key for each letter. */
export const keysFor = (name: string): string =>
  [...foldText(name)].map((letter) => '22233344455566677778889999'[letter.charCodeAt(0) - 97] ?? '').join('');
