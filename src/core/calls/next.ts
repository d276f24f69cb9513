import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { as, type E164, type TenantId, type UserId } from '../ids.js';
import { findUserByDid } from '../users/people.js';
import type { Choice, DecisionAction, DialTarget, Disposition } from './call-plan.js';
import { findOnTheWay, type Heard, type KnownCall, type Leg } from './calls.store.js';
import { spokenGreeting } from './greeting.js';
import { type Company, mostHops, type Path, type PathStep, pathTo } from './path.js';
import { resolve } from './resolve.js';

/** A Decision before it has its place in the call. */
export type Next = DecisionAction & {
  readonly prompt?: string;
  readonly because: readonly string[];
  readonly language: Locale;
  /** From here on the call is for this user. */
  readonly asksFor?: UserId;
};

/** A call under way, as deciding needs it. */
export interface UnderWay {
  readonly company: Company;
  readonly call: KnownCall;
  readonly language: Locale;
}

/** How often a caller may be misunderstood again after the first question. */
const mostRetries = 2;
/** A call that takes more steps goes in circles. */
const mostLegs = 40;

/** A call comes in: to somebody's direct number, or to the company. */
export async function welcome(
  deps: Deps,
  company: Company,
  incoming: { readonly dnis: string; readonly language?: string },
  heard: Heard,
): Promise<Next> {
  const language = localeOf(incoming.language, localeOf(company.language));
  const words = wordsIn(language).calls;
  if (!company.enabled) return { action: 'announce', prompt: words.outOfService, because: [words.tenantOff], language };

  const dialled = await findUserByDid(deps.db, tenantOf(company), as<E164>(incoming.dnis));
  if (dialled) return toDirectNumber(deps, company, dialled.id, incoming);

  const because = [words.dialledCompany(incoming.dnis)];
  if (heard.digits !== undefined || heard.speech !== undefined)
    return understand(deps, { company, language, because, retries: mostRetries, offered: [] }, heard);
  const prompt = company.speechEnabled ? words.welcome(company.name) : words.welcomeKeysOnly(company.name);
  return { action: 'ask', retries: mostRetries, prompt, because, language };
}

async function toDirectNumber(
  deps: Deps,
  company: Company,
  dialled: UserId,
  incoming: { readonly dnis: string; readonly language?: string },
): Promise<Next> {
  const people = await findOnTheWay(deps.db, tenantOf(company), dialled, deps.clock.now(), mostHops);
  const person = people.get(dialled);
  if (!person) throw new Error('a user was there and is gone');
  const language = localeOf(incoming.language ?? person.language, localeOf(company.language));
  const words = wordsIn(language).calls;
  const path = pathTo(company, people, person, deps.clock.now(), words);
  const next = along(company, path, [], [words.dialledDid(incoming.dnis, person.name)], language);
  return { ...next, asksFor: dialled };
}

/** The caller answered a question, or let it pass. */
export async function afterAsking(deps: Deps, { company, call, language }: UnderWay, heard: Heard): Promise<Next> {
  const words = wordsIn(language).calls;
  const latest = call.legs.at(-1)?.decision;
  if (call.legs.length >= mostLegs || latest?.action !== 'ask')
    return { action: 'announce', prompt: words.nobodyNow, because: [words.tooLong], language };
  const offered = latest.choices ?? [];
  return understand(deps, { company, language, because: [], retries: latest.retries, offered }, heard);
}

interface Question {
  readonly company: Company;
  readonly language: Locale;
  readonly because: readonly string[];
  readonly retries: number;
  readonly offered: readonly Choice[];
}

async function understand(deps: Deps, question: Question, heard: Heard): Promise<Next> {
  const { company, language, retries, offered } = question;
  const words = wordsIn(language).calls;
  const understood = company.speechEnabled ? heard : keysOf(heard);
  const found = await resolve(deps, tenantOf(company), understood, offered, words);
  if (found.kind === 'operator') return toOperator(deps, question, words.askedForOperator);

  const because = [...question.because, found.because];
  switch (found.kind) {
    case 'person':
      return connect(deps, company, found.id, because, language, words.connecting);
    case 'probably': {
      const choices = [{ ...found.choice, digit: '1' }];
      return { action: 'ask', choices, retries, prompt: words.confirm(found.choice.label), because, language };
    }
    case 'several': {
      const { choices } = found;
      return { action: 'ask', choices, retries, prompt: choicePrompt(choices, words), because, language };
    }
    case 'too-many':
      return askAgain(words.sayMore);
    case 'other':
      return askAgain(words.againOther);
    case 'nobody':
      return askAgain(retries === mostRetries ? words.again : words.again2);
    default:
      return found satisfies never;
  }

  function askAgain(prompt: string): Promise<Next> | Next {
    if (retries === 0) return toOperator(deps, { ...question, because }, words.toOperator);
    const again = { action: 'ask', retries: retries - 1, because, language } as const;
    // Who only hesitated over a choice hears it again.
    const hesitated = heard.digits === undefined && heard.speech === undefined && offered.length > 0;
    return hesitated ? { ...again, choices: offered, prompt: choicePrompt(offered, words) } : { ...again, prompt };
  }
}

const keysOf = ({ digits }: Heard): Heard => (digits === undefined ? {} : { digits });

function choicePrompt(choices: readonly Choice[], words: Words['calls']): string {
  const [only, second] = choices;
  if (only && !second) return words.confirm(only.label);
  return [words.choose, ...choices.map(({ digit, label }) => words.choice(digit, label))].join(' ');
}

/** The switchboard, else the general mailbox, else a goodbye. */
async function toOperator(deps: Deps, question: Question, why: (name: string) => string): Promise<Next> {
  const { company, because, language } = question;
  const words = wordsIn(language).calls;
  const id = company.operatorId ?? company.generalMailboxId;
  if (!id) return { action: 'announce', prompt: words.nobodyNow, because: [...because, words.noOperator], language };
  const people = await findOnTheWay(deps.db, tenantOf(company), id, deps.clock.now(), mostHops);
  const name = people.get(id)?.name ?? '';
  const reason = company.operatorId ? why(name) : words.toGeneralMailbox;
  return connect(deps, company, id, [...because, reason], language, () => words.connectingOperator);
}

async function connect(
  deps: Deps,
  company: Company,
  id: UserId,
  because: readonly string[],
  language: Locale,
  connecting: (name: string) => string,
): Promise<Next> {
  const words = wordsIn(language).calls;
  const now = deps.clock.now();
  const people = await findOnTheWay(deps.db, tenantOf(company), id, now, mostHops);
  const person = people.get(id);
  if (!person) return { action: 'announce', prompt: words.nobodyNow, because, language };

  const next = along(company, pathTo(company, people, person, now, words), [], because, language);
  const rings = next.action === 'dial' && next.prompt === undefined;
  return { ...next, ...(rings ? { prompt: connecting(person.name) } : {}), asksFor: id };
}

/** A phone rang, and this came of it. */
export async function afterRinging(
  deps: Deps,
  { company, call, language }: UnderWay,
  leg: Leg,
  disposition: Disposition,
): Promise<Next> {
  const words = wordsIn(language).calls;
  if (leg.decision.action !== 'dial' || !call.askedForUserId)
    throw new UserError((words) => words.calls.legRingsNobody, 409);

  const because = [words.outcome[disposition](leg.leg)];
  if (disposition === 'answered') return { action: 'hangup', because, language };
  const now = deps.clock.now();
  const people = await findOnTheWay(deps.db, tenantOf(company), call.askedForUserId, now, mostHops);
  const person = people.get(call.askedForUserId);
  if (!person || call.legs.length >= mostLegs)
    return { action: 'announce', prompt: words.nobodyNow, because, language };
  return along(company, pathTo(company, people, person, now, words), rungSoFar(call), because, language);
}

/** What rang since the caller asked for this person. */
function rungSoFar(call: KnownCall): DialTarget[] {
  const since = call.legs.findLastIndex(({ heard }) => heard.asksFor !== undefined);
  return call.legs
    .slice(Math.max(since, 0))
    .flatMap(({ decision }) => (decision.action === 'dial' ? [decision.target] : []));
}

/** The first place on the path that has not rung yet, or the path's end. */
function along(
  company: Company,
  path: Path,
  rung: readonly DialTarget[],
  because: readonly string[],
  language: Locale,
): Next {
  const words = wordsIn(language).calls;
  const { asked, away, end } = path;
  const step = path.steps.find(({ target }) => !rung.some((other) => samePhone(target, other)));
  if (step) {
    const prompt = ringPrompt(step, asked.name, rung.length > 0, words);
    return {
      action: 'dial',
      target: step.target,
      ringSeconds: company.ringSeconds,
      ...(prompt === undefined ? {} : { prompt }),
      because: [...because, ...step.because],
      language,
    };
  }
  const why = [...because, ...end.because];
  if (end.kind === 'voicemail') {
    const prompt = spokenGreeting(end.greeting, asked, away, company, language);
    return { action: 'voicemail', mailboxUserId: asked.id, greeting: end.greeting, prompt, because: why, language };
  }
  if (asked.id === company.operatorId) return { action: 'announce', prompt: words.nobodyNow, because: why, language };
  return { action: 'ask', retries: mostRetries, prompt: words.missed(asked.name), because: why, language };
}

function ringPrompt(step: PathStep, name: string, rangBefore: boolean, words: Words['calls']): string | undefined {
  if (rangBefore) return words.tryingOn;
  return step.hop > 0 ? words.tryingColleague(name) : undefined;
}

const samePhone = (a: DialTarget, b: DialTarget): boolean =>
  a.kind === 'agent' ? b.kind === 'agent' && a.agentId === b.agentId : b.kind === 'number' && a.e164 === b.e164;

const tenantOf = (company: Company): TenantId => as<TenantId>(company.id);
