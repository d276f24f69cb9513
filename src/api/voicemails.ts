import { isLedToMailbox, recordMessageLeft } from '../core/calls/end-call.js';
import { callerOfCall } from '../core/calls/phone-settings.js';
import { installationActor } from '../core/chat/actor.js';
import type { AudioBytes } from '../core/recordings/ports.js';
import { dropAudio, type KeptAudio, keepAudio } from '../core/voicemail/arrival/keep-audio.js';
import { receiveVoicemail } from '../core/voicemail/arrival/receive-voicemail.js';
import {
  listDeliveries,
  listTenantVoicemails,
  requireTenantVoicemail,
} from '../core/voicemail/mailbox/api-voicemails.js';
import type { TenantVoicemail } from '../core/voicemail/mailbox/api-voicemails.store.js';
import { ownerOf } from './mailbox-owner.js';
import { parseInput } from './parse-input.js';
import { ApiProblem } from './problem.js';
import { type ApiRequest, queryOf, withoutUndefined } from './request-input.js';
import { VoicemailMetadata, VoicemailsQuery } from './schemas.js';
import type { UploadReader } from './upload.js';

/** `POST /api/v1/voicemails`. */
export const postVoicemail =
  (read: UploadReader) =>
  (asked: ApiRequest): Promise<void> =>
    takeUpload(asked, read);

/** Store the audio while it arrives, before its mailbox is known; delete it when the message is refused. */
async function takeUpload(asked: ApiRequest, read: UploadReader): Promise<void> {
  const { deps, tenantId } = asked;
  let kept: KeptAudio | undefined;
  const keep = async (audio: AudioBytes) => {
    kept = await keepAudio(deps, tenantId, audio);
  };
  const use = async (metadata: string) => {
    if (kept) await takeMessage(asked, kept, metadata);
  };
  try {
    await read(asked, { keep, use });
  } catch (error) {
    if (kept) await dropAudio(deps, kept, error);
    throw error;
  }
}

async function takeMessage(
  { deps, tenantId, response }: ApiRequest,
  audio: KeptAudio,
  metadata: string,
): Promise<void> {
  const { receivedAt, ...about } = parseInput('metadata', VoicemailMetadata, parsed(metadata));
  const { callId, ani, callerName } = about;
  // The caller's details may be omitted when the phone system sent them with the call.
  const isTold = callId === undefined || (ani !== undefined && callerName !== undefined);
  const caller = isTold ? {} : await callerOfCall(deps, tenantId, callId);
  const when = receivedAt === undefined ? {} : { receivedAt: new Date(receivedAt) };
  const led = callId !== undefined && (await isLedToMailbox(deps, tenantId, callId));
  const incoming = { ...caller, ...withoutUndefined(about), ...when, audio, led };
  const { id, durationSeconds, created } = await receiveVoicemail(deps, installationActor(tenantId, 'api'), incoming);
  if (incoming.callId !== undefined) await recordMessageLeft(deps, tenantId, incoming.callId);
  response.status(created ? 201 : 200).json({ id, durationSeconds });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiProblem(
      400,
      'bad-request',
      'The part “metadata” is not valid JSON. Check quotation marks and commas.',
    );
  }
}

/** `GET /api/v1/voicemails`. */
export async function getVoicemails(asked: ApiRequest): Promise<void> {
  const { deps, tenantId, request, response } = asked;
  const { mailbox, ...page } = queryOf(request, VoicemailsQuery);
  const owner = mailbox === undefined ? undefined : await ownerOf(asked, mailbox);
  const { voicemails, next } = await listTenantVoicemails(
    deps,
    tenantId,
    withoutUndefined({ ...page, mailbox: owner }),
  );
  response.json({
    voicemails: voicemails.map(shown),
    ...(next === undefined ? {} : { next }),
  });
}

/** `GET /api/v1/voicemails/{id}`. */
export async function getVoicemail({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  response.json(shown(await requireTenantVoicemail(deps, tenantId, String(request.params.id))));
}

/** `GET /api/v1/voicemails/{id}/deliveries`. */
export async function getDeliveries({ deps, tenantId, request, response }: ApiRequest): Promise<void> {
  const attempts = await listDeliveries(deps, tenantId, String(request.params.id));
  response.json({
    deliveries: attempts.map(({ recipientId, ...attempt }) => ({ userId: recipientId, ...attempt })),
  });
}

const shown = ({ userId, forwardedById, claimedById, ...voicemail }: TenantVoicemail) => ({
  ...voicemail,
  mailboxUserId: userId,
  forwardedByUserId: forwardedById,
  claimedByUserId: claimedById,
});
