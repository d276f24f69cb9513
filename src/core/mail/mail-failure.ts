import { OutcomeUnknown } from '../errors.js';
import type { MailResult } from './ports.js';

/**
 * Return the error for an e-mail that was not sent, by which its job decides on a retry: `OutcomeUnknown` if it may
 * have arrived.
 */
export const mailFailure = (result: Exclude<MailResult, { kind: 'sent' }>): Error =>
  result.kind === 'unknown' ? new OutcomeUnknown(result.error) : result.error;
