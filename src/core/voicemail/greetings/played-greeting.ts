import type { Deps } from '../../deps.js';
import { isUuid, type TenantId } from '../../ids.js';
import { findUser } from '../../people/index.js';
import type { Greeting } from '../../routing/decision-reason.js';
import { readSignedText, signText } from '../../signed-token.js';
import type { PlayableAudio } from '../ports.js';
import { findGreetingAudio, findGreetings } from './greetings.store.js';

const purpose = 'greeting';

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
  { mailboxUserId, greeting, prompt }: { mailboxUserId: string; greeting: Greeting; prompt?: string | undefined },
): Promise<readonly GreetingPart[]> {
  const recorded = await findGreetings(deps.db, tenantId, mailboxUserId);
  const whole = recorded.find(({ kind }) => kind === greeting);
  if (whole) return [playing(deps, whole.recordingId)];
  if (prompt === undefined) return [];
  const name = recorded.find(({ kind }) => kind === 'name');
  const person = name && (await findUser(deps.db, tenantId, mailboxUserId));
  if (!name || !person) return [{ kind: 'say', text: prompt }];
  return withRecordedName(prompt, person.displayName, playing(deps, name.recordingId));
}

/** Return the audio of a token. Undefined: the token is not valid, or the greeting was replaced. */
export async function greetingByToken(deps: Deps, token: string): Promise<PlayableAudio | undefined> {
  const recordingId = readSignedText(deps.secret, purpose, token);
  if (recordingId === undefined || !isUuid(recordingId)) return undefined;
  const audio = await findGreetingAudio(deps.db, recordingId);
  return audio && deps.audio.playable(audio);
}

const playing = ({ secret }: Deps, recordingId: string): GreetingPart => ({
  kind: 'play',
  token: signText(secret, purpose, recordingId),
});

function withRecordedName(prompt: string, name: string, recording: GreetingPart): readonly GreetingPart[] {
  const at = prompt.indexOf(name);
  if (at < 0) return [{ kind: 'say', text: prompt }];
  const say = (text: string): GreetingPart[] => (text.trim() === '' ? [] : [{ kind: 'say', text: text.trim() }]);
  return [...say(prompt.slice(0, at)), recording, ...say(prompt.slice(at + name.length))];
}
