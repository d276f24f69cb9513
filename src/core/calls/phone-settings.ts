import { readCallerId } from '../caller-id.js';
import { type Locale, localeOf } from '../chat/phrasing.js';
import { type Words, wordsIn } from '../chat/words.js';
import type { Deps } from '../deps.js';
import type { TenantId } from '../ids.js';
import { isDialable } from '../phone-number.js';
import { findCompany } from '../routing/load-rows.js';
import { findCall, findNumbers, findTenantOf, type NumberToDial } from './calls.store.js';
import type { Spoken } from './decision.js';
import { type CalleeName, findCalledFrom, findLikelyCallees } from './dialogue/likely-callees.store.js';
import { mostHints } from './dialogue/speech-hints.js';
import { holdMusicOf } from './hold-music/hold-music.js';
import { findMenuDoor } from './phone-menu/phone-menu.store.js';

export type { NumberToDial } from './calls.store.js';

/** What a phone adapter needs beside a Decision in order to speak and to listen for a company. */
export interface PhoneSettings {
  readonly speechEnabled: boolean;
  /** Names a caller is likely to say, likeliest first. */
  readonly likelyNames: readonly string[];
  /** SIP address of an agent; `{agentId}` is replaced. A number (`agent-number`) stands in the Decision itself. */
  readonly agentSipTemplate: string;
  /** For callers whose language is unknown. */
  readonly language: Locale;
  /** ISO 3166: the country in which national numbers are read. */
  readonly country: string;
  /** Numbers (E.164) that reach the company. */
  readonly mainNumbers: readonly string[];
  /** The number (E.164) of the phone menu; null: there is none. */
  readonly accessNumber: string | null;
  /** Star in a greeting leads to the menu of its mailbox. */
  readonly greetingKey: boolean;
  /** The recording of the company's own music for waiting callers; null: they hear ours. */
  readonly holdMusicId: string | null;
}

/** The most people whom this caller rang before that are expected. */
const mostCalledBefore = 20;

/** Return a company's phone settings. The adapter caches them, so that they are read at most once a minute. */
export async function phoneSettings(deps: Deps, tenantId: TenantId): Promise<PhoneSettings> {
  const { speechEnabled, agentSipTemplate, country, language, mainNumbers } = await findCompany(deps.db, tenantId);
  const { accessNumber, greetingKey } = await findMenuDoor(deps.db, tenantId);
  const holdMusicId = (await holdMusicOf(deps, tenantId))?.recordingId ?? null;
  const likely = speechEnabled ? await findLikelyCallees(deps.db, tenantId, mostHints) : [];
  return {
    ...{ speechEnabled, agentSipTemplate, country, mainNumbers, accessNumber, greetingKey, holdMusicId },
    language: localeOf(language),
    likelyNames: likely.flatMap(sayingsOf),
  };
}

/**
 * Return the number (E.164) that phones show while they ring: the caller's if a provider accepts it, otherwise the
 * dialled number, otherwise the company's. Undefined: there is none of them.
 */
export const callerIdFor = (
  told: { readonly from: string; readonly to: string },
  { country, mainNumbers }: Pick<PhoneSettings, 'country' | 'mainNumbers'>,
): string | undefined =>
  [readCallerId(told.from, country).number, readCallerId(told.to, country).number, ...mainNumbers].find(isDialable);

/** Return whether a dialled number, in any form, is the number of the phone menu. */
export const isAccessNumber = (
  dialled: string,
  { accessNumber, country }: Pick<PhoneSettings, 'accessNumber' | 'country'>,
): boolean => accessNumber !== null && readCallerId(dialled, country).number === accessNumber;

/** Return whether this call goes on, as far as is known. */
export const isCallOpen = async (deps: Deps, tenantId: TenantId, callId: string): Promise<boolean> =>
  (await findCall(deps.db, tenantId, callId))?.disposition === 'open';

/** Return the names of the people this caller rang lately, the latest first; `from` as the phone system reports it. */
export async function namesCalledFrom(
  deps: Deps,
  tenantId: TenantId,
  from: string,
  country: string,
): Promise<readonly string[]> {
  const ani = readCallerId(from, country).number;
  if (ani === '') return [];
  return (await findCalledFrom(deps.db, tenantId, ani, mostCalledBefore)).flatMap(sayingsOf);
}

/** The name, and what callers say for it: “Bill Gray” for William, or the name as it sounds. */
const sayingsOf = ({ name, lastName, aliases, phoneticName }: CalleeName): readonly string[] => [
  name,
  ...aliases.slice(0, mostAliases).map((alias) => (/\s/.test(alias) ? alias : `${alias} ${lastName}`)),
  ...(phoneticName === '' ? [] : [phoneticName]),
];

const mostAliases = 2;

/**
 * Return the company of a dialled number, in any form; undefined: it belongs to none, and there are several companies.
 */
export const companyOfNumber = (deps: Deps, dialled: string): Promise<TenantId | undefined> =>
  findTenantOf(deps.db, readCallerId(dialled, undefined).number);

/** Return the caller as reported at the start of the call; empty if unknown, or for an unknown call. */
export async function callerOfCall(
  deps: Deps,
  tenantId: TenantId,
  callId: string,
): Promise<{ ani: string; callerName: string }> {
  const { ani = '', callerName = '' } = (await findCall(deps.db, tenantId, callId)) ?? {};
  return { ani, callerName };
}

/** Return the language in which the caller of this call is addressed; if unknown, the company's language. */
export async function languageOfCall(deps: Deps, tenantId: TenantId, callId: string): Promise<Locale> {
  const call = await findCall(deps.db, tenantId, callId);
  return localeOf(call?.language ?? (await findCompany(deps.db, tenantId)).language);
}

/** Return numbers (E.164) of this installation with their names, for a trial: companies first, at most 50. */
export const numbersToDial = (deps: Deps): Promise<NumberToDial[]> => findNumbers(deps.db, 50);

/** Return what is said to who picks up in this leg, and whether they must press 1. Undefined: nothing is. */
export async function whisperText(
  deps: Deps,
  tenantId: TenantId,
  { callId, leg }: { readonly callId: string; readonly leg?: number | undefined },
): Promise<(Spoken & { readonly confirm: boolean }) | undefined> {
  const call = await findCall(deps.db, tenantId, callId);
  const ringing = leg === undefined ? call?.legs.at(-1) : call?.legs.find((one) => one.leg === leg);
  if (ringing?.decision.action !== 'dial' || !ringing.decision.whisper) return undefined;
  return { ...ringing.decision.whisper, confirm: ringing.decision.target.confirm === true };
}

/** Return the words of a call, for an adapter's own announcements. */
export const callWords = (language: Locale): Words['calls'] => wordsIn(language).calls;
