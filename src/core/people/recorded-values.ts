import type { AuditFacts } from '../audit-chain/audit-event.js';
import type { PersonValues } from './person.js';

/** Return values as the audit log shows them: of a PIN only whether one is set. */
export const recordedValues = ({ pinHash, ...values }: Partial<PersonValues>): AuditFacts => ({
  ...values,
  ...(pinHash === undefined ? {} : { pin: pinHash === null ? 'cleared' : 'set' }),
});
