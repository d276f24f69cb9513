import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import type { UserId } from '../ids.js';
import { findPersonBy } from '../people/people.js';
import type { DialTarget } from '../routing/decide.js';
import { findRows, tenantOf } from '../routing/load-rows.js';
import type { RoutingCompany } from '../routing/routing-rows.js';
import type { Heard, KnownCall, Leg } from './calls.store.js';
import { connectAlongPath, mostRetries, type Next } from './connect.js';
import type { Disposition } from './decision.js';
import { readCallersAnswer, welcomePrompt } from './dialogue/ask-caller.js';

export type { Next } from './connect.js';

/** The state of a call from which its next Decision follows. */
export interface UnderWay {
  readonly company: RoutingCompany;
  readonly call: KnownCall;
  readonly language: Locale;
}

/** A call with more legs than this loops. */
const mostLegs = 40;

/**
 * Decide on a new call: to a person's direct number or extension, or to the company. `dnis`: E.164, or an extension.
 */
export async function welcome(
  deps: Deps,
  company: RoutingCompany,
  incoming: { readonly ani: string; readonly dnis: string; readonly language?: string },
  heard: Heard,
): Promise<Next> {
  const language = localeOf(incoming.language, localeOf(company.language));
  const words = wordsIn(language).calls;
  if (!company.enabled) return outOfService(words, language);

  const dialled = await findPersonBy(deps.db, tenantOf(company), { did: incoming.dnis });
  if (dialled)
    return toDialled(deps, company, dialled.id, incoming, (name, { dialledDid }) => dialledDid(incoming.dnis, name));
  // A switch inside the company dials extensions; so does a caller whose call it transfers.
  const inside = await findPersonBy(deps.db, tenantOf(company), { extension: incoming.dnis });
  if (inside)
    return toDialled(deps, company, inside.id, incoming, (name, { dialledExtension }) =>
      dialledExtension(incoming.dnis, name),
    );

  const because = [words.dialledCompany(incoming.dnis)];
  if (heard.digits !== undefined || heard.speech !== undefined)
    return readCallersAnswer(
      deps,
      { company, ani: incoming.ani, language, because, retries: mostRetries, offered: [] },
      heard,
    );
  return { action: 'ask', retries: mostRetries, prompt: welcomePrompt(company, words), because, language };
}

async function toDialled(
  deps: Deps,
  company: RoutingCompany,
  dialled: UserId,
  incoming: { readonly language?: string },
  because: (name: string, words: Words['calls']) => string,
): Promise<Next> {
  const now = deps.clock.now();
  const rows = await findRows(deps, company, dialled, now);
  const person = rows?.people.get(dialled);
  if (!rows || !person) throw new Error('a user was there and is gone');
  const language = localeOf(incoming.language, localeOf(person.language));
  const words = wordsIn(language).calls;
  const next = connectAlongPath(rows, now, [], [because(person.name, words)], language);
  return { ...next, asksFor: dialled };
}

/** Decide after the caller answered a question, or stayed silent. */
export async function afterAsking(deps: Deps, { company, call, language }: UnderWay, heard: Heard): Promise<Next> {
  const words = wordsIn(language).calls;
  if (!company.enabled) return outOfService(words, language);
  const latest = call.legs.at(-1)?.decision;
  if (call.legs.length >= mostLegs || latest?.action !== 'ask')
    return { action: 'announce', prompt: words.nobodyNow, because: [words.tooLong], language };
  const { choices: offered = [], retries } = latest;
  const about = call.legs.at(-1)?.heard.about;
  return readCallersAnswer(
    deps,
    { company, ani: call.ani, language, because: [], retries, offered, about, prompt: latest.prompt },
    heard,
  );
}

/** Decide after a phone rang with this outcome. */
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
  if (!company.enabled) return outOfService(words, language);
  const now = deps.clock.now();
  const rows = await findRows(deps, company, call.askedForUserId, now);
  if (!rows || call.legs.length >= mostLegs) return { action: 'announce', prompt: words.nobodyNow, because, language };
  return connectAlongPath(rows, now, rungSoFar(call), because, language);
}

/** The company was disabled, before the call or during it. */
const outOfService = (words: Words['calls'], language: Locale): Next => ({
  action: 'announce',
  prompt: words.outOfService,
  because: [words.tenantOff],
  language,
});

/** The targets that rang since the caller asked for this person. */
function rungSoFar(call: KnownCall): DialTarget[] {
  const since = call.legs.findLastIndex(({ heard }) => heard.asksFor !== undefined);
  return call.legs
    .slice(Math.max(since, 0))
    .flatMap(({ decision }) => (decision.action === 'dial' ? [decision.target] : []));
}
