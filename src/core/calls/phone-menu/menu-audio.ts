import type { Deps } from '../../deps.js';
import { isUuid } from '../../ids.js';
import { readSignedText, signText } from '../../signed-token.js';
import { greetingAudio } from '../../voicemail/greetings/greetings.js';
import { boxAudio } from '../../voicemail/mailbox/box-parts.js';
import { markHeard } from '../../voicemail/mailbox/mark-heard.js';
import { findBox } from '../../voicemail/mailbox/shared-boxes.js';
import type { PlayableAudio } from '../../voicemail/ports.js';
import type { MenuAnswer } from './menu-answer.js';
import type { PlayedPart } from './menu-state.js';
import { findMenuCall, findMenuCallById, findSignedIn, type MenuCall, notePlayed } from './phone-menu.store.js';

const purpose = 'phone-menu';
/** After so long without a key the call is over, whether its end was reported or not. */
const mostMinutes = 30;

/**
 * Return the tokens of what an answer plays, by the place of the part. Each is for this answer of this call alone: when the
 * caller is elsewhere in the menu, or gone, it opens nothing.
 */
export async function menuTokens(
  deps: Deps,
  { tenantId, callId }: Pick<MenuCall, 'tenantId' | 'callId'>,
  { turn, parts }: MenuAnswer,
): Promise<ReadonlyMap<number, string>> {
  const played = parts.flatMap(({ kind }, index) => (kind === 'play' ? [index] : []));
  if (played.length === 0) return new Map();
  const call = await findMenuCall(deps.db, tenantId, callId);
  return new Map(
    call ? played.map((index) => [index, signText(deps.secret, purpose, `${call.id}:${turn}:${index}`)]) : [],
  );
}

/**
 * Return the audio of a token, which the provider fetches when it is about to play it: so that a message counts as heard
 * when it is played, and not when somebody skips it. Undefined: the token opens nothing, or not any more.
 */
export async function audioByMenuToken(deps: Deps, token: string): Promise<PlayableAudio | undefined> {
  const [id = '', turn = '', index = ''] = readSignedText(deps.secret, purpose, token)?.split(':') ?? [];
  const call = isUuid(id) ? await findMenuCallById(deps.db, id) : undefined;
  const now = deps.clock.now();
  if (!call?.userId || call.turn !== Number(turn)) return undefined;
  if (now.getTime() - call.updatedAt.getTime() > mostMinutes * 60_000) return undefined;
  const part = call.answer?.parts[Number(index)];
  const signedIn = await findSignedIn(deps.db, call.tenantId, call.userId, now);
  if (part?.kind !== 'play' || !signedIn) return undefined;

  const stored = await storedAudio(deps, call, part.what);
  if (!stored) return undefined;
  const audio = await deps.audio.playable(stored);
  if (part.what.kind === 'message' && (await notePlayed(deps.db, call)))
    await markHeard(deps, signedIn.requester.actor, part.what.id);
  return audio;
}

async function storedAudio(deps: Deps, { tenantId, userId }: MenuCall, what: PlayedPart) {
  if (userId === null) return undefined;
  switch (what.kind) {
    case 'message': {
      const box = await findBox(deps, { tenantId, userId }, what.box);
      return box && boxAudio(deps, box, what.id);
    }
    case 'greeting':
      return greetingAudio(deps, { tenantId, userId, kind: what.greeting });
    case 'draft':
      return what.draft;
    default:
      return what satisfies never;
  }
}
