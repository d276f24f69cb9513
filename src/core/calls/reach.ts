import type { Locale } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { as, type TenantId, type UserId } from '../ids.js';
import type { DecisionAction, DialTarget } from './call-plan.js';
import { type About, findOnTheWay } from './calls.store.js';
import { spokenGreeting } from './greeting.js';
import { type Company, mostHops, type Path, type PathStep, pathTo } from './path.js';

/** A Decision before it has its place in the call. */
export type Next = DecisionAction & {
  readonly prompt?: string;
  readonly because: readonly string[];
  readonly language: Locale;
  /** From here on the call is for this user. */
  readonly asksFor?: UserId;
  /** What the question is about. */
  readonly about?: About;
  /** Whose phone rings. */
  readonly rings?: UserId;
};

/** How often a caller may be misunderstood again after the first question. */
export const mostRetries = 2;

/** The switchboard, else the general mailbox, else a goodbye. */
export async function toOperator(
  deps: Deps,
  {
    company,
    because,
    language,
  }: { readonly company: Company; readonly because: readonly string[]; readonly language: Locale },
  why: { readonly operator: (name: string) => string; readonly generalMailbox: string },
): Promise<Next> {
  const words = wordsIn(language).calls;
  const id = company.operatorId ?? company.generalMailboxId;
  if (!id) return { action: 'announce', prompt: words.nobodyNow, because: [...because, words.noOperator], language };
  const people = await findOnTheWay(deps.db, tenantOf(company), id, deps.clock.now(), mostHops);
  const name = people.get(id)?.name ?? '';
  const reason = company.operatorId ? why.operator(name) : why.generalMailbox;
  return connect(deps, company, id, [...because, reason], language, () => words.connectingOperator);
}

/** Rings whoever was asked for, by the path their calls take now. */
export async function connect(
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

/** The first place on the path that has not rung yet, or the path's end. */
export function along(
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
      ...(step.userId === undefined ? {} : { rings: step.userId }),
    };
  }
  const why = [...because, ...end.because];
  if (end.kind === 'voicemail') {
    const prompt = spokenGreeting(end.greeting, asked, away, company, language);
    return { action: 'voicemail', mailboxUserId: asked.id, greeting: end.greeting, prompt, because: why, language };
  }
  if (asked.id === company.operatorId) return { action: 'announce', prompt: words.nobodyNow, because: why, language };
  const missed = company.speechEnabled ? words.ask.missed : words.ask.missedKeysOnly;
  return { action: 'ask', retries: mostRetries, prompt: missed(asked.name), because: why, language };
}

function ringPrompt(step: PathStep, name: string, rangBefore: boolean, words: Words['calls']): string | undefined {
  if (rangBefore) return words.tryingOn;
  return step.hop > 0 ? words.tryingColleague(name) : undefined;
}

const samePhone = (a: DialTarget, b: DialTarget): boolean =>
  a.kind === 'agent' ? b.kind === 'agent' && a.agentId === b.agentId : b.kind === 'number' && a.e164 === b.e164;

/** The company’s id, as stores take it. */
export const tenantOf = (company: Company): TenantId => as<TenantId>(company.id);
