export interface Attachment {
  readonly fileName: string;
  readonly mimeType: string;
  readonly content: Buffer;
}

export interface MailMessage {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly Attachment[];
  /** Makes a repeat recognisable to the receiving server: the same mail has the same. */
  readonly messageId: string;
}

/** What came of a mail. */
export type MailResult =
  | { readonly kind: 'sent' }
  /** The server refuses this address for good (it does not exist, or takes nothing from us); `why` in its own words. */
  | { readonly kind: 'refused'; readonly why: string; readonly error: Error }
  /** The server does not answer, or does not take this mail now. It does not have it. */
  | { readonly kind: 'unreachable'; readonly error: Error }
  /** The whole mail was handed over and the answer was lost: the server may have it. */
  | { readonly kind: 'unknown'; readonly error: Error };

/** Outgoing mail (an SMTP server leaves the machine, hence an interface). Never rejects for what the server does. */
export interface Mail {
  send(mail: MailMessage): Promise<MailResult>;
}

declare module '../deps.js' {
  interface Deps {
    /** Absent while no SMTP server is configured. */
    readonly mail: Mail | undefined;
  }
}
