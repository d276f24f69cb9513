import { randomUUID } from 'node:crypto';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { change } from '../change.js';
import type { Actor } from '../chat/actor.js';
import type { Deps } from '../deps.js';
import { UserError } from '../errors.js';
import { as, type UserId, type VoicemailId } from '../ids.js';
import { tell } from '../notices/notice.js';
import { readNumber } from '../phone-number.js';
import { linkExpiry } from './player-link.js';
import { probeAudio } from './probe.js';
import { countryOf, findMailbox, insertReceived, type Mailbox } from './receive.store.js';

/** A message from any door (phone, JSON API, later e-mail), before it is stored. */
export interface IncomingVoicemail {
  /** The door's own id: the same one again is the same voicemail. */
  readonly sourceId: string;
  readonly mailbox:
    | { readonly extension: string }
    | { readonly did: string }
    | { readonly email: string }
    | { readonly userId: string };
  readonly audio: Buffer;
  readonly ani?: string;
  readonly callerName?: string;
  readonly receivedAt?: Date;
  readonly callId?: string;
}

export interface ReceivedVoicemail {
  readonly id: VoicemailId;
  readonly durationSeconds: number;
  /** False: it was here already. */
  readonly created: boolean;
}

/**
 * Takes a voicemail for good: when this resolves, audio and row are stored and the card is on its way.
 * Refuses (UserError) what is no audio (415), too large or too long (413), an unknown mailbox (404), or one that has
 * no voicemail (403). The same `sourceId` again, at the same moment too, is the same voicemail.
 */
export async function receiveVoicemail(
  deps: Deps,
  actor: Actor,
  incoming: IncomingVoicemail,
): Promise<ReceivedVoicemail> {
  const mailbox = await findMailbox(deps.db, actor.tenantId, await wanted(deps, actor, incoming), incoming.sourceId);
  if (mailbox?.already) return { ...mailbox.already, created: false };
  const { userId, country } = openMailbox(mailbox);

  const audio = await probeAudio(incoming.audio);
  const ani = callerNumber(incoming.ani, country);
  const recording = {
    id: randomUUID(),
    storageKey: `${actor.tenantId}/${randomUUID()}.${audio.ending}`,
    mimeType: audio.mimeType,
    bytes: incoming.audio.length,
    durationSeconds: audio.durationSeconds,
  };
  // First the bytes, then the row that names them: a row without its audio would be a lost message.
  await deps.recordings.put(recording.storageKey, incoming.audio, audio.mimeType);
  const voicemail = {
    id: randomUUID(),
    userId,
    sourceId: incoming.sourceId,
    callId: incoming.callId ?? null,
    ani,
    callerName: cleanName(incoming.callerName),
    receivedAt: incoming.receivedAt ?? deps.clock.now(),
    linkExpiresAt: linkExpiry(deps.clock.now()),
  };

  const created = await change(deps, actor, async (change) => {
    if (!(await insertReceived(change, voicemail, recording))) return false;
    change.record({
      event: 'voicemail.received',
      subjectId: voicemail.id,
      after: { mailbox: userId, sourceId: incoming.sourceId, durationSeconds: audio.durationSeconds },
    });
    await tell(change, { kind: 'voicemail.arrived', subjectId: voicemail.id, userId });
    return true;
  });
  if (created) return { id: as<VoicemailId>(voicemail.id), durationSeconds: audio.durationSeconds, created };

  // The same message came twice at once, and the other one was quicker.
  await deps.recordings.remove(recording.storageKey);
  const first = await findMailbox(deps.db, actor.tenantId, { userId }, incoming.sourceId);
  if (!first?.already) throw new Error('a duplicate without its original');
  return { ...first.already, created: false };
}

/** The mailbox as asked for; a number is read as people write it in the company's country. */
async function wanted(deps: Deps, actor: Actor, { mailbox }: IncomingVoicemail): Promise<IncomingVoicemail['mailbox']> {
  if (!('did' in mailbox)) return mailbox;
  const country = mailbox.did.startsWith('+') ? 'ZZ' : await countryOf(deps.db, actor.tenantId);
  const read = readNumber(mailbox.did, country);
  return read.kind === 'number' ? { did: read.e164 } : mailbox;
}

function openMailbox(mailbox: Mailbox | undefined): { userId: UserId; country: string } {
  if (!mailbox?.owner || mailbox.owner.access === 'none')
    throw new UserError((words) => words.voicemail.noMailbox, 404);
  if (!mailbox.tenantEnabled) throw new UserError((words) => words.chat.tenantOff, 403);
  if (mailbox.edition !== 'attendant_plus') throw new UserError((words) => words.chat.notThisEdition, 403);
  return { userId: mailbox.owner.id, country: mailbox.country };
}

/** E.164 where it is a number, an inside extension as it came, and nothing where the caller withheld it. */
function callerNumber(ani: string | undefined, country: string): string {
  const text = plainLine(ani ?? '', 40);
  if (/^(anonymous|restricted|unknown|unavailable|private|withheld|blocked)?$/i.test(text)) return '';
  const number = parsePhoneNumberFromString(text, country as CountryCode);
  return number?.isPossible() ? number.number : text;
}

const cleanName = (name: string | undefined): string => plainLine(name ?? '', 120);

/** One line without control characters, so that a name cannot break out of the line it stands in. */
const plainLine = (text: string, length: number): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);
