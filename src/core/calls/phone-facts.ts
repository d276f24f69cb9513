import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findUser } from '../users/people.js';
import { type Callable, findCalledFrom, findLikelyCallees } from './callees.store.js';
import { findCall, findChosenLanguage, findCompany, findNumbers, findTenantOf } from './calls.store.js';
import { mostHints } from './hints.js';

/** What a phone needs beside a Decision in order to speak and to listen for a company. */
export interface PhoneFacts {
  readonly speechEnabled: boolean;
  /** Names a caller is likely to say, likeliest first. */
  readonly likelyNames: readonly string[];
  /** SIP address of an agent; `{agentId}` is replaced. */
  readonly agentSipTemplate: string;
}

/** Whom a caller rang before is soon said. */
const mostCalledBefore = 20;

/** Read once a minute at most by whoever asks: the ear keeps it. */
export async function phoneFacts(deps: Deps, tenantId: TenantId): Promise<PhoneFacts> {
  const { speechEnabled, agentSipTemplate } = await findCompany(deps.db, tenantId);
  const likely = speechEnabled ? await findLikelyCallees(deps.db, tenantId, mostHints) : [];
  return { speechEnabled, agentSipTemplate, likelyNames: likely.flatMap(sayingsOf) };
}

/** Names of whom this caller (E.164) rang lately, the latest first. */
export async function namesCalledFrom(deps: Deps, tenantId: TenantId, ani: string): Promise<readonly string[]> {
  if (ani === '') return [];
  return (await findCalledFrom(deps.db, tenantId, ani, mostCalledBefore)).flatMap(sayingsOf);
}

/** The name, and what else is said for it: “Bill Gray” for William, or how the name is written as it sounds. */
const sayingsOf = ({ name, lastName, aliases, phoneticName }: Callable): readonly string[] => [
  name,
  ...aliases.slice(0, mostAliases).map((alias) => (/\s/.test(alias) ? alias : `${alias} ${lastName}`)),
  ...(phoneticName === '' ? [] : [phoneticName]),
];

const mostAliases = 2;

/** Whose company a dialled number (E.164) belongs to; undefined: nobody's, and there are several companies. */
export const companyOfNumber = (deps: Deps, dnis: string): Promise<TenantId | undefined> => findTenantOf(deps.db, dnis);

/** Numbers (E.164) that lead here, with whose they are, for whoever tries it out: companies first, at most 50. */
export const numbersToDial = (deps: Deps): Promise<{ number: string; whose: string }[]> => findNumbers(deps.db, 50);

/**
 * What somebody hears who picks up in another's place: whose call it is, in their own language, whatever the caller
 * speaks. Undefined: no such call.
 */
export async function whisperTo(
  deps: Deps,
  tenantId: TenantId,
  { callId, leg }: { readonly callId: string; readonly leg: number },
): Promise<{ text: string; language: Locale } | undefined> {
  const call = await findCall(deps.db, tenantId, callId);
  const person = call?.askedForUserId && (await findUser(deps.db, tenantId, call.askedForUserId));
  if (!call || !person) return undefined;
  const { rings } = call.legs.find((one) => one.leg === leg)?.heard ?? {};
  const [company, chosen] = await Promise.all([
    findCompany(deps.db, tenantId),
    rings === undefined ? undefined : findChosenLanguage(deps.db, tenantId, rings),
  ]);
  const language = localeOf(chosen, localeOf(company.language));
  return { text: wordsIn(language).calls.whisper(person.displayName), language };
}

/** The words of a call, for what an ear itself has to say. */
export const callWords = (language: Locale): Words['calls'] => wordsIn(language).calls;
