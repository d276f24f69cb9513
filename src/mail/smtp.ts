import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import { OutcomeUnknown } from '../core/errors.js';
import type { Mail } from '../core/voicemail/ports.js';

/** Outgoing mail with connections that are kept open; `stop` closes them. */
export interface SmtpMail extends Mail {
  stop(): void;
}

/** Mail through the server of `SMTP_URL`, written by `MAIL_FROM`: an address, or `Name <address>`. */
export function smtpMail({ smtpUrl, from }: { smtpUrl: string; from: string }): SmtpMail {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    // What we send is in our hands already; no text of anybody's may make us read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Nodemailer's errors do not say how far a mail got: what is noted here is that its last byte was handed over.
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
    async send({ to, subject, text, html, attachments = [], messageId }) {
      const id = `<${messageId}@${domain}>`;
      const sending = transport.sendMail({
        from,
        // As an object, so that no address is read as a list of several.
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
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      try {
        await sending;
      } catch (error) {
        const answered = (error as { responseCode?: number }).responseCode !== undefined;
        throw handedOver.has(id) && !answered ? new OutcomeUnknown(error) : error;
      } finally {
        handedOver.delete(id);
      }
    },
    stop: () => transport.close(),
  };
}

/** The server refuses this address for good (it does not exist, or takes nothing from us), in its own words. */
export function refusalOf(error: unknown): string | undefined {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500 ? (message ?? 'refused') : undefined;
}
