import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { findUser } from '../users/people.js';
import { findCall, findCompany, findLikelyNames, findNumbers, findTenantOf } from './calls.store.js';

/** What a phone needs beside a Decision in order to speak and to listen for a company. */
export interface PhoneFacts {
  readonly speechEnabled: boolean;
  /** Names a caller is likely to say, likeliest first. */
  readonly likelyNames: readonly string[];
  /** SIP address of an agent; `{agentId}` is replaced. */
  readonly agentSipTemplate: string;
}

/** As many names as the pickiest recogniser takes. */
const mostNames = 500;

/** Read once a minute at most by whoever asks: the ear keeps it. */
export async function phoneFacts(deps: Deps, tenantId: TenantId): Promise<PhoneFacts> {
  const { speechEnabled, agentSipTemplate } = await findCompany(deps.db, tenantId);
  const likelyNames = speechEnabled ? await findLikelyNames(deps.db, tenantId, mostNames) : [];
  return { speechEnabled, agentSipTemplate, likelyNames };
}

/** Whose company a dialled number (E.164) belongs to; undefined: nobody's, and there are several companies. */
export const companyOfNumber = (deps: Deps, dnis: string): Promise<TenantId | undefined> => findTenantOf(deps.db, dnis);

/** Numbers (E.164) that lead here, with whose they are, for whoever tries it out: companies first, at most 50. */
export const numbersToDial = (deps: Deps): Promise<{ number: string; whose: string }[]> => findNumbers(deps.db, 50);

/** What somebody hears who picks up in another's place: whose call it is. Undefined: no such call. */
export async function whisperTo(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
): Promise<{ text: string; language: Locale } | undefined> {
  const call = await findCall(deps.db, tenantId, callId);
  const person = call?.askedForUserId && (await findUser(deps.db, tenantId, call.askedForUserId));
  if (!call || !person) return undefined;
  const language = localeOf(call.language);
  return { text: wordsIn(language).calls.whisper(person.displayName), language };
}

/** The words of a call, for what an ear itself has to say. */
export const callWords = (language: Locale): Words['calls'] => wordsIn(language).calls;
