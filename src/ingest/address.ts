import type { IncomingVoicemail } from '../core/voicemail/arrival/incoming-voicemail.js';

/** The recipient of a voicemail by e-mail: the company’s key and the mailbox. */
export interface MailboxAddress {
  readonly key: string;
  readonly mailbox: IncomingVoicemail['mailbox'];
}

/** RFC 5321 §4.5.3.1: 64 characters before the `@`, 255 after it. */
const longestAddress = 64 + 1 + 255;
/** Up to this many digits are an extension; more are a direct number. */
const longestExtension = 7;

/**
 * Parse `MAILBOX.KEY@domain` (docs/voicemail-by-mail.md). MAILBOX is an extension, a direct number, or a person’s own
 * e-mail address with `=` for its `@`. Undefined: another domain, or not such an address.
 *
 * @example readMailboxAddress('101.k7…@voicemail.example', 'voicemail.example') // { key: 'k7…', mailbox: { extension: '101' } }
 */
export function readMailboxAddress(address: string, domain: string): MailboxAddress | undefined {
  if (address.length > longestAddress) return undefined;
  const at = address.lastIndexOf('@');
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain) return undefined;
  const [, box = '', key = ''] = /^([^@]+)\.([a-z\d]+)$/i.exec(address.slice(0, at)) ?? [];
  const mailbox = box === '' ? undefined : mailboxNamed(box);
  return mailbox && { key, mailbox };
}

function mailboxNamed(box: string): IncomingVoicemail['mailbox'] | undefined {
  if (/^\d+$/.test(box) && box.length <= longestExtension) return { extension: box };
  if (/^\+?\d{7,15}$/.test(box)) return { did: box };
  const equals = box.lastIndexOf('=');
  return equals > 0 ? { email: `${box.slice(0, equals)}@${box.slice(equals + 1)}` } : undefined;
}
