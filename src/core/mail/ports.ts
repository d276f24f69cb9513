/** A file attached to an e-mail. */
export interface Attachment {
  readonly fileName: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

/** An outgoing e-mail. */
export interface MailMessage {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  /** The same for every attempt at the same e-mail, so that the receiving server recognises a repeat. */
  readonly messageId: string;
  /** E-mails with the same thread stand together in a mail program; absent: it stands alone. */
  readonly thread?: string | undefined;
  /** Where the recipient stops e-mails of this kind, by one POST (RFC 8058) or on the page. */
  readonly unsubscribeUrl?: string | undefined;
}

/** The result of sending an e-mail. */
export type MailResult =
  | { readonly kind: 'sent' }
  /**
   * The server refuses this address for good (it does not exist, or refuses our mail); `why` in the server's words.
   */
  | { readonly kind: 'refused'; readonly why: string; readonly error: Error }
  /** The server does not answer, or does not accept this e-mail now. It was not sent. */
  | { readonly kind: 'unreachable'; readonly error: Error }
  /** The whole e-mail was transmitted and the answer was lost: the server may have it. */
  | { readonly kind: 'unknown'; readonly error: Error };

/** Outgoing mail (an SMTP server leaves the machine, hence an interface). Never rejects because of the server. */
export interface Mail {
  send(mail: MailMessage): Promise<MailResult>;
}

declare module '../deps.js' {
  interface Deps {
    /** Absent while no SMTP server is configured. */
    readonly mail: Mail | undefined;
  }
}
