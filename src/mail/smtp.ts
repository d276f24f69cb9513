import { createTransport } from 'nodemailer';
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
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'attendant.invalid';

  return {
    async send({ to, subject, text, html, attachments = [], messageId }) {
      await transport.sendMail({
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
        messageId: `<${messageId}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    stop: () => transport.close(),
  };
}

/** The server refuses this address for good (it does not exist, or takes nothing from us), in its own words. */
export function refusalOf(error: unknown): string | undefined {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  return code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500 ? (message ?? 'refused') : undefined;
}
