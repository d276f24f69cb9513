import { OutcomeUnknown } from '../errors.js';
import type { MailResult } from './ports.js';

/** A mail that was not sent, as the error by which a job decides on another try: `OutcomeUnknown` where it may be there. */
export const mailFailure = (result: Exclude<MailResult, { kind: 'sent' }>): Error =>
  result.kind === 'unknown' ? new OutcomeUnknown(result.error) : result.error;
