import type { Deps } from '../../deps.js';
import { asId, isUuid, type TenantId } from '../../ids.js';
import { findUser } from '../../people/index.js';
import type { Greeting } from '../../routing/decision-reason.js';
import { readSignedText, signText } from '../../signed-token.js';
import type { PlayableAudio } from '../ports.js';
import { findGreetingAudio, findGreetings } from './greetings.store.js';

const purpose = 'greeting';

/** The provider fetches a greeting while its caller waits. */
const validMinutes = 10;

/** A call, for which a greeting is played. */
export interface GreetedCall {
  readonly tenantId: TenantId;
  readonly callId: string;
}

/** One part of a greeting, in the order in which a caller hears them; `token` names audio for `greetingByToken`. */
export type GreetingPart =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'play'; readonly token: string };

/**
 * Return the greeting before the tone: the one recorded for the situation, else the spoken one (`prompt`), in which the
 * recorded name replaces the spoken name.
 */
export async function greetingParts(
  deps: Deps,
  tenantId: TenantId,
  {
    callId,
    mailboxUserId,
    greeting,
    prompt,
  }: { callId: string; mailboxUserId: string; greeting: Greeting; prompt?: string | undefined },
): Promise<readonly GreetingPart[]> {
  const call = { tenantId, callId };
  const recorded = await findGreetings(deps.db, tenantId, mailboxUserId);
  const whole = recorded.find(({ kind }) => kind === greeting);
  if (whole) return [playing(deps, call, whole.recordingId)];
  if (prompt === undefined) return [];
  const name = recorded.find(({ kind }) => kind === 'name');
  const person = name && (await findUser(deps.db, tenantId, mailboxUserId));
  if (!name || !person) return [{ kind: 'say', text: prompt }];
  return withRecordedName(prompt, person.displayName, playing(deps, call, name.recordingId));
}

/**
 * Return the audio of a token, and the call for which alone it may be sent. Undefined: the token is not valid, or not any
 * more, or the greeting was replaced.
 */
export async function greetingByToken(
  deps: Deps,
  token: string,
): Promise<{ readonly call: GreetedCall; readonly audio: PlayableAudio } | undefined> {
  const signed = readSignedText(deps.secret, purpose, token) ?? '';
  const [recordingId = '', until = '', tenantId = '', ...callId] = Buffer.from(signed, 'base64url')
    .toString()
    .split(' ');
  if (!isUuid(recordingId) || !(Number(until) > deps.clock.now().getTime())) return undefined;
  const audio = await findGreetingAudio(deps.db, recordingId);
  if (!audio) return undefined;
  const call = { tenantId: asId<TenantId>(tenantId), callId: callId.join(' ') };
  return { call, audio: await deps.audio.playable(audio) };
}

function playing({ secret, clock }: Deps, { tenantId, callId }: GreetedCall, recordingId: string): GreetingPart {
  const until = clock.now().getTime() + validMinutes * 60_000;
  const text = Buffer.from([recordingId, until, tenantId, callId].join(' ')).toString('base64url');
  return { kind: 'play', token: signText(secret, purpose, text) };
}

function withRecordedName(prompt: string, name: string, recording: GreetingPart): readonly GreetingPart[] {
  const at = prompt.indexOf(name);
  if (at < 0) return [{ kind: 'say', text: prompt }];
  const say = (text: string): GreetingPart[] => (text.trim() === '' ? [] : [{ kind: 'say', text: text.trim() }]);
  return [...say(prompt.slice(0, at)), recording, ...say(prompt.slice(at + name.length))];
}
