import type { Locale } from '../../chat/phrasing.js';
import { type Words, wordsIn } from '../../chat/words.js';
import type { Deps } from '../../deps.js';
import { tenantOf } from '../../routing/load-rows.js';
import type { RoutingCompany } from '../../routing/routing-rows.js';
import type { CallerInput, UnclearRequest } from '../calls.store.js';
import { connectToCallee, connectToOperator, mostRetries, type NextDecision } from '../connect-callee.js';
import type { Choice } from '../decision.js';
import { identifyCallee } from './identify-callee.js';
import type { Resolution } from './resolution.js';

/** A question to a caller, with the state of the dialogue. */
export interface Question {
  readonly company: RoutingCompany;
  /** E.164; empty: withheld. */
  readonly ani: string;
  readonly language: Locale;
  readonly because: readonly string[];
  readonly retries: number;
  readonly offered: readonly Choice[];
  /** What was said before; undefined: nothing yet. */
  readonly about?: UnclearRequest | undefined;
  /** Its prompt; undefined: it is still to be asked. */
  readonly prompt?: string | undefined;
}

/** Return the first question of a call. */
export const welcomePrompt = (company: RoutingCompany, { ask }: Words['calls']): string =>
  company.speechEnabled ? ask.welcome(company.name) : ask.welcomeKeysOnly(company.name);

/**
 * Decide by the caller's answer: a person rings, or another question follows; after three failed questions the
 * operator.
 */
export async function readCallersAnswer(deps: Deps, question: Question, heard: CallerInput): Promise<NextDecision> {
  const { company, ani, language, retries, offered, about } = question;
  const words = wordsIn(language).calls;
  const { ask } = words;
  const caller = { tenantId: tenantOf(company), country: company.country, ani };
  const understood = company.speechEnabled ? heard : keysOf(heard);
  const found = await identifyCallee(deps, { caller, offered, about, words }, understood);
  const because = [...question.because, ...found.because];
  const withSpeech = company.speechEnabled;

  switch (found.kind) {
    case 'operator':
      return connectToOperator(
        deps,
        { ...question, because },
        { operator: words.askedForOperator, generalMailbox: words.askedForGeneralMailbox },
      );
    case 'person':
      return connectToCallee(deps, company, { id: found.id, ani: question.ani }, because, language, words.connecting);
    case 'offer':
      return offer(found);
    case 'too-many':
      return askFor(moreOf(found.more), found.about, about?.tooMany === true);
    case 'again':
      return repeat(found);
    case 'other':
      return askFor(withSpeech ? ask.other : ask.otherKeysOnly, found.about, true);
    case 'nobody':
      return askFor(misunderstood(), found.about, true);
    default:
      return found satisfies never;
  }

  function offer({
    choices,
    about,
    isNext,
  }: Extract<Resolution, { kind: 'offer' }>): Promise<NextDecision> | NextDecision {
    // A no counts as a failed question, or a caller would be led through every similar name.
    if (isNext && retries === 0) return giveUp();
    const prompt = choicePrompt(choices, about, withSpeech, words);
    return {
      action: 'ask',
      choices,
      retries: isNext ? retries - 1 : retries,
      prompt: isNext ? ask.perhaps(prompt) : prompt,
      because,
      language,
      about,
    };
  }

  function askFor(prompt: string, about: UnclearRequest, counts: boolean): Promise<NextDecision> | NextDecision {
    if (counts && retries === 0) return giveUp();
    return { action: 'ask', retries: counts ? retries - 1 : retries, prompt, because, language, about };
  }

  /** A caller who hesitated over a choice hears it again; one whose answer fits nothing hears that first. */
  function repeat({
    counts,
    startsOver,
    isUnclear,
  }: Extract<Resolution, { kind: 'again' }>): Promise<NextDecision> | NextDecision {
    if (counts && retries === 0) return giveUp();
    const again = { action: 'ask', retries: counts ? retries - 1 : retries, because, language } as const;
    const kept = about ? { about } : {};
    if (offered.length > 0) {
      const prompt = choicePrompt(offered, about, withSpeech, words);
      return { ...again, ...kept, choices: offered, prompt: isUnclear ? `${unclear()} ${prompt}` : prompt };
    }
    if (startsOver) return { ...again, prompt: welcomePrompt(company, words) };
    if (!counts || about?.tooMany)
      return { ...again, ...kept, prompt: question.prompt ?? welcomePrompt(company, words) };
    return { ...again, ...kept, prompt: silent() };
  }

  function giveUp(): Promise<NextDecision> {
    return connectToOperator(
      deps,
      { ...question, because },
      { operator: words.toOperator, generalMailbox: words.toGeneralMailbox },
    );
  }

  function misunderstood(): string {
    if (!withSpeech) return retries === mostRetries ? ask.nobodyKeysOnly : orOperator(ask.nobodyKeysOnly2);
    return retries === mostRetries ? ask.again : orOperator(ask.again2);
  }

  function unclear(): string {
    return understood.digits === undefined ? ask.notUnderstood : ask.notAChoice;
  }

  function silent(): string {
    return orOperator(withSpeech ? ask.silence : ask.silenceKeysOnly);
  }

  function orOperator(prompt: string): string {
    return (company.operatorId ?? company.generalMailboxId) ? `${prompt} ${ask.operator}` : prompt;
  }

  function moreOf(more: 'name' | 'team' | 'keys'): string {
    if (more === 'team') return withSpeech ? ask.moreTeam : orOperator(ask.moreTeamKeysOnly);
    return more === 'keys' || !withSpeech ? ask.moreKeys : ask.moreName;
  }
}

const keysOf = ({ digits }: CallerInput): CallerInput => (digits === undefined ? {} : { digits });

/**
 * A guess is likely wrong, and who keyed letters already was not understood by them: then the whole name is worth its keys,
 * as many people may bear the last name.
 */
function choicePrompt(
  choices: readonly Choice[],
  about: UnclearRequest | undefined,
  withSpeech: boolean,
  { ask }: Words['calls'],
): string {
  const [only, second] = choices;
  const isWholeNameWorthIt = about?.isGuess || about?.digits !== undefined;
  const keyName = isWholeNameWorthIt ? ask.keyWholeName : ask.keyLastName;
  if (only && !second) return withSpeech ? ask.confirm(only.label, keyName) : ask.confirmKeysOnly(only.label, keyName);
  const listed = choices.map(({ digit, label }) => ask.choice(digit, label));
  return [ask.choose, ...listed, ask.orKey(keyName), ...(choices.length > 3 ? [ask.star] : [])].join(' ');
}
