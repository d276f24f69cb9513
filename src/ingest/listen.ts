import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Adapter } from '../adapter.js';
import { tenantOfMailKey } from '../core/api-keys/api-keys.js';
import { installationActor } from '../core/chat/actor.js';
import type { Deps } from '../core/deps.js';
import { isUnavailable, UserError } from '../core/errors.js';
import type { TenantId, UserId } from '../core/ids.js';
import { isUsableInstant } from '../core/time/usable-instant.js';
import { dropAudio, type KeptAudio, keepAudio } from '../core/voicemail/arrival/keep-audio.js';
import { largestMessageBytes } from '../core/voicemail/arrival/probe-audio.js';
import { ownerOfMailbox, receiveVoicemail } from '../core/voicemail/arrival/receive-voicemail.js';
import type { InboundMailConfig } from '../env.js';
import { NoUploadSlot, type UploadSlots, uploadSlots } from '../http/upload-slots.js';
import { readMailboxAddress } from './address.js';
import { type ConnectionLimits, limitConnections } from './connection-limit.js';
import { MailLate, MailRefused, type ReadMail, readMail } from './read.js';
import { countWrongKeys, type WrongKeys } from './wrong-keys.js';

/** The mailbox that a recipient named. */
interface Recipient {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

const megabyte = 1024 * 1024;
/** A recording of the largest size in base64 with its line ends (138 %), and the rest of the mail. */
const mostMailBytes = Math.ceil(largestMessageBytes * 1.38) + megabyte / 2;

/** Limits on senders; tests shorten the times. */
export interface SenderLimits extends ConnectionLimits {
  readonly connections: number;
  readonly idleSeconds: number;
  /** For one message from the first byte to the last; the largest must come at 150 kB/s. */
  readonly messageSeconds: number;
}

const usualLimits: SenderLimits = {
  connections: 100,
  connectionsOfAddress: 20,
  idleSeconds: 30,
  messageSeconds: 240,
  connectionSeconds: 600,
};

/**
 * The port that takes voicemails by e-mail (docs/voicemail-by-mail.md): audio and row are stored before the 250. The
 * key in the recipient’s address says which company it is and that the sender may write to it.
 */
export function mailAdapter(deps: Deps, config: InboundMailConfig, given: Partial<SenderLimits> = {}): Adapter {
  const limits = { ...usualLimits, ...given };
  const slots = uploadSlots({ total: 40, each: 20, waitSeconds: 10 });
  const recipients = new WeakMap<SMTPServerSession, Recipient>();
  const underWay = new Set<Promise<unknown>>();
  const wrongKeys = countWrongKeys();

  const server = new SMTPServer({
    name: config.domain,
    banner: 'voicemail only',
    // Without a certificate of ours; the package would offer one whose key is public.
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    size: mostMailBytes,
    maxClients: limits.connections,
    maxAllowedUnauthenticatedCommands: false,
    maxCommandLength: 2_048,
    // One mailbox a message, so that one reply says what became of it; a relay sends the next copy by itself.
    maxRecipients: 1,
    socketTimeout: limits.idleSeconds * 1000,
    closeTimeout: 10_000,
    onRcptTo({ address }, session, done) {
      recipientOf(deps, { address, domain: config.domain, ip: session.remoteAddress, wrongKeys }).then(
        (recipient) => {
          recipients.set(session, recipient);
          done();
        },
        (error) => done(replyTo(deps, error)),
      );
    },
    onData(stream, session, done) {
      const recipient = recipients.get(session);
      // Without a recipient the package does not get here.
      if (!recipient) return done(new SmtpReply(503, 'Name a mailbox first'));
      const taking = takeMail(deps, { stream, session, recipient, slots, limits }).then(
        () => done(null, 'Stored'),
        (error) => done(replyTo(deps, error)),
      );
      underWay.add(taking);
      void taking.finally(() => underWay.delete(taking));
    },
  });
  // A client that disconnects or sends nonsense is its own trouble; without a listener it would end the process.
  server.on('error', (error) => deps.log.debug({ error }, 'smtp connection error'));
  limitConnections(server.server, limits);

  return {
    name: 'ingest',
    start: async () => {
      await listening(server, config);
      deps.log.info({ port: (server.server.address() as AddressInfo).port }, 'voicemails by e-mail are taken');
    },
    stop: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(underWay);
    },
  };
}

/** Find the mailbox of an address. One refusal for all that is wrong, so that a stranger learns nothing. */
async function recipientOf(
  deps: Deps,
  asked: { readonly address: string; readonly domain: string; readonly ip: string; readonly wrongKeys: WrongKeys },
): Promise<Recipient> {
  const { address, domain, ip, wrongKeys } = asked;
  const named = readMailboxAddress(address, domain);
  if (!named) throw unknownMailbox();
  // The connection ends with a 421, and a relay brings what it has for others later.
  if (wrongKeys.isClosed(ip)) throw new SmtpReply(421, 'Too many unknown mailboxes, try again in a minute');
  const tenantId = await tenantOfMailKey(deps, named.key);
  if (tenantId === undefined) {
    wrongKeys.note(ip);
    throw unknownMailbox();
  }
  return { tenantId, userId: await ownerOfMailbox(deps, installationActor(tenantId, 'mail'), named.mailbox) };
}

const unknownMailbox = () => new SmtpReply(550, 'There is no such mailbox');

interface IncomingMail {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly recipient: Recipient;
  readonly slots: UploadSlots;
  readonly limits: SenderLimits;
}

/** Read a mail and store its recording. */
async function takeMail(deps: Deps, { stream, session, recipient, slots, limits }: IncomingMail): Promise<void> {
  const { tenantId, userId } = recipient;
  const release = await slots.take(tenantId);
  const late = setTimeout(() => stream.destroy(new MailLate()), limits.messageSeconds * 1000);
  let kept: KeptAudio | undefined;
  try {
    const mail = await readMail(stream, {
      mostBytes: sizeOf(session),
      keep: async (audio) => {
        kept = await keepAudio(deps, tenantId, audio, { retried: true });
      },
    });
    if (!kept) throw new Error('recording of a mail not kept');
    await receiveVoicemail(deps, installationActor(tenantId, 'mail'), {
      sourceId: sourceIdOf(mail, kept, userId),
      mailbox: { userId },
      audio: kept,
      ani: mail.ani,
      callerName: mail.callerName,
      urgent: mail.urgent,
      ...receivedAt(mail.date, deps.clock.now()),
    });
  } catch (error) {
    if (kept) await dropAudio(deps, kept, error);
    throw error;
  } finally {
    clearTimeout(late);
    release();
  }
}

/** The size that the sender announced (RFC 1870), with what relays add on the way; it may send no more. */
function sizeOf({ envelope }: SMTPServerSession): number {
  const announced = envelope.mailFrom ? Number((envelope.mailFrom.args || undefined)?.SIZE) : 0;
  return announced > 0 ? Math.min(announced + 64 * 1024, mostMailBytes) : mostMailBytes;
}

/**
 * The same message for the same mailbox is one voicemail. A mail without a Message-ID is recognised by its recording,
 * which is of no other call.
 */
const sourceIdOf = ({ messageId }: ReadMail, { sha256 }: KeptAudio, userId: UserId): string =>
  `mail:${createHash('sha256')
    .update(`${messageId ?? sha256}\n${userId}`)
    .digest('base64url')}`;

const oldestSeconds = 30 * 86_400;

/** The time of the message, where it is believable: a relay may have kept it for days, and clocks of switches are wrong. */
function receivedAt(date: Date | undefined, now: Date): { receivedAt?: Date } {
  if (!date || !isUsableInstant(date)) return {};
  const ageSeconds = (now.getTime() - date.getTime()) / 1000;
  return ageSeconds >= 0 && ageSeconds < oldestSeconds ? { receivedAt: date } : {};
}

/** An SMTP reply; the package reads `responseCode`. */
class SmtpReply extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** The reply to a failure, for a sender's log: 5xx is final, 451 asks for the same message again. */
function replyTo({ log }: Deps, error: unknown): Error {
  if (error instanceof SmtpReply || error instanceof MailRefused) return error;
  if (error instanceof UserError) {
    if (error.status === 413)
      return new SmtpReply(552, 'This recording is larger than 25 MB or longer than 10 minutes');
    if (error.status === 415) return new SmtpReply(554, 'This recording cannot be played: send wav, mp3, ogg or m4a');
    return unknownMailbox();
  }
  if (error instanceof NoUploadSlot) return new SmtpReply(451, 'Too many messages at once, try again soon');
  if (error instanceof MailLate || isUnavailable(error))
    log.info({ error }, 'voicemail by e-mail not taken, to be sent again');
  else log.error({ error }, 'voicemail by e-mail failed');
  return new SmtpReply(451, 'Not now, try again soon');
}

const listening = (server: SMTPServer, { host, port }: InboundMailConfig): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'only root may listen there; take one above 1023' : 'it is in use';
      const isKnown = error.code === 'EACCES' || error.code === 'EADDRINUSE';
      reject(isKnown ? new Error(`INBOUND_SMTP_PORT ${port} on ${host}: ${why}.`, { cause: error }) : error);
    };
    server.server.once('error', failed);
    server.listen(port, host, () => {
      server.server.off('error', failed);
      resolve();
    });
  });
