import type { Locale } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import { type DialTarget, decide, isSamePhone, type PathStep } from '../routing/decide.js';
import { findRows } from '../routing/load-rows.js';
import { reasonLines } from '../routing/reason-lines.js';
import type { RoutingCompany, RoutingRows } from '../routing/routing-rows.js';
import type { About } from './calls.store.js';
import type { DecisionAction } from './decision.js';
import { spokenGreeting } from './mailbox-greeting.js';

/** A Decision before it has its place in the call. */
export type Next = DecisionAction & {
  readonly prompt?: string;
  readonly because: readonly string[];
  readonly language: Locale;
  /** From here on the call is for this user. */
  readonly asksFor?: UserId;
  /** The subject of the question. */
  readonly about?: About;
  /** The user whose phone rings. */
  readonly rings?: UserId;
};

/** How often a caller may be misunderstood after the first question. */
export const mostRetries = 2;

/**
 * Return the Decision for a call to nobody in particular: the switchboard, otherwise the general mailbox, otherwise
 * goodbye.
 */
export async function toOperator(
  deps: Deps,
  {
    company,
    because,
    language,
  }: { readonly company: RoutingCompany; readonly because: readonly string[]; readonly language: Locale },
  why: { readonly operator: (name: string) => string; readonly generalMailbox: string },
): Promise<Next> {
  const words = wordsIn(language).calls;
  const id = company.operatorId ?? company.generalMailboxId;
  if (!id) return { action: 'announce', prompt: words.nobodyNow, because: [...because, words.noOperator], language };
  const rows = await findRows(deps, company, id, deps.clock.now());
  const name = rows?.people.get(id)?.name ?? '';
  const reason = company.operatorId ? why.operator(name) : why.generalMailbox;
  return connect(deps, company, id, [...because, reason], language, () => words.connectingOperator);
}

/** Ring the person who was asked for, by the path that their calls take now. */
export async function connect(
  deps: Deps,
  company: RoutingCompany,
  id: UserId,
  because: readonly string[],
  language: Locale,
  connecting: (name: string) => string,
): Promise<Next> {
  const words = wordsIn(language).calls;
  const now = deps.clock.now();
  const rows = await findRows(deps, company, id, now);
  if (!rows) return { action: 'announce', prompt: words.nobodyNow, because, language };

  const next = connectAlongPath(rows, now, [], because, language);
  const rings = next.action === 'dial' && next.prompt === undefined;
  const name = rows.people.get(id)?.name ?? '';
  return { ...next, ...(rings ? { prompt: connecting(name) } : {}), asksFor: id };
}

/** Return the first place on the call's path that has not rung yet, or the path's end. */
export function connectAlongPath(
  rows: RoutingRows,
  at: Date,
  rung: readonly DialTarget[],
  because: readonly string[],
  language: Locale,
): Next {
  const { calls: words, routing } = wordsIn(language);
  const { company } = rows;
  const { asked, away, steps, end } = decide(rows, at);
  const step = steps.find(({ target }) => !rung.some((other) => isSamePhone(target, other)));
  if (step) {
    const prompt = ringPrompt(step, asked.name, rung.length > 0, words);
    return {
      action: 'dial',
      target: step.target,
      ringSeconds: company.ringSeconds,
      ...(prompt === undefined ? {} : { prompt }),
      because: [...because, ...reasonLines(rows, step.because, routing)],
      language,
      ...(step.userId === undefined ? {} : { rings: step.userId }),
    };
  }
  const why = [...because, ...reasonLines(rows, end.because, routing)];
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
