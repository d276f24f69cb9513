import { randomUUID } from 'node:crypto';
import { auditKeyOf } from '../../audit-chain/audit-key.js';
import { batched } from '../../batch.js';
import { readCallerId } from '../../caller-id.js';
import { enqueue } from '../../change.js';
import type { Actor } from '../../chat/actor.js';
import type { Db, Deps } from '../../deps.js';
import { UserError } from '../../errors.js';
import { as, type UserId, type VoicemailId } from '../../ids.js';
import { postingOf } from '../../notices/notice.js';
import { hasAccess } from '../../people/person.js';
import { readNumber } from '../../phone-number.js';
import type { AudioBytes } from '../../recordings/ports.js';
import { linkExpiry } from '../sharing/player-link.js';
import type { IncomingVoicemail } from './incoming-voicemail.js';
import { dropAudio, type KeptAudio, keepAudio } from './keep-audio.js';
import {
  countryOf,
  findMailbox,
  insertReceived,
  type Mailbox,
  type Received,
  type ToldNotice,
} from './receive-voicemail.store.js';

export interface ReceivedVoicemail {
  readonly id: VoicemailId;
  readonly durationSeconds: number;
  /** False: it was here already. */
  readonly created: boolean;
}

/**
 * Takes a voicemail for good: when this resolves, audio and row are stored, and with them that a card is due.
 * Refuses (UserError) what is no audio (415), too large or too long (413), an unknown mailbox (404), or one that has
 * no voicemail (403); audio that was kept for it is then removed. The same `sourceId` again, at the same moment too, is
 * the same voicemail.
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
    const received = await receive(deps, actor, incoming, keep);
    if (!received.created && kept) await dropAudio(deps, kept);
    return received;
  } catch (error) {
    // A row that the database refuses is refused for good; one whose answer was lost may be there.
    if (kept) await dropAudio(deps, kept, error);
    throw error;
  }
}

async function receive(
  deps: Deps,
  actor: Actor,
  incoming: IncomingVoicemail,
  keep: () => Promise<KeptAudio>,
): Promise<ReceivedVoicemail> {
  const question = {
    tenantId: actor.tenantId,
    mailbox: await wanted(deps, actor, incoming),
    sourceId: incoming.sourceId,
  };
  const mailbox = await findMailbox(deps.db, question);
  if (mailbox?.already) return { ...mailbox.already, created: false };
  const { userId, country } = openMailbox(mailbox);

  // First the bytes, then the row that names them: a row without its audio would be a lost message.
  const { storageKey, mimeType, bytes, durationSeconds } = await keep();
  const recording = { id: randomUUID(), storageKey, mimeType, bytes, durationSeconds };
  const caller = readCallerId(incoming.ani, country, incoming.callerName);
  const voicemail = {
    id: as<VoicemailId>(randomUUID()),
    userId,
    sourceId: incoming.sourceId,
    callId: incoming.callId ?? null,
    ani: caller.number,
    callerName: caller.name,
    receivedAt: incoming.receivedAt ?? deps.clock.now(),
    linkExpiresAt: linkExpiry(deps.clock.now()),
  };

  const noticeId = randomUUID();
  const told = await store(deps.db, { deps, actor, voicemail, recording, noticeId });
  if (!told) {
    const { already } = (await findMailbox(deps.db, question)) ?? {};
    if (!already) throw new Error('a duplicate without its original');
    // The same message came twice at once, and the other one was quicker. Ours is here already where its commit was not
    // heard of and it was stored anew.
    if (already.id !== voicemail.id) return { ...already, created: false };
  }
  // Whoever hands a message over need not wait for the queue: the row says that a card is due.
  const notices = told ?? [{ id: noticeId, userId }];
  void enqueue(
    deps,
    notices.map(({ id }) => postingOf(id)),
  );
  for (const { userId } of notices) deps.changes.publish(userId);
  return { id: voicemail.id, durationSeconds, created: true };
}

interface Arrival extends Received {
  readonly deps: Deps;
  readonly actor: Actor;
}

/**
 * Stores a message with its audit line and its notices, which come back; undefined: this source id is here already. What comes at the same
 * moment shares a statement, because the company's audit chain is locked while it runs: one after the other they would
 * queue for it. A few milliseconds between statements are nothing to a caller, and what is stored together is also
 * posted together, for less work.
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

/** The mailbox as asked for; a number is read as people write it in the company's country. */
async function wanted(deps: Deps, actor: Actor, { mailbox }: IncomingVoicemail): Promise<IncomingVoicemail['mailbox']> {
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
