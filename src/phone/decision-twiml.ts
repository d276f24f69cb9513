import { LRUCache } from 'lru-cache';
import type { Decision } from '../core/calls/decision.js';
import { speechHints } from '../core/calls/dialogue/speech-hints.js';
import { callerIdFor, namesCalledFrom, type PhoneSettings, phoneSettings } from '../core/calls/phone-settings.js';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import { type GreetingPart, greetingParts } from '../core/voicemail/greetings/played-greeting.js';
import { holdMusicAddress, holdMusicPath } from './hold-music.js';
import { address, type PostContext } from './post-context.js';
import { type CallbackUrls, render } from './render.js';

/** What every document needs of a company. */
export type SettingsOf = (tenantId: TenantId) => Promise<PhoneSettings>;

/**
 * Return the TwiML of a Decision: what the caller hears, and where the provider posts what came of it. `announced`: said
 * before the greeting of a mailbox, to a caller who did not expect one.
 */
export async function decisionTwiml(
  settingsOf: SettingsOf,
  about: PostContext,
  decision: Decision,
  announced?: string,
): Promise<string> {
  const { deps, tenantId, from } = about;
  const known = await settingsOf(tenantId);
  const isHeard = decision.action === 'ask' && decision.input === 'keys-and-speech';
  const called = isHeard ? await namesCalledFrom(deps, tenantId, from, known.country) : [];
  const hints = isHeard ? speechHints(decision, known, called) : [];
  const music = holdMusicAddress(deps.publicUrl, known.holdMusicId, 0);
  const links = { ...linksFor(deps.publicUrl, about, decision), music };
  const first = announced === undefined ? [] : [{ kind: 'say', text: announced } as const];
  const greeting = [...first, ...(await greetingFor(about, decision))];
  return render(decision, links, known, { hints, callerId: callerIdFor(about, known), greeting });
}

/** Return the greeting before the tone. If the recorded one cannot be looked up, the caller hears the spoken one. */
async function greetingFor(
  { deps, tenantId, callId }: PostContext,
  decision: Decision,
): Promise<readonly GreetingPart[]> {
  if (decision.action !== 'voicemail') return [];
  return greetingParts(deps, tenantId, decision).catch((error): readonly GreetingPart[] => {
    deps.log.warn({ error, callId }, 'recorded greeting not found');
    return decision.prompt === undefined ? [] : [{ kind: 'say', text: decision.prompt }];
  });
}

/** The addresses of ours that a document about this Decision names. */
export function linksFor(publicUrl: string, { tenantId, callId }: PostContext, decision: Decision): CallbackUrls {
  const place = { tenant: tenantId, call: callId, leg: decision.leg };
  const confirm = decision.action === 'dial' && decision.target.confirm ? { confirm: '1' as const } : {};
  return {
    gather: address(publicUrl, '/voice/gather', place),
    outcome: address(publicUrl, '/voice/outcome', { ...place, ...confirm }),
    music: `${publicUrl}${holdMusicPath}`,
    wait: address(publicUrl, '/voice/wait', { ...place, round: 0 }),
    whisper: address(publicUrl, '/voice/whisper', place),
    pickedUp: address(publicUrl, '/voice/picked-up', place),
    recorded: address(publicUrl, '/voice/recording', { ...place, recorded: '1' }),
    recording: address(publicUrl, '/voice/recording', place),
    greeting: (token) => `${publicUrl}/voice/greetings/${token}`,
    greetingKey: address(publicUrl, '/voice/greeting-key', place),
  };
}

/** Names and settings change slowly and calls come fast, so they are cached for a minute per company. */
export function cachedPhoneSettings(deps: Deps): SettingsOf {
  const kept = new LRUCache<TenantId, PhoneSettings>({
    max: 100,
    ttl: 60_000,
    fetchMethod: (tenantId) => phoneSettings(deps, tenantId),
  });
  return async (tenantId) => (await kept.fetch(tenantId)) ?? phoneSettings(deps, tenantId);
}
