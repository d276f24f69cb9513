import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Mail, MailResult } from '../core/mail/ports.js';

/** Outgoing mail over pooled connections; `stop` closes them. */
export interface SmtpMail extends Mail {
  stop(): void;
}

/** Create the mail sender for the server of `SMTP_URL`; `MAIL_FROM` is an address, or `Name <address>`. */
export function smtpMail({ smtpUrl, from }: { smtpUrl: string; from: string }): SmtpMail {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    // All content is given in memory; text from people must not make nodemailer read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Nodemailer's errors do not say how far a mail got, so this notes that its last byte was sent.
  const handedOver = new Set<string>();
  transport.use('stream', ({ message }, done) => {
    message.transform(
      () =>
        new Transform({
          transform: (chunk, _encoding, next) => next(null, chunk),
          flush: (next) => {
            handedOver.add(message.messageId());
            next();
          },
        }),
    );
    done();
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'attendant.invalid';

  return {
    async send({ to, subject, text, html, attachments = [], messageId, thread, unsubscribeUrl }) {
      const id = `<${messageId}@${domain}>`;
      const options = {
        from,
        // An object, so that the address is not parsed as a list.
        to: { name: '', address: to },
        subject: subject.replace(/\s+/g, ' ').trim(),
        text,
        ...(html === undefined ? {} : { html }),
        attachments: attachments.map(({ fileName, mimeType, content }) => ({
          filename: fileName,
          contentType: mimeType,
          content,
        })),
        messageId: id,
        // Nobody has sent the first e-mail of a thread: programs join those that refer to the same one.
        ...(thread === undefined ? {} : { inReplyTo: `<${thread}@${domain}>`, references: `<${thread}@${domain}>` }),
        headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
      };
      try {
        await transport.sendMail(options);
        return { kind: 'sent' };
      } catch (error) {
        return failureOf(error as SmtpError, handedOver.has(id));
      } finally {
        handedOver.delete(id);
      }
    },
    stop: () => transport.close(),
  };
}

/** RFC 2369, and RFC 8058 for the button that mail programs show. */
const unsubscribeHeaders = (url: string | undefined): Record<string, string> =>
  url === undefined ? {} : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/** Nodemailer's error; `responseCode` is set when the server answered. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

function failureOf(error: SmtpError, wasHandedOver: boolean): MailResult {
  const { code, responseCode, message } = error;
  if (responseCode === undefined) return { kind: wasHandedOver ? 'unknown' : 'unreachable', error };
  return code === 'EENVELOPE' && responseCode >= 500
    ? { kind: 'refused', why: message, error }
    : { kind: 'unreachable', error };
}
