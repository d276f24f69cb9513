import { findPersonByKey } from '../core/directory/find-person.js';
import { UserError } from '../core/errors.js';
import type { UserId } from '../core/ids.js';
import { findTenant } from '../core/tenants/tenants.js';
import type { ApiRequest } from './request-input.js';

/** Return the owner of the mailbox that an extension, a DID, an e-mail address or a user id names. */
export async function ownerOf(
  { deps: { db }, tenantId }: Pick<ApiRequest, 'deps' | 'tenantId'>,
  mailbox: string,
): Promise<UserId> {
  const tenant = await findTenant(db, tenantId);
  const person = tenant && (await findPersonByKey(db, tenant, mailbox));
  if (!person) throw new UserError((words) => words.voicemail.noMailbox, 404);
  return person.id;
}
