import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import { callerToldIn, isToldUrgent, type ToldCaller } from './told-by-pbx.js';

/** A mail with its recording taken out. */
export interface ReadMail extends ToldCaller {
  /** Undefined: the mail has none. */
  readonly messageId: string | undefined;
  readonly date: Date | undefined;
  readonly urgent: boolean;
}

/** A mail that cannot become a voicemail; `code` and `message` are the SMTP reply. */
export class MailRefused extends Error {
  constructor(
    readonly responseCode: 552 | 554,
    message: string,
  ) {
    super(message);
    this.name = 'MailRefused';
  }
}

/** The mail did not arrive within its time: the error with which its source is destroyed then. */
export class MailLate extends Error {
  readonly code = 'MAIL_LATE';
}

/** What a phone system needs, many times over. */
const parserOptions = {
  maxHeadSize: 64 * 1024,
  maxChildNodes: 20,
  ignoreEmbedded: true,
  checksumAlgo: false,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  maxHtmlLengthToParse: 100_000,
} as const;
const longestMessageId = 998;
/** The parser keeps texts in memory, attachments not. */
const mostBytesOfTexts = 2 * 1024 * 1024;
/** Base64 with its line ends takes 138 % of the bytes. */
const mostEncoding = 1.5;

/**
 * Read a mail as a stream: `keep` receives its one recording while it arrives, other attachments are skipped. Rejects
 * with `MailRefused` for more than `mostBytes`, more than one recording or none, a head or a nesting beyond reason, and
 * a mail that cannot be parsed; with the errors of `keep` and of the source as they are.
 */
export async function readMail(
  source: Readable,
  { mostBytes, keep }: { readonly mostBytes: number; readonly keep: (audio: AsyncIterable<Buffer>) => Promise<void> },
): Promise<ReadMail> {
  const parser = new MailParser(parserOptions);
  // Reading that stops early destroys a stream, which then emits an error that ends the process if nobody listens.
  parser.on('error', () => {});
  const attached = { bytes: 0, open: undefined as Readable | undefined };
  let sourceFailure: unknown;
  const feeding = pipeline(source, (mail: AsyncIterable<Buffer>) => limited(mail, mostBytes, attached), parser).catch(
    (error) => {
      sourceFailure ??= error;
      // The parser does not end an attachment that it was in the middle of.
      attached.open?.destroy(error);
    },
  );

  let keepFailure: unknown;
  let recordings = 0;
  let body = '';
  try {
    for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
      if (part.type === 'text') {
        body = part.text || '';
        continue;
      }
      part.content.on('error', () => {});
      attached.open = part.content;
      const content = counted(part.content, attached);
      if (isRecording(part)) {
        recordings += 1;
        if (recordings > 1) throw new MailRefused(554, 'Send one recording a message');
        await keep(content).catch((error) => {
          keepFailure = error;
          throw error;
        });
      } else for await (const _ of content);
      attached.open = undefined;
      part.release?.();
    }
    await feeding;
    if (sourceFailure !== undefined) throw sourceFailure;
  } catch (error) {
    const cause = sourceFailure ?? error;
    source.destroy();
    await feeding;
    if (cause instanceof MailRefused || cause instanceof MailLate || cause === keepFailure) throw cause;
    // The parser gave up, or the sender is gone and hears no reply.
    throw new MailRefused(554, 'This message cannot be read');
  }
  if (recordings === 0) throw new MailRefused(554, 'There is no recording here: attach a wav, mp3, ogg or m4a file');
  const texts = { subject: parser.subject ?? '', body, header: (name: string) => headerOf(parser, name) };
  return {
    ...callerToldIn(texts),
    messageId: messageIdOf(parser.messageId),
    date: parser.date,
    urgent: isToldUrgent(texts),
  };
}

async function* limited(
  mail: AsyncIterable<Buffer>,
  mostBytes: number,
  attached: { readonly bytes: number },
): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  for await (const chunk of mail) {
    bytes += chunk.length;
    if (bytes > mostBytes || bytes - attached.bytes * mostEncoding > mostBytesOfTexts)
      throw new MailRefused(552, 'This message is too large');
    yield chunk;
  }
}

async function* counted(content: AsyncIterable<Buffer>, attached: { bytes: number }): AsyncGenerator<Buffer, void> {
  for await (const chunk of content) {
    attached.bytes += chunk.length;
    yield chunk;
  }
}

/** By type or name, since mail programs often send `application/octet-stream`; the bytes are examined when stored. */
const isRecording = ({ contentType, filename }: AttachmentStream): boolean =>
  /^(audio\/|application\/(x-)?ogg\b)/i.test(contentType) ||
  /\.(wav|mp3|ogg|oga|opus|m4a|mp4|webm)$/i.test(filename?.slice(-10) ?? '');

/** Undefined for one that names nothing (`<>`): two mails with it are two messages. */
function messageIdOf(told: string | undefined): string | undefined {
  const id = told?.slice(0, longestMessageId);
  return id !== undefined && /[^<>\s]/.test(id) ? id : undefined;
}

function headerOf({ headers }: MailParser, name: string): string | undefined {
  const value = headers === false ? undefined : headers.get(name);
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}
