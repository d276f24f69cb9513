import type { Db, Transaction } from '../deps.js';
import { isUuid, type TenantId } from '../ids.js';
import type { CompanyWays } from '../people/mailbox-ways.types.js';
import type { KnownValues } from './person-fields.js';

/** What of the company the form of a person is read with. */
export interface FormTenant {
  readonly id: TenantId;
  readonly country: string;
  readonly allowedCountries: readonly string[];
  readonly extensionRange: string;
  /** Main numbers, the access number, and where calls go while Attendant is off (E.164): nobody's DID. */
  readonly ownNumbers: readonly string[];
  readonly ways: CompanyWays;
}

export async function findFormTenant(db: Db | Transaction, id: TenantId): Promise<FormTenant> {
  const tenant = await db.tenant.findUniqueOrThrow({
    where: { id },
  });
  const { country, allowedCountries, extensionRange, mainNumbers, accessNumber, offNumber } = tenant;
  const ownNumbers = [...mainNumbers, accessNumber, offNumber].filter((number) => number !== null);
  return { id, country, allowedCountries, extensionRange, ownNumbers, ways: tenant };
}

/** A person with all that can be written of them; undefined: nobody of this company. */
export async function findPersonValues(db: Db, tenantId: TenantId, id: string): Promise<KnownValues | undefined> {
  const row = isUuid(id) ? await db.user.findFirst({ where: { id, tenantId } }) : null;
  return (row as KnownValues | null) ?? undefined;
}
