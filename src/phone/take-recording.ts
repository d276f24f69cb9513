import { awaitedMessage, messageLeft } from '../core/calls/end-call.js';
import { installation } from '../core/chat/actor.js';
import type { Locale } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import type { TenantId } from '../core/ids.js';
import { probeAudio, shortestMessageSeconds } from '../core/voicemail/probe.js';
import { receiveVoicemail } from '../core/voicemail/receive.js';
import type { VoiceConfig } from '../env.js';
import { fetchRecording, listRecordings } from './recording.js';

/** A recording as the provider tells of it. */
export interface ToldRecording {
  readonly tenantId: TenantId;
  readonly callId: string;
  readonly RecordingSid?: string | undefined;
  readonly RecordingUrl?: string | undefined;
  readonly RecordingStatus?: string | undefined;
}

/**
 * Fetches a recording and hands it to the mailbox the call ended in; resolves once it is stored. The same one again
 * is the same voicemail. Undefined: there is nothing to take. `language`: in which the caller is spoken to.
 */
export async function takeRecording(
  deps: Deps,
  voice: VoiceConfig,
  told: ToldRecording,
): Promise<{ language: Locale } | undefined> {
  const { tenantId, callId, RecordingSid: sourceId, RecordingUrl: url } = told;
  const recorded = told.RecordingStatus === undefined || told.RecordingStatus === 'completed';
  if (!recorded || sourceId === undefined || url === undefined) return undefined;
  const message = await awaitedMessage(deps, tenantId, callId);
  if (!message || message.received) return message;

  const audio = await fetchRecording(voice, url);
  // Who leaves less has left nothing: it stays a missed call.
  if ((await probeAudio(audio)).durationSeconds < shortestMessageSeconds) return undefined;
  await receiveVoicemail(deps, installation(tenantId, 'phone'), {
    sourceId,
    mailbox: { userId: message.mailboxUserId },
    audio,
    ani: message.ani,
    callId,
  });
  await messageLeft(deps, tenantId, callId);
  return message;
}

/** At the end of a call that was to leave a message and has none: takes what the provider recorded of it. */
export async function takeMissingRecordings(
  deps: Deps,
  voice: VoiceConfig,
  { tenantId, callId }: { tenantId: TenantId; callId: string },
): Promise<void> {
  const message = await awaitedMessage(deps, tenantId, callId);
  if (!message || message.received) return;
  for (const { sid, url } of await listRecordings(voice, callId)) {
    await takeRecording(deps, voice, { tenantId, callId, RecordingSid: sid, RecordingUrl: url });
  }
}
