import { randomUUID } from 'node:crypto';
import { auditKeyOf } from '../../audit-chain/audit-key.js';
import { readCallerId } from '../../caller-id.js';
import { enqueue } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import { batched } from '../../coalesce-calls.js';
import type { Db, Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { asId, type UserId, type VoicemailId } from '../../ids.js';
import { postNoticeTaskOf } from '../../notices/notice.js';
import { hasAccess } from '../../people/person.js';
import { readNumber } from '../../phone-number.js';
import type { AudioBytes } from '../../recordings/ports.js';
import type { IncomingVoicemail } from './incoming-voicemail.js';
import { dropAudio, type KeptAudio, keepAudio } from './keep-audio.js';
import { shortestMessageSeconds } from './probe-audio.js';
import {
  countryOf,
  findMailbox,
  insertReceived,
  type Mailbox,
  type Received,
  type ToldNotice,
} from './receive-voicemail.store.js';

/** A voicemail after it was stored. */
export interface ReceivedVoicemail {
  readonly id: VoicemailId;
  readonly durationSeconds: number;
  /** False: it was stored before. */
  readonly created: boolean;
}

/**
 * Store a voicemail durably: when this resolves, audio, row and the notice of it are stored. Throws UserError for
 * unplayable audio (415), audio that is too large or too long (413), an unknown mailbox (404), or one without voicemail
 * (403); audio that was stored for it is then removed. Idempotent: the same `sourceId` again, concurrently too, is the
 * same voicemail.
 */
export async function receiveVoicemail(
  deps: Deps,
  actor: Actor,
  incoming: IncomingVoicemail,
): Promise<ReceivedVoicemail> {
  let kept = 'storageKey' in incoming.audio ? incoming.audio : undefined;
  const keep = async (): Promise<KeptAudio> => {
    kept ??= await keepAudio(deps, actor.tenantId, incoming.audio as Buffer | AudioBytes);
    return kept;
  };
  try {
    const received = await storeReceived(deps, actor, incoming, keep);
    if (!received.created && kept) await dropAudio(deps, kept);
    return received;
  } catch (error) {
    // Remove the audio of a row that the database refused; after a lost answer the row may exist.
    if (kept) await dropAudio(deps, kept, error);
    throw error;
  }
}

/**
 * Return the owner of a mailbox that takes messages, for a source that names the mailbox before it sends the message.
 * Throws UserError as `receiveVoicemail` does: 404 or 403.
 */
export async function ownerOfMailbox(deps: Deps, actor: Actor, mailbox: IncomingVoicemail['mailbox']): Promise<UserId> {
  const { tenantId } = actor;
  const found = await findMailbox(deps.db, {
    tenantId,
    mailbox: await requestedMailbox(deps, actor, { mailbox }),
    sourceId: '',
  });
  return openMailbox(found).userId;
}

async function storeReceived(
  deps: Deps,
  actor: Actor,
  incoming: IncomingVoicemail,
  keep: () => Promise<KeptAudio>,
): Promise<ReceivedVoicemail> {
  const question = {
    tenantId: actor.tenantId,
    mailbox: await requestedMailbox(deps, actor, incoming),
    sourceId: incoming.sourceId,
  };
  const mailbox = await findMailbox(deps.db, question);
  if (mailbox?.already) return { ...mailbox.already, created: false };
  const { userId, country } = openMailbox(mailbox);

  // First the bytes, then the row that names them: a row without its audio would be a lost message.
  const { storageKey, mimeType, bytes, durationSeconds, isSilent = false } = await keep();
  const recording = { id: randomUUID(), storageKey, mimeType, bytes, durationSeconds };
  const caller = readCallerId(incoming.ani, country, incoming.callerName);
  const voicemail = {
    id: asId<VoicemailId>(randomUUID()),
    userId,
    sourceId: incoming.sourceId,
    callId: incoming.callId ?? null,
    isHangUp: (incoming.led ?? false) && durationSeconds < shortestMessageSeconds,
    ani: caller.number,
    callerName: caller.name,
    receivedAt: timeReceived(incoming.receivedAt, deps.clock.now()),
    urgent: incoming.urgent ?? false,
    isSilent,
  };

  const [noticeId, transcriptionId] = [randomUUID(), deps.transcriber ? randomUUID() : null];
  const told = await store(deps.db, { deps, actor, voicemail, recording, noticeId, transcriptionId });
  if (!told) {
    const { already } = (await findMailbox(deps.db, question)) ?? {};
    if (!already) throw new Error('original of a duplicate voicemail not found');
    // The same message arrived concurrently and the other one was first. Ours was stored before if the answer to its
    // commit was lost and it was stored again.
    if (already.id !== voicemail.id) return { ...already, created: false };
  }
  // The source need not wait for the queue: the row says that a card is due.
  const notices = told ?? [{ id: noticeId, userId }];
  void enqueue(deps, [
    ...notices.map(({ id }) => postNoticeTaskOf(id)),
    ...(transcriptionId === null ? [] : [{ name: 'voicemail.transcribe', payload: { transcriptionId } } as const]),
  ]);
  for (const reader of new Set([userId, ...notices.map(({ userId }) => userId)])) deps.changes.publish(reader);
  return { id: voicemail.id, durationSeconds, created: true };
}

/** A source whose clock is ahead must not put its message before all later ones, nor beyond its retention. */
const timeReceived = (said: Date | undefined, now: Date): Date => (said && said < now ? said : now);

interface Arrival extends Received {
  readonly deps: Deps;
  readonly actor: Actor;
}

/**
 * Store a message with its audit line and return its notices; undefined: this source id exists already. Concurrent
 * messages share a statement, because it locks the company's audit chain: separate statements would queue for it. A
 * caller does not notice the few milliseconds between statements, and messages stored together are also posted together,
 * which is less work.
 */
const store = batched(
  async (db: Db, arrivals: readonly Arrival[]): Promise<readonly (readonly ToldNotice[] | undefined)[]> => {
    const { deps, actor } = arrivals[0] as Arrival;
    const making = { actor, now: deps.clock.now(), auditKey: auditKeyOf(deps.secret) };
    const created = await insertReceived(db, making, arrivals);
    return arrivals.map(({ voicemail }) => created.get(voicemail.id));
  },
  { apartBy: ({ actor }) => JSON.stringify(actor), everyMilliseconds: 5 },
);

/** The requested mailbox; a number is read in the format of the company's country. */
async function requestedMailbox(
  deps: Deps,
  actor: Actor,
  { mailbox }: Pick<IncomingVoicemail, 'mailbox'>,
): Promise<IncomingVoicemail['mailbox']> {
  if (!('did' in mailbox)) return mailbox;
  const country = mailbox.did.startsWith('+') ? 'ZZ' : await countryOf(deps.db, actor.tenantId);
  const read = readNumber(mailbox.did, country);
  return read.kind === 'number' ? { did: read.e164 } : mailbox;
}

function openMailbox(mailbox: Mailbox | undefined): { userId: UserId; country: string } {
  if (!mailbox?.owner || !hasAccess(mailbox.owner)) throw new UserError((words) => words.voicemail.noMailbox, 404);
  if (!mailbox.tenantEnabled) throw new UserError((words) => words.chat.tenantOff, 403);
  if (mailbox.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
  return { userId: mailbox.owner.id, country: mailbox.country };
}
