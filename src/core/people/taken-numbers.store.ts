import type { Db, Transaction } from '../deps.js';
import type { TenantId } from '../ids.js';

/** A number that already leads to a person or a company. */
interface TakenNumber {
  readonly number: string;
  /** It is the DID of a person of this company. */
  readonly isHere: boolean;
}

/**
 * Return those of these numbers (E.164) that are already a DID in this installation, or another company's main or
 * access number: a dialled number leads to one person or one company. The list is one parameter, so it may have any
 * length.
 */
export function findTakenNumbers(
  db: Db | Transaction,
  tenantId: TenantId,
  numbers: readonly string[],
): Promise<readonly TakenNumber[]> {
  const wanted = [...numbers];
  return db.$queryRaw<TakenNumber[]>`
    SELECT did AS number, "tenantId" = ${tenantId}::uuid AS "isHere" FROM "User" WHERE did = ANY(${wanted}::text[])
    UNION ALL
    SELECT number, false FROM "Tenant" t CROSS JOIN unnest(t."mainNumbers" || t."accessNumber") AS number
    WHERE t.id <> ${tenantId}::uuid AND number = ANY(${wanted}::text[])`;
}
