import { isBlocked } from '../blocking/blocking.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { UserId } from '../ids.js';
import { findPersonBy } from '../people/index.js';
import { hasAccess } from '../people/person.js';
import { formatNumber } from '../phone-number.js';
import { newCall } from '../routing/call-so-far.js';
import { closedAnnouncement } from '../routing/closure/announcement.js';
import { findClosure } from '../routing/closure/closure.js';
import { closureAt } from '../routing/closure/closure.types.js';
import { decide } from '../routing/decide.js';
import { findRows, tenantOf } from '../routing/load-rows.js';
import type { Path } from '../routing/path.js';
import type { RoutingCompany, RoutingRows } from '../routing/routing-rows.js';
import { historyOf, withOutcome } from './call-so-far-of-legs.js';
import type { CallerInput, KnownCall, Leg } from './calls.store.js';
import { beginningOf, connectAlongPath, mostRetries, type NextDecision, refuseBlocked } from './connect-callee.js';
import { decideWhileOff } from './decide-while-off.js';
import type { LegOutcome } from './decision.js';
import { readCallersAnswer, welcomePrompt } from './dialogue/ask-caller.js';

export type { NextDecision } from './connect-callee.js';

/** The state of a call from which its next Decision follows. */
export interface CallProgress {
  readonly company: RoutingCompany;
  readonly call: KnownCall;
  readonly language: Locale;
}

/** A call with more legs than this loops. */
const mostLegs = 40;

/**
 * Decide on a new call: to a person's direct number or extension, or to the company. `dnis`: E.164, or an extension.
 */
export async function decideOnNewCall(
  deps: Deps,
  company: RoutingCompany,
  incoming: { readonly ani: string; readonly dnis: string; readonly language?: string },
  heard: CallerInput,
): Promise<NextDecision> {
  const language = localeOf(incoming.language, languageOfNumber(company, incoming.dnis));
  const words = wordsIn(language).calls;
  if (!company.enabled) return decideWhileOff(deps, company, language);
  if (await isBlocked(deps, tenantOf(company), incoming.ani, undefined))
    return refuseBlocked(words, [words.becauseBlocked], language);

  // Direct numbers are E.164, so that an extension is never looked up as one, nor the other way.
  const isExtension = !incoming.dnis.startsWith('+');
  const dialled = isExtension ? undefined : await findPersonBy(deps.db, tenantOf(company), { did: incoming.dnis });
  if (dialled)
    return connectToDialled(deps, company, dialled.id, incoming, (name, { dialledDid }) =>
      dialledDid(formatNumber(incoming.dnis, company.country), name),
    );
  // A switch inside the company dials extensions; so does a caller whose call it transfers.
  const inside = isExtension ? await findPersonBy(deps.db, tenantOf(company), { extension: incoming.dnis }) : undefined;
  if (inside)
    return connectToDialled(deps, company, inside.id, incoming, (name, { dialledExtension }) =>
      dialledExtension(incoming.dnis, name),
    );

  const closure = closureAt(await findClosure(deps.db, tenantOf(company)), deps.clock.now());
  const because = [words.dialledCompany(formatNumber(incoming.dnis, company.country))];
  const closed = closure && closedAnnouncement(company, closure, language);
  if (closed !== undefined && company.edition !== 'attendant_plus') {
    const prompt = `${closed} ${wordsIn(language).closure.goodbye}`;
    return { action: 'announce', prompt, because: [...because, closed], language };
  }
  if (heard.digits !== undefined || heard.speech !== undefined)
    return readCallersAnswer(
      deps,
      { company, ani: incoming.ani, language, because, retries: mostRetries, offered: [] },
      heard,
    );
  const first = greet(company, because, language);
  if (closed === undefined) return first;
  const prompt = `${closed} ${wordsIn(language).closure.announceAsk} ${first.prompt}`;
  return { ...first, prompt, because: [...because, closed] };
}

/** The first question of a call; where callers may change the language, the other one is offered in its own words. */
function greet(company: RoutingCompany, because: readonly string[], language: Locale): NextDecision {
  const prompt = welcomePrompt(company, wordsIn(language).calls);
  const other = otherThan(language);
  const offer = { languageOffer: { text: wordsIn(other).calls.ask.languageOffer(languageKey), language: other } };
  return {
    action: 'ask',
    retries: mostRetries,
    prompt,
    because,
    language,
    ...(company.languageKey ? offer : {}),
  };
}

/** Changes the language, where nothing was asked for yet. */
const languageKey = '9';

const otherThan = (language: Locale): Locale => (language === 'fr' ? 'en' : 'fr');

/** A number for callers who speak the other language is greeted in it. */
function languageOfNumber(company: RoutingCompany, dnis: string): Locale {
  const own = localeOf(company.language);
  return company.otherLanguageNumbers.includes(dnis) ? otherThan(own) : own;
}

async function connectToDialled(
  deps: Deps,
  company: RoutingCompany,
  dialled: UserId,
  incoming: { readonly ani: string; readonly language?: string },
  because: (name: string, words: Words['calls']) => string,
): Promise<NextDecision> {
  const now = deps.clock.now();
  const rows = await findRows(deps, company, dialled, now);
  const person = rows?.people.get(dialled);
  if (!rows || !person) throw new Error('user deleted during the call');
  const language = localeOf(incoming.language, localeOf(person.language));
  const words = wordsIn(language).calls;
  const whose = [because(person.name, words)];
  const next = await connectAlongPath(deps, {
    rows,
    at: now,
    soFar: await beginningOf(deps, company, { id: dialled, ani: incoming.ani }),
    because: whose,
    language,
  });
  return { ...next, asksFor: dialled };
}

/** Decide after the caller answered a question, or stayed silent. */
export async function decideAfterAnswer(
  deps: Deps,
  { company, call, language }: CallProgress,
  heard: CallerInput,
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  if (!company.enabled) return decideWhileOff(deps, company, language, { ...call, because: [] });
  const latest = call.legs.at(-1)?.decision;
  if (call.legs.length >= mostLegs || latest?.action !== 'ask')
    return { action: 'announce', prompt: words.nobodyNow, because: [words.tooLong], language };
  if (latest.languageOffer && heard.digits === languageKey) {
    const other = otherThan(language);
    return greet(company, [wordsIn(other).calls.languageChanged], other);
  }
  const { choices: offered = [], retries } = latest;
  const about = call.legs.at(-1)?.heard.about;
  return readCallersAnswer(
    deps,
    { company, ani: call.ani, language, because: [], retries, offered, about, prompt: latest.prompt },
    heard,
  );
}

/** A phone rang, or the caller waited, and this came of it. */
export async function afterRinging(
  deps: Deps,
  { company, call, language }: CallProgress,
  leg: Leg,
  outcome: LegOutcome,
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  const { action } = leg.decision;
  // The number that takes the calls while Attendant is off rings for nobody in particular.
  if (action !== 'dial' && (action !== 'queue' || !call.askedForUserId))
    throw new UserError((words) => words.calls.legRingsNobody, 409);

  const because = [action === 'queue' || outcome === 'free' ? words.waited[outcome] : words.outcome[outcome](leg.leg)];
  if (outcome === 'answered') return { action: 'hangup', because, language };
  if (!company.enabled) return decideWhileOff(deps, company, language, { ...call, because });
  if (!call.askedForUserId) return greet(company, because, language);
  const now = deps.clock.now();
  const rows = await findRows(deps, company, call.askedForUserId, now);
  if (!rows || call.legs.length >= mostLegs) return { action: 'announce', prompt: words.nobodyNow, because, language };
  const soFar = historyOf(withOutcome(call, leg, outcome), now);
  return connectAlongPath(deps, { rows, at: now, call, soFar, because, language });
}

/** An agent sends the caller to this person's mailbox; `orRefuse`: throws UserError where the call would not end there. */
export async function afterTransfer(
  deps: Deps,
  { company, call, language }: CallProgress,
  userId: UserId,
  orRefuse: boolean,
): Promise<NextDecision> {
  const words = wordsIn(language).calls;
  if (!company.enabled) return decideWhileOff(deps, company, language, { ...call, because: [] });
  const now = deps.clock.now();
  const rows = await findRows(deps, company, userId, now);
  const person = rows?.people.get(userId);
  if (!rows || !person) throw new UserError((words) => words.calls.unknownUser, 404);
  if (call.legs.length >= mostLegs)
    return { action: 'announce', prompt: words.nobodyNow, because: [words.tooLong], language };
  const soFar = { ...newCall, toMailbox: 'agent' } as const;
  const because = [words.transferred(person.name)];
  const next = await connectAlongPath(deps, { rows, at: now, soFar, because, language });
  const refused = orRefuse ? whyNoTransfer(rows, decide(rows, now, soFar), next) : undefined;
  if (refused) throw new UserError(({ calls }) => calls.transfer.refused[refused](person.name), 409);
  return { ...next, asksFor: userId };
}

/** Why a caller does not go straight to the mailbox of the person; undefined: they do. */
function whyNoTransfer({ company }: RoutingRows, { asked, end }: Path, next: NextDecision) {
  if (next.fullBoxUserId) return 'full';
  if (!hasAccess(asked) || company.edition !== 'attendant_plus') return 'noMailbox';
  // Their calls may end in the mailbox all the same; but they take nobody straight there.
  return end.because.some(({ kind }) => kind === 'notSentToMailbox') ? 'signedOut' : undefined;
}
