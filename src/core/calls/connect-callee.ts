import { isBlocked } from '../blocking/blocking.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { UserId } from '../ids.js';
import { type CallSoFar, newCall, nextStop } from '../routing/call-so-far.js';
import { closedAnnouncement } from '../routing/closure/announcement.js';
import { closureAt } from '../routing/closure/closure.types.js';
import { decide } from '../routing/decide.js';
import type { Reason } from '../routing/decision-reason.js';
import { dialledTarget } from '../routing/dialled-target.js';
import { findRows, tenantOf } from '../routing/load-rows.js';
import type { Path, PathEnd, PathStep } from '../routing/path.js';
import { reasonLines } from '../routing/reason-lines.js';
import type { RoutingCompany, RoutingPerson, RoutingRows } from '../routing/routing-rows.js';
import { isBoxFull } from '../voicemail/mailbox/box-warnings.js';
import type { KnownCall, UnclearRequest } from './calls.store.js';
import type { DecisionAction, Spoken } from './decision.js';
import { spokenGreeting } from './mailbox-greeting.js';
import { findAhead } from './waiting-callers.store.js';

/** An action before it says how long the caller has, which is the same for all (`complete-action`). */
export type BareAction = DecisionAction extends infer Action
  ? Action extends { readonly action: 'ask' | 'voicemail' }
    ? Omit<Action, 'input' | 'timeoutSeconds' | 'maxSeconds' | 'silenceSeconds' | 'closing'>
    : Action
  : never;

/** A Decision before it has its place in the call. */
export type NextDecision = BareAction & {
  readonly prompt?: string;
  readonly because: readonly string[];
  readonly language: Locale;
  /** From here on the call is for this user. */
  readonly asksFor?: UserId;
  /** The subject of the question. */
  readonly about?: UnclearRequest;
  /** The user whose phone rings. */
  readonly ringsUserId?: UserId;
  /** The user whose mailbox takes no more messages. */
  readonly fullBoxUserId?: UserId;
  /** The call is refused: its caller is blocked. */
  readonly isBlocked?: true;
};

/** How often a caller may be misunderstood after the first question. */
export const mostRetries = 2;

/**
 * Return the Decision for a call to nobody in particular: the switchboard, otherwise the general mailbox, otherwise
 * goodbye.
 */
export async function connectToOperator(
  deps: Deps,
  {
    company,
    ani,
    because,
    language,
  }: {
    readonly company: RoutingCompany;
    readonly ani: string;
    readonly because: readonly string[];
    readonly language: Locale;
  },
  why: { readonly operator: (name: string) => string; readonly generalMailbox: string },
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  const id = company.operatorId ?? company.generalMailboxId;
  if (!id) return { action: 'announce', prompt: words.nobodyNow, because: [...because, words.noOperator], language };
  const rows = await findRows(deps, company, id, deps.clock.now());
  const name = rows?.people.get(id)?.name ?? '';
  const reason = company.operatorId ? why.operator(name) : why.generalMailbox;
  return connectToCallee(deps, company, { id, ani }, [...because, reason], language, () => words.connectingOperator);
}

/** Ring the person who was asked for, by the path that their calls take now. */
export async function connectToCallee(
  deps: Deps,
  company: RoutingCompany,
  { id, ani }: { readonly id: UserId; readonly ani: string },
  because: readonly string[],
  language: Locale,
  connecting: (name: string) => string,
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  const now = deps.clock.now();
  const rows = await findRows(deps, company, id, now);
  if (!rows) return { action: 'announce', prompt: words.nobodyNow, because, language };

  const next = await connectAlongPath(deps, {
    rows,
    at: now,
    soFar: await beginningOf(deps, company, { id, ani }),
    because,
    language,
  });
  const rings = next.action === 'dial' && next.prompt === undefined;
  const name = rows.people.get(id)?.name ?? '';
  return { ...next, ...(rings ? { prompt: connecting(name) } : {}), asksFor: id };
}

/** Return what is known of a call when it is first for this person: whether its caller is blocked. */
export async function beginningOf(
  deps: Deps,
  company: RoutingCompany,
  { id, ani }: { readonly id: UserId; readonly ani: string },
): Promise<CallSoFar> {
  return (await isBlocked(deps, tenantOf(company), ani, id)) ? { ...newCall, isBlocked: true } : newCall;
}

/** A call to whom a path is followed. */
export interface Following {
  readonly rows: RoutingRows;
  readonly at: Date;
  /** Undefined: the call only begins. */
  readonly call?: KnownCall | undefined;
  readonly soFar: CallSoFar;
  readonly because: readonly string[];
  readonly language: Locale;
}

/** The first thing on the call's path that has not happened yet: a phone, a wait, or the path's end. */
export async function connectAlongPath(deps: Deps, following: Following): Promise<NextDecision> {
  const { rows, at, soFar, because, language } = following;
  const { calls: words } = wordsIn(language);
  const { company } = rows;
  const path = decide(rows, at, soFar);
  const { asked } = path;
  const stop = nextStop(path, soFar);
  const why = (reasons: readonly Reason[]) => [...because, ...reasonLines(rows, reasons, language)];
  switch (stop.kind) {
    case 'ring': {
      const { step } = stop;
      const prompt = ringPrompt(step, asked.name, soFar, words);
      const person = step.userId && rows.people.get(step.userId);
      return {
        action: 'dial',
        target: dialledTarget(step.target),
        ringSeconds: company.ringSeconds,
        ...(person ? { rings: { displayName: person.name, extension: person.extension } } : {}),
        ...whisperOf(step, person, asked, company),
        ...(prompt === undefined ? {} : { prompt }),
        because: why(step.because),
        language,
        ...(step.userId === undefined ? {} : { ringsUserId: step.userId }),
      };
    }
    case 'wait': {
      const { waiting } = await findAhead(deps.db, tenantOf(company), asked.id, following.call, at);
      const position = waiting + 1;
      const { wayOut, wayOn, first, position: place } = words.waiting;
      const way = company.edition === 'attendant_plus' ? wayOut : wayOn;
      const prompt = `${first(asked.name, place(position))} ${way}`;
      const { maxSeconds, because: reasons } = stop.wait;
      return { action: 'queue', maxSeconds, position, prompt, because: why(reasons), language };
    }
    case 'end':
      return endOfPath(deps, path, stop.end, following, why(stop.end.because));
    default:
      return stop satisfies never;
  }
}

/** What is said to who picks up: to a backup whose call it is, to the operator that they may send it to a mailbox. */
function whisperOf(
  { target, hop }: PathStep,
  person: RoutingPerson | undefined,
  asked: RoutingPerson,
  company: RoutingCompany,
): { readonly whisper?: Spoken } {
  if (target.confirm) return { whisper: whisperFor(person, asked, company) };
  if (hop > 0 || asked.id !== company.operatorId || company.edition !== 'attendant_plus') return {};
  const language = localeOf(asked.language, localeOf(company.language));
  return { whisper: { text: wordsIn(language).calls.operatorWhisper, language } };
}

/** The announcement of the person who was called, in the language of the person who picks up, whatever the caller speaks. */
function whisperFor(person: RoutingPerson | undefined, asked: RoutingPerson, company: RoutingCompany): Spoken {
  const language = localeOf(person?.language, localeOf(company.language));
  return { text: wordsIn(language).calls.whisper(asked.name), language };
}

async function endOfPath(
  deps: Deps,
  { asked, away }: Path,
  end: PathEnd,
  { rows, at, language }: Following,
  because: readonly string[],
): Promise<NextDecision> {
  const { calls: words, closure: closed, retention } = wordsIn(language);
  const { company } = rows;
  const closure = closureAt(rows.closure, at);
  if (end.kind === 'blocked') return refuseBlocked(words, because, language);
  if (end.kind === 'voicemail') {
    if (await isBoxFull(deps, tenantOf(company), asked.id)) {
      const why = [...because, retention.because(asked.name)];
      const prompt = retention.callerHears(asked.name);
      return { action: 'announce', prompt, because: why, language, fullBoxUserId: asked.id };
    }
    const { greeting, opens } = end;
    const prompt = spokenGreeting({ kind: greeting, person: asked, company, away, closure, opens }, language);
    const { urgentAllowed } = asked;
    return { action: 'voicemail', mailboxUserId: asked.id, greeting, urgentAllowed, prompt, because, language };
  }
  if (closure) {
    const prompt = `${closedAnnouncement(company, closure, language)} ${closed.goodbye}`;
    return { action: 'announce', prompt, because, language };
  }
  if (asked.id === company.operatorId) return { action: 'announce', prompt: words.nobodyNow, because, language };
  const missed = company.speechEnabled ? words.ask.missed : words.ask.missedKeysOnly;
  return { action: 'ask', retries: mostRetries, prompt: missed(asked.name), because, language };
}

/** Refuse a blocked caller in words that blame nobody. */
export const refuseBlocked = (words: Words['calls'], because: readonly string[], language: Locale): NextDecision => ({
  action: 'announce',
  prompt: words.blocked,
  because,
  language,
  isBlocked: true,
});

function ringPrompt(
  step: PathStep,
  name: string,
  { rung, waitedSeconds }: CallSoFar,
  words: Words['calls'],
): string | undefined {
  if (step.hop === 0 && waitedSeconds > 0) return words.waiting.freeNow(name);
  if (rung.length > 0) return words.tryingOn;
  return step.hop > 0 ? words.tryingColleague(name) : undefined;
}
