import type { AuditFacts } from '../audit-chain/audit-event.js';
import type { PersonValues } from './person.js';

/** Values as the record shows them: of a PIN only whether there is one. */
export const recordedValues = ({ pinHash, ...values }: Partial<PersonValues>): AuditFacts => ({
  ...values,
  ...(pinHash === undefined ? {} : { pin: pinHash === null ? 'cleared' : 'set' }),
});
